"""The types of a contract to programs: whether a value has no fault at all, and every fault with its pointer."""
