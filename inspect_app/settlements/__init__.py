"""The settlement of a visit (11.02, 12.01–12.04; T32, T33, T42): the sheet D12 from the order and
its additional sheets, what is taken off and offset, what was paid, and what stays open."""

from flask import Blueprint

bp = Blueprint("settlements", __name__)
