"""Measures of the tracker at any size, and of what else could be used in its place."""
