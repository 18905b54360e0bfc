"""Answers of the API in which every text has a signed address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_alicloud_mediaconvert.emulator.jobs import sample_answer

# In what is never to be seen again.
MARK = "MARKEDSIGNATURE"
PLACE = "http://bucket.oss-cn-shanghai.aliyuncs.com/v.m3u8"
SIGNED = (
    f"{PLACE}?Expires=1767323045&OSSAccessKeyId={MARK}id&Signature={MARK}"
    f"&security-token={MARK}token&x-oss-signature={MARK}4&auth_key=1-0-0-{MARK}cdn"
)
# What would be another job if it were another text.
KEPT = frozenset({"State", "Status", "JobId", "Name", "Type"})


def signed_answer(**fields: Any) -> dict[str, Any]:
    """Make the vendor's sample with a signed address in every text of it."""
    answer = sample_answer()
    job = {**answer["Job"], "Message": "bad", **fields}
    signed: dict[str, Any] = _signed({**answer, "Job": job})
    return signed


def _signed(value: Any, key: str = "") -> Any:
    if isinstance(value, Mapping):
        return {name: _signed(entry, name) for name, entry in value.items()}
    if isinstance(value, list):
        return [_signed(entry) for entry in value]
    if isinstance(value, str) and key not in KEPT:
        return SIGNED if "://" in value or not value else f"{value.strip()} {SIGNED}"
    return value
