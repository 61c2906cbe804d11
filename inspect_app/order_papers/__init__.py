"""The papers of an order (2.3): for the customer, for the workshop, the Korean estimate form."""
