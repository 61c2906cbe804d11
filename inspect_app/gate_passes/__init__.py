"""Gate passes (3.04, 12.04, D14): one car, one way out, checked by the guard."""
