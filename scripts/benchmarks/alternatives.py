"""What people have without this provider: dynamic resources as one writes them by hand.

Imported by the programs of scripts/bench, so that the engine stores no code of theirs:
the leanest that such a resource can be.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pulumi
from pulumi.dynamic import (
    ConfigureRequest,
    CreateResult,
    Resource,
    ResourceProvider,
)

POLL_SECONDS = 3
# Where a run has put the properties of one of our resources.
KEPT = Path("kept.json")


class Nothing(ResourceProvider):
    """Does nothing, and keeps its inputs."""

    serialize_as_secret_always = False

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Return at once."""
        return CreateResult(props["job_id"], props)


class NothingKept(ResourceProvider):
    """Does nothing, and keeps as much as one of our resources."""

    serialize_as_secret_always = False
    _kept: dict[str, Any]

    def configure(self, req: ConfigureRequest) -> None:
        """Read once what is to be kept."""
        del req
        self._kept = json.loads(KEPT.read_text("utf-8"))

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Return at once."""
        return CreateResult(props["job_id"], dict(self._kept))


def official_client(endpoint: str) -> Any:  # noqa: ANN401  # of an untyped package
    """Make the vendor's client, with a key of the emulator."""
    # The programs of scripts/bench import this module too, and need no client.
    from alibabacloud_ice20201109.client import Client  # noqa: PLC0415  # slow to import
    from alibabacloud_tea_openapi.utils_models import Config  # noqa: PLC0415  # slow to import

    return Client(
        Config(
            endpoint=endpoint.removeprefix("http://"),
            protocol="HTTP",
            region_id="cn-shanghai",
            no_proxy="127.0.0.1",
            access_key_id="testid",
            access_key_secret="testsecret",  # noqa: S106  # of the emulator
        )
    )


class Official(ResourceProvider):
    """Looks at a job with the vendor's client; the base of what people write."""

    serialize_as_secret_always = False
    _client: Any

    def configure(self, req: ConfigureRequest) -> None:
        """Make the one client of the process."""
        endpoint = str(req.config.require("mediaconvert:endpoint"))
        self._client = official_client(endpoint)

    def read_job(self, job_id: str) -> dict[str, Any]:
        """Return the job as the API sent it."""
        from alibabacloud_ice20201109.models import (  # noqa: PLC0415  # as above
            GetMediaConvertJobRequest,
        )

        request = GetMediaConvertJobRequest(job_id=job_id)
        answer = self._client.get_media_convert_job(request).to_map()
        job: dict[str, Any] = answer["body"]["Job"]
        return job


class Polled(Official):
    """Waits for a job, a poll every three seconds."""

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Look until the job has ended."""
        while True:
            state = self.read_job(props["job_id"])["State"]
            if state not in {"Inited", "Running"}:
                return CreateResult(props["job_id"], {**props, "state": state})
            time.sleep(POLL_SECONDS)


class Whole(Official):
    """Keeps all that the API says."""

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Look once."""
        return CreateResult(
            props["job_id"], {**props, **self.read_job(props["job_id"])}
        )


class ByHand(Resource):
    """A resource of one of them."""

    def __init__(self, provider: ResourceProvider, name: str, job_id: str) -> None:
        super().__init__(provider, name, {"job_id": job_id}, pulumi.ResourceOptions())
