"""JSON Schemas as programs: what any schema asks for, and the routines that judge a value by it."""
