"""The official JSON Schema Test Suite, run by our generated modules and by others."""
