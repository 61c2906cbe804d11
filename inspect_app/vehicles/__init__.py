"""Cars, known by plate or chassis number and remembered from one visit to the next (D1)."""
