"""`make fuzz`: every campaign that holds two readings of one thing against each other, in the time that there is."""
