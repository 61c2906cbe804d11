"""Taking a tablet over without network: a name and a PIN that only the shop can read.

No verifier of a PIN lies on a tablet. What is captured in between carries the claim; a PIN that
turns out wrong leaves those entries to the business supervisor, who says whose they are.
"""
