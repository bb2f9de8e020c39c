"""Templates to text, text to files: all or nothing, and a record of what they were made from."""
