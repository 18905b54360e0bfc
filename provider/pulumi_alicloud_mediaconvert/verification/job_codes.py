"""What the vendor documents of the codes that a job ends with: one table.

The field `Code` of a job, an output or a group contains them, in a response with HTTP
200. `error_codes` has the codes of refused calls. A code in both has two meanings.

A code has a row only if the vendor lists it among the reasons for which transcoding
fails, and it can be the end of a job: codes of cancelling, of throttling and of
messages are left out. No family is documented, so no code is judged by its beginning.
The causes are the vendor's words, the origins and next steps are drawn from them.

Source: "Transcoding error codes" of SubmitJobs
(https://www.alibabacloud.com/help/zh/doc-detail/29226.htm) and the list of error codes
(https://www.alibabacloud.com/help/doc-detail/29254.htm), both of the older sibling
service, Media Processing. The newer one's own pages name two of these codes as those
of a media-convert job: `InvalidParameter.ResourceContentBad` (GetMediaConvertJob) and
`InvalidParameter.ResourceNotFound` (structure MediaConvertJobWithoutDetail).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

# Where the cause is, and so who can fix it.
Origin = Literal["input file", "configuration", "permission", "service"]


@dataclass(frozen=True)
class JobCode:
    """The meaning of a job's code, and what to do about it.

    Attributes:
        cause: the beginning of a sentence, without its end.
        origin: where the cause is.
        next_step: the rest of the sentence, without its full stop.
    """

    cause: str
    origin: Origin
    next_step: str

    @property
    def text(self) -> str:
        """The whole as one sentence, without its full stop."""
        return f"{self.cause}; {self.next_step}"

    @property
    def clause(self) -> str:
        """The same sentence, to follow a colon."""
        return f"{self.cause[0].lower()}{self.cause[1:]}; {self.next_step}"


CORRECT_PARAMETER = (
    "correct the parameter that the message names and submit the job again"
)
CHOOSE_TEMPLATE = "choose another template and submit the job again"
LEAVE_QUEUE = "submit the job to another queue"

JOB_CODES: Mapping[str, JobCode] = {
    "InvalidParameter.ResourceContentBad": JobCode(
        "The input file cannot be decoded",
        "input file",
        "check that it is complete",
    ),
    "InvalidParameter.ResourceNotFound": JobCode(
        "The input file, or another resource that the message names, does not exist",
        "input file",
        "check its URL and the job's region",
    ),
    "InvalidParameter.ResourceDeleted": JobCode(
        "The input file, or another resource that the message names, was deleted",
        "input file",
        "restore it and submit the job again",
    ),
    "InvalidParameter.ResourceNotSupported": JobCode(
        "The type of the input file, or of another resource that the message names, is "
        "not supported",
        "input file",
        "check the format and the extension",
    ),
    "InvalidParameter.NoAudioStream": JobCode(
        "The input file has no audio stream",
        "input file",
        "add one, or request outputs without audio",
    ),
    "InvalidParameter.MergeFileNoVideoOrAudio": JobCode(
        "One of the files to join has no video or no audio",
        "input file",
        "join only files that have both",
    ),
    "PermissionDenied.ResourceAccess": JobCode(
        "The service is not allowed to access the input or output bucket",
        "permission",
        "authorise it for OSS and check the bucket's policy and IP whitelist",
    ),
    "PermissionDenied.ResourceQuotaExceed": JobCode(
        "The quota of the resource that the message names is used up",
        "permission",
        "ask for a higher quota, then submit the job again",
    ),
    "InvalidIdentity.ServiceDisabled": JobCode(
        "The service is not activated for the account, or has been frozen",
        "permission",
        "activate it or pay what is due, then submit the job again",
    ),
    "InternalError": JobCode(
        "The service failed for an unknown reason",
        "service",
        "submit the job again, and open a ticket with the job ID if that fails too",
    ),
    "InvalidParameter": JobCode(
        "A parameter is not valid", "configuration", CORRECT_PARAMETER
    ),
    "InvalidParameter.NullValue": JobCode(
        "A parameter is null", "configuration", CORRECT_PARAMETER
    ),
    "InvalidParameter.EmptyValue": JobCode(
        "A parameter is empty", "configuration", CORRECT_PARAMETER
    ),
    "InvalidParameter.NotSupported": JobCode(
        "A parameter is not supported, such as a profile for H.265",
        "configuration",
        CORRECT_PARAMETER,
    ),
    "Parameters.NotSupported": JobCode(
        "The request has parameters that exclude each other",
        "configuration",
        "keep one of those that the message names and submit the job again",
    ),
    "InvalidParameter.OutOfRange": JobCode(
        "A parameter is out of its range", "configuration", CORRECT_PARAMETER
    ),
    "InvalidParameter.Format": JobCode(
        "A parameter has the wrong format", "configuration", CORRECT_PARAMETER
    ),
    "InvalidParameter.NumberFormatInvalid": JobCode(
        "A parameter is not a number", "configuration", CORRECT_PARAMETER
    ),
    "ParameterNotBoolean": JobCode(
        "A parameter is neither true nor false", "configuration", CORRECT_PARAMETER
    ),
    "InvalidParameter.JsonFormatInvalid": JobCode(
        "A parameter is not valid JSON", "configuration", CORRECT_PARAMETER
    ),
    "InvalidParameter.JsonObjectFormatInvalid": JobCode(
        "A parameter is not a JSON object", "configuration", CORRECT_PARAMETER
    ),
    "InvalidParameter.JsonArrayFormatInvalid": JobCode(
        "A parameter is not a JSON array", "configuration", CORRECT_PARAMETER
    ),
    "InvalidParameter.UUIDFormatInvalid": JobCode(
        "An ID does not consist of 32 characters from a-f and 0-9",
        "configuration",
        CORRECT_PARAMETER,
    ),
    "InvalidParameter.InvalidBase64Format": JobCode(
        "A parameter is not URL-safe Base64", "configuration", CORRECT_PARAMETER
    ),
    "InvalidParameter.ListSizeExceed": JobCode(
        "A list has too many entries", "configuration", CORRECT_PARAMETER
    ),
    "InvalidParameter.BucketNameInvalid": JobCode(
        "OSS does not allow the name of the bucket",
        "configuration",
        "correct the URL and submit the job again",
    ),
    "InvalidParameter.LocationInvalid": JobCode(
        "The service does not allow the location of the bucket",
        "configuration",
        "correct the URL, or use a bucket elsewhere",
    ),
    "InvalidParameter.ObjectKeyInvalid": JobCode(
        "OSS does not allow the name of the object",
        "configuration",
        "correct the URL and submit the job again",
    ),
    "InvalidParameter.ServiceNotSupportRegion": JobCode(
        "The feature is not supported in this region",
        "configuration",
        "submit the job in another region",
    ),
    "InvalidParameter.TemplateNotFound": JobCode(
        "The template does not exist",
        "configuration",
        "check its ID and submit the job again",
    ),
    "InvalidParameter.TemplateNotSupported": JobCode(
        "The template is not supported, or not for this input file",
        "configuration",
        CHOOSE_TEMPLATE,
    ),
    "InvalidParameter.WaterMarkFileFormatNotSupported": JobCode(
        "The format of the watermark is not supported",
        "configuration",
        "use a PNG file and submit the job again",
    ),
    "InvalidParameter.DigiWatermark": JobCode(
        "The digital watermark is not valid",
        "configuration",
        "give it either a file, or a number and a string",
    ),
    "InvalidParameter.InvalidDigitalWaterMarkType": JobCode(
        "The type of the digital watermark is not valid",
        "configuration",
        CORRECT_PARAMETER,
    ),
    "DataEncryption.ContainerFormatNotSupported": JobCode(
        "Outputs of this format cannot be encrypted",
        "configuration",
        "request m3u8, or leave out the encryption",
    ),
    "DataEncryption.CiphertextNotExist": JobCode(
        "The ciphertext for the encryption does not exist",
        "configuration",
        "check the key and submit the job again",
    ),
    "NotSupportedJob.SystemTemplateJobNotSupported": JobCode(
        "A boost queue does not take jobs with a system template",
        "configuration",
        f"use a template of your own, or {LEAVE_QUEUE}",
    ),
    "NotSupportedJob.ContainerFormatNotSupported": JobCode(
        "A boost queue takes only templates whose format is m3u8",
        "configuration",
        LEAVE_QUEUE,
    ),
    "NotSupportedJob.DurationIsLessThanHalfAnHour": JobCode(
        "A boost queue does not take media shorter than half an hour",
        "configuration",
        LEAVE_QUEUE,
    ),
}
_BY_FOLDED_CODE = {code.casefold(): hint for code, hint in JOB_CODES.items()}


def job_code(code: str | None) -> JobCode | None:
    """Return what the vendor documents of a job's code.

    Args:
        code: of a job, an output or a group; read without regard to case.

    Returns:
        `None` without a code and for one that the vendor does not document: then only
        its own words are to be shown.
    """
    return None if code is None else _BY_FOLDED_CODE.get(code.casefold())
