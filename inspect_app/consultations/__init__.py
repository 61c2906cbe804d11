"""Customers who only ask something: answered on the spot and closed without a pass (1.04, 14.02,
T05, T06)."""
