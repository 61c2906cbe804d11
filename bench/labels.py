"""label_decode: key labels as a printer at 203 dpi makes them, read back by an independent decoder.

It is zxing-cpp, under the conditions of a workshop; beside it the same address by the library's
defaults.
"""

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2
import qrcode
import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

from bench.measure import Line
from bench.run import Run
from inspect_app.key_tags.codes import new_token
from inspect_app.key_tags.labels import KeyLabel, label_pdf, tag_address

PRINTER_DPI = 203
CODE_MM = 27.0
CODE_PX = round(CODE_MM / 25.4 * PRINTER_DPI)
MARGIN_PX = 40
LABELS, SAMPLES = 12, 120
MOST_UNREAD_PERCENT, MOST_UNREAD_IN_ONE = 1.0, 5.0
DIRT_AREA, DIRT_ANYWHERE = 0.015, 0.005
"""Of the code, in specks of 0.4 to 1 mm: beside its three corner squares, or anywhere. A decoder
finds a code by those squares, and one speck in the middle of one can hide it from a single look."""
CORNER = 13 / 37

Change = Callable[[Image.Image, random.Random], Image.Image]


@dataclass(frozen=True)
class Printed:
    """A code on paper and what it should say."""

    address: str
    ours: Image.Image
    defaults: Image.Image


def label_decode(run: Run) -> Iterator[Line]:
    """A line for each condition and one for all: percent that was not read. A wrong read fails."""
    labels = [_printed(number) for number in range(run.effort.times(LABELS))]
    samples = run.effort.times(SAMPLES)
    unread, wrong = 0, 0
    for name, change in CONDITIONS.items():
        chance = random.Random(name)
        ours = [_read(_one(labels, n).ours, change, chance) for n in range(samples)]
        chance = random.Random(name)
        theirs = [_read(_one(labels, n).defaults, change, chance) for n in range(samples)]
        wanted = [_one(labels, n).address for n in range(samples)]
        missed = sum(found is None for found in ours)
        misread = sum(a not in (None, b) for a, b in zip(ours, wanted, strict=True))
        is_counted = name not in BEYOND
        unread += missed if is_counted else 0
        wrong += misread
        beside = 100 * sum(found is None for found in theirs) / samples
        yield Line(
            "label_decode",
            f"{name}: not read of {samples} (library's defaults {beside:.1f} %, misread {misread})",
            100 * missed / samples,
            "%",
            (MOST_UNREAD_IN_ONE if is_counted else 100.0) if not misread else -1.0,
        )
    every = samples * (len(CONDITIONS) - len(BEYOND))
    yield Line(
        "label_decode",
        f"all conditions: not read of {every}, misread {wrong}",
        100 * unread / every,
        "%",
        MOST_UNREAD_PERCENT if not wrong else -1.0,
    )


def _one(labels: list[Printed], number: int) -> Printed:
    return labels[number % len(labels)]


def _printed(number: int) -> Printed:
    address = tag_address("keys.hanbit.example", new_token())
    pdf = label_pdf(KeyLabel(address, str(number + 1), "B4", "12가 3456", "Key tag"))
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].render(scale=PRINTER_DPI / 72).to_pil().convert("L")
    side = page.height
    code = page.crop((0, 0, side, side))
    plain = io.BytesIO()
    qrcode.make(address).save(plain)
    defaults = Image.open(plain).convert("L").resize((CODE_PX, CODE_PX), Image.Resampling.NEAREST)
    return Printed(address, _on_paper(code, side), _on_paper(defaults, side))


def _on_paper(code: Image.Image, side: int) -> Image.Image:
    """The code on a white label that lies on a grey counter."""
    paper = Image.new("L", (side, side), 255)
    paper.paste(code, ((side - code.width) // 2, (side - code.height) // 2))
    counter = Image.new("L", (side + 2 * MARGIN_PX, side + 2 * MARGIN_PX), 120)
    counter.paste(paper, (MARGIN_PX, MARGIN_PX))
    return counter


def _read(printed: Image.Image, change: Change, chance: random.Random) -> str | None:
    """What the decoder makes of it as a camera would see it; None for nothing."""
    found = zxingcpp.read_barcodes(change(printed, chance))
    return found[0].text if found else None


def _as_printed(code: Image.Image, _chance: random.Random) -> Image.Image:
    return code


def _blurred(code: Image.Image, chance: random.Random) -> Image.Image:
    return _grain(code.filter(ImageFilter.GaussianBlur(chance.uniform(1.0, 2.0))), chance, 4)


def _rotated(code: Image.Image, chance: random.Random) -> Image.Image:
    return code.rotate(chance.uniform(0, 360), Image.Resampling.BICUBIC, expand=True, fillcolor=120)


def _tilted(code: Image.Image, chance: random.Random) -> Image.Image:
    """Seen from the side: up to a fifth of one edge is lost to perspective."""
    width, height = code.size
    lean = chance.uniform(0.05, 0.2) * height / 2
    seen = [(0.0, -lean), (0.0, height + lean), (width, height), (width, 0.0)]
    if chance.random() < 0.5:
        seen = _mirrored(seen, width)
    return code.transform(
        (width, height),
        Image.Transform.QUAD,
        [value for point in seen for value in point],
        Image.Resampling.BICUBIC,
        fillcolor=120,
    )


def _mirrored(corners: list[tuple[float, float]], width: float) -> list[tuple[float, float]]:
    left_top, left_bottom, right_bottom, right_top = corners
    return [
        (0.0, right_top[1]), (0.0, right_bottom[1]),
        (width, left_bottom[1]), (width, left_top[1]),
    ]  # fmt: skip


def _dirtied(code: Image.Image, chance: random.Random) -> Image.Image:
    """Specks of oil and paint, the three corner squares clean."""
    return _specks(code, chance, DIRT_AREA, CORNER)


def _dirtied_anywhere(code: Image.Image, chance: random.Random) -> Image.Image:
    return _specks(code, chance, DIRT_ANYWHERE, 0.0)


def _specks(code: Image.Image, chance: random.Random, area: float, corner: float) -> Image.Image:
    soiled = code.copy()
    pen = ImageDraw.Draw(soiled)
    side = soiled.width - 2 * MARGIN_PX
    left = area * side * side
    while left > 0:
        radius = chance.uniform(1.6, 4.0)
        u, v = chance.random(), chance.random()
        at_edge = [u < corner or u > 1 - corner, v < corner or v > 1 - corner]
        if all(at_edge) and not (u > 0.5 and v > 0.5):
            continue
        x, y = MARGIN_PX + u * side, MARGIN_PX + v * side
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=chance.choice((30, 235)))
        left -= 3.14 * radius * radius
    return soiled


def _in_low_light(code: Image.Image, chance: random.Random) -> Image.Image:
    dim = ImageEnhance.Brightness(code).enhance(chance.uniform(0.12, 0.3))
    return _grain(dim, chance, 4)


def _at_low_resolution(code: Image.Image, chance: random.Random) -> Image.Image:
    """A module is 2.2 to 3 pixels wide, as on a phone held far away."""
    factor = chance.uniform(2.2, 3.0) * 37 / (code.width - 2 * MARGIN_PX)
    size = round(code.width * factor), round(code.height * factor)
    return code.resize(size, Image.Resampling.BILINEAR)


def _all_at_once(code: Image.Image, chance: random.Random) -> Image.Image:
    """A little of everything, as in a hand at the end of a day."""
    seen = code.filter(ImageFilter.GaussianBlur(0.8))
    seen = seen.rotate(chance.uniform(-25, 25), Image.Resampling.BICUBIC, True, fillcolor=120)
    return _grain(ImageEnhance.Brightness(seen).enhance(chance.uniform(0.4, 0.8)), chance, 5)


def _grain(picture: Image.Image, chance: random.Random, sigma: int) -> Image.Image:
    """The noise of a sensor, the same for the same chance."""
    size = picture.width * picture.height
    noise = Image.frombytes("L", picture.size, chance.randbytes(size))
    noise = noise.point(
        [128 + round((value - 127.5) / 127.5 * sigma * 1.7) for value in range(256)]
    )
    return ImageChops.add(picture, noise, scale=1, offset=-128)


CONDITIONS: dict[str, Change] = {
    "as printed": _as_printed,
    "blurred": _blurred,
    "rotated": _rotated,
    "tilted": _tilted,
    "dirt on 1.5 %, corner squares clean": _dirtied,
    "low light": _in_low_light,
    "low resolution": _at_low_resolution,
    "all at once": _all_at_once,
    "dirt on 0.5 % anywhere, a single look": _dirtied_anywhere,
}
BEYOND = {"dirt on 0.5 % anywhere, a single look"}
"""Measured and printed, not counted: what is beyond a single look of this decoder."""
