"""The generated package of another commit beside the one of today: every verdict is the same, or has a reason."""
