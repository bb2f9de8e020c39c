"""What a number, or equality, means: ordinary code for the tool, and the text of it for every generated module."""
