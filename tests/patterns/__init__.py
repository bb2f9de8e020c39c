"""Our regular expressions before other engines, and their proofs of speed before a count of steps."""
