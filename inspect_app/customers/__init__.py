"""Customers, the people who bring their cars, and what they consented to (D1, 14.02)."""
