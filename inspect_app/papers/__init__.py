"""Papers that come with the car: received and examined at once for validity, completeness and
intactness; what is wrong is told to the customer there and then and signed (6.02-6.04, D4)."""
