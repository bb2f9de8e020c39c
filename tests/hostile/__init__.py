"""Whatever a command is given, it ends soon with a code that is documented, and leaves nothing half done.

`inputs` and `commands` are the two tables; `law` is what must hold of every pair, each run in a process of its own.
`python -m tests.hostile` tries all pairs, and all moments of being stopped; `tests/test_hostile_input.py` a part.
"""
