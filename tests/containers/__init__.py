"""What writes containers, and what is put into them."""
