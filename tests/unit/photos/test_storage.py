"""The folder of photos: nothing half there, nothing overwritten, nothing lost."""

import hashlib
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inspect_app.photos.storage import (
    KINDS,
    BadName,
    CannotStore,
    Kind,
    NotStored,
    PhotoFolder,
    StoredDiffers,
    WrongHash,
)

PHOTO = b"the bytes as they were sent"
NAME = hashlib.sha256(PHOTO).hexdigest()
OTHER = hashlib.sha256(b"another").hexdigest()
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
YESTERDAY = NOW - timedelta(days=1)


@pytest.fixture
def folder(tmp_path: Path) -> PhotoFolder:
    return PhotoFolder(tmp_path / "photos")


def put_at(folder: PhotoFolder, moment: datetime, *kinds: Kind) -> None:
    """The photo in these kinds, as if put at this moment."""
    for kind in kinds:
        folder.put_new(NAME, kind, PHOTO)
        os.utime(folder.path_of(NAME, kind), (moment.timestamp(), moment.timestamp()))


def files_in(folder: PhotoFolder) -> list[Path]:
    return [path for path in folder.root.rglob("*") if path.is_file()]


@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_comes_back_as_it_was_put(folder: PhotoFolder, kind: Kind) -> None:
    assert folder.put_new(NAME, kind, PHOTO) is True

    assert folder.read(NAME, kind) == PHOTO
    with folder.open(NAME, kind) as file:
        assert file.read() == PHOTO
    assert folder.has(NAME, kind)
    path = folder.root / kind / NAME[:2] / NAME[2:4] / NAME
    assert files_in(folder) == [path]


def test_putting_again_changes_nothing(folder: PhotoFolder) -> None:
    folder.put_new(NAME, "received", PHOTO)

    assert folder.put_new(NAME, "received", PHOTO) is False
    assert folder.read(NAME, "received") == PHOTO
    assert len(files_in(folder)) == 1


def test_a_derived_size_that_stands_is_kept(folder: PhotoFolder) -> None:
    folder.put_new(NAME, "screen", b"first")

    assert folder.put_new(NAME, "screen", b"second") is False
    assert folder.read(NAME, "screen") == b"first"


def test_bytes_under_a_wrong_hash_are_refused(folder: PhotoFolder) -> None:
    with pytest.raises(WrongHash):
        folder.put_new(NAME, "received", PHOTO + b"!")

    assert not folder.root.exists()


def test_received_bytes_are_never_overwritten(folder: PhotoFolder) -> None:
    folder.put_new(NAME, "received", PHOTO)
    folder.path_of(NAME, "received").write_bytes(b"changed on the disk")

    with pytest.raises(StoredDiffers):
        folder.put_new(NAME, "received", PHOTO)

    assert folder.read(NAME, "received") == b"changed on the disk"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "../../etc/passwd",
        NAME[:-1],
        NAME + "0",
        NAME + "\n",
        NAME.upper(),
        "g" * 64,
        "\N{FULLWIDTH DIGIT ONE}" * 64,
        "../" + NAME[3:],
        NAME[:63] + "/",
        NAME[:63] + "\0",
    ],
)
def test_a_name_that_is_no_hash_reaches_no_disk(folder: PhotoFolder, name: str) -> None:
    with pytest.raises(BadName):
        folder.path_of(name, "received")
    with pytest.raises(BadName):
        folder.open(name, "received")
    with pytest.raises(BadName):
        folder.put_new(name, "screen", PHOTO)

    assert not folder.root.exists()


def test_a_kind_that_is_none_reaches_no_disk(folder: PhotoFolder) -> None:
    with pytest.raises(BadName):
        folder.path_of(NAME, "..")  # type: ignore[arg-type]  # what a route might pass on


def test_what_was_never_put_is_not_stored(folder: PhotoFolder) -> None:
    assert not folder.has(NAME)
    with pytest.raises(NotStored):
        folder.read(NAME, "received")


def test_a_disk_that_refuses_leaves_no_half_file(
    folder: PhotoFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for parent in ("received", f"received/{NAME[:2]}", f"received/{NAME[:2]}/{NAME[2:4]}"):
        (folder.root / parent).mkdir(parents=True)

    with pytest.raises(CannotStore):
        folder.put_new(NAME, "received", PHOTO)

    assert files_in(folder) == []
    assert not folder.has(NAME)


def test_a_root_that_is_no_folder_is_one_clear_refusal(tmp_path: Path) -> None:
    (tmp_path / "photos").write_text("a file in its place")

    with pytest.raises(CannotStore):
        PhotoFolder(tmp_path / "photos").put_new(NAME, "received", PHOTO)


def test_bytes_and_name_are_on_the_disk_before_the_answer(
    folder: PhotoFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = os.fsync

    def fsync(file: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(file).st_mode)
        here = folder.has(NAME)
        synced.append(f"{'folder' if is_folder else 'file'} {'named' if here else 'unnamed'}")
        real(file)

    monkeypatch.setattr(os, "fsync", fsync)

    folder.put_new(NAME, "received", PHOTO)

    assert synced[-2:] == ["file unnamed", "folder named"]


def test_eight_tablets_that_send_the_same_photo_store_it_once(folder: PhotoFolder) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: folder.put_new(NAME, "received", PHOTO), range(32)))

    assert True in answers
    assert folder.read(NAME, "received") == PHOTO
    assert len(files_in(folder)) == 1


def test_a_sweep_removes_old_files_without_a_row(folder: PhotoFolder) -> None:
    put_at(folder, YESTERDAY - timedelta(hours=1), *KINDS)

    assert folder.sweep(set(), older_than=YESTERDAY) == [NAME]

    assert files_in(folder) == []


def test_a_sweep_leaves_files_with_a_row_and_young_ones(folder: PhotoFolder) -> None:
    put_at(folder, YESTERDAY - timedelta(days=900), *KINDS)

    assert folder.sweep({NAME}, older_than=YESTERDAY) == []
    put_at(folder, YESTERDAY + timedelta(hours=1), *KINDS)
    assert folder.sweep(set(), older_than=YESTERDAY) == []

    assert len(files_in(folder)) == 3


def test_a_photo_put_again_is_young_again(folder: PhotoFolder) -> None:
    put_at(folder, YESTERDAY - timedelta(days=2), "received")

    folder.put_new(NAME, "received", PHOTO)

    assert folder.sweep(set(), older_than=datetime.now(UTC) - timedelta(hours=1)) == []
    assert folder.has(NAME)


def test_a_photo_put_again_during_the_sweep_stays(
    folder: PhotoFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_at(folder, YESTERDAY - timedelta(days=2), "received")
    real = Path.rename

    def rename(path: Path, target: Path) -> Path:
        monkeypatch.undo()
        folder.put_new(NAME, "received", PHOTO)
        return real(path, target)

    monkeypatch.setattr(Path, "rename", rename)

    assert folder.sweep(set(), older_than=YESTERDAY) == []

    assert folder.read(NAME, "received") == PHOTO
    assert len(files_in(folder)) == 1


def test_a_sweep_clears_what_a_power_cut_left_unfinished(folder: PhotoFolder) -> None:
    folder.put_new(NAME, "received", PHOTO)
    leftover = folder.root / "unfinished" / f"{OTHER}.0123456789abcdef"
    leftover.write_bytes(b"half of i")
    os.utime(leftover, (0, 0))

    folder.sweep({NAME}, older_than=YESTERDAY)

    assert not leftover.exists()
    assert folder.has(NAME)


def test_a_sweep_touches_no_file_that_is_not_a_photo(folder: PhotoFolder) -> None:
    folder.put_new(NAME, "received", PHOTO)
    note = folder.path_of(NAME, "received").with_name("note.txt")
    note.write_text("kept")
    os.utime(note, (0, 0))

    folder.sweep(set(), older_than=YESTERDAY)

    assert note.exists()


def test_a_check_finds_damaged_missing_and_unknown_photos(folder: PhotoFolder) -> None:
    folder.put_new(NAME, "received", PHOTO)
    assert folder.verify({NAME}).sound

    stray = hashlib.sha256(b"stray").hexdigest()
    folder.put_new(stray, "received", b"stray")
    folder.path_of(NAME, "received").write_bytes(PHOTO[:-1] + b"?")
    findings = folder.verify({NAME, OTHER})

    assert findings.damaged == (NAME,)
    assert findings.missing == (OTHER,)
    assert findings.unknown == (stray,)
    assert not findings.sound


def test_a_check_of_no_folder_finds_nothing(folder: PhotoFolder) -> None:
    assert folder.verify(()).sound
    assert folder.sweep(set(), older_than=NOW) == []
