"""The rules that JavaScript and Python share, run in a real browser on the same vectors."""

import json
import random
import struct
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from inspect_app.signatures.canonical import NotCanonical, canonical
from inspect_app.signatures.strokes import read_strokes

ROOT = Path(__file__).parents[2]
VECTORS = ROOT / "tests" / "data" / "vectors"


class QuietFiles(SimpleHTTPRequestHandler):
    """Serves the static files as modules, without a line per request."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".js": "text/javascript"}

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def static_files() -> Iterator[str]:
    """The address of a small server of `static/`; localhost, so that hashing is allowed."""
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(QuietFiles, directory=str(ROOT / "static"))
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def blank_page(chromium: Browser, static_files: str) -> Iterator[Page]:
    """An empty page of that server in Chromium."""
    page = chromium.new_page()
    page.route("**/blank", lambda route: route.fulfill(body="", content_type="text/html"))
    page.goto(f"{static_files}/blank")
    yield page
    page.close()


def vectors(name: str) -> Any:
    return json.loads((VECTORS / name).read_text("utf-8"))


def text_or_code(number: float) -> str:
    try:
        return canonical(number).decode("ascii")
    except NotCanonical as problem:
        return str(problem)


def test_canonical_texts_and_hashes_are_the_same(blank_page: Page) -> None:
    expected = vectors("canonical.json")["values"]

    made = blank_page.evaluate(
        """async (values) => {
            const { canonical, sha256Of } = await import("/js/lib/canonical.js");
            return Promise.all(values.map(async ({ json }) => {
                const value = JSON.parse(json);
                return { canonical: canonical(value), sha256: await sha256Of(value) };
            }));
        }""",
        expected,
    )

    assert [{**vector, **result} for vector, result in zip(expected, made, strict=True)] == expected


def test_numbers_of_any_bits_are_written_alike(blank_page: Page) -> None:
    chance = random.Random(8785)
    bits = [chance.getrandbits(64).to_bytes(8, "big") for _ in range(3000)]

    texts = blank_page.evaluate(
        """async (numbers) => {
            const { canonical } = await import("/js/lib/canonical.js");
            return numbers.map((bytes) => {
                const number = new DataView(Uint8Array.from(bytes).buffer).getFloat64(0);
                try { return canonical(number); } catch (problem) { return problem.code; }
            });
        }""",
        [list(number) for number in bits],
    )

    assert texts == [text_or_code(struct.unpack(">d", number)[0]) for number in bits]


def test_coordinates_of_any_size_are_rounded_alike(blank_page: Page) -> None:
    chance = random.Random(23)
    points = [
        {"x": chance.uniform(-50, 650), "y": chance.uniform(-9, 209) // 0.05 * 0.05, "time": i}
        for i in range(3000)
    ]

    drawing = blank_page.evaluate(
        """async (points) => {
            const { readStrokes } = await import("/js/lib/strokes.js");
            return readStrokes([{ points }], { width: 600, height: 200 });
        }""",
        points,
    )

    assert drawing == read_strokes([{"points": points}], 600, 200).as_drawing()


def test_what_has_no_safe_text_is_refused_alike(blank_page: Page) -> None:
    refused = vectors("canonical.json")["refused"]

    codes = blank_page.evaluate(
        """async (values) => {
            const { canonical } = await import("/js/lib/canonical.js");
            return values.map(({ json }) => {
                try { return canonical(JSON.parse(json)); } catch (problem) { return problem.code; }
            });
        }""",
        refused,
    )

    assert codes == [vector["code"] for vector in refused]


def test_what_json_cannot_say_is_refused(blank_page: Page) -> None:
    codes = blank_page.evaluate(
        """async () => {
            const { canonical } = await import("/js/lib/canonical.js");
            const sparse = [1, , 3];
            const strange = [
                undefined, { a: undefined }, [undefined], sparse, NaN, -Infinity, 2 ** 53, 1n,
                new Date(0), new Map(), () => 1, Symbol("a"),
            ];
            return strange.map((value) => {
                try { return canonical(value); } catch (problem) { return problem.code; }
            });
        }"""
    )

    assert codes == [
        *["NOT_JSON_VALUE"] * 4, "NOT_FINITE", "NOT_FINITE", "NUMBER_TOO_LARGE",
        *["NOT_JSON_VALUE"] * 5,
    ]  # fmt: skip


def test_drawings_are_judged_and_rounded_alike(blank_page: Page) -> None:
    cases = vectors("strokes.json")["cases"]

    made = blank_page.evaluate(
        """async (cases) => {
            const { isRealMark, readStrokes, strokesProblem } = await import("/js/lib/strokes.js");
            return cases.map(({ groups, box }) => ({
                real: isRealMark(groups, box),
                problem: strokesProblem(groups, box),
                drawing: isRealMark(groups, box) ? readStrokes(groups, box) : null,
            }));
        }""",
        cases,
    )

    expected = [
        {
            "real": case["problem"] is None,
            "problem": case["problem"],
            "drawing": case.get("drawing"),
        }
        for case in cases
    ]
    names = [case["name"] for case in cases]
    assert dict(zip(names, made, strict=True)) == dict(zip(names, expected, strict=True))


def test_strokes_turned_with_the_tablet_keep_their_shape_and_come_back(blank_page: Page) -> None:
    turned, back = blank_page.evaluate(
        """async () => {
            const { rescaled, readStrokes, padGroups } = await import("/js/lib/strokes.js");
            const upright = { width: 400, height: 200 };
            const flat = { width: 800, height: 400 };
            const groups = [{ points: [
                { x: 10, y: 20, time: 1, pressure: 0.5 }, { x: 110, y: 70, time: 2, pressure: 0.5 },
            ] }];
            const turned = rescaled(groups, upright, flat);
            const sealed = readStrokes(groups, upright);
            return [
                turned[0].points.map(({ x, y, time }) => [x, y, time]),
                JSON.stringify(padGroups(sealed)) === JSON.stringify(groups),
            ];
        }"""
    )

    assert turned == [[20, 40, 1], [220, 140, 2]]
    assert back is True


def test_documents_and_their_hashes_are_the_same(blank_page: Page) -> None:
    cases = vectors("documents.json")["cases"]

    made = blank_page.evaluate(
        """async (cases) => {
            const { canonical, canonicalBytes, sha256Hex } = await import("/js/lib/canonical.js");
            const seal = await import("/js/lib/seal.js");
            return Promise.all(cases.map(async ({ sitting }) => {
                const document = await seal.buildDocument(sitting);
                const { statements, language } = sitting;
                return {
                    document: canonical(document),
                    sha256: await seal.documentHash(document),
                    bytes_sha256: await sha256Hex(canonicalBytes(document)),
                    signed_at: document.signed_at,
                    statement_sha256: await Promise.all(
                        statements.map((each) => seal.statementHash(each, language))),
                    facts_sha256: await Promise.all(
                        statements.map((each) => seal.factsHash(each.code, each.facts))),
                };
            }));
        }""",
        cases,
    )

    for case, result in zip(cases, made, strict=True):
        assert result.pop("bytes_sha256") == case["sha256"]
        assert result == {name: case[name] for name in result}
