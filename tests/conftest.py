"""What all tests stand on."""

from __future__ import annotations

from tests.node import use_own_node

use_own_node()
