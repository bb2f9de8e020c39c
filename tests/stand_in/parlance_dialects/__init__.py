"""Hand-made dialects, so that the tests of readers and reports do not depend on the spec."""

DIALECTS = {"small": "small", "tiny": "small", "strict": "strict", "mendable": "mendable"}
DEFAULT = "small"
