"""Programs of one job of which something is expected."""

from __future__ import annotations

from programs import JOB_ID


def program(expect: str, **inputs: str) -> str:
    """Write a program of one job; inputs are expressions of Python."""
    more = "".join(f", {name}={value}" for name, value in inputs.items())
    return f"""
job = MediaConvertJob("trailer", job_id="{JOB_ID}", expect={expect}{more})
pulumi.export("verdict", job.verdict)
"""


def ordered(width: float, *, first: str = "width") -> str:
    """State a size of the output, in either order of the keys."""
    size = {"width": width, "height": 720.0 if width != 1280 else 720}
    keys = [first, *(key for key in size if key != first)]
    video = {key: size[key] for key in keys}
    return repr({"outputs": [{"name": "720P-mp4", "video": video}]})
