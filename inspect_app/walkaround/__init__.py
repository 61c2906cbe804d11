"""The walk around the car, station by station, with its marks and checks (6.05, D3)."""
