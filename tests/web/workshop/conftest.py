"""The cars of these tests are made once."""

from tests.web.workshop.cars import migrated_shop

__all__ = ["migrated_shop"]
