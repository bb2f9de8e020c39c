"""Edits of a value to edits of its text: what is not fixed stays as it was written."""
