"""Sheets: the paper of a visit. A check-in sheet is a PDF/A that the customer keeps (issue 2, 12).

`facts` says what a sheet shows and `filler` fills it from a visit's file; `words` holds its labels,
`render` makes the PDF. Type is set by typst in a child process (`press`, `press_worker`) from the
templates beside this file. `actions` gives the customer a link to it.
"""

from flask import Blueprint

bp = Blueprint("sheets", __name__)
