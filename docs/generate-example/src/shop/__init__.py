"""A shop that asks a model."""
