"""Every fact on the wire: what it is expected by, and what makes it unknown."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from hypothesis import strategies as st

from jobs import Wire, make_job


class WireFact(NamedTuple):
    """A fact that the API sends, and what is demanded of it.

    Attributes:
        field: of the expectation.
        values: that the service reports.
        other: one that it never reports here.
        also: fields that are computed from it.
    """

    field: str
    values: Sequence[Any]
    other: Any
    also: tuple[str, ...] = ()


EDGES = ("long_edge", "short_edge", "display_width", "display_height")
# By the name on the wire; where a stream starts tells it from all others.
VIDEO_FACTS = {
    "Codec_name": WireFact(
        "codec", ["h264", "hevc", "av1", "vp9"], "mpeg4", ("level",)
    ),
    "Codec_tag_string": WireFact("codec_tag", ["avc1", "hvc1", "hev1"], "dvh1"),
    "Profile": WireFact("profile", ["High", "Constrained Baseline"], "Main 10"),
    "Level": WireFact("level", [], 62),
    "Width": WireFact("width", [1280, "848"], 7777, EDGES),
    "Height": WireFact("height", [720, "478"], 7777, EDGES),
    "Fps": WireFact("fps", [25, "30000/1001", 29.97], 24),
    "Avg_fps": WireFact("avg_fps", [25, 29.97], 24),
    "Bit_rate": WireFact("bitrate_kbps", [888.563, "2500"], 7777),
    "Duration": WireFact("duration_seconds", [403.04, "8.1"], 7777),
    "Start_time": WireFact("start_seconds", [], 7777),
    "PixFmt": WireFact("pix_fmt", ["yuv420p"], "yuv420p10le"),
    "Dar": WireFact("dar", ["16:9", "4:3"], "2:1"),
    "Sar": WireFact("sar", ["1:1", "478:477"], "2:1"),
    "Rotate": WireFact("rotate", [0, 90, -90, 270], 45, EDGES[2:]),
    "NumFrames": WireFact("num_frames", [10040, "200"], 7777),
    "Lang": WireFact("lang", ["cn", "eng"], "fra"),
}
AUDIO_FACTS = {
    "CodecName": WireFact("codec", ["aac", "mp3"], "opus"),
    "CodecTagString": WireFact("codec_tag", ["mp4a", "[15][0][0][0]"], "zzzz"),
    "Channels": WireFact("channels", [1, 2, "6"], 7777),
    "ChannelLayout": WireFact("channel_layout", ["mono", "stereo"], "5.1"),
    "SampleRate": WireFact("sample_rate_hz", [44100, "48000"], 7777),
    "Bitrate": WireFact("bitrate_kbps", [128, "64.5"], 7777),
    "Duration": WireFact("duration_seconds", [403.04, 7.918], 7777),
    "StartTime": WireFact("start_seconds", [], 7777),
    "Lang": WireFact("lang", ["cn", "eng"], "fra"),
}
FILE_FACTS = {
    "FormatName": WireFact("format", ["mov,mp4,m4a", "hls,applehttp"], "matroska"),
    "FileSize": WireFact("file_size_bytes", [31737, "99"], 7777, ("average_kbps",)),
    "Duration": WireFact("duration_seconds", [403.04, 8], 7777, ("average_kbps",)),
    "Bitrate": WireFact("bitrate_kbps", [888.563, "2500"], 7777),
    "Width": WireFact("width", [1280, "848"], 7777),
    "Height": WireFact("height", [720], 7777),
}
STREAMS = {
    "video": ("VideoStreamInfoList", VIDEO_FACTS, "Start_time"),
    "audio": ("AudioStreamInfoList", AUDIO_FACTS, "StartTime"),
}
LEVELS: dict[str, list[Any]] = {
    "h264": [9, 30, 31],
    "hevc": [90, "93"],
    "av1": [5, 8],
    "vp9": [31],
}
MANIFEST_FIELDS = frozenset({"file_size_bytes", "bitrate_kbps", "average_kbps"})


def some_of(facts: Mapping[str, WireFact]) -> st.SearchStrategy[Wire]:
    """Report some facts, and leave the others out."""
    known: dict[str, st.SearchStrategy[Any]] = {
        name: st.sampled_from(fact.values)
        for name, fact in facts.items()
        if fact.values
    }
    return st.fixed_dictionaries({}, optional=known)


@st.composite
def stream_lists(draw: st.DrawFn, kind: str) -> list[Wire]:
    """Make streams of one kind, each starting at a time of its own."""
    _, facts, start = STREAMS[kind]
    streams = draw(st.lists(some_of(facts), max_size=3))
    for position, stream in enumerate(streams):
        stream[start] = position / 8
        stream["Index"] = position
        levels = LEVELS.get(stream.get("Codec_name", ""))
        if levels and draw(st.booleans()):
            stream["Level"] = draw(st.sampled_from(levels))
    return streams


@st.composite
def delivered_outputs(draw: st.DrawFn, name: str) -> Wire:
    """Make an output that was delivered, its facts more or less complete."""
    meta: Wire = {"FileBasicInfo": draw(some_of(FILE_FACTS))}
    for kind, (wire_name, _, _) in STREAMS.items():
        meta[wire_name] = draw(st.none() | stream_lists(kind))
    url = f"http://example.org/{name}.{draw(st.sampled_from(['mp4', 'm3u8', 'ts']))}"
    result = {"OutFileMeta": meta, "OutputFile": {"Type": "OSS", "Url": url}}
    return {"Name": name, "Status": "Success", "Result": result}


NAMES = st.lists(
    st.text(st.sampled_from("720P-mé"), min_size=1, max_size=8), unique=True, max_size=3
)


@st.composite
def delivered_jobs(draw: st.DrawFn) -> Wire:
    """Make a whole answer: a job that delivered all that was requested of it."""
    outputs = [draw(delivered_outputs(name)) for name in draw(NAMES)]
    groups = {
        name: [draw(delivered_outputs(member)) for member in draw(NAMES)]
        for name in draw(NAMES)
    }
    if not outputs and not any(groups.values()):
        outputs = [draw(delivered_outputs("only"))]
    return make_job(*outputs, groups=groups)


class Change(NamedTuple):
    """Another value of one fact in an answer.

    Attributes:
        keys: to the fact.
        value: that it did not have.
        path: of the expectation that is missed then.
        also: paths of those that may be missed with it.
    """

    keys: tuple[str | int, ...]
    value: Any
    path: str
    also: frozenset[str]

    def applied_to(self, answer: Wire) -> Wire:
        """Return an answer with the other value."""
        changed = copy.deepcopy(answer)
        holder: Any = changed
        for key in self.keys[:-1]:
            holder = holder[key]
        holder[self.keys[-1]] = self.value
        return changed


def changes_of(answer: Wire) -> list[Change]:
    """List a change of each fact that an answer reports."""
    found: list[Change] = []
    for position, output in enumerate(answer["OutputDetails"]):
        found += _changes(output, ("OutputDetails", position), output["Name"])
    for at, group in enumerate(answer["OutputGroupDetails"]):
        for position, output in enumerate(group["Outputs"]):
            keys = ("OutputGroupDetails", at, "Outputs", position)
            found += _changes(output, keys, f"{group['Name']}/{output['Name']}")
    return found


def _changes(output: Wire, keys: tuple[str | int, ...], label: str) -> Iterator[Change]:
    location = f'outputs["{label}"]'
    drift = frozenset({f"{location}.av_drift_seconds"})
    result, within = output["Result"], (*keys, "Result")
    url = f"{result['OutputFile']['Url']}.mkv"
    yield Change(
        (*within, "OutputFile", "Url"),
        url,
        f"{location}.url",
        frozenset({f"{location}.extension"}),
    )
    meta, within = result["OutFileMeta"], (*within, "OutFileMeta")
    info = meta["FileBasicInfo"]
    for name, fact in FILE_FACTS.items():
        is_of_manifest = is_manifest(output) and fact.field in MANIFEST_FIELDS
        if name in info and not is_of_manifest:
            yield _change((*within, "FileBasicInfo", name), fact, location)
    for kind, (wire_name, facts, _) in STREAMS.items():
        streams = meta[wire_name] or []
        for index, stream in enumerate(streams):
            at = f"{location}.{kind}" + (f"[{index}]" if len(streams) > 1 else "")
            for name in [name for name in facts if name in stream]:
                change = _change((*within, wire_name, index, name), facts[name], at)
                yield change._replace(also=change.also | drift)


def _change(keys: tuple[str | int, ...], fact: WireFact, at: str) -> Change:
    also = frozenset(f"{at}.{field}" for field in fact.also)
    return Change(keys, fact.other, f"{at}.{fact.field}", also)


def is_manifest(output: Wire) -> bool:
    """Whether a file is a manifest: by its format, else by its extension."""
    result = output["Result"]
    name = result["OutFileMeta"]["FileBasicInfo"].get("FormatName")
    url: str = result["OutputFile"]["Url"]
    return "hls" in name if name else url.endswith(".m3u8")


BLANK = ["", " \n", None, "N/A", "n/a"]
WORDS = [*BLANK, "unknown", "UNKNOWN", "Und", "none", "null", "undefined", "?", "-99"]
NO_NUMBERS = [*WORDS, "nan", "-inf", "1/0", "0/0", "0.f", "a lot", True, 10**400]
BELOW = [*NO_NUMBERS, -1, "-1", -99, "-99.0"]
ZEROS = [*BELOW, 0, 0.0, "0", "0.000", "0f", "0/1"]
# By the vendor's name, what stands for a fact that is not known.
UNKNOWN: Mapping[str, Sequence[Any]] = {
    "Codec_tag_string": [*WORDS, "[0][0][0][0]", "0x0000", 0],
    "CodecTagString": [*WORDS, "[0][0][0][0]", "0x00000000", "0"],
    "ChannelLayout": [*WORDS, "0 channels", "2 channels", "0 channels (x)"],
    "Dar": [*WORDS, "0:1", "1:0", "0/0", 0],
    "Sar": [*WORDS, "0:1", "0:0"],
    "Level": [*BELOW, "3.1", "4.0"],
    "Fps": [*ZEROS, "90000/1", 1000.5, "1000001/1000"],
    "Avg_fps": [*ZEROS, "12800/1"],
    "FileSize": BELOW,
    "Start_time": ["N/A", "", None, "nan", -(2**63)],
    "StartTime": ["unknown", -9223372036854.775],
    "Rotate": [*BLANK, "unknown", "left", "nan"],
    **dict.fromkeys(
        ("Codec_name", "CodecName", "Profile", "PixFmt", "Lang", "FormatName"), WORDS
    ),
}
FACTS = {**VIDEO_FACTS, **AUDIO_FACTS, **FILE_FACTS}


def unknown(name: str) -> Sequence[Any]:
    """Return what stands for a fact that is not known, by the vendor's name."""
    return UNKNOWN.get(name, ZEROS)
