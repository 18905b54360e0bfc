"""The API as an ASGI app: it checks, answers and logs requests."""

from __future__ import annotations

import re
import threading
import traceback
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from email.utils import formatdate
from functools import partial
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from pulumi_alicloud_mediaconvert.emulator.accounts import Accounts
from pulumi_alicloud_mediaconvert.emulator.answers import (
    Answer,
    Call,
    error_answer,
    json_answer,
    send_answer,
)
from pulumi_alicloud_mediaconvert.emulator.fault_queue import FaultQueue
from pulumi_alicloud_mediaconvert.emulator.jobs import EmulatedJob, answer_of
from pulumi_alicloud_mediaconvert.emulator.listing import (
    PARAMETERS,
    ListedJob,
    list_answer,
)
from pulumi_alicloud_mediaconvert.emulator.request_log import (
    LOGGED_HEADERS,
    LoggedRequest,
    RequestLog,
    access_key_id_of,
)
from pulumi_alicloud_mediaconvert.emulator.signatures import SignedRequest
from pulumi_alicloud_mediaconvert.emulator.steps import Position
from pulumi_alicloud_mediaconvert.emulator.vendor_errors import VendorError

VERSION = "2020-11-09"
# Parameters by action. Other parameters are ignored, but logged as unexpected.
ACTIONS = {"GetMediaConvertJob": {"JobId"}, "ListMediaConvertJobs": PARAMETERS}
_REGIONAL_HOST = re.compile(r"ice(?:-vpc)?\.(?P<region>[a-z0-9-]+)\.aliyuncs\.com")


@dataclass(frozen=True)
class _Entry:
    job: EmulatedJob
    position: Position
    is_regional: bool


class Api:
    """Jobs, accounts, faults and the request log behind one ASGI app.

    Safe to use from any thread: one lock protects the making of a response, not the
    sending.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float],
        seed: int,
        on_request: Callable[[LoggedRequest], None],
    ) -> None:
        self.accounts = Accounts()
        self.faults = FaultQueue()
        self.log = RequestLog(on_request)
        self.clock = clock
        self._seed = seed
        self._count = 0
        self._entries: dict[str, _Entry] = {}
        self._lock = threading.RLock()

    def add_job(self, job: EmulatedJob, position: Position, *, regional: bool) -> None:
        """Add a job, or replace the job with the same ID."""
        with self._lock:
            self._entries.pop(job.job_id, None)
            self._entries[job.job_id] = _Entry(job, position, regional)

    def of_region(self, region: str) -> ASGIApp:
        """Return the app at the address of one region."""
        return partial(self._serve, region)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request at an address of all regions."""
        await self._serve(None, scope, receive, send)

    async def _serve(
        self, region: str | None, scope: Scope, receive: Receive, send: Send
    ) -> None:
        request = Request(scope, receive)
        try:
            body = await request.body()
        except ClientDisconnect:
            return
        signed = SignedRequest(
            method=request.method,
            path=scope["path"],
            query=scope["query_string"].decode("latin-1"),
            headers=tuple((k.lower(), v) for k, v in request.headers.items()),
            body=body,
        )
        await send_answer(self.answer(signed, region), scope, receive, send)

    def answer(self, request: SignedRequest, region: str | None = None) -> Answer:
        """Make the response to a request and log both.

        Args:
            request: The request.
            region: Region of the address that received it; `None`: of all regions.
        """
        query = dict(parse_qsl(request.query, keep_blank_values=True))
        with self._lock:
            call = self._call(request, query, region)
            unexpected: list[str] = []
            answer, fault = self._decide(request, query, call, unexpected)
            date = {"date": formatdate(call.now, usegmt=True)}
            answer = replace(answer, headers={**date, **answer.headers})
            logged = _logged(request, query, call, answer, fault)
            self.log.add(logged, unexpected)
        return answer

    def _call(
        self, request: SignedRequest, query: Mapping[str, str], region: str | None
    ) -> Call:
        self._count += 1
        request_id = uuid.uuid5(uuid.NAMESPACE_OID, f"{self._seed}/{self._count}")
        host = request.header("host") or ""
        named = _REGIONAL_HOST.fullmatch(host.partition(":")[0])
        return Call(
            request_id=str(request_id).upper(),
            host=host,
            region=named["region"] if named else region,
            job_id=query.get("JobId"),
            now=self.clock(),
        )

    def _decide(
        self,
        request: SignedRequest,
        query: Mapping[str, str],
        call: Call,
        unexpected: list[str],
    ) -> tuple[Answer, str | None]:
        try:
            action = _known_action(request)
            self.accounts.acquire(request, call.now)
            _check_parameters(query, action)
            unexpected += _oddities(request, query, action)
            fault = self.faults.take(call.job_id, action)
            counts = fault is None or not fault.spoils
            answer = self._true_answer(action, query, call, counts=counts)
            if fault is None:
                return answer, None
            return fault.change(answer, call), fault.name
        except VendorError as error:
            if error.is_malformed:
                unexpected.append(f"{error.code}: {error.message}")
            return error_answer(call, error.code, error.message), None
        except Exception:  # noqa: BLE001  # a bug in the emulator must show, not hang
            unexpected.append(traceback.format_exc())
            return error_answer(call, "InternalError", "The emulator failed."), None

    def _true_answer(
        self, action: str, query: Mapping[str, str], call: Call, *, counts: bool
    ) -> Answer:
        # "Not found" is a response too: a fault may change it.
        try:
            if action == "ListMediaConvertJobs":
                return json_answer(self._list(query, call))
            return self._get(query["JobId"], call, counts=counts)
        except VendorError as error:
            return error_answer(call, error.code, error.message)

    def _get(self, job_id: str, call: Call, *, counts: bool) -> Answer:
        entry = self._entries.get(job_id)
        if entry is None or not _is_in_region(entry, call):
            raise _unknown(job_id)
        position = entry.position.at(call.now)
        after = position.after_read(call.now) if counts else position
        self._entries[job_id] = replace(entry, position=after)
        if not position.step.is_known:
            raise _unknown(job_id)
        return Answer(body=_body(entry.job, position, call))

    def _list(self, query: Mapping[str, str], call: Call) -> dict[str, object]:
        positions = [
            (entry.job, entry.position.at(call.now))
            for entry in self._entries.values()
            if _is_in_region(entry, call)
        ]
        jobs = [
            ListedJob(job.job_id, job.created_at, partial(_body, job, position, call))
            for job, position in positions
            if position.step.is_known
        ]
        return list_answer(jobs, query, call.request_id)


def _is_in_region(entry: _Entry, call: Call) -> bool:
    return not entry.is_regional or call.region in (None, entry.job.region)


def _body(job: EmulatedJob, position: Position, call: Call) -> bytes:
    return answer_of(
        job,
        position.step,
        request_id=call.request_id,
        entered_at=position.entered_at or call.now,
    )


def _known_action(request: SignedRequest) -> str:
    action = request.header("x-acs-action") or ""
    if request.method not in {"GET", "POST"}:
        code, what = "UnsupportedHTTPMethod", f"Method {request.method}"
    elif request.path != "/":
        code, what = "InvalidApi.NotFound", f"Path {request.path}"
    elif request.header("x-acs-version") != VERSION:
        code, what = "InvalidVersion", f"Version {request.header('x-acs-version')}"
    elif action not in ACTIONS:
        code, what = "InvalidAction.NotFound", f"Action {action}"
    else:
        return action
    raise VendorError(code, f"{what} is not supported.", is_malformed=True)


def _check_parameters(query: Mapping[str, str], action: str) -> None:
    if action == "GetMediaConvertJob" and not query.get("JobId"):
        raise VendorError("MissingParameter", "JobId is mandatory.", is_malformed=True)


def _oddities(
    request: SignedRequest, query: Mapping[str, str], action: str
) -> list[str]:
    odd = [
        f"parameter {name!r} is unknown to {action}"
        for name in sorted(set(query) - ACTIONS[action])
    ]
    if request.body:
        odd.append(f"{action} has a body of {len(request.body)} bytes")
    return odd


def _unknown(job_id: str) -> VendorError:
    return VendorError(
        "ResourceNotFound", f"The specified resource Job {job_id} is not found."
    )


def _logged(
    request: SignedRequest,
    query: Mapping[str, str],
    call: Call,
    answer: Answer,
    fault: str | None,
) -> LoggedRequest:
    sent = {name: request.header(name) for name in LOGGED_HEADERS}
    return LoggedRequest(
        time=call.now,
        method=request.method,
        path=request.path,
        query=query,
        headers={name: value for name, value in sent.items() if value is not None},
        access_key_id=access_key_id_of(request),
        has_security_token=request.header("x-acs-security-token") is not None,
        status=answer.status if answer.is_sent else None,
        code=answer.code,
        fault=fault,
    )
