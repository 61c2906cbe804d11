"""Make the paper's fonts: subsets of Noto Sans KR and SC, their coverage and their hashes.

Run by a developer when a font changes (`python inspect_app/sheets/build_fonts.py`); the result is
committed, so neither a shop nor a test ever needs fontTools or npm. The full TTFs come from the
npm packages named in `SOURCES`, which carry the OFL text beside them.
"""

import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent / "fonts"
SOURCES = {
    "KR": "@expo-google-fonts/noto-sans-kr@0.4.3",
    "SC": "@expo-google-fonts/noto-sans-sc@0.4.3",
}
WEIGHTS = {"Regular": "400Regular", "Bold": "700Bold"}

LATIN_AND_SIGNS = (
    (0x20, 0x7E),
    (0xA0, 0x24F),  # Latin-1, Extended-A and -B: names
    (0x250, 0x36F),
    (0x370, 0x4FF),  # Greek and Cyrillic, as far as the fonts have them
    (0x1E00, 0x1EFF),  # Vietnamese
    (0x2000, 0x27BF),  # punctuation, currency, arrows, enclosed numbers, boxes, ticks
    (0x3000, 0x30FF),  # CJK punctuation and kana
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),  # full-width forms, as plates and old systems write them
    (0xFFFD, 0xFFFD),
)
HANGUL = ((0x3130, 0x318F), (0xAC00, 0xD7A3))  # NFC leaves no conjoining letters of today


def of_ranges(ranges: Iterable[tuple[int, int]]) -> set[int]:
    """Return every code point of inclusive ranges."""
    return {point for first, last in ranges for point in range(first, last + 1)}


def of_charset(encoding: str) -> set[int]:
    """Return the code points of a double-byte charset that Python knows."""
    points: set[int] = set()
    for lead in range(0xA1, 0xFE):
        for trail in range(0xA1, 0xFF):
            try:
                points.update(map(ord, bytes((lead, trail)).decode(encoding)))
            except UnicodeDecodeError:
                continue
    return points


def wanted(script: str, weight: str) -> set[int]:
    """Return what a subset keeps: hanja are in KR Regular only, which saves 2 MB (bold is rare)."""
    points = of_ranges(LATIN_AND_SIGNS)
    if script == "SC":
        return points | of_charset("gb2312")
    points |= of_ranges(HANGUL)
    return points | of_charset("euc_kr") if weight == "Regular" else points


def unpack(package: str, folder: Path) -> Path:
    """Fetch one npm package by name and return where its files lie."""
    answer = subprocess.run(
        ["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True
    )
    archive = folder / answer.stdout.strip().splitlines()[-1]
    target = archive.with_suffix("")
    with tarfile.open(archive) as tar:
        tar.extractall(target, filter="data")
    return target / "package"


def make_subset(source: Path, target: Path, points: set[int]) -> set[int]:
    """Write the subset without hinting, and return the code points that it really has."""
    options = Options(hinting=False, notdef_outline=True, recalc_timestamp=False)
    options.layout_features = ["ccmp", "kern", "liga", "locl"]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)
    font.save(target)
    return set(font.getBestCmap())


def as_ranges(points: set[int]) -> list[list[int]]:
    """Return sorted code points as inclusive ranges, which keeps the coverage file small."""
    ranges: list[list[int]] = []
    for point in sorted(points):
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return ranges


def build() -> None:
    """Make all four subsets, the coverage file, the licences and the list of hashes."""
    FONTS.mkdir(exist_ok=True)
    covered: set[int] = set()
    with tempfile.TemporaryDirectory() as scratch:
        for script, package in SOURCES.items():
            unpacked = unpack(package, Path(scratch))
            shutil.copyfile(unpacked / "LICENSE_FONT", FONTS / f"OFL-NotoSans{script}.txt")
            for weight, folder in WEIGHTS.items():
                source = unpacked / folder / f"NotoSans{script}_{folder}.ttf"
                target = FONTS / f"NotoSans{script}-{weight}.ttf"
                covered |= make_subset(source, target, wanted(script, weight))
    (FONTS / "coverage.json").write_text(json.dumps(as_ranges(covered)) + "\n")
    write_readme()


def write_readme() -> None:
    """Write what the files are, where they come from and their SHA-256."""
    lines = [
        "# Fonts of the paper",
        "",
        "Subsets (no hinting) of Noto Sans KR and Noto Sans SC, version 2.004, SIL Open Font",
        "License 1.1 (texts beside). Made by `../build_fonts.py` from the npm packages",
        *(f"`{package}`{',' if script == 'KR' else '.'}" for script, package in SOURCES.items()),
        "KR has all Hangul (Regular also the hanja of KS X 1001), SC has GB2312; both have Latin,",
        "Greek, Cyrillic, kana and signs. `coverage.json` lists the code points of all four.",
        "",
        "| file | bytes | SHA-256 |",
        "|---|---|---|",
    ]
    for path in sorted(FONTS.iterdir()):
        if path.name != "README.md":
            content = path.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            lines.append(f"| {path.name} | {len(content)} | `{digest}` |")
    (FONTS / "README.md").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    build()
