"""The gates of generated rules: none says that nothing is wrong where a rule for errors finds something."""
