"""The steps of a run that are no package of their own: the job, what is made and kept, the proofs, freshness, drift."""
