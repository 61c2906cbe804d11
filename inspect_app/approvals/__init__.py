"""What only the supervisor decides (12.03): a discount, an account left open, a fee let go. A clerk
asks with a reason; the supervisor answers on the same tablet with the PIN, or from the due list."""
