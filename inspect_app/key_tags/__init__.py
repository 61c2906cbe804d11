"""Numbered key tags, the cabinet and the register of every hand a key passes through (6.08, D9)."""
