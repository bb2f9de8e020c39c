"""A program of any JSON Schema to a module of Python that stands alone and needs nothing but the standard library."""
