"""The plugin of pytest: a fixture `assert_conforms` for the dialect that the settings of pytest name.

pytest loads it wherever the tool is installed, so it loads nothing itself.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["assert_conforms", "pytest_addoption"]

_SETTING = "parlance_dialect"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the settings of pytest name a dialect."""
    parser.addini(_SETTING, "the dialect of the fixture assert_conforms, such as openai or mistral@2026-08-01")


@pytest.fixture
def assert_conforms(pytestconfig: pytest.Config) -> Callable[..., None]:
    """`parlance.testing.assert_conforms`, for the dialect that the setting `parlance_dialect` names."""
    from . import testing

    return partial(testing.assert_conforms, dialect=pytestconfig.getini(_SETTING) or None)
