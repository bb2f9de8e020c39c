"""Runs of the tests on every Python that is supported, and with the lowest versions that `pyproject.toml` allows."""
