"""The rule on malformed schemas against the meta-schema itself, and the reader of patterns against Python's `re`."""
