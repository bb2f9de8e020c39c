"""TypeScript's compiler and its linter, and the run-time code in it held against the same in Python."""
