import pytest

from pulumi_alicloud_mediaconvert.codes import MEANINGS, Kind, meaning_of


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("RequestsTooFrequent", Kind.THROTTLE),
        ("Throttling", Kind.THROTTLE),
        ("Throttling.User", Kind.THROTTLE),
        ("Throttling.Api.Risk", Kind.THROTTLE),
        ("InternalError", Kind.SERVER),
        ("ServiceUnAvailable", Kind.SERVER),
        ("ServiceUnavailable", Kind.SERVER),
        ("SignatureNonceUsed", Kind.REPLAY),
        ("ResourceNotFound", Kind.NOT_FOUND),
        ("InvalidAccessKeyId.NotFound", Kind.KEY),
        ("InvalidAccessKeyId.Inactive", Kind.KEY),
        ("InvalidAccessKeyId.Whatever", Kind.KEY),
        ("SignatureDoesNotMatch", Kind.KEY),
        ("IncompleteSignature", Kind.KEY),
        ("InvalidSignatureMethod", Kind.KEY),
        ("InvalidTimeStamp.Expired", Kind.CLOCK),
        ("InvalidTimeStamp.Format", Kind.CLOCK),
        ("InvalidSecurityToken.Expired", Kind.EXPIRED_TOKEN),
        ("InvalidSecurityToken.Malformed", Kind.KEY),
        ("MissingSecurityToken", Kind.KEY),
        ("Forbidden", Kind.PERMISSION),
        ("Forbidden.RAM", Kind.PERMISSION),
        ("Forbidden.RiskControl", Kind.PERMISSION),
        ("Forbidden.AccessKeyDisabled", Kind.KEY),
        ("NoPermission", Kind.PERMISSION),
        ("OperationDenied", Kind.PERMISSION),
        ("OperationDenied.Suspended", Kind.PERMISSION),
        ("MissingParameter", Kind.REQUEST),
        ("InvalidParameter", Kind.REQUEST),
        ("InvalidParameter.JobId", Kind.REQUEST),
        ("ProjectNotFound", Kind.REQUEST),
        ("InvalidApi.NotFound", Kind.REQUEST),
        ("InvalidAction.NotFound", Kind.REQUEST),
        ("InvalidProduct.NotFound", Kind.REQUEST),
        ("InvalidVersion", Kind.REQUEST),
        ("InvalidProtocol.NeedSsl", Kind.REQUEST),
    ],
)
def test_documented_code_has_its_kind(code, kind):
    """Every code of the vendor's lists is understood, wildcards included."""
    meaning = meaning_of(code)

    assert meaning is not None
    assert meaning.kind is kind


@pytest.mark.parametrize("code", ["", "Unheard", "XThrottling", "ThrottlingX"])
def test_unknown_code_has_no_meaning(code):
    """What the table does not say is not guessed."""
    assert meaning_of(code) is None


@pytest.mark.parametrize("code", MEANINGS)
def test_every_row_says_what_to_do(code):
    """Every row ends in a next step, but for the unknown job, whose message has one."""
    meaning = MEANINGS[code]

    assert meaning.advice.endswith(".") or meaning.kind is Kind.NOT_FOUND
    assert not meaning.what.endswith(".")
