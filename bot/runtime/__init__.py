"""The process itself: that it is the only one, and that it stops when told to."""
