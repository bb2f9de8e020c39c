"""What shows quickly that rules find nothing in a document."""
