"""The authority as a configuration profile, which an iPad installs by itself once it is opened."""

import plistlib
import uuid

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding


def apple_profile(certificate: x509.Certificate, name: str, why: str) -> bytes:
    """An unsigned profile with one root certificate; the same authority gives the same ids.

    `name` and `why` are shown by the iPad, in the language of whoever asked.
    """
    fingerprint = certificate.fingerprint(hashes.SHA256()).hex()
    identifier = f"local.vehicle-reception.{fingerprint[:16]}"

    def payload_id(part: str) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{identifier}.{part}")).upper()

    root = {
        "PayloadType": "com.apple.security.root",
        "PayloadVersion": 1,
        "PayloadIdentifier": f"{identifier}.root",
        "PayloadUUID": payload_id("root"),
        "PayloadDisplayName": name,
        "PayloadContent": certificate.public_bytes(Encoding.DER),
    }
    return plistlib.dumps(
        {
            "PayloadType": "Configuration",
            "PayloadVersion": 1,
            "PayloadIdentifier": identifier,
            "PayloadUUID": payload_id("profile"),
            "PayloadDisplayName": name,
            "PayloadDescription": why,
            "PayloadContent": [root],
        }
    )
