"""The client on real sockets of this machine: what does not come about, and why.

What httpx raises for each of these is what `test_faults` lets its network raise.
"""

from __future__ import annotations

import pytest

from api import GIVEN_UP, Source
from jobs import JOB_ID, REGION
from loopback import NO_NAME, closed_port, hang_up, listening, plain_text, stranger
from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.errors import ApiConnectionError


async def refused(endpoint: str) -> ApiConnectionError:
    """Look at a job once, and return why that failed."""
    async with ImsClient(Source()) as client:
        with pytest.raises(ApiConnectionError) as caught:
            await client.get_media_convert_job(
                JOB_ID, region=REGION, endpoint=endpoint, limits=GIVEN_UP
            )
    return caught.value


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("answer", "said"),
    [
        pytest.param(plain_text, "cannot connect to {}: TLS failed.", id="no TLS"),
        pytest.param(hang_up, "cannot connect to {}: TLS failed.", id="hung up"),
        pytest.param(
            stranger,
            "the certificate of {} is not trusted (unable to get local issuer"
            " certificate).",
            id="unknown authority",
        ),
    ],
)
async def test_a_failure_of_tls_is_said_as_what_it_is(answer, said):
    """Broken TLS is told from a certificate that is not trusted."""
    with listening(answer) as address:
        error = await refused(f"https://{address}")

    assert str(error).endswith(f": {said.format(address)}")


@pytest.mark.anyio
async def test_a_name_without_an_address_is_named():
    """A host that does not exist is said to have no address."""
    error = await refused(f"https://{NO_NAME}")

    assert f"cannot resolve the host name {NO_NAME}." in str(error)


@pytest.mark.anyio
async def test_a_port_that_nobody_listens_at_refuses():
    """A connection that is refused is said to be."""
    address = closed_port()

    error = await refused(f"https://{address}")

    assert f"cannot connect to {address}: connection refused." in str(error)
