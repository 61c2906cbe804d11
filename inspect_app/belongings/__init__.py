"""Tools and belongings: counted with the customer, signed (SI), left in the car or in a storage box
of the shop; valuables are always asked after (6.06-6.07, D2, D10, P8)."""
