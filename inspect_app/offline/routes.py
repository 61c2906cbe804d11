"""The worker and what it needs: the shop's code for the tablet, its words, and the rows of a person."""

import hashlib
import json
import uuid
from functools import cache
from typing import Any

from flask import Blueprint, Flask, Response, current_app, g, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.access import public, signed_in, who
from inspect_app.assets import build_files
from inspect_app.db import now
from inspect_app.errors import NotFound
from inspect_app.i18n import HTML_LANG
from inspect_app.offline.code import Code, amounts, translated
from inspect_app.offline.snapshot import plain, rows_for_reception
from inspect_app.signatures.times import iso_ms
from inspect_app.staff.rules import RECEPTION

bp = Blueprint("offline", __name__)
FOREVER = "private, max-age=31536000, immutable"
KINDS = ("py", "sql", "web", "words", "jinja")
