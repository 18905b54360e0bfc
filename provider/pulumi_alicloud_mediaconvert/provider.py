"""The dynamic providers, as programs and states know them: their import paths alone.

A program makes one for each resource and never calls it; the plugin process does. So
all that serves is imported there, by `configure`. The import paths stand in every
user's state, so they must never change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi.dynamic import (
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)

from pulumi_alicloud_mediaconvert.hosts.dynamic.late_imports import late_imports

if TYPE_CHECKING:
    from pulumi_alicloud_mediaconvert.hosts.dynamic.host import DynamicHost


class MediaConvertJobProvider(ResourceProvider):
    """Hands the engine's calls for `MediaConvertJob` to their host.

    It has no attributes until `configure` runs in the plugin process, so that its
    serialized form is its import path: no code and no secret in the state, and no
    change by an upgrade.
    """

    serialize_as_secret_always = False
    host: DynamicHost

    def configure(self, req: ConfigureRequest) -> None:
        """Read the stack's configuration; never raises, since `destroy` needs it."""
        with late_imports():
            self.host = self._host()
        self.host.configure(req.config)

    def check(self, _olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        """Validate the inputs; in a preview, also predict the verdict."""
        return self.host.check(_olds, news)

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Wait, verify, and return the facts."""
        return self.host.create(props)

    def update(
        self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]
    ) -> UpdateResult:
        """Verify the job again."""
        return self.host.update(_id, _olds, _news)

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """Read the job again, and verify it with the stored inputs."""
        return self.host.read(id_, props)

    def diff(
        self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]
    ) -> DiffResult:
        """Return what changes, and whether that replaces the resource."""
        return self.host.diff(_id, _olds, _news)

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        """Remove the record. This makes no API call and does not change the job."""

    def _host(self) -> DynamicHost:
        from pulumi_alicloud_mediaconvert.hosts.dynamic.host import (  # noqa: PLC0415  # see above
            DynamicHost,
        )
        from pulumi_alicloud_mediaconvert.hosts.job_controller import (  # noqa: PLC0415  # ditto
            JobController,
        )

        return DynamicHost(JobController)
