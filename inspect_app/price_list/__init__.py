"""What the shop charges: priced work and parts to pick from, and its labour rates (4.03)."""
