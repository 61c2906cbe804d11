"""Every call and message to a customer or a colleague that the process asks for (D20): reminders,
pick-up and delay notices, progress, additions, the workshop supervisor told of an appointment."""
