"""Any JSON Schema to a Python module that stands alone: `is_valid` and `check`, and the standard library only."""
