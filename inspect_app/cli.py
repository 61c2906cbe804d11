"""The command line: `python -m inspect_app serve | seed | check | import`."""

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from inspect_app.serving.checks import CannotServe, check_disk, check_port, check_python
from inspect_app.serving.checks import read_settings as settings_of_environment

# One clear sentence was printed; nothing was started.
CANNOT_SERVE = 2
# Something that was kept is not as it was.
NOT_SOUND = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="inspect_app", description="Vehicle reception")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("serve", help="serve the app for this machine and tablets beside it")
    commands.add_parser("seed", help="make the database and the demo shop, and stop")
    commands.add_parser("check", help="prove seals, chain and photo files; 1 where one is wrong")
    taking = commands.add_parser("import", help="take in what a tablet saved as a file")
    taking.add_argument("file", type=Path)
    taking.add_argument("--by", required=True, metavar="NAME", help="who of the staff takes it in")
    taking.add_argument("--look", action="store_true", help="only say what the file holds")
    chosen = parser.parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    try:
        check_python()
        if chosen.command == "import":
            return take_in(chosen.file, by=chosen.by, look=chosen.look)
        return {"serve": serve, "seed": seed, "check": check}[chosen.command]()
    except CannotServe as problem:
        sys.stderr.write(f"{problem}\n")
        return CANNOT_SERVE


def seed() -> int:
    """Makes the database, or brings it to the newest schema, with the demo where it is new."""
    from inspect_app.serving.database import prepare

    settings = settings_of_environment()
    check_disk(settings.database_url)
    prepare(settings)
    return 0


def check() -> int:
    """Proves data, photo files and the chain of seals; changes nothing."""
    from inspect_app import create_app, schema
    from inspect_app.checking import check_everything

    settings = settings_of_environment()
    check_disk(settings.database_url)
    app = create_app(settings)
    with app.app_context():
        if not schema.is_current():
            raise CannotServe("There is no database of this version here. Start the app once.")
        report = check_everything()
    for line in (*report.problems, *report.remarks):
        sys.stdout.write(f"{line}\n")
    verdict = "all sound" if not report.problems else f"{len(report.problems)} problems"
    sys.stdout.write(
        f"{report.seals} seals, {report.signatures} signatures, {report.photos} photos: {verdict}\n"
    )
    return NOT_SOUND if report.problems else 0


def take_in(file: Path, *, by: str, look: bool) -> int:
    """Takes in a tablet's file; says of each entry what became of it. 1 where one was refused."""
    from inspect_app import create_app, schema
    from inspect_app.errors import Invalid
    from inspect_app.imports.shop import Unknown, take_file

    app = create_app(settings_of_environment())
    with app.app_context():
        if not schema.is_current():
            raise CannotServe("There is no database of this version here. Start the app once.")
        try:
            lines = take_file(file.read_bytes(), by=by, look=look)
        except (OSError, Unknown) as problem:
            raise CannotServe(str(problem)) from problem
        except Invalid:
            raise CannotServe("This is no file that a tablet saved.") from None
    for line in lines:
        words = f" ({line.words})" if line.words else ""
        sys.stdout.write(f"{line.captured_at:%Y-%m-%d %H:%M} {line.what}: {line.verdict}{words}\n")
    return NOT_SOUND if any(line.verdict == "refused" for line in lines) else 0


def serve() -> int:
    """Serves the app until it is told to stop."""
    settings = settings_of_environment()
    check_disk(settings.database_url)
    check_port(settings.port, "PORT")
    if not settings.behind_proxy:
        check_port(settings.secure_port, "SECURE_PORT")

    # The rest of the app is loaded only once it is known that it can be served.
    from inspect_app.serving import shop

    return shop.run(settings, workers=os.cpu_count() or 1, out=sys.stdout)
