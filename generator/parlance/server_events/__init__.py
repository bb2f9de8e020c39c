"""Server-sent events, as the WHATWG's standard has them: bytes, cut anywhere, to events that know their lines."""
