"""Odometer, fuel and charge at hand-in (6.09)."""
