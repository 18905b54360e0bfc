"""Expectations as people state them, each by what is right or wrong with it."""

from __future__ import annotations

from typing import Any


def of_720p(**stated: Any) -> dict[str, Any]:
    """State something of one output."""
    return {"outputs": [{"name": "720P", **stated}]}


def of_video(**stated: Any) -> dict[str, Any]:
    """State something of the video of one output."""
    return of_720p(video=stated)


GOOD: dict[str, Any] = {
    "as-requested": "as-requested",
    "nothing": {},
    "both": {"as_requested": True, "other_outputs": "forbid"},
    "ladder": {
        "outputs": [
            {
                "name": "720P-mp4",
                "duration_seconds": {"near": 403, "tolerance": 0.5},
                "video": {"codec": "h264", "width": 1280, "bitrate_kbps": {"max": 9}},
                "audio": [{"codec": "aac", "channels": 2}, {"lang": ["zh", "en"]}],
            },
            {"where": {"extension": "mp4", "width": {"min": 1}}, "video": []},
        ]
    },
    "group": {
        "output_groups": [
            {
                "name": "hls",
                "type": "Hls",
                "outputs": [{"name": "a", "status": "Failed"}],
            }
        ]
    },
    "every output": {"every_output": {"video_count": 1, "url": {"matches": ".*"}}},
    "consistent": {"consistent": {"duration_seconds": 0, "message": "together"}},
    "rules": {"rules": [{"query": "a"}, {"query": "a", "must_be": {"min": 1}}]},
    "notes": of_video(
        width={"min": 1, "message": "m", "enforcement_level": "advisory"}
    ),
    "not": of_video(width={"not": {"any_of": [1, {"min": 2, "max": 3}, [4, 5]]}}),
    "percent": of_720p(bitrate_kbps={"near": 9, "tolerance_percent": 10}),
    "present": of_video(lang={"present": False}),
    "rates": of_video(fps="30000/1001", dar="16:9", level="3.1", avg_fps={"min": "25"}),
    "nulls": {"outputs": None, **of_720p(video=None, where=None, message=None)},
    "where with null": {"outputs": [{"name": None, "where": {"width": 1}}]},
    "list of matchers": of_720p(bitrate_kbps=[{"min": 1}, {"max": 3}]),
}
BAD: dict[str, Any] = {
    "null": None,
    "other text": "as requested",
    "number": 7,
    "list": [],
    "unknown key": {"output": []},
    "unknown key of a stream": of_video(widht=1),
    "unknown key of a matcher": of_video(width={"minimum": 1}),
    "no name": {"outputs": [{}]},
    "name and where": of_720p(where={"width": 1}),
    "empty name": {"outputs": [{"name": " "}]},
    "empty where": {"outputs": [{"where": {}}]},
    "note in where": {"outputs": [{"where": {"width": 1, "message": "m"}}]},
    "note in a matcher of where": {
        "outputs": [{"where": {"width": {"min": 1, "message": "m"}}}]
    },
    "number for text": of_video(codec=264),
    "text for a number": of_video(width="1280"),
    "boolean for a number": of_video(width=True),
    "plain measure": of_720p(bitrate_kbps=3000),
    "plain measure in a list": of_720p(bitrate_kbps=[3000]),
    "plain measure in not": of_720p(bitrate_kbps={"not": 3000}),
    "empty list": of_video(width=[]),
    "list in a list": of_video(width=[[1]]),
    "null in a list": of_video(width=[None]),
    "empty any_of": of_video(width={"any_of": []}),
    "empty matcher": of_video(width={}),
    "only a note": of_video(width={"message": "m"}),
    "two forms": of_video(width={"min": 1, "not": 2}),
    "no tolerance": of_720p(bitrate_kbps={"near": 1}),
    "two tolerances": of_720p(
        bitrate_kbps={"near": 1, "tolerance": 1, "tolerance_percent": 1}
    ),
    "tolerance alone": of_720p(bitrate_kbps={"tolerance": 1}),
    "tolerance with bounds": of_720p(bitrate_kbps={"min": 1, "tolerance": 1}),
    "bounds beside near": of_720p(bitrate_kbps={"min": 1, "near": 1}),
    "negative tolerance": of_720p(bitrate_kbps={"near": 1, "tolerance": -1}),
    "order of text": of_video(codec={"min": "a"}),
    "pattern of a number": of_video(width={"matches": "12.."}),
    "long pattern": of_video(codec={"matches": "a" * 1001}),
    "inner note": of_video(width={"not": {"min": 1, "message": "m"}}),
    "inner note in a list": of_video(width=[{"min": 1, "message": "m"}]),
    "disabled": of_720p(enforcement_level="disabled"),
    "other outputs": {"other_outputs": "refuse"},
    "as requested is text": {"as_requested": "yes"},
    "group without a name": {"output_groups": [{"type": "Hls"}]},
    "negative difference": {"consistent": {"duration_seconds": -1}},
    "empty consistent": {"consistent": {}},
    "rule without a query": {"rules": [{"must_be": 1}]},
    "rule of null": {"rules": [{"query": "a", "must_be": None}]},
    "long query": {"rules": [{"query": "a" * 2001}]},
    "order of booleans": {"rules": [{"query": "a", "must_be": {"min": True}}]},
    "too many streams": of_720p(audio=[{}] * 65),
    "streams as text": of_720p(video="h264"),
}

# What only the models refuse.
LOOSER: dict[str, Any] = {
    "no regular expression": of_video(codec={"matches": "("}),
    "no query": {"rules": [{"query": "a["}]},
    "min above max": of_video(width={"min": 2, "max": 1}),
    "no number in text": of_video(fps="fast"),
    "no ratio": of_video(dar="16:0"),
    "tag for a codec": of_video(codec="hvc1"),
    "profile for a codec": of_video(codec="aac-lc"),
    "output named twice": {"outputs": [{"name": "a"}, {"name": "a "}]},
    "group named twice": {"output_groups": [{"name": "a"}, {"name": "a"}]},
    "where of nulls": {"outputs": [{"where": {"width": None}}]},
}

# What only the schema refuses: a null states nothing, and is better left out.
STRICTER: dict[str, Any] = {
    "null bound": of_video(width={"min": 1, "max": None}),
    "null form": of_video(codec={"not": "h264", "min": None}),
}
