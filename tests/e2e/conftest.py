"""One `House` for all tests of roles and cookies."""

import pytest

from tests.e2e.house import House, build
from tests.stack import Stack


@pytest.fixture(scope="session")
def house(stack: Stack) -> House:
    return build(stack)
