"""Points from a data frame."""

from __future__ import annotations

from typing import ClassVar

from .native_plot import NativePlot

__all__ = ["ScatterPlot"]


class ScatterPlot(NativePlot):
    """Points from a data frame.

    Examples
    --------
    >>> import pandas as pd
    >>> ScatterPlot(x="day", y="rain").postprocess(pd.DataFrame({"day": [1, 2], "rain": [0.5, 3]})).data
    [[1, 0.5], [2, 3.0]]
    """

    is_template: ClassVar[bool] = True
    mark: ClassVar[str] = "point"
