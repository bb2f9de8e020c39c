"""What generated modules may need, as ordinary code: `embedding` copies the definitions that a module uses into it.

Standard library only, names unique over all modules of the package, lines of at most a hundred columns.
"""
