"""Tools and belongings (6.06–6.07, D2) and the storage box they go into (D10)."""
