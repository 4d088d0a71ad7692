"""One row of the table: ours beside theirs, and beside the least that it could be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

COLUMNS = ("gradio", "panel", "solara", "streamlit", "ipywidgets", "itables", "floor")

HEAD = f"{'':46} {'nbblocks':>10} " + " ".join(f"{column:>17}" for column in COLUMNS)


@dataclass(frozen=True)
class Row:
    """What was measured, of all at once.

    Parameters
    ----------
    what : str
        What the figures are, with their unit.
    figures : mapping of str to float
        Ours, and of each of `COLUMNS` that does this job.
    goal : tuple of str and float, optional
        The column that ours is compared with, and the most that ours / theirs is to be.
    limit : float, optional
        The most that ours is to be.
    floor : str, optional
        What the floor is.

    Examples
    --------
    >>> print(Row("a click, ms", {"nbblocks": 2.0, "gradio": 20.0}, goal=("gradio", 1 / 6)).verdict)
    gradio ≤ 0.167 ok
    """

    what: str
    figures: Mapping[str, float]
    goal: tuple[str, float] | None = None
    limit: float | None = None
    floor: str = ""

    @property
    def ratios(self) -> dict[str, float]:
        """Ours, of theirs: less is better."""
        ours = self.figures["nbblocks"]
        return {column: ours / self.figures[column] for column in COLUMNS if self.figures.get(column)}

    @property
    def verdict(self) -> str:
        """Whether the goal and the limit are kept."""
        said = []
        if self.goal is not None and self.goal[0] in self.ratios:
            column, most = self.goal
            said.append(f"{column} ≤ {most:.3g} {'ok' if self.ratios[column] <= most else 'MISSED'}")
        if self.limit is not None:
            said.append(f"≤ {self.limit:.4g} {'ok' if self.figures['nbblocks'] <= self.limit else 'MISSED'}")
        return ", ".join(said)

    def __str__(self) -> str:
        ratios = self.ratios
        cells = []
        for column in COLUMNS:
            ratio = f" ({ratios[column]:.3f})" if column in ratios else ""
            cells.append(f"{self.figures[column]:.2f}{ratio}" if column in self.figures else "–")
        floor = f"  floor: {self.floor}" if self.floor else ""
        theirs = " ".join(f"{cell:>17}" for cell in cells)
        return f"{self.what:46} {self.figures['nbblocks']:10.2f} {theirs}  {self.verdict}{floor}".rstrip()

    def as_json(self) -> dict[str, Any]:
        """All of it."""
        goal = None if self.goal is None else {"beside": self.goal[0], "ratio": self.goal[1]}
        return {
            "what": self.what,
            "figures": dict(self.figures),
            "ratios": self.ratios,
            "goal": goal,
            "limit": self.limit,
            "floor": self.floor,
        }
