"""The shop: its site, bays, settings and the numbers it gives out. Every other row belongs to one."""
