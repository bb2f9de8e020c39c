"""Expressions of rules before two CEL engines and before ours, on documents made for them."""
