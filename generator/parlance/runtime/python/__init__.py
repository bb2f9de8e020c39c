"""What all generated Python packages share. Every module is copied beside the dialects that use it."""
