"""Measuring the app against a bare floor that does the same work on the same server.

`python -m bench` prints one line of JSON per goal; `python -m bench G8 G12` measures a few. Only
ratios inside one run mean anything: floor and app are measured in turns.
"""
