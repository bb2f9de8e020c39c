"""A hand-made dialect, so that the tests of readers and reports do not depend on the spec."""

DIALECTS = {"small": "small", "tiny": "small"}
DEFAULT = "small"
