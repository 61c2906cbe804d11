"""The wheel that is built holds all the app needs, and works away from the checkout."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Runs away from the checkout, with the wheel's own copy first on the path.
ASK = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import inspect_app
from inspect_app import create_app, schema
from inspect_app.config import STATIC, Settings
from inspect_app.seeds import seed_shop
from inspect_app.db import db

assert Path(inspect_app.__file__).is_relative_to(sys.argv[1]), inspect_app.__file__
data = Path(sys.argv[2])
app = create_app(Settings(data, f"sqlite:///{data / 'shop.sqlite3'}", b"x" * 32))
with app.app_context():
    schema.upgrade()
    seed_shop()
    db.session.commit()
client = app.test_client()
for path in ("/sign-in", f"/static/{app.extensions['build_id']}/css/app.css"):
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status)
    answer.close()
"""


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_templates_static_files_and_migrations(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())

    for path in (
        "inspect_app/templates/certificates/show.html",
        "inspect_app/migrations/env.py",
        "inspect_app/catalogues/lists.json",
    ):
        assert path in inside
    for folder in ("templates", "static", "migrations/versions"):
        here = {str(path.relative_to(ROOT)) for path in (ROOT / folder).rglob("*.[hjcp]*")}
        here = {path for path in here if "__pycache__" not in path and (ROOT / path).is_file()}
        assert here <= {path.removeprefix("inspect_app/") for path in inside}


def test_the_wheel_serves_a_page_and_an_asset_away_from_the_checkout(
    wheel: Path, tmp_path: Path
) -> None:
    target = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(target)
    (tmp_path / "data").mkdir()

    asked = subprocess.run(
        [sys.executable, "-c", ASK, target, tmp_path / "data"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert asked.returncode == 0, asked.stderr
