"""The facts of very many jobs in one text: what a set stores to verify jobs by later.

A job has some kilobytes of them, which are much alike from job to job: together they
take a tenth of that. Kept as one line a job, so that no more of them is read than is
needed. Pure.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Container, Iterator, Mapping
from typing import Any

from pulumi_alicloud_mediaconvert.api.states import ENDED_STATES
from pulumi_alicloud_mediaconvert.schema.secrets import FACTS_KEY

__all__ = ["FACTS_KEY", "facts_of", "line_of", "packed", "unpacked"]

# What the set itself keeps of each job, and what its inputs say.
NOT_FACTS = frozenset({"verdict", "mismatches", "skipped_checks", "stale"})
# A part of the text that is unpacked at a time.
CHUNK_BYTES = 1 << 16
# Of one job, while a set is waited for: fast, since there are thousands.
FAST = 1


def line_of(outputs: Mapping[str, Any], stated: Mapping[str, Any]) -> bytes | None:
    """Write the facts of a settled job; `None` if it has not ended.

    Args:
        outputs: of the job.
        stated: what of them are inputs.
    """
    if outputs.get("state") not in ENDED_STATES or outputs.get("outputs") is None:
        return None
    facts = {
        name: value
        for name, value in outputs.items()
        if name not in stated and name not in NOT_FACTS and value is not None
    }
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return zlib.compress(text.encode("utf-8", "surrogatepass"), FAST)


def facts_of(line: bytes | None) -> dict[str, Any]:
    """Read the facts of a job; none if they are not there, or not understood."""
    if line is None:
        return {}
    try:
        facts = json.loads(zlib.decompress(line).decode("utf-8", "surrogatepass"))
    except (ValueError, zlib.error):
        return {}
    return facts if isinstance(facts, dict) else {}


def packed(lines: Mapping[str, bytes]) -> str | None:
    """Write the lines of all jobs as one text; `None` if there are none.

    Args:
        lines: by job ID.
    """
    if not lines:
        return None
    packer = zlib.compressobj()
    parts = []
    for job_id, line in sorted(lines.items()):
        parts.append(packer.compress(f"{job_id}\t".encode()))
        parts.append(packer.compress(zlib.decompress(line) + b"\n"))
    parts.append(packer.flush())
    return base64.b64encode(b"".join(parts)).decode("ascii")


def unpacked(text: object, wanted: Container[str] | None = None) -> dict[str, bytes]:
    """Read the lines of jobs by job ID; what is not understood is left out.

    Args:
        text: of all jobs.
        wanted: IDs of the jobs to read; all of them by default.
    """
    if not isinstance(text, str):
        return {}
    try:
        return {
            name: zlib.compress(facts, FAST)
            for line in _lines(base64.b64decode(text, validate=True))
            for job_id, _, facts in [line.partition(b"\t")]
            for name in [job_id.decode()]
            if wanted is None or name in wanted
        }
    except (binascii.Error, zlib.error, UnicodeDecodeError):
        return {}


def _lines(content: bytes) -> Iterator[bytes]:
    unpacker, rest = zlib.decompressobj(), b""
    for start in range(0, len(content), CHUNK_BYTES):
        rest += unpacker.decompress(content[start : start + CHUNK_BYTES])
        *lines, rest = rest.split(b"\n")
        yield from lines
