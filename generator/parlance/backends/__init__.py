"""Printers: what a program or a table comes to in a language."""
