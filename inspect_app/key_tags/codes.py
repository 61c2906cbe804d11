"""What a key tag's code says."""

import base64
import re
import secrets

TOKEN = re.compile(r"[A-Z2-7]{16}")


def new_token() -> str:
    """80 random bits in 16 base32 characters: no one guesses another tag's code."""
    return base64.b32encode(secrets.token_bytes(10)).decode()


def payload(host: str, token: str) -> str:
    """`HTTPS://HOST/K/<token>`, upper case so that the code stays in alphanumeric mode; at most 60
    characters. ValueError where the host is too long for that."""
    text = f"HTTPS://{host.upper()}/K/{token}"
    if len(text) > 60:
        raise ValueError("the key host must be at most 33 characters")
    return text
