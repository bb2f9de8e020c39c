"""What is generated into the repository of a user: targets of its settings, a lock beside them, drift in words."""
