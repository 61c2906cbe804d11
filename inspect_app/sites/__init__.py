"""The shop: its site, bays, settings and numbers. Every other row belongs to one site."""
