"""Making a finished car ready to be collected (11.01–11.02): cleaned, looked over, its things
counted against the list and put back, the slips of workshop and parts handed in."""
