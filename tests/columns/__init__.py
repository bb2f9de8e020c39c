"""Columns of requests to judge: clean ones, null, and every kind of fault."""
