"""A program of any JSON Schema to a Python module that stands alone, `is_valid` and `check`; the standard library only."""
