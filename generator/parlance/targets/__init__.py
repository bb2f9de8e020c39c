"""One module per binding: a contract to files in memory, none of them written. `registry` lists them.

Nothing is imported here: a dialect that is made on demand needs two of them.
"""
