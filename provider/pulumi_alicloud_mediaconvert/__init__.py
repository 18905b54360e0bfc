"""Gate a Pulumi deployment on a transcoding job of Alibaba Cloud IMS."""

from pulumi_alicloud_mediaconvert.documents import load_expectations
from pulumi_alicloud_mediaconvert.errors import (
    ApiConnectionError,
    ApiError,
    ApiResponseError,
    ApiStatusError,
    ApiTimeoutError,
    AuthenticationError,
    ConfigurationError,
    ExpectationsError,
    JobFailedError,
    JobNotFoundError,
    ProviderError,
    ThrottledError,
    VerificationError,
    WaitError,
    WaitTimeoutError,
)
from pulumi_alicloud_mediaconvert.functions import (
    GetMediaConvertJobResult,
    get_media_convert_job,
    get_media_convert_job_output,
)
from pulumi_alicloud_mediaconvert.outputs import (
    JobAudioStream,
    JobFile,
    JobMismatch,
    JobOutput,
    JobOutputGroup,
    JobVideoStream,
)
from pulumi_alicloud_mediaconvert.resource import MediaConvertJob
from pulumi_alicloud_mediaconvert.schema import WaitArgs

__all__ = [
    "ApiConnectionError",
    "ApiError",
    "ApiResponseError",
    "ApiStatusError",
    "ApiTimeoutError",
    "AuthenticationError",
    "ConfigurationError",
    "ExpectationsError",
    "GetMediaConvertJobResult",
    "JobAudioStream",
    "JobFailedError",
    "JobFile",
    "JobMismatch",
    "JobNotFoundError",
    "JobOutput",
    "JobOutputGroup",
    "JobVideoStream",
    "MediaConvertJob",
    "ProviderError",
    "ThrottledError",
    "VerificationError",
    "WaitArgs",
    "WaitError",
    "WaitTimeoutError",
    "get_media_convert_job",
    "get_media_convert_job_output",
    "load_expectations",
]
