"""A repair that the customer stops (T41): what has been done is priced, and whether the car is safe
to drive is said."""
