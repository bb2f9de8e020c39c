"""Payloads where they lie: documents to what they hold, by rows of the spec, encodings, and pointers of a user."""
