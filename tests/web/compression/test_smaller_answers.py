"""Pages and static files come compressed where the browser takes it, and as they are elsewhere."""

import gzip
from pathlib import Path

import brotli
import pytest
from flask import Flask

from inspect_app.compression import shrink_static, shrunk_folder
from inspect_app.config import STATIC
from tests.conftest import Tablet


@pytest.mark.parametrize(
    ("accepted", "encoding", "unpack"),
    [("gzip, deflate, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)],
)
def test_a_page_comes_compressed(
    minji: Tablet, accepted: str, encoding: str, unpack: object
) -> None:
    plain = minji.get("/more")
    small = minji.get("/more", headers={"Accept-Encoding": accepted})

    assert small.headers["Content-Encoding"] == encoding
    assert "Accept-Encoding" in small.headers["Vary"]
    assert callable(unpack)
    assert unpack(small.data).decode()[:500] == plain.text[:500]
    assert len(small.data) < len(plain.data) / 2


@pytest.mark.parametrize("accepted", ["", "identity", "br;q=0, gzip;q=0"])
def test_a_browser_that_takes_none_gets_the_page_as_it_is(minji: Tablet, accepted: str) -> None:
    answer = minji.get("/more", headers={"Accept-Encoding": accepted})

    assert "Content-Encoding" not in answer.headers
    assert "</html>" in answer.text


def test_a_short_answer_stays_as_it_is(minji: Tablet) -> None:
    answer = minji.get("/arrivals/vin?vin=1", headers={"Accept-Encoding": "br"})

    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers


def test_a_release_is_compressed_once_and_an_older_one_goes(tmp_path: Path) -> None:
    static = tmp_path / "static"
    (static / "js").mkdir(parents=True)
    (static / "js" / "app.js").write_text("export const words = 'the same words';\n" * 50)
    (static / "dot.png").write_bytes(b"\x89PNG" * 400)
    data_dir = tmp_path / "data"

    shrink_static(static, data_dir, "old")
    shrink_static(static, data_dir, "new")
    shrink_static(static, data_dir, "new")

    made = sorted(p.name for p in shrunk_folder(data_dir, "new").rglob("*") if p.is_file())
    assert made == ["app.js.br", "app.js.gz"]
    assert not shrunk_folder(data_dir, "old").exists()


def test_a_source_file_has_no_page_policy_and_a_drawing_has(app: Flask) -> None:
    client, build = app.test_client(), app.extensions["build_id"]
    script = client.get(f"/static/{build}/js/app.js")
    drawing = client.get(f"/static/{build}/icons.svg")

    assert (STATIC / "icons.svg").is_file()
    assert script.headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Security-Policy" not in script.headers
    assert "default-src 'none'" in drawing.headers["Content-Security-Policy"]
    script.close()
    drawing.close()
