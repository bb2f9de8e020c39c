"""Streams: events to documents, pieces to a whole, and what is found in both."""
