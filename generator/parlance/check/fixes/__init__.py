"""Edits, told by places in a document, to edits of its text: what is not mended stays as it was written."""
