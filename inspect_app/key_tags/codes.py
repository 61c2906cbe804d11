"""What a key tag's code says."""

import base64
import secrets


def new_token() -> str:
    """80 random bits in 16 base32 characters: no one guesses another tag's code."""
    return base64.b32encode(secrets.token_bytes(10)).decode()
