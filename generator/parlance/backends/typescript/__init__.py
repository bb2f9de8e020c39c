"""TypeScript as text."""
