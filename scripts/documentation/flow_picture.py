"""Draw how one `up` flows through the modules, as SVG; every line is an import."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

BOX_WIDTH, BOX_HEIGHT = 216, 42
COLUMN, ROW, INDENT = 232, 58, 12
LEFT, TOP = 16, 20
COLUMNS, ROWS = 6, 13
WIDTH = 2 * LEFT + COLUMNS * COLUMN
HEIGHT = 2 * TOP + ROWS * ROW - 10
FONT = "font-family='Helvetica, Arial, sans-serif'"
DARK, GREY, LINE = "#1f2933", "#e4e8ed", "#7b8794"
# What sort of work a part of the picture does.
CALLS, INPUTS, WAITS, PURE, SAYS = "#fff3d6", "#e3f1e1", "#dceaf7", "#efe6f7", "#fbe3e1"


@dataclass(frozen=True)
class Box:
    """One module.

    Attributes:
        name: path of the module in the package.
        text: what it does, in few words.
        column: in which it stands, from the left; may lie between two.
        row: in which it stands, from the top.
        colour: of the sort of work.
        within: path of the module that it is asked by; empty for the first.
        depth: how far below the head of its column it is asked.
    """

    name: str
    text: str
    column: float
    row: int
    colour: str
    within: str = ""
    depth: int = 0

    @property
    def x(self) -> float:
        """Left edge."""
        return LEFT + self.column * COLUMN + self.depth * INDENT

    @property
    def y(self) -> float:
        """Upper edge."""
        return TOP + self.row * ROW

    @property
    def width(self) -> float:
        """All boxes of a column end at one edge."""
        return BOX_WIDTH - self.depth * INDENT


# Column, first row, colour, who asks the first; then name, depth, text.
_TREES: list[tuple[float, int, str, str, list[tuple[str, int, str]]]] = [
    (2.5, 1, CALLS, "", [("provider", 0, "what the state knows")]),
    (2.5, 2, CALLS, "provider", [("plugin/serving", 0, "a call of the engine")]),
    (
        2.5,
        3,
        CALLS,
        "plugin/serving",
        [("plugin/plugin", 0, "what the process shares")],
    ),
    (
        2.5,
        4,
        CALLS,
        "plugin/plugin",
        [("lifecycle/lifecycle", 0, "wait, verify, decide")],
    ),
    (
        0,
        3,
        INPUTS,
        "plugin/serving",
        [
            ("border/checks", 0, "every problem at once"),
            ("border/schema", 1, "inputs and defaults"),
            ("expect/expectations", 2, "the language"),
        ],
    ),
    (
        1,
        6,
        WAITS,
        "lifecycle/lifecycle",
        [
            ("waiting/waiter", 0, "states and time"),
            ("waiting/course", 1, "where the job stands"),
            ("waiting/pace", 1, "when to look next"),
        ],
    ),
    (
        2,
        6,
        WAITS,
        "lifecycle/lifecycle",
        [
            ("waiting/watch", 0, "one look for equal jobs"),
            ("waiting/sweeps", 1, "a hundred by one call"),
            ("api/client", 1, "calls, retried"),
            ("api/signing", 2, "who asks"),
            ("api/traffic", 2, "calls a second"),
            ("api/job_answers", 2, "the right job?"),
        ],
    ),
    (
        3,
        6,
        PURE,
        "lifecycle/lifecycle",
        [
            ("verification/verifier", 0, "every deviation"),
            ("verification/selection", 1, "which output is meant"),
            ("verification/streams", 1, "each finds its own"),
            ("verification/judging", 1, "met, missed, unknown"),
            ("verification/rules", 1, "queries"),
            ("verification/as_requested", 1, "what was ordered"),
        ],
    ),
    (
        4,
        6,
        PURE,
        "lifecycle/lifecycle",
        [
            ("lifecycle/settling", 0, "verdict and enforcement"),
            ("reports/facts", 1, "what is kept"),
            ("lifecycle/stored", 1, "what was kept before"),
        ],
    ),
    (
        5,
        3,
        SAYS,
        "plugin/serving",
        [
            ("plugin/voice", 0, "every line, every value"),
            ("border/secrecy", 1, "less what is secret"),
            ("plugin/live_row", 1, "lines on the row"),
            ("plugin/engine", 1, "kept failures, Ctrl-C"),
        ],
    ),
]


def _boxes() -> Iterator[Box]:
    for column, row, colour, asker, tree in _TREES:
        above = [asker]
        for offset, (name, depth, text) in enumerate(tree):
            del above[depth + 1 :]
            yield Box(name, text, column, row + offset, colour, above[-1], depth)
            above.append(name)


BOXES = list(_boxes())
_BY_NAME = {box.name: box for box in BOXES}


def imports() -> list[tuple[str, str]]:
    """List the lines of the picture: who imports, and what."""
    return [(box.within, box.name) for box in BOXES if box.within]


def drawn() -> str:
    """Return the picture as the text of an SVG file."""
    title = "One up through the modules"
    parts = [
        _opened(title),
        _rectangle(0, 0, WIDTH, HEIGHT, "fill='#ffffff'"),
        *_outside("Pulumi engine", 0, 0, COLUMNS),
        *_outside("API of Intelligent Media Services", 1.8, 12, 1.6),
        *(_joined(_BY_NAME[above], _BY_NAME[below]) for above, below in imports()),
        *_crossing(),
    ]
    for box in BOXES:
        parts += _boxed(box)
    return "\n".join([*parts, "</svg>", ""])


def _opened(title: str) -> str:
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}' "
        f"{FONT} role='img' aria-label='{title}'>"
    )


def _outside(name: str, column: float, row: int, columns: float) -> list[str]:
    x, y = LEFT + column * COLUMN, TOP + row * ROW
    width = columns * COLUMN - (COLUMN - BOX_WIDTH)
    return [
        _rectangle(x, y, width, BOX_HEIGHT - 6, f"rx='6' fill='{GREY}'"),
        _text(x + width / 2, y + 23, name, size=14, anchor="middle"),
    ]


def _crossing() -> list[str]:
    """Draw what goes in and out of the plugin."""
    provider, voice, client = (
        _BY_NAME[name] for name in ("provider", "plugin/voice", "api/client")
    )
    below = TOP + BOX_HEIGHT - 6
    inward = provider.x + provider.width / 2
    outward = voice.x + voice.width - 24
    left, bottom = client.x - INDENT / 2, TOP + 12 * ROW
    return [
        _line([(inward, below), (inward, provider.y)], "stroke-dasharray='5 4'"),
        _text(inward + 8, below + 16, "check, create, update, …"),
        _line([(outward, voice.y), (outward, below)], "stroke-dasharray='5 4'"),
        _text(outward - 8, below + 16, "lines, state", anchor="end"),
        _line(
            [
                (client.x, client.y + 30),
                (left - 6, client.y + 30),
                (left - 6, bottom),
            ],
            "stroke-dasharray='5 4'",
        ),
        _text(left - 12, bottom - 12, "https, signed", anchor="end"),
    ]


def _joined(above: Box, below: Box) -> str:
    """Draw the line to a module: down a column, or to the head of another one."""
    if below.depth:
        x = above.x + INDENT / 2
        middle = below.y + BOX_HEIGHT / 2
        return _line([(x, above.y + BOX_HEIGHT), (x, middle), (below.x, middle)])
    start = (above.x + above.width / 2, above.y + BOX_HEIGHT)
    end = (below.x + below.width / 2, below.y)
    if above.column == below.column:
        return _line([start, end])
    if below.row == above.row + 1:
        # Beside it: from its side.
        side = above.y + BOX_HEIGHT / 2
        edge = above.x if end[0] < start[0] else above.x + above.width
        return _line([(edge, side), (end[0], side), end])
    turn = below.y - 18
    return _line([start, (start[0], turn), (end[0], turn), end])


def _boxed(box: Box) -> list[str]:
    style = f"rx='5' fill='{box.colour}' stroke='{LINE}'"
    return [
        _rectangle(box.x, box.y, box.width, BOX_HEIGHT, style),
        _text(box.x + 8, box.y + 17, f"{box.name}.py", size=12, weight="bold"),
        _text(box.x + 8, box.y + 33, box.text, size=11),
    ]


def _rectangle(x: float, y: float, width: float, height: float, style: str) -> str:
    return f"<rect x='{x:g}' y='{y:g}' width='{width:g}' height='{height:g}' {style}/>"


def _line(places: list[tuple[float, float]], style: str = "") -> str:
    points = " ".join(f"{x:g},{y:g}" for x, y in places)
    return (
        f"<polyline points='{points}' fill='none' stroke='{LINE}' "
        f"stroke-width='1.4' {style}/>"
    )


def _text(  # noqa: PLR0913  # the last three have a default
    x: float,
    y: float,
    text: str,
    *,
    size: int = 11,
    anchor: str = "start",
    weight: str = "normal",
) -> str:
    return (
        f"<text x='{x:g}' y='{y:g}' font-size='{size}' text-anchor='{anchor}' "
        f"font-weight='{weight}' fill='{DARK}'>{escape(text)}</text>"
    )
