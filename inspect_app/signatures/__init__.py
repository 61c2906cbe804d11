"""Signatures: what a customer signs, the drawing of the name, the seal and the site's chain.

Rules come from the process (3.03, 6.04, 6.06–6.09; guards T12, T16, T17) and from RFC 8785. A
sitting's statements and one drawing become one canonical document (seal.py), made by the same
rules in static/js/lib/, hashed, and tied to the site's previous seal (chain.py).
"""

from flask import Blueprint

bp = Blueprint("signatures", __name__)
