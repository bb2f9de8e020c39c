"""Documents to findings: readers that keep positions, the engine, and the reports that people and programs read."""
