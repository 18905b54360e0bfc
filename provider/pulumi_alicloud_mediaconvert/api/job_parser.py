"""Build a `Job` from an answer of the API.

What the answer spreads over the request and its details stands together in the
`Job`: outputs with their group, template and place, groups with their manifest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated, Any, TypeVar
from urllib.parse import unquote, urlsplit

from pydantic import BeforeValidator, TypeAdapter, ValidationError

from pulumi_alicloud_mediaconvert.api.coercion import (
    as_list,
    as_name,
    as_object,
    as_text,
)
from pulumi_alicloud_mediaconvert.api.models import (
    Facts,
    Job,
    Output,
    OutputGroup,
)
from pulumi_alicloud_mediaconvert.api.pairing import partners_of
from pulumi_alicloud_mediaconvert.api.readers import Request
from pulumi_alicloud_mediaconvert.api.sanitizing import (
    clean_answer,
    clean_text,
    decode_clean,
)
from pulumi_alicloud_mediaconvert.errors import ApiResponseError

# An answer of 8 MiB could hold millions of them, each a kilobyte of memory; a job has
# some dozens.
MAX_PARTS = 20_000
MAX_STREAMS = 100_000
MANIFEST_SUFFIXES = {"hls": ".m3u8", "dash": ".mpd"}

# Details that are no lists of objects were not understood: no verdict rests on them.
DETAILS = TypeAdapter(
    Annotated[
        list[Annotated[dict[str, Any], BeforeValidator(as_object)]],
        BeforeValidator(as_list),
    ]
)
CONFIG: TypeAdapter[dict[str, Any] | None] = TypeAdapter(Request)
Details = list[dict[str, Any]]
Read = TypeVar("Read")
Wire = TypeVar("Wire", bound=Facts)


def job_from_answer(answer: object, *, is_clean: bool = False) -> Job:
    """Read the `Job` of an answer, its documented oddities included.

    Args:
        answer: the value of `Job` in the body of GetMediaConvertJob.
        is_clean: whether no text in it needs to be cleaned; it becomes `Job.raw`.

    Raises:
        ApiResponseError: a part of the answer has another shape than documented.
    """
    if not isinstance(answer, dict):
        raise ApiResponseError("Job is not what the API documents: not an object")
    try:
        raw = decode_clean(answer) if is_clean else clean_answer(answer)
    except RecursionError:
        raise ApiResponseError(
            "Job is not what the API documents: it is nested too deeply"
        ) from None
    _refuse_masses(raw)
    config = _read(CONFIG.validate_python, raw.get("Config"), "Job.Config")
    requests = _requests(config, "Job.Config")
    outputs = _outputs(raw.get("OutputDetails"), requests, "Job.OutputDetails")
    groups, grouped = _groups(raw, config)
    job = _read(_from_wire(Job), raw, "Job")
    return job.model_copy(
        update={"outputs": outputs + grouped, "output_groups": groups, "raw": raw}
    )


def _refuse_masses(raw: Mapping[str, Any]) -> None:
    """Refuse an answer of more parts than memory should be spent on."""
    config = _object_in(raw, "Config") or {}
    details = [*_lists(raw, "OutputDetails", "OutputGroupDetails")]
    requests = [*_lists(config, "Outputs", "OutputGroups")]
    parts = max(sum(map(len, details)), sum(map(len, requests)))
    streams = sum(
        len(entries)
        for entry in (entry for part in details for entry in part)
        for entries in _stream_lists(entry)
    )
    if parts > MAX_PARTS or streams > MAX_STREAMS:
        raise ApiResponseError(
            f"Job has {parts:,} outputs and groups with {streams:,} streams; at most"
            f" {MAX_PARTS:,} with {MAX_STREAMS:,} are read"
        )


def _lists(holder: Mapping[str, Any], single: str, grouped: str) -> Iterator[list[Any]]:
    groups = holder.get(grouped)
    groups = groups if isinstance(groups, list) else []
    yield groups
    for entries in (holder, *groups):
        key = single if entries is holder else "Outputs"
        if isinstance(entries, dict) and isinstance(entries.get(key), list):
            yield entries[key]


def _stream_lists(entry: object) -> Iterator[list[Any]]:
    for key in ("Result", "OutFileMeta"):
        entry = entry.get(key) if isinstance(entry, dict) else None
    for key in ("VideoStreamInfoList", "AudioStreamInfoList"):
        streams = entry.get(key) if isinstance(entry, dict) else None
        if isinstance(streams, list):
            yield streams


def _read(validate: Callable[[object], Read], value: object, path: str) -> Read:
    try:
        return validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join([path, *(str(part) for part in first["loc"])])
        raise ApiResponseError(
            f"{where} is not what the API documents: {first['msg'].lower()}"
        ) from None


def _groups(
    raw: Mapping[str, Any], config: Mapping[str, Any] | None
) -> tuple[list[OutputGroup], list[Output]]:
    path = "Job.OutputGroupDetails"
    details = _read(DETAILS.validate_python, raw.get("OutputGroupDetails"), path)
    entries = config.get("OutputGroups") if config else None
    requested = _read(DETAILS.validate_python, entries, "Job.Config.OutputGroups")
    requests = _pair(details, requested)
    groups: list[OutputGroup] = []
    grouped: list[Output] = []
    for position, (detail, request) in enumerate(zip(details, requests, strict=True)):
        at = f"{path}.{position}"
        group = _read(_from_wire(OutputGroup), detail, at)
        settings = _object_in(request, "GroupConfig") or {}
        outputs = _outputs(
            detail.get("Outputs"),
            _requests(request, "Job.Config.OutputGroups"),
            f"{at}.Outputs",
            group=group.name or "(unnamed)",
        )
        groups.append(
            group.model_copy(
                update={
                    "type": as_text(settings.get("Type")),
                    "manifest_url": _manifest_url(settings),
                    "output_names": [output.name or "" for output in outputs],
                }
            )
        )
        grouped += outputs
    return groups, grouped


def _outputs(
    details: object,
    requests: Sequence[Mapping[str, Any]],
    path: str,
    group: str | None = None,
) -> list[Output]:
    entries = _read(DETAILS.validate_python, details, path)
    outputs = [
        _read(_from_wire(Output), entry, f"{path}.{position}")
        for position, entry in enumerate(entries)
    ]
    return [
        output.model_copy(
            update={
                "group": group,
                "template_id": as_name(request.get("TemplateId")),
                **_address(output),
            }
        )
        for output, request in zip(outputs, _pair(entries, requests), strict=True)
    ]


def _pair(
    details: Details, requests: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Find for each delivery what was requested; of one without, nothing is known."""
    names = [as_name(detail.get("Name")) for detail in details]
    requested = [as_name(request.get("Name")) for request in requests]
    return [{} if at is None else requests[at] for at in partners_of(names, requested)]


def _object_in(holder: Mapping[str, Any], key: str) -> dict[str, Any] | None:
    value = holder.get(key)
    return value if isinstance(value, dict) else None


def _requests(holder: Mapping[str, Any] | None, path: str) -> Details:
    """Read what was requested; a request that is not understood tells nothing."""
    entries = holder.get("Outputs") if holder else None
    return _read(DETAILS.validate_python, entries, f"{path}.Outputs")


def _from_wire(model: type[Wire]) -> Callable[[object], Wire]:
    # By the vendor's names alone: a field of theirs may have the name of one of ours.
    return lambda value: model.model_validate(value, by_alias=True, by_name=False)


def _address(output: Output) -> dict[str, str | None]:
    """Say where the file lies: URL (http before oss), bucket and object key."""
    addresses = [
        output.file.file_url if output.file else None,
        output.url,
        output.media,
    ]
    known = [address for address in addresses if address is not None]
    over_http = [address for address in known if address.lower().startswith("http")]
    in_oss = [address for address in known if address.lower().startswith("oss://")]
    url = next(iter(over_http), output.url or output.media)
    # The URL that is shown comes first, so that the three never contradict each other.
    found = (_bucket_and_key(address) for address in [url, *in_oss] if address)
    bucket, key = next((pair for pair in found if pair[0]), (None, None))
    return {"url": url, "bucket": bucket, "key": key}


def _bucket_and_key(address: str) -> tuple[str | None, str | None]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None, None
    key = unquote(parts.path).lstrip("/") or None
    if key is not None and clean_text(key) != key:
        # What it would be cleaned to is the key of nothing.
        key = None
    host = parts.hostname or ""
    if parts.scheme == "oss":
        return host or None, key
    # Bucket addresses are <bucket>.<endpoint>; a domain of the user's own is not.
    bucket, _, endpoint = host.partition(".")
    if endpoint.endswith("aliyuncs.com"):
        return bucket, key
    return None, None


def _manifest_url(settings: Mapping[str, Any]) -> str | None:
    """Join the group's directory and the name of its manifest.

    Source: the vendor's struct MediaConvertOutputGroupConfig.
    """
    base = settings.get("OutputFileBase")
    directory = as_name(base.get("Media")) if isinstance(base, dict) else None
    name = as_name(settings.get("ManifestName"))
    suffix = MANIFEST_SUFFIXES.get((as_text(settings.get("Type")) or "").lower())
    if directory is None or name is None or suffix is None:
        return None
    file_name = name if name.endswith(suffix) else name + suffix
    return f"{directory.rstrip('/')}/{file_name}"
