"""The quality guarantee card (D13): how long and how far, what is covered and what is not (P9)."""
