"""The browser half's types are those of the Python declarations."""

import subprocess
import sys
from pathlib import Path

COMMITTED = Path(__file__).parent.parent.parent / "js/src/wire/generated/components.ts"


def test_generated_types_are_up_to_date(tmp_path):
    fresh = tmp_path / "components.ts"
    subprocess.run([sys.executable, "-m", "nbblocks.components.codegen", str(fresh)], check=True)
    for name in ("components.ts", "theme.css"):
        committed = COMMITTED.with_name(name).read_text()
        assert fresh.with_name(name).read_text() == committed, "run `make codegen` and commit what it writes"
