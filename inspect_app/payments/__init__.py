"""Fees, and money that was taken, given back or booked the wrong way (3.05, 16.03, D15, T14)."""
