"""Delivery: the packet, the walk to the car, the count, and the customer's last signature.

Rules come from the process (12.04–12.08; T34–T37; D1, D2; Q9, Q17, Q22). A visit may be delivered
in several rounds: an objection ends a round, and a new one counts anew.
"""

from flask import Blueprint

bp = Blueprint("delivery", __name__)
