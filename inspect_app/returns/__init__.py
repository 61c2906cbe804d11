"""Giving back what was taken in: papers, belongings, the key (12.04, 12.05, T40)."""
