"""Work found in the workshop that the order does not hold, and what the customer says of it, line
by line (process 1.9, D11; T22–T25). Nothing of it is begun before a clear yes was passed on.
"""
