"""Photos: what a camera or tablet sent, kept untouched, and the sizes derived from it to be shown.

Received bytes are evidence: hashed, never changed, never overwritten. The screen and list sizes
can be made again from them at any time, are upright, in sRGB and carry no metadata, so that the
place where a photo was taken never leaves the shop.
"""

from flask import Blueprint

bp = Blueprint("photos", __name__)
