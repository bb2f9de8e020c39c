"""Streams at random: what is seen quickly of their chunks is what the rules say."""
