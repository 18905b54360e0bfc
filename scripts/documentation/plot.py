"""Draw one quantity against another, both by their logarithm, as SVG."""

from __future__ import annotations

import io

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator

# Of what is compared with, and of this provider.
OTHERS, OURS = "tab:gray", "tab:green"


def log_log(title: str, across: str, up: str) -> tuple[Figure, Axes]:
    """Return an empty plot with the names of its axes."""
    figure = Figure(figsize=(9, 6), layout="constrained")
    axes = figure.subplots()
    axes.set(title=title, xlabel=across, ylabel=up, xscale="log", yscale="log")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter("{x:,g}")
    axes.grid(color="lightgray")
    return figure, axes


def as_svg(figure: Figure, axes: Axes) -> str:
    """Return a plot with its legend: the same text for the same numbers."""
    axes.legend()
    drawn = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "docs"}):
        figure.savefig(drawn, format="svg", metadata={"Date": None})
    return "\n".join(line.rstrip() for line in drawn.getvalue().splitlines()) + "\n"
