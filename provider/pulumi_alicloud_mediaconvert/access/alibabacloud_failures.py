"""What the official library of credentials raises and logs, in our words.

The library quotes whole answers, addresses with tokens, and whole requests.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import threading
from collections.abc import Iterator

from Tea.exceptions import RetryError

from pulumi_alicloud_mediaconvert.access.credentials import UnusableError
from pulumi_alicloud_mediaconvert.error_codes import meaning_of
from pulumi_alicloud_mediaconvert.errors import ConfigurationError

# What a person has to do by hand, once in a while.
LOG_IN = "log in again with `aliyun configure`"
# What logs while the library looks for credentials: failures with whole answers,
# addresses with tokens in their query and, on `DEBUG=sdk`, whole requests.
LOGGERS = ("credentials", "alibabacloud-tea", "urllib3.connectionpool")
# Found in an answer that the library quotes; a code is a word, and holds no secret.
CODE = re.compile(r'"Code"\s*:\s*"([A-Za-z][A-Za-z0-9_.]{1,80})"', re.ASCII)
HTTP_CODE = re.compile(
    r"(?:http_?|status )code\W{1,3}(\d{3})", re.ASCII | re.IGNORECASE
)
# In what the library says of a login that is refused.
LOGIN = re.compile(r"\b(?:OAuth|sso)\b")
# What the library says where nothing else tells the case.
WORDS = {
    "unsupported profile mode": "the library does not support its mode",
    "unsupported credential type": "the library does not support its type",
    "IMDS credentials is disabled": "switched off by"
    " ALIBABA_CLOUD_ECS_METADATA_DISABLED",
}


@contextlib.contextmanager
def in_our_words() -> Iterator[None]:
    """Let the library be quiet, and say what it raises without its words."""
    _quiet.is_on = True
    try:
        yield
    except UnusableError:
        raise
    except ConfigurationError as error:
        raise UnusableError(str(error)) from None
    except Exception as error:  # noqa: BLE001  # the library raises anything
        raise _unusable(error) from None
    finally:
        _quiet.is_on = False


def _unusable(error: Exception) -> UnusableError:
    """Say why a look failed, without the library's words: they quote whole answers."""
    text = str(error)
    if isinstance(error, RetryError):
        if "CERTIFICATE_VERIFY_FAILED" in text:
            return UnusableError("its certificate is not trusted")
        if "SOCKS" in text:
            return UnusableError("it cannot be reached through a SOCKS proxy")
        return UnusableError("no response", is_transient=True)
    if isinstance(error, OSError) and error.errno:
        file = f": {error.filename}" if error.filename else ""
        return UnusableError(f"{os.strerror(error.errno).lower()}{file}")
    if isinstance(error, json.JSONDecodeError):
        return UnusableError("its response is not JSON", is_transient=True)
    why = (why for words, why in WORDS.items() if words in text)
    return _refusal(text) or UnusableError(next(why, "it gives no credentials"))


def _refusal(text: str) -> UnusableError | None:
    code, status = CODE.search(text), HTTP_CODE.search(text)
    if code and code[1] != "Success":
        meaning = meaning_of(code[1])
        is_transient = meaning is not None and meaning.kind.is_transient
        return UnusableError(f"refused with {code[1]}", is_transient=is_transient)
    if status and status[1] != "200":
        is_transient = status[1] == "429" or status[1] >= "500"
        why = f"refused with HTTP {status[1]}"
        if LOGIN.search(text) and not is_transient:
            why += f"; {LOG_IN}"
        return UnusableError(why, is_transient=is_transient)
    return None


class _Quiet(threading.local, logging.Filter):
    """Drops what is logged by a look, in the thread of the look alone."""

    is_on = False

    def filter(self, record: logging.LogRecord) -> bool:
        del record
        return not self.is_on


_quiet = _Quiet()
for _name in LOGGERS:
    logging.getLogger(_name).addFilter(_quiet)
