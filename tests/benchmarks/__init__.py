"""How fast a verdict comes, beside other tools: `python -m tests.benchmarks`."""
