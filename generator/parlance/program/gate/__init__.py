"""What tells quickly that rules find nothing in a document."""
