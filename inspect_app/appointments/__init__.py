"""Appointments: a visit that is expected (section 16 of the process, D7, D8, T01 to T03, T07)."""
