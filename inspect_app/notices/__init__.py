"""Telling the customer to come, or that it takes longer (11.03–11.05; T30, T31)."""
