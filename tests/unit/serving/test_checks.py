"""What is checked before the app is served."""

from pathlib import Path

import pytest

from inspect_app.serving.checks import (
    CannotServe,
    check_disk,
    check_python,
    filesystem_of,
    read_mounts,
)

LINUX = "/dev/sda1 / ext4 rw 0 0\nnas:/shop /mnt/the\\040nas nfs4 rw 0 0\n"
MACOS = (
    "/dev/disk3s1 on / (apfs, local)\n//me@nas/shop on /Volumes/the shop (smbfs, nodev, nosuid)\n"
)


@pytest.mark.parametrize("version", [(3, 9, 6), (3, 10, 14), (2, 7, 18)])
def test_an_old_python_is_refused_by_its_number(version: tuple[int, ...]) -> None:
    with pytest.raises(CannotServe, match=r"needs Python 3\.11 or newer") as refused:
        check_python(version)

    assert ".".join(map(str, version)) in str(refused.value)


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 1)])
def test_a_new_python_is_fine(version: tuple[int, ...]) -> None:
    check_python(version)


@pytest.mark.parametrize(
    ("mounts", "path", "kind"),
    [
        (LINUX, "/srv/data/reception.sqlite3", "ext4"),
        (LINUX, "/mnt/the nas/data/reception.sqlite3", "nfs4"),
        (LINUX, "/mnt/the nas too/reception.sqlite3", "ext4"),
        (MACOS, "/Volumes/the shop/reception.sqlite3", "smbfs"),
        (MACOS, "/opt/shop/reception.sqlite3", "apfs"),
    ],
)
def test_the_file_system_is_that_of_the_nearest_mount(mounts: str, path: str, kind: str) -> None:
    assert filesystem_of(Path(path), read_mounts(mounts)) == kind


def test_a_database_on_a_network_share_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inspect_app.serving.checks._mounts", lambda: read_mounts(LINUX))

    with pytest.raises(CannotServe, match=r"network share \(nfs4\)"):
        check_disk("sqlite:////mnt/the nas/reception.sqlite3")


@pytest.mark.parametrize(
    "url", ["sqlite:////srv/reception.sqlite3", "postgresql+psycopg://shop@nas/reception"]
)
def test_a_local_disk_and_another_database_are_fine(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inspect_app.serving.checks._mounts", lambda: read_mounts(LINUX))

    check_disk(url)
