"""Draw one quantity against another, both by their logarithm, as SVG.

A plot is a dark card, as the pictures of terminals: it looks the same on a light and on
a dark page. Its text can be read on a screen that is 360 pixels wide.
"""

from __future__ import annotations

import io
from typing import Any

import matplotlib as mpl
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator

# Of what is compared with, of this provider, and further ones.
OTHERS, OURS = "#b0b0b0", "#6fdc7a"
RED, VIOLET, BLUE = "#ff8a80", "#e29bff", "#82b8ff"
TEXT = "#e6e6e6"
_CARD, _GRID = "#292929", "#5a5a5a"
STEPS = (1, 2, 5)
# Inches, of 72 units of the picture each: about as many units as the screen has pixels.
_SIZE = (5.2, 5.0)
_STYLE: Any = {
    "axes.edgecolor": _GRID,
    "axes.facecolor": _CARD,
    "axes.labelcolor": TEXT,
    "axes.prop_cycle": cycler(color=[OURS, BLUE, OTHERS, VIOLET, RED]),
    "figure.facecolor": _CARD,
    "font.size": 10,
    "grid.color": _GRID,
    "legend.frameon": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "docs",
    "text.color": TEXT,
    "xtick.color": TEXT,
    "ytick.color": TEXT,
}


def log_log(
    title: str, across: str, up: str, *, ticks_across: tuple[int, ...] = STEPS
) -> tuple[Figure, Axes]:
    """Return an empty plot with the names of its axes.

    Args:
        title: above it.
        across: name of the axis across.
        up: name of the axis up.
        ticks_across: within a power of ten; fewer where there are many powers.
    """
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=_SIZE, layout="constrained")
        axes = figure.subplots()
        axes.set(xlabel=across, ylabel=up, xscale="log", yscale="log")
        axes.set_title(title, fontsize="medium")
        for axis, ticks in ((axes.xaxis, ticks_across), (axes.yaxis, STEPS)):
            axis.set_major_locator(LogLocator(subs=ticks))
            axis.set_minor_locator(NullLocator())
            axis.set_major_formatter("{x:,g}")
        axes.grid()
    return figure, axes


def as_svg(figure: Figure) -> str:
    """Return a plot with its legend below: the same text for the same numbers."""
    drawn = io.StringIO()
    with mpl.rc_context(_STYLE):
        figure.legend(loc="outside lower left")
        figure.savefig(drawn, format="svg", metadata={"Date": None})
    return "\n".join(line.rstrip() for line in drawn.getvalue().splitlines()) + "\n"
