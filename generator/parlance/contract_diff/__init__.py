"""What changed between two contracts by meaning, and whom that breaks."""
