"""YAML text to values with places: one reader, of which specs, schemas and payloads each take what they allow."""
