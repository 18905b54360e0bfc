"""What the provider says, as the command line says it."""

from __future__ import annotations

from pulumi_alicloud_mediaconvert.cli.words import OPTIONS, on_the_command_line
from pulumi_alicloud_mediaconvert.error_codes import MEANINGS
from pulumi_alicloud_mediaconvert.schema.inputs import WaitInputs
from pulumi_alicloud_mediaconvert.waiting.waiter import RESUME


def test_no_advice_speaks_of_pulumi():
    """Whoever typed a command is told a command, and an option."""
    told = [*(one.advice for one in MEANINGS.values()), RESUME]

    said = [on_the_command_line(text) for text in told]

    assert any("pulumi" in text for text in told)
    assert not [text for text in said if "pulumi" in text or "mediaconvert:" in text]


def test_every_limit_of_waiting_is_an_option():
    """What the input `wait` takes can be typed."""
    limits = {f"wait.{name}" for name in WaitInputs.model_fields}

    assert limits <= OPTIONS.keys()
