"""The command line: `python -m inspect_app serve | seed`."""

import argparse
import logging
import os
import sys
from collections.abc import Sequence

from inspect_app.serving.checks import CannotServe, check_disk, check_port, check_python
from inspect_app.serving.checks import read_settings as settings_of_environment

# One clear sentence was printed; nothing was started.
CANNOT_SERVE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="inspect_app", description="Vehicle reception")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("serve", help="serve the app for this machine and tablets beside it")
    commands.add_parser("seed", help="make the database and the demo shop, and stop")
    chosen = parser.parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    try:
        check_python()
        return serve() if chosen.command == "serve" else seed()
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
