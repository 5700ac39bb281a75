"""The small publication of these tests, and a client of the app that serves it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from small_publication import Served, publish


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Served:
    """The small publication; only to be read."""
    return publish(tmp_path_factory.mktemp("served"))


@pytest.fixture
def client(served: Served) -> FlaskClient:
    """A client of the app that serves the small publication."""
    return served.client()
