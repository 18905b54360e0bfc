"""What a host does: calls of the provider, mocked programs, texts that it prints."""

from __future__ import annotations

import json
from typing import Any

import pulumi
from hypothesis import strategies as st
from pulumi.dynamic import Config, ConfigureRequest
from pulumi.runtime.mocks import MockResourceArgs

from credentials import CONFIG_KEYS
from jobs import JOB_ID, REGION
from pulumi_alicloud_mediaconvert.hosts.hidden_keys import OPEN_SETTINGS_KEY
from pulumi_alicloud_mediaconvert.provider import MediaConvertJobProvider
from pulumi_alicloud_mediaconvert.schema.inputs import CONFIGURATION_KEYS
from pulumi_alicloud_mediaconvert.testing import QuietMonitor, event_loop

INPUTS: dict[str, Any] = {
    "job_id": JOB_ID,
    "region": REGION,
    "wait": {"not_found_grace": 60.0, "poll_min": 3.0, "poll_max": 20.0},
    "enforcement_level": "mandatory",
    "on_inconclusive": "fail",
    "on_preview": "warn",
    "triggers": [],
}
STORED = {**INPUTS, "verdict": "passed", "__provider": "gASV"}


def provider_with(**config: str) -> MediaConvertJobProvider:
    """Configure a provider as the plugin process does; `_` stands for the colon."""
    values = {key.replace("_", ":"): value for key, value in config.items()}
    provider = MediaConvertJobProvider()
    provider.configure(ConfigureRequest(Config(CONFIG_KEYS | values, "gate")))
    return provider


def reasons_of(provider, props, olds=None, open_settings=CONFIGURATION_KEYS):
    """Check inputs; return the reasons, none of which may name a property.

    The settings in `open_settings` are not secret.
    """
    hidden = {OPEN_SETTINGS_KEY: [*open_settings], "__provider": "gASV"}
    result = provider.check(olds or {}, {**props, **hidden})
    assert {failure.property for failure in result.failures} <= {""}
    return [failure.reason for failure in result.failures]


class Monitor(QuietMonitor):
    """Keeps the time limits of what is registered, which mocks do not see."""

    def __init__(self, mocks: pulumi.runtime.Mocks) -> None:
        super().__init__(mocks)
        self.timeouts: dict[str, Any] = {}

    def RegisterResource(self, request):  # noqa: N802  # as the protocol says
        """Register a resource."""
        self.timeouts[request.name] = request.customTimeouts
        return super().RegisterResource(request)


# Instead of a verdict: the job has not been seen, as in the preview of a new one.
UNSEEN = "unseen"


class Engine(pulumi.runtime.Mocks):
    """Answers for the engine with a job of a verdict; without one it refuses all.

    Attributes:
        asked: what was registered.
    """

    def __init__(self, verdict: str | None, facts=None) -> None:
        self.asked: list[MockResourceArgs] = []
        self._verdict = verdict
        self._facts = facts or {}

    def call(self, _args):
        """Answer no invoke; this package makes none."""
        raise NotImplementedError

    def new_resource(self, args):
        """Give the job's outputs."""
        self.asked.append(args)
        if self._verdict is None:
            raise pulumi.RunError("refused")
        if self._verdict == UNSEEN:
            return "", dict(args.inputs)
        stream = {"codec": "h264", "width": 1280}
        grouped = {"name": "480P-ts", "group": "hls-group"}
        single = {"name": "720P-mp4", "url": "http://f", "video_streams": [stream]}
        facts = {"verdict": self._verdict, "outputs": [single, grouped]}
        more = self._facts() if callable(self._facts) else self._facts
        return JOB_ID, {**args.inputs, **facts, **more}


def run_program(program, verdict="passed", *, preview=False, facts=None):
    """Run a program with mocks; return what it gave, the mocks and the monitor."""
    mocks = Engine(verdict, facts)
    monitor = Monitor(mocks)
    given: list[Any] = []
    with event_loop():
        pulumi.runtime.set_mocks(mocks, preview=preview, monitor=monitor)
        pulumi.runtime.test(lambda: program().apply(given.append))()
    return given[0], mocks, monitor


# Of the engine: what begins a color, and one that it knows.
COLORS = ("<{%", "<{%bogus%}>", "<{%reset%}>", r"\u003c{%x%}>")
ESCAPES = (
    *("\x1b[2J", "\x1b]0;title\x07", "\x1b]8;;http://evil\x1b\\\\here", "\x9b31m"),
    *("\x90q\x9c", "\x08\x08", "\r", "\x00", "\x7f", "\x1bc", "\x1b[6n"),
)
UNPRINTABLE = ("\u202e", "\u2066", "\u200f", "\ufeff", "\ue000", "\U000e0041", "\u2028")
SURROGATES = ("\ud800", "\udfff", "\udc80")
DECODED = (
    *(r'{"\u001b[2J": 1}', r'["\u003c{%x%}>"]', '"\\e[2J": 1\nb: 2', "\n"),
    *(r'{"a": "{\"\\u001b\": 1}"}', '{"\u202e": 1}', "? !!binary G1s=\n: 1"),
    *(r'{"\b": 1}}', "[" * 150 + r'{"\r": 1}' + "]" * 150, '{"', '": 1}'),
)
HOSTILE_PARTS = (*COLORS, *ESCAPES, *UNPRINTABLE, *SURROGATES, *DECODED)
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=8)
HOSTILE_TEXTS = st.lists(
    ANY_TEXT | st.sampled_from(HOSTILE_PARTS) | st.sampled_from(["Success", "720P"]),
    max_size=4,
).map("".join)


def is_printable(text: str) -> bool:
    """Whether lines can be printed, by a terminal and by the engine."""
    return all(line.isprintable() for line in text.split("\n")) and "<{%" not in text


def is_safe_where_the_engine_prints(value: Any) -> bool:
    """Whether a value of the state does no harm where the engine shows it.

    It quotes texts, but prints keys as they are; text that is JSON it decodes first;
    a text that a person asks for, it prints as it is.
    """
    if isinstance(value, str):
        is_quiet = not any(
            ord(letter) in {*range(9), *range(11, 32), *range(127, 160)}
            for letter in value.replace("\r\n", "")
        )
        value.encode()
        return is_quiet and "<{%" not in value and _is_safe_decoded(value)
    if isinstance(value, list):
        return all(map(is_safe_where_the_engine_prints, value))
    if isinstance(value, dict):
        return all(
            is_printable(key)
            and "\n" not in key
            and is_safe_where_the_engine_prints(one)
            for key, one in value.items()
        )
    return True


def _is_safe_decoded(text: str) -> bool:
    try:
        decoded, _ = json.JSONDecoder().raw_decode(text.strip())
    except ValueError:
        return True
    if not isinstance(decoded, list | dict):
        return True
    return is_safe_where_the_engine_prints(decoded)
