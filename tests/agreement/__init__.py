"""Every reader that is made from one contract gives the same verdict as the others.

Payloads that are known, and payloads made from them by mutation, go to every reader; where two differ, the payload is
shrunk until nothing can be taken away, and printed with the verdicts. `python -m tests.agreement` is the long run.
"""
