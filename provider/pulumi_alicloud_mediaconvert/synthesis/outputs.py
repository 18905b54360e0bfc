"""Outputs that meet what is expected of them, with usual facts for all else. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain, product, zip_longest

from pulumi_alicloud_mediaconvert.expect.expected_media import MAX_STREAMS
from pulumi_alicloud_mediaconvert.synthesis.files import (
    TEMPLATE,
    Ordered,
    chosen_number,
    chosen_text,
    length_of,
    location_of,
    read_output,
    require,
)
from pulumi_alicloud_mediaconvert.synthesis.streams import (
    Facts,
    Slot,
    fitting_stream,
    slots_of,
)
from pulumi_alicloud_mediaconvert.synthesis.values import UnfitError, numbers
from pulumi_alicloud_mediaconvert.verification.evaluation import Fact
from pulumi_alicloud_mediaconvert.verification.locations import mismatches_in
from pulumi_alicloud_mediaconvert.verification.media_facts import StreamKind
from pulumi_alicloud_mediaconvert.verification.statuses import SUCCESS
from pulumi_alicloud_mediaconvert.verification.verifier import verify_output

STATUSES = (SUCCESS, "Skipped", "Failed", "Cancelled")
KINDS: tuple[StreamKind, StreamKind] = ("video", "audio")
STREAMS = ("video_streams", "audio_streams")


def fitting_output(ordered: Ordered) -> Facts:
    """Make an output that meets all that is expected of it.

    Returns:
        Its facts by the fields of `models`, those not reported as `None`.

    Raises:
        UnfitError: no such output was found.
    """
    base: Facts = {"name": ordered.name, "group": ordered.group}
    require(ordered.of("name", "group"), base)
    base["status"] = chosen_text(ordered, "status", STATUSES)
    if base["status"] != SUCCESS:
        return base
    troubles: list[UnfitError] = []
    for is_shared, seconds in product((True, False), _lengths_of_streams(ordered)):
        try:
            streams = _streams(ordered, seconds, is_shared=is_shared)
            return _whole(ordered, base | streams)
        except UnfitError as error:
            troubles.append(error)
    with suppress(UnfitError):
        # Or nothing is told of the streams.
        return _whole(ordered, base | {key: [] for key in STREAMS})
    raise troubles[0]


def _whole(ordered: Ordered, base: Facts) -> Facts:
    location = location_of(ordered)
    file = {"file_name": location.pop("file_name"), "format": location.pop("format")}
    facts = base | location
    facts["template_id"] = chosen_text(ordered, "template_id", [TEMPLATE])
    facts["type"] = chosen_text(ordered, "type", ["OSS"])
    streams = (*facts["video_streams"], *facts["audio_streams"])
    kbps = sum(stream["bitrate_kbps"] or 0 for stream in streams)
    first = next(iter(facts["video_streams"]), {"width": 0, "height": 0})
    for name, usual in (
        ("bitrate_kbps", round(kbps, 3)),
        ("width", first["width"]),
        ("height", first["height"]),
    ):
        file[name] = chosen_number(ordered, name, usual)
    facts["file"] = file | length_of(ordered, file, file["bitrate_kbps"] or kbps)
    require(ordered.wants, facts)
    output = read_output(facts)
    for expectation, at in ordered.demanded:
        lines = [
            f"{one.path}: {one.expected}"
            for one in mismatches_in(verify_output(expectation, output, at))
            if ordered.with_advice or one.enforcement_level == "mandatory"
        ]
        if lines:
            raise UnfitError(lines)
    return facts


def _lengths_of_streams(ordered: Ordered) -> Iterator[tuple[float | None, ...]]:
    """Yield durations of the video and the audio: a drift may be wanted of them."""
    drifts = ordered.of("av_drift_seconds")
    if not drifts:
        yield ordered.seconds, ordered.seconds
        return
    stated = [
        want
        for kind in KINDS
        for slot in chain.from_iterable(_stated(ordered, kind))
        for want in slot.of({"duration_seconds"})
    ]
    wanted = numbers(drifts, [0.0], is_whole=False)
    lengths = numbers(stated, [ordered.seconds], is_whole=False)
    for drift, one in product(wanted, lengths):
        for other in (one + drift, one - drift):
            yield one, round(other, 6)
            yield round(other, 6), one
    yield None, None


def _streams(
    ordered: Ordered, seconds: Sequence[float | None], *, is_shared: bool
) -> Facts:
    made: list[list[Facts]] = []
    for kind, length in zip(KINDS, seconds, strict=True):
        slots = _slots(ordered, kind, is_shared=is_shared)
        made.append([fitting_stream(kind, slot, length) for slot in slots])
    for index, stream in enumerate(chain.from_iterable(made)):
        stream["index"] = index
    return dict(zip(STREAMS, made, strict=True))


def _slots(ordered: Ordered, kind: StreamKind, *, is_shared: bool) -> list[Slot]:
    """Make a slot for each stream; expectations share theirs, or have their own."""
    stated = _stated(ordered, kind)
    slots = [*chain.from_iterable(stated)]
    if is_shared:
        rows = zip_longest(*stated, fillvalue=Slot(()))
        slots = [
            Slot(tuple(chain.from_iterable(one.wants for one in row))) for row in rows
        ]
    wants = ordered.of(f"{kind}_count")
    # What nobody speaks of has one, if it may.
    fewest = range(len(slots), MAX_STREAMS + 1) if stated else (1, 0, *range(2, 65))
    for count in fewest:
        if all(want.is_met(Fact((count,))) for want in wants):
            return slots + [Slot(())] * (count - len(slots))
    raise UnfitError.of(wants)


def _stated(ordered: Ordered, kind: StreamKind) -> list[list[Slot]]:
    """Return the streams of a kind that each expectation states."""
    return [
        slots_of(expected, at.field(kind), with_advice=ordered.with_advice)
        for expectation, at in ordered.demanded
        if (expected := getattr(expectation, kind)) is not None
    ]
