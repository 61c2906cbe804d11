"""The shop on the tablet: its own code and templates translated to JavaScript, and its own rows.

Out of reach the tablet runs the very routes, rules, statements and templates of the shop, so that
nothing of them is written twice. `python.py` translates functions and classes, `jinja.py`
templates, `code.py` says which; the little machine they run on is in `static/js/shop`.
"""
