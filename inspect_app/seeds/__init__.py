"""The demo shop: a cast of staff, a few cars, and some past visits. Also the cast of the tests."""

from inspect_app.seeds.shop import DEMO_CAST, seed_shop
from inspect_app.seeds.visits import seed_visits

__all__ = ["DEMO_CAST", "seed_shop", "seed_visits"]
