"""Jobs with media: made by hand, made by chance, and what they deliver demanded."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from hypothesis import strategies as st

from made import JOB_ID

VIDEO = {"Index": 0, "Codec_name": "h264", "Width": 1280, "Height": 720, "Fps": 25}
AUDIO = {"Index": 1, "CodecName": "aac", "Channels": 2, "SampleRate": 44100}
FILE = {"FormatName": "mov,mp4,m4a,3gp,3g2,mj2", "Duration": 403.04}
Wire = dict[str, Any]


def make_video(**facts: Any) -> Wire:
    """Make a video stream; `None` takes a fact away."""
    return _without_nothing({**VIDEO, **facts})


def make_audio(**facts: Any) -> Wire:
    """Make an audio stream; `None` takes a fact away."""
    return _without_nothing({**AUDIO, **facts})


def make_output(
    name: str = "video",
    *,
    status: str | None = "Success",
    video: Sequence[Wire] | None = None,
    audio: Sequence[Wire] | None = None,
    url: str = "http://example.org/media/video.mp4",
    **file: Any,
) -> Wire:
    """Make an output with media: one video and one audio stream by default."""
    info = _without_nothing({**FILE, **file})
    return {
        "Name": name,
        "Status": status,
        "Result": {
            "OutputFile": {"Type": "OSS", "Url": url},
            "OutFileMeta": {
                "FileBasicInfo": info,
                "VideoStreamInfoList": [make_video()] if video is None else [*video],
                "AudioStreamInfoList": [make_audio()] if audio is None else [*audio],
            },
        },
    }


def make_bare_output(name: str = "video", status: str | None = "Success") -> Wire:
    """Make an output of which no fact is reported but how it ended."""
    return {"Name": name, "Status": status}


def make_job(
    *outputs: Wire, groups: Mapping[str, Sequence[Wire]] | None = None, **fields: Any
) -> Wire:
    """Make the value of `Job` of a job that succeeded, all of it as requested."""
    grouped = groups or {}
    return {
        "JobId": JOB_ID,
        "State": "Success",
        "Config": {
            "Outputs": [{"Name": one["Name"], "TemplateId": "t"} for one in outputs],
            "OutputGroups": [
                {
                    "Name": name,
                    "GroupConfig": {"Type": "Hls"},
                    "Outputs": [{"Name": one["Name"]} for one in members],
                }
                for name, members in grouped.items()
            ],
        },
        "OutputDetails": [*outputs],
        "OutputGroupDetails": [
            {"Name": name, "Status": "Success", "Outputs": [*members]}
            for name, members in grouped.items()
        ],
        **fields,
    }


def _without_nothing(facts: Wire) -> Wire:
    return {key: value for key, value in facts.items() if value is not None}


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
