"""Programs of rules, run as they are: what any language that prints them has to make of each node."""
