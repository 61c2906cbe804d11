"""Pictures for the demo: the project's own drawings in a studio, and saying so on their face."""

import io
import re
from collections.abc import Iterator
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from inspect_app.catalogues.drawings import outline
from inspect_app.config import PACKAGE, STATIC

WIDTH, HEIGHT = 800, 600
SCALE = WIDTH / 400
"""The outlines are drawn in a box of 400 by 300."""
FACES = PACKAGE / "sheets" / "fonts"
QUALITY = 84
CURVE_STEPS = 8
WALL, FLOOR, INK, GLASS = (222, 226, 229), (168, 173, 177), (40, 48, 56), (70, 88, 102)
COMMON = ("plate", "dashboard", "boot")
_PATH = re.compile(r'<path class="(outline|detail)"[^>]* d="([^"]+)"')
_TOKEN = re.compile(r"[Maclz]|-?(?:\d+\.\d+|\.\d+|\d+)")
Point = tuple[float, float]
Line = list[Point]


def demo_picture(body_type: str, angle: str, colour: str, caption: str, blemish: str = "") -> bytes:
    """A JPEG of this angle in this paint (`#rrggbb`); `blemish` draws a scratch or a dent on it."""
    picture = _studio().copy()
    draw = ImageDraw.Draw(picture)
    outlines, details = _lines(outline(body_type, angle))
    _shadow(draw, outlines)
    paint = FLOOR if angle in COMMON else _rgb(colour)
    for line in outlines:
        if len(line) > 2:
            draw.polygon(line, fill=paint)
    for line in outlines:
        draw.line([*line, line[0]], fill=INK, width=5, joint="curve")
    for line in details:
        draw.line(line, fill=INK, width=3, joint="curve")
    if blemish:
        _blemish(draw, blemish)
    _caption(draw, caption)
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=QUALITY)
    return content.getvalue()


@cache
def _studio() -> Image.Image:
    """A wall, a floor and the light between them."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), WALL)
    draw = ImageDraw.Draw(picture)
    horizon = int(HEIGHT * 0.62)
    for y in range(horizon):
        shade = int(18 * (1 - y / horizon))
        draw.line((0, y, WIDTH, y), fill=tuple(part - shade for part in WALL))
    for y in range(horizon, HEIGHT):
        shade = int(30 * (y - horizon) / (HEIGHT - horizon))
        draw.line((0, y, WIDTH, y), fill=tuple(part - shade for part in FLOOR))
    return picture


@cache
def _lines(address: str) -> tuple[list[Line], list[Line]]:
    """Outlines and details of one angle (file and symbol), flattened, in pixels."""
    path, _hash, angle = address.partition("#")
    text = (STATIC / path).read_text(encoding="utf-8")
    symbol = text.partition(f'<symbol id="{angle}"')[2].partition("</symbol>")[0]
    found: dict[str, list[Line]] = {"outline": [], "detail": []}
    for kind, data in _PATH.findall(symbol):
        found[kind] += [line for line in _flattened(data) if len(line) > 1]
    return found["outline"], found["detail"]


def _flattened(data: str) -> Iterator[Line]:
    """The subpaths of an SVG path of M, l, c, a and z, the only ones that the drawings use."""
    tokens = _TOKEN.findall(data)
    line: Line = []
    at = (0.0, 0.0)
    command, place = "", 0
    while place < len(tokens):
        if tokens[place].isalpha():
            command, place = tokens[place], place + 1
            if command == "z" and line:
                line.append(line[0])
                continue
        size = {"M": 2, "l": 2, "c": 6, "a": 7}.get(command, 0)
        if not size:
            continue
        numbers = [float(token) for token in tokens[place : place + size]]
        place += size
        if command == "M":
            if line:
                yield line
            at = (numbers[0], numbers[1])
            line = [_px(at)]
            continue
        end = (at[0] + numbers[-2], at[1] + numbers[-1])
        if command == "c":
            one = (at[0] + numbers[0], at[1] + numbers[1])
            other = (at[0] + numbers[2], at[1] + numbers[3])
            line += [_px(point) for point in _curve(at, one, other, end)]
        else:
            line.append(_px(end))
        at = end
    if line:
        yield line


def _curve(start: Point, one: Point, other: Point, end: Point) -> Iterator[Point]:
    for step in range(1, CURVE_STEPS + 1):
        t = step / CURVE_STEPS
        u = 1 - t
        weights = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
        points = (start, one, other, end)
        yield (
            sum(w * p[0] for w, p in zip(weights, points, strict=True)),
            sum(w * p[1] for w, p in zip(weights, points, strict=True)),
        )


def _px(point: Point) -> Point:
    return point[0] * SCALE, point[1] * SCALE


def _rgb(colour: str) -> tuple[int, int, int]:
    value = int(colour.removeprefix("#"), 16)
    return value >> 16, value >> 8 & 255, value & 255


def _shadow(draw: ImageDraw.ImageDraw, outlines: list[Line]) -> None:
    points = [point for line in outlines for point in line]
    if not points:
        return
    left, right = min(p[0] for p in points), max(p[0] for p in points)
    down = max(p[1] for p in points)
    draw.ellipse((left - 10, down - 26, right + 10, down + 22), fill=(132, 137, 141))


def _blemish(draw: ImageDraw.ImageDraw, kind: str) -> None:
    x, y = WIDTH * 0.46, HEIGHT * 0.56
    if kind == "dent":
        draw.ellipse((x - 44, y - 30, x + 44, y + 30), fill=GLASS, outline=INK, width=2)
        draw.arc((x - 36, y - 22, x + 36, y + 24), 200, 340, fill=WALL, width=5)
        return
    for shift in (0, 9, 15):
        draw.line((x - 70, y + shift, x + 66, y - 22 + shift), fill=(250, 250, 246), width=3)


def _caption(draw: ImageDraw.ImageDraw, caption: str) -> None:
    draw.rectangle((0, HEIGHT - 44, WIDTH, HEIGHT), fill=(24, 28, 33))
    draw.text((16, HEIGHT - 36), caption, font=_face(caption), fill=(246, 246, 242))


@cache
def _font(name: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FACES / name), 19)


def _face(text: str) -> ImageFont.FreeTypeFont:
    """The Korean face has no simplified Chinese letters, the Chinese one no Hangul."""
    is_chinese = any("\u4e00" <= letter <= "\u9fff" for letter in text)
    return _font("NotoSansSC-Bold.ttf" if is_chinese else "NotoSansKR-Bold.ttf")
