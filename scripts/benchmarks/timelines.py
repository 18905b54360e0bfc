"""Courses of jobs by which polling is judged: made up, by kind and seed.

A job waits in the queue, works through its media unevenly, then packs and uploads
while its percent stands; what it shows of that is a whole percent, published now and
then. Times are spread evenly over their logarithm, so that no length is the usual one.
"""

from __future__ import annotations

import bisect
import math
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

# Share of the work that is done, by seconds since the job began to run.
Work = list[tuple[float, float]]
Shown = tuple[str, int | None]

PIECES = 12
# Shares of the run before the first work and after the last.
MAX_START, MAX_END = 0.1, 0.08


@dataclass(frozen=True)
class Timeline:
    """What polls of one job would see.

    Attributes:
        kind: of the job.
        ends_at: when it ends, in seconds since the wait began.
        moments: when it shows something new, the first one being 0 or less.
        shown: state and percent from each of these moments on.
    """

    kind: str
    ends_at: float
    moments: tuple[float, ...]
    shown: tuple[Shown, ...]

    def at(self, moment: float) -> Shown | None:
        """Return what a poll sees; `None` once the job has ended."""
        if moment >= self.ends_at:
            return None
        return self.shown[bisect.bisect_right(self.moments, moment) - 1]


@dataclass(frozen=True)
class Run:
    """A run from its begin, before it is placed behind a queue.

    Attributes:
        seconds: it takes.
        percents: what is shown of its progress, by seconds since it began.
        queued: seconds in the queue before it.
        missed: share of it that is over when the wait begins.
    """

    seconds: float
    percents: list[tuple[float, int | None]]
    queued: float
    missed: float = field(default=0.0)


class Dice:
    """The chance of one timeline."""

    def __init__(self, name: str) -> None:
        self.random = random.Random(name)  # noqa: S311  # repeatable, not secret
        self.evenly = self.random.uniform
        self.one_of = self.random.choice

    def seconds(self, shortest: float, longest: float) -> float:
        """Choose a length, as likely below as above the geometric middle."""
        return math.exp(self.evenly(math.log(shortest), math.log(longest)))

    def weight(self, unevenness: float) -> float:
        """Choose how long a piece of work takes, relative to the others."""
        return math.exp(self.random.gauss(0, unevenness))


def worked(dice: Dice, seconds: float, unevenness: float = 0.25) -> Work:
    """Work through twelve pieces of unlike pace, with an idle start and end."""
    idle = seconds * dice.evenly(0, MAX_START)
    end = seconds * dice.evenly(0, MAX_END) * dice.one_of((0.2, 1))
    end = min(seconds / 2, end + dice.evenly(0, 2))
    drift = dice.evenly(-0.5, 0.5)
    weights = [
        dice.weight(unevenness) * math.exp(drift * piece / PIECES)
        for piece in range(PIECES)
    ]
    return drawn_out(weights, idle, seconds - end)


def drawn_out(weights: list[float], begin: float, end: float) -> Work:
    """Spread equal pieces of work over a time, each as long as its weight."""
    work = [(0.0, 0.0), (begin, 0.0)]
    for number, weight in enumerate(weights, 1):
        moment = work[-1][0] + (end - begin) * weight / sum(weights)
        work.append((moment, number / len(weights)))
    return work


def stalled(dice: Dice, work: Work, seconds: float, times: int) -> tuple[Work, float]:
    """Let the work stand for a tenth to a half of its time, so many times."""
    for _ in range(times):
        begin = seconds * dice.evenly(0.05, 0.95)
        pause = seconds * dice.evenly(0.1, 0.5)
        done = share_at(work, begin)
        before = [point for point in work if point[0] < begin]
        after = [(m + pause, share) for m, share in work if m >= begin]
        work = [*before, (begin, done), (begin + pause, done), *after]
        seconds += pause
    return work, seconds


def share_at(work: Work, moment: float) -> float:
    """Return how much of the work is done."""
    place = bisect.bisect_right(work, (moment, math.inf))
    if place == len(work):
        return work[-1][1]
    (begin, done), (end, then) = work[place - 1], work[place]
    return done + (then - done) * (moment - begin) / (end - begin)


def published(  # noqa: PLR0913  # what is published of a work, and how
    dice: Dice,
    work: Work,
    seconds: float,
    every: float,
    *,
    step: int = 1,
    largest: int | None = None,
    unevenness: float = 0.2,
) -> list[tuple[float, int | None]]:
    """Show percents: whole ones, rounded down to a step, about `every` so often.

    Many jobs stand one step below 100 until they have ended, some reach it before.
    """
    top = largest or dice.one_of((100 - step, 100 - step, 100))
    shown: list[tuple[float, int | None]] = [(0.0, 0)]
    moment = dice.evenly(0, every)
    while moment < seconds:
        percent = min(top, int(100 * share_at(work, moment) / step + 1e-9) * step)
        if percent != shown[-1][1]:
            shown.append((moment, percent))
        moment += every * dice.evenly(1 - unevenness, 1 + unevenness)
    return shown


def plain(dice: Dice, shortest: float, longest: float, step: int = 1) -> Run:
    """Run without a special event, soon after it was submitted."""
    seconds = dice.seconds(shortest, longest)
    # A short job would not be seen at all by a publisher for long ones.
    every = dice.evenly(1, min(10.0, max(2.0, seconds / 15)))
    shown = published(dice, worked(dice, seconds), seconds, every, step=step)
    return Run(seconds, shown, queued=dice.evenly(0.5, 4))


def coarse(dice: Dice) -> Run:
    """Show percent in steps of 10 to 50."""
    return plain(dice, 30, 3600, step=dice.one_of((10, 20, 25, 50)))


def unreported(dice: Dice) -> Run:
    """Show no percent, or 0 until the end."""
    run = plain(dice, 10, 3600)
    return replace(run, percents=[(0.0, dice.one_of((None, 0)))])


def bursty(dice: Dice) -> Run:
    """Work very unevenly, and tell of it seldom."""
    run = plain(dice, 60, 2400)
    work = worked(dice, run.seconds, unevenness=0.8)
    every = min(run.seconds / 4, dice.seconds(10, 90))
    shown = published(dice, work, run.seconds, every, unevenness=0.9)
    return replace(run, percents=shown)


def stalling(dice: Dice) -> Run:
    """Stand still one to three times."""
    run = plain(dice, 60, 2400)
    work = worked(dice, run.seconds)
    work, seconds = stalled(dice, work, run.seconds, dice.one_of((1, 2, 3)))
    shown = published(dice, work, seconds, dice.evenly(1, 10))
    return replace(run, seconds=seconds, percents=shown)


def retried(dice: Dice) -> Run:
    """Begin again from nothing, somewhere on the way."""
    failed, run = plain(dice, 30, 1800), plain(dice, 30, 1800)
    cut = failed.seconds * dice.evenly(0.2, 0.95)
    before = [point for point in failed.percents if point[0] < cut]
    after = [(moment + cut, percent) for moment, percent in run.percents]
    return replace(run, seconds=cut + run.seconds, percents=before + after)


def failing(dice: Dice) -> Run:
    """End anywhere, without notice."""
    run = plain(dice, 20, 3600)
    cut = run.seconds * dice.evenly(0.02, 1)
    before = [point for point in run.percents if point[0] < cut]
    return replace(run, seconds=cut, percents=before)


def two_passes(dice: Dice) -> Run:
    """Work through the second half two to four times as fast, or as slowly."""
    run = plain(dice, 60, 3600)
    ratio = dice.one_of((2.0, 3.0, 4.0)) ** dice.one_of((-1, 1))
    work = drawn_out([1.0, ratio], 0, run.seconds * dice.evenly(0.95, 1))
    shown = published(dice, work, run.seconds, dice.evenly(1, 10))
    return replace(run, percents=shown)


def lingering(dice: Dice) -> Run:
    """Spend a seventh to a half of the time at 90 to 100 percent."""
    run = plain(dice, 60, 3600)
    work = worked(dice, run.seconds * dice.evenly(0.5, 0.85))
    top = dice.one_of((90, 95, 99, 100))
    every = dice.evenly(1, 10)
    shown = published(dice, work, run.seconds, every, largest=top)
    return replace(run, percents=shown)


def ladder(dice: Dice) -> Run:
    """Make two to six outputs one after the other, each with a pace of its own."""
    run = plain(dice, 60, 3600)
    weights = [dice.evenly(0.3, 1) ** 2 for _ in range(dice.random.randint(2, 6))]
    work = drawn_out(weights, 0, run.seconds * 0.97)
    shown = published(dice, work, run.seconds, dice.evenly(1, 10))
    return replace(run, percents=shown)


KINDS: Mapping[str, Callable[[Dice], Run]] = {
    "short": lambda dice: plain(dice, 8, 90),
    "medium": lambda dice: plain(dice, 90, 600),
    "long": lambda dice: plain(dice, 600, 7200),
    "queued": lambda dice: replace(plain(dice, 20, 1200), queued=dice.seconds(5, 1200)),
    "coarse percent": coarse,
    "no percent": unreported,
    "bursty": bursty,
    "stalls": stalling,
}
# None of these was run before the numbers in `poll_interval` stood.
HELD_OUT_KINDS: Mapping[str, Callable[[Dice], Run]] = {
    "retried": retried,
    "failing": failing,
    "two passes": two_passes,
    "lingering end": lingering,
    "ladder": ladder,
    "resumed wait": lambda dice: replace(
        plain(dice, 60, 7200), missed=dice.evenly(0.05, 0.98)
    ),
}


def timeline(kind: str, seed: int) -> Timeline:
    """Make the timeline of a kind and a seed."""
    dice = Dice(f"{kind} {seed}")
    run = {**KINDS, **HELD_OUT_KINDS}[kind](dice)
    begin = run.missed * (run.queued + run.seconds)
    events: list[tuple[float, Shown]] = [(-begin, ("Inited", None))]
    events += [
        (moment + run.queued - begin, ("Running", percent))
        for moment, percent in run.percents
    ]
    moments, shown = zip(*events, strict=True)
    return Timeline(kind, run.queued + run.seconds - begin, moments, shown)
