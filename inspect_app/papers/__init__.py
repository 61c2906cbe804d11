"""The papers that travel with the car and what is wrong with them (6.02-6.04, D4)."""
