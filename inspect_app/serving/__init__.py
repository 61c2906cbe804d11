"""Serving the app on one machine: what is checked first, the two doors, what the terminal says."""
