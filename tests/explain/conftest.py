"""The networks and pictures of the engine's tests, for the methods that explain them."""

from tests.engine.conftest import picture, rng, squeezenet, tf  # noqa: F401  fixtures
