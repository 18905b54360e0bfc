"""Errors in the words of one audience: what was seen, then what to do.

The sentences are the same for all audiences. Each host defines the names of its command
and of its settings in its `ErrorRenderer`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pulumi_alicloud_mediaconvert.access.settings import CONFIG_ENDPOINT
from pulumi_alicloud_mediaconvert.errors import (
    Advice,
    ConfigurationError,
    NextStep,
    ProviderError,
)
from pulumi_alicloud_mediaconvert.spelling import PYTHON, Spelling

REFUSED_SETTING = "is refused; its value may be secret, so no details are shown"
# In braces: the command and the endpoint as the audience calls them, and details.
SENTENCES: Mapping[NextStep, str] = {
    NextStep.RESUME_WAIT: "Run {run} again to resume.",
    NextStep.RAISE_LIMIT: "Run {run} again to resume, or raise {limit}.",
    NextStep.RUN_AGAIN: "Run {run} again.",
    NextStep.RETRY_LATER: "Run {run} again later.",
    NextStep.RUN_AFTER_ROTATION: "If the key was rotated, run {run} again.",
    NextStep.CHECK_NETWORK: "Check the network and the proxy.",
    NextStep.CHECK_HOST_NAME: "Check the region and the network.",
    NextStep.CHECK_REGION: "Check the region and {endpoint}.",
    NextStep.CHECK_ENDPOINT: "Check the region, {endpoint} and the proxy.",
    NextStep.CHECK_ENDPOINT_IF_PERSISTENT: (
        "If the error persists, check {endpoint} and the proxy."
    ),
    NextStep.CHECK_PROXY: "Check whether a proxy changes the requests.",
    NextStep.USE_HTTPS: "Set {endpoint} to an https URL.",
    NextStep.TRUST_CERTIFICATE: (
        "If a proxy uses its own certificate, set SSL_CERT_FILE to the path of that"
        " certificate."
    ),
    NextStep.SET_CLOCK: "Set the clock of this machine.",
    NextStep.SET_CREDENTIALS: "Set one of these, or run `aliyun configure`.",
    NextStep.CHECK_PROFILE: "Run `aliyun configure list` to see the profiles.",
    NextStep.CHECK_CREDENTIALS: "Check {part}.",
    NextStep.RENEW_TOKEN: "Renew it, or use credentials that renew automatically.",
    NextStep.ENABLE_KEY: "Enable it in the RAM console, or use another key.",
    NextStep.GRANT_PERMISSION: (
        "Allow {action}: attach AliyunICEReadOnlyAccess or the policy"
        ' {{"Version":"1","Statement":[{{"Effect":"Allow",'
        '"Action":"{action}","Resource":"*"}}]}}.'
    ),
    NextStep.REMOVE_DENIAL: (
        "A policy{policy} denies {action}: remove that Deny statement."
    ),
    NextStep.ACTIVATE_SERVICE: "Activate IMS in its console for this region.",
    NextStep.SETTLE_PAYMENT: "Settle the overdue payment.",
    NextStep.CHECK_ACCOUNT: "Check the status of the account.",
    NextStep.CONTACT_SUPPORT: "Contact Alibaba Cloud support.",
    NextStep.FIND_CODE: "Look up the code in Alibaba Cloud's list of error codes.",
    NextStep.SET_REGION: "Set the region.",
    NextStep.FIX_INPUT: "Check the job ID and the region.",
    NextStep.FIND_JOB: "Check the job ID, the region and the account.",
    NextStep.SUBMIT_AGAIN: (
        "If it is still needed, submit it again; a new job has a new ID."
    ),
    NextStep.STORE_ANSWER: "Store the API's response and verify it.",
}


@dataclass(frozen=True, kw_only=True)
class ErrorRenderer:
    """Puts errors into the words of one audience.

    Attributes:
        run: what runs everything again, as it is typed.
        name_of: what a setting or a source is called; empty where there is none.
        spelling: of names of inputs.
        sentences: next steps that differ for this audience; empty ones are left out.
        is_secret: whether a setting may be secret. An error about it quotes nothing,
            because even a hint could reveal the value.
    """

    run: str
    name_of: Callable[[str], str]
    sentences: Mapping[NextStep, str] = field(default_factory=dict)
    spelling: Spelling = PYTHON
    is_secret: Callable[[str], bool] = lambda _setting: False

    def text(self, error: ProviderError) -> str:
        """Say what was seen, then what to do."""
        setting = getattr(error, "setting", None)
        if setting is not None and self.is_secret(setting):
            return f"{setting} {REFUSED_SETTING}"
        seen = (
            error.described(self.name_of)
            if isinstance(error, ConfigurationError)
            else str(error)
        )
        steps = [*filter(None, map(self.next_step, error.next_steps))]
        end = "" if seen.endswith(".") or not steps else "."
        return " ".join([seen + end, *steps])

    def lines(self, error: ProviderError) -> Sequence[str]:
        """Say it in one line, or in one for each of several problems."""
        if isinstance(error, ConfigurationError) and len(error.problems) > 1:
            return error.problems
        return [self.text(error)]

    def input(self, name: str) -> str:
        """Name an input within a sentence."""
        return f"`{self.spelling.key(name)}`"

    def next_step(self, advice: Advice) -> str:
        """Say what to do, in one sentence."""
        sentence = self.sentences.get(advice.step, SENTENCES[advice.step])
        details = advice.details
        policy_type, limit = details.get("policy_type"), details.get("limit")
        return sentence.format(
            run=self.run,
            endpoint=self.name_of(CONFIG_ENDPOINT),
            action=details.get("action"),
            part=details.get("part"),
            policy=f" ({policy_type})" if policy_type else "",
            limit=limit and self.name_of(limit),
        )


# For a program that uses no host.
NEUTRAL = ErrorRenderer(run="the program", name_of=str)
