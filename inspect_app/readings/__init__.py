"""Odometer, fuel, charge and range as they stand when the car is handed in (6.09)."""
