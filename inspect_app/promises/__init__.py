"""Promised times: proposed from load, parts, absences and opening hours, and kept with what was
known when they were given (5.01-5.04)."""
