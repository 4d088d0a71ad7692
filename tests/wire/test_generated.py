"""The browser half's types are those of the Python declarations."""

import subprocess
import sys
from pathlib import Path

COMMITTED = Path(__file__).parent.parent.parent / "js/src/wire/generated/components.ts"


def test_generated_types_are_up_to_date(tmp_path):
    fresh = tmp_path / "components.ts"
    subprocess.run([sys.executable, "-m", "nbblocks.components.codegen", str(fresh)], check=True)
    assert fresh.read_text() == COMMITTED.read_text(), "run `make codegen` and commit what it writes"
