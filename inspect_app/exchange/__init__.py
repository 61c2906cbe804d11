"""Other systems: orders read and pushed by tokens (OpenAPI 3.1), and links to their records."""
