"""Draw one quantity against another, both by their logarithm, as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 860, 560
LEFT, RIGHT, TOP, BOTTOM = 70, 24, 56, 60
FONT = "font-family='Helvetica, Arial, sans-serif'"
GREY, DARK = "#d8dde3", "#1f2933"
GREEN, BLUE, RED, PURPLE = "#00795c", "#1f5fbf", "#c2410c", "#7e3f98"
BLACK = "#4b5563"


@dataclass(frozen=True)
class Axis:
    """One direction.

    Attributes:
        title: what it shows, and in what unit.
        bounds: least and greatest value.
        marks: values that are written beside it.
        form: of a mark, for `str.format`.
    """

    title: str
    bounds: tuple[float, float]
    marks: Sequence[float]
    form: str = "{}"


@dataclass(frozen=True)
class Plane:
    """Where curves are drawn.

    Attributes:
        across: from left to right.
        up: from bottom to top.
    """

    across: Axis
    up: Axis

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where a pair of values lies in the picture."""
        return (
            LEFT + _share(x, self.across.bounds) * (WIDTH - LEFT - RIGHT),
            HEIGHT - BOTTOM - _share(y, self.up.bounds) * (HEIGHT - TOP - BOTTOM),
        )


@dataclass(frozen=True)
class Point:
    """A pair of values, and what to write beside it.

    Attributes:
        x: from left to right.
        y: from bottom to top.
        label: above it and to the right; with a `<`, below it and to the left.
    """

    x: float
    y: float
    label: str = ""


@dataclass(frozen=True)
class Curve:
    """Points that belong together.

    Attributes:
        name: stands in the legend.
        colour: of line, points and labels.
        points: from left to right.
        line: how they are joined: `solid`, `dashed`, or not at all: empty.
        size: radius of each point; 0 shows none.
    """

    name: str
    colour: str
    points: Sequence[Point]
    line: str = "solid"
    size: float = 4


def plotted(title: str, curves: Sequence[Curve], plane: Plane) -> str:
    """Return the plot as the text of an SVG file."""
    head = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}' "
        f"{FONT} role='img' aria-label='{escape(title)}'>"
    )
    parts = [
        head,
        f"<rect width='{WIDTH}' height='{HEIGHT}' fill='#ffffff'/>",
        _text(LEFT, 28, title, size=17),
        *_axes(plane),
    ]
    for number, curve in enumerate(curves):
        parts += _drawn(curve, plane)
        height = HEIGHT - BOTTOM - 20 * (len(curves) - number)
        parts += _sample(LEFT + 20, height, curve)
        parts.append(_text(LEFT + 58, height + 4, curve.name))
    return "\n".join([*parts, "</svg>", ""])


def _sample(x: float, y: float, curve: Curve) -> list[str]:
    """Draw a piece of the curve for the legend."""
    line = _joined([(x, y), (x + 28, y)], curve) if curve.line else ""
    return [line, _dot(x + 14, y, curve)]


def _axes(plane: Plane) -> list[str]:
    across, up = plane.across, plane.up
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    parts = []
    for mark in across.marks:
        x, _ = plane.place(mark, up.bounds[0])
        parts.append(_line([(x, TOP), (x, bottom)], GREY))
        parts.append(_text(x, bottom + 20, across.form.format(mark), anchor="middle"))
    for mark in up.marks:
        _, y = plane.place(across.bounds[0], mark)
        parts.append(_line([(LEFT, y), (right, y)], GREY))
        parts.append(_text(LEFT - 8, y + 4, up.form.format(mark), anchor="end"))
    middle = (LEFT + right) / 2
    parts.append(_text(middle, HEIGHT - 14, across.title, anchor="middle"))
    parts.append(_text(LEFT, TOP - 8, up.title))
    return parts


def _drawn(curve: Curve, plane: Plane) -> list[str]:
    places = [plane.place(point.x, point.y) for point in curve.points]
    parts = [_joined(places, curve)] if curve.line else []
    for (x, y), point in zip(places, curve.points, strict=True):
        parts.append(_dot(x, y, curve))
        label = point.label.removeprefix("<")
        right, below, anchor = (
            (8, -12, "start") if label == point.label else (-8, 15, "end")
        )
        if label:
            place = (x + right, y + below)
            parts.append(_text(*place, label, anchor=anchor, colour=curve.colour))
    return parts


def _joined(places: Sequence[tuple[float, float]], curve: Curve) -> str:
    dashes = " stroke-dasharray='6 5'" if curve.line == "dashed" else ""
    return _line(places, curve.colour, f"stroke-width='2'{dashes}")


def _share(value: float, bounds: tuple[float, float]) -> float:
    lowest, highest = bounds
    return math.log(value / lowest) / math.log(highest / lowest)


def _line(places: Sequence[tuple[float, float]], colour: str, style: str = "") -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return f"<polyline points='{points}' fill='none' stroke='{colour}' {style}/>"


def _dot(x: float, y: float, curve: Curve) -> str:
    place = f"cx='{x:.1f}' cy='{y:.1f}'"
    return f"<circle {place} r='{curve.size:g}' fill='{curve.colour}'/>"


def _text(  # noqa: PLR0913  # the last three have a default
    x: float,
    y: float,
    text: str,
    *,
    size: int = 13,
    anchor: str = "start",
    colour: str = DARK,
) -> str:
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' font-size='{size}' text-anchor='{anchor}'"
        f" fill='{colour}'>{escape(text)}</text>"
    )
