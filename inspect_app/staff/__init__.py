"""People and who is signed in on which tablet.

Roles come from process 3.1, what each may see from 3.2. Signing in is made for a shared tablet: tap
your name, type your PIN. Wrong PINs are counted in the database, per person and per tablet.
"""
