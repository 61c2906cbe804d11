"""The diagnosis before the quote (1.2): the customer's consent, what was found, the report (D5)."""
