"""Any JSON Schema, with all that it refers to: files and values to a program of `program/schema/`."""
