"""Gate a Pulumi deployment on a transcoding job of Alibaba Cloud IMS.

A name is imported when it is first asked for: the command line and the emulator have
no use for Pulumi, which takes most of the time that importing all of it takes.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_alicloud_mediaconvert.args import (
        AngleMatcherArgs,
        AudioExpectationArgs,
        ConsistentArgs,
        EveryOutputExpectationArgs,
        Expect,
        ExpectationsArgs,
        GroupExpectationArgs,
        MeasureMatcherArgs,
        NumberMatcherArgs,
        OutputExpectationArgs,
        PlainMatcherArgs,
        RateMatcherArgs,
        RuleArgs,
        SelectorArgs,
        TextMatcherArgs,
        VideoExpectationArgs,
        WaitArgs,
    )
    from pulumi_alicloud_mediaconvert.errors import (
        ApiConnectionError,
        ApiError,
        ApiResponseError,
        ApiStatusError,
        ApiTimeoutError,
        AuthenticationError,
        ConfigurationError,
        ExpectationsError,
        JobNotFoundError,
        ProviderError,
        ThrottledError,
    )
    from pulumi_alicloud_mediaconvert.functions import (
        GetMediaConvertJobResult,
        get_media_convert_job,
        get_media_convert_job_output,
        load_expectations,
    )
    from pulumi_alicloud_mediaconvert.provider_resource import MediaConvertProvider
    from pulumi_alicloud_mediaconvert.resource import MediaConvertJob
    from pulumi_alicloud_mediaconvert.schema.outputs import (
        JobAudioStream,
        JobFile,
        JobMismatch,
        JobOutput,
        JobOutputGroup,
        JobSetCounts,
        JobSetEntry,
        JobSetMismatch,
        JobVideoStream,
    )
    from pulumi_alicloud_mediaconvert.set_resource import MediaConvertJobSet
    from pulumi_alicloud_mediaconvert.verification.report import Report
    from pulumi_alicloud_mediaconvert.verification.verify_answer import verify

__all__ = [
    "AngleMatcherArgs",
    "ApiConnectionError",
    "ApiError",
    "ApiResponseError",
    "ApiStatusError",
    "ApiTimeoutError",
    "AudioExpectationArgs",
    "AuthenticationError",
    "ConfigurationError",
    "ConsistentArgs",
    "EveryOutputExpectationArgs",
    "Expect",
    "ExpectationsArgs",
    "ExpectationsError",
    "GetMediaConvertJobResult",
    "GroupExpectationArgs",
    "JobAudioStream",
    "JobFile",
    "JobMismatch",
    "JobNotFoundError",
    "JobOutput",
    "JobOutputGroup",
    "JobSetCounts",
    "JobSetEntry",
    "JobSetMismatch",
    "JobVideoStream",
    "MeasureMatcherArgs",
    "MediaConvertJob",
    "MediaConvertJobSet",
    "MediaConvertProvider",
    "NumberMatcherArgs",
    "OutputExpectationArgs",
    "PlainMatcherArgs",
    "ProviderError",
    "RateMatcherArgs",
    "Report",
    "RuleArgs",
    "SelectorArgs",
    "TextMatcherArgs",
    "ThrottledError",
    "VideoExpectationArgs",
    "WaitArgs",
    "get_media_convert_job",
    "get_media_convert_job_output",
    "load_expectations",
    "verify",
]

# Where the names come from; first what imports least, since they are tried in turn.
_HOMES = (
    "errors",
    "args",
    "schema.outputs",
    "resource",
    "set_resource",
    "provider_resource",
    "functions",
)
# What would else be found only after Pulumi has been imported, and has no use for it.
_HOME_WITHOUT_PULUMI = {
    "Report": "verification.report",
    "verify": "verification.verify_answer",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  # any public name
    """Import a public name."""
    if name in __all__:
        single = _HOME_WITHOUT_PULUMI.get(name)
        for home in (single,) if single else _HOMES:
            module = import_module(f"{__name__}.{home}")
            if hasattr(module, name):
                globals()[name] = getattr(module, name)
                return globals()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the public names too, which may not be imported yet."""
    return sorted({*globals(), *__all__})
