"""Draw calls against delay, both by their logarithm, as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 860, 560
LEFT, RIGHT, TOP, BOTTOM = 70, 24, 56, 60
CALLS, DELAYS = (10.0, 600.0), (0.5, 40.0)
CALL_MARKS = (10, 20, 50, 100, 200, 500)
DELAY_MARKS = (0.5, 1, 2, 5, 10, 20, 40)
FONT = "font-family='Helvetica, Arial, sans-serif'"
GREY, DARK = "#d8dde3", "#1f2933"


@dataclass(frozen=True)
class Point:
    """So many calls, so many seconds of delay, and what to write beside it.

    Attributes:
        calls: mean number a job.
        delay: mean of the jobs, in seconds.
        label: above it and to the right; with a `<`, below it and to the left.
    """

    calls: float
    delay: float
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


def plotted(title: str, curves: Sequence[Curve]) -> str:
    """Return the plot as the text of an SVG file."""
    head = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}' "
        f"{FONT} role='img' aria-label='{escape(title)}'>"
    )
    parts = [
        head,
        f"<rect width='{WIDTH}' height='{HEIGHT}' fill='#ffffff'/>",
        _text(LEFT, 28, title, size=17),
        *_axes(),
    ]
    for number, curve in enumerate(curves):
        parts += _drawn(curve)
        height = HEIGHT - BOTTOM - 20 * (len(curves) - number)
        parts += _sample(LEFT + 20, height, curve)
        parts.append(_text(LEFT + 58, height + 4, curve.name))
    return "\n".join([*parts, "</svg>", ""])


def _sample(x: float, y: float, curve: Curve) -> list[str]:
    """Draw a piece of the curve for the legend."""
    line = _joined([(x, y), (x + 28, y)], curve) if curve.line else ""
    return [line, _dot(x + 14, y, curve)]


def _axes() -> list[str]:
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    parts = []
    for mark in CALL_MARKS:
        x, _ = _place(Point(mark, 1))
        parts.append(_line([(x, TOP), (x, bottom)], GREY))
        parts.append(_text(x, bottom + 20, f"{mark}", anchor="middle"))
    for mark in DELAY_MARKS:
        _, y = _place(Point(1, mark))
        parts.append(_line([(LEFT, y), (right, y)], GREY))
        parts.append(_text(LEFT - 8, y + 4, f"{mark:g} s", anchor="end"))
    middle = (LEFT + right) / 2
    parts.append(_text(middle, HEIGHT - 14, "calls per job (mean)", anchor="middle"))
    parts.append(_text(LEFT, TOP - 8, "delay until the end is seen (mean)"))
    return parts


def _drawn(curve: Curve) -> list[str]:
    places = [_place(point) for point in curve.points]
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


def _place(point: Point) -> tuple[float, float]:
    across = _share(point.calls, CALLS)
    up = _share(point.delay, DELAYS)
    return (
        LEFT + across * (WIDTH - LEFT - RIGHT),
        HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM),
    )


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
