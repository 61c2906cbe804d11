"""The shop's own certificate authority, and the page that walks a tablet through trusting it.

Camera, hashing, random ids and the service worker exist on HTTPS only, on the shop's own network
too (decision: a small authority per shop, since a private address gets no public certificate).
Behind a proxy with a real certificate (BEHIND_PROXY=1) nothing here is needed.
"""
