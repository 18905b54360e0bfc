"""Signals that end a command: when at once, and when after the results."""

from __future__ import annotations

import signal

import pytest

from pulumi_alicloud_mediaconvert.cli.interruptions import Interrupted, Interruptions


class Hand:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        """Return the seconds."""
        return self.seconds


@pytest.fixture
def hand():
    """Return the clock."""
    return Hand()


@pytest.fixture
def signals(hand):
    """Return the signals of a process that has received none."""
    return Interruptions(hand)


def test_the_first_signal_ends_a_wait(signals):
    """The exit code is that of the first one, whatever comes after it."""
    assert signals.exit_code is None

    with pytest.raises(Interrupted):
        signals.received(signal.SIGINT)

    assert signals.exit_code == 130
    signals.received(signal.SIGTERM)
    assert signals.exit_code == 130


def test_one_interruption_may_arrive_twice(signals, hand):
    """A runner signals the shell and the program; a person who repeats it is heard."""
    with pytest.raises(Interrupted):
        signals.received(signal.SIGTERM)

    hand.seconds += 0.9
    signals.received(signal.SIGTERM)
    hand.seconds += 0.2
    with pytest.raises(Interrupted):
        signals.received(signal.SIGTERM)


def test_results_are_written_whole_unless_a_person_insists(signals, hand):
    """A reader that does not read would keep the command for ever."""
    signals.write_whole()

    signals.received(signal.SIGTERM)
    assert signals.exit_code == 143

    hand.seconds += 2
    with pytest.raises(Interrupted):
        signals.received(signal.SIGKILL)


def test_results_of_an_interrupted_wait_are_ended_by_a_second_signal(signals, hand):
    """The first one has ended the wait, the second one ends the command."""
    with pytest.raises(Interrupted):
        signals.received(signal.SIGINT)
    signals.write_whole()

    signals.received(signal.SIGINT)
    hand.seconds += 2
    with pytest.raises(Interrupted):
        signals.received(signal.SIGINT)
