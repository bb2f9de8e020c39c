"""The contract: what a dialect says, without a trace of how it was written down or what will be made of it."""
