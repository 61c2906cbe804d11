"""The profile an iPad installs."""

import plistlib
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from inspect_app.certificates.authority import Authority, ensure, load_certificate, names_for
from inspect_app.certificates.profile import apple_profile


def test_the_profile_holds_the_authority_and_stays_the_same(tmp_path: Path) -> None:
    ensure(tmp_path, names_for("pc", []), datetime.now(UTC))
    certificate = load_certificate(Authority(tmp_path).certificate)

    profile = plistlib.loads(apple_profile(certificate, "정비소", "신뢰"))

    (root,) = profile["PayloadContent"]
    assert root["PayloadType"] == "com.apple.security.root"
    assert root["PayloadContent"] == certificate.public_bytes(Encoding.DER)
    assert profile["PayloadDisplayName"] == "정비소"
    assert profile == plistlib.loads(apple_profile(certificate, "정비소", "신뢰"))
    assert root["PayloadUUID"] != profile["PayloadUUID"]
