"""A language server: what the command line finds in files, as they are typed in an editor."""
