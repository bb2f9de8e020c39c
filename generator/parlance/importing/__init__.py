"""Other people's documents, OpenAPI or JSON Schema, to a spec of ours and a report of what had to be changed."""
