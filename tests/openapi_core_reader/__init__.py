"""openapi-core as a reader of imported documents, in a folder of its own: it needs other versions than `.[dev]`."""
