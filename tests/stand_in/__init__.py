"""A small package of dialects, to be put in the place of the generated one."""
