import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import GIVEN_UP, Api, found, read_job
from jobs import JOB_ID
from pulumi_alicloud_mediaconvert.api.responses import is_same_id
from pulumi_alicloud_mediaconvert.errors import (
    ApiResponseError,
)


@pytest.mark.anyio
@pytest.mark.parametrize(
    "number", ["NaN", "-Infinity", "1e999", "9" * 400], ids=lambda text: text[:9]
)
async def test_number_that_is_none_counts_as_not_reported(number):
    """Numbers that neither JSON nor the engine knows do not harm the rest."""
    job = f'{{"JobId": "{JOB_ID}", "Percent": {number}, "State": "Running"}}'
    api = Api(httpx.Response(200, text=f'{{"Job": {job}}}'))

    answered = await read_job(api, limits=GIVEN_UP)

    assert (answered.state, answered.percent) == ("Running", None)
    assert answered.raw["Percent"] is None


@pytest.mark.anyio
async def test_other_job_is_named():
    """The answer about another job says which, and is no verdict."""
    with pytest.raises(ApiResponseError, match='is about job "ffff"'):
        await read_job(Api(found("ffff")), limits=GIVEN_UP)


@pytest.mark.parametrize(
    ("answered", "is_same"),
    [
        (JOB_ID, True),
        ("******2c3d4e5f60718293a4b5******", True),
        ("0a1b**********************d7e8f9", True),
        ("*", True),
        ("0a*5f*8f9", True),
        (JOB_ID.upper(), False),
        (JOB_ID + "0", False),
        ("******ffffffffffffffffffff******", False),
        ("0a*ff*8f9", False),
        ("*0a1b", False),
        (JOB_ID + "*" + JOB_ID, False),
        ("0a1b*8f9*0a1b", False),
        ("0a1b*8f9*8f9", False),
        ("*a" * 100_000, False),
    ],
    ids=lambda value: str(value)[:40],
)
def test_masked_id_is_met_by_what_it_may_hide(answered, is_same):
    """Stars stand for anything; what is not masked must agree."""
    assert is_same_id(answered, JOB_ID) is is_same


@given(st.text("ab", max_size=12), st.data())
def test_every_mask_of_an_id_is_met(asked, data):
    """Whatever part of an ID is masked, it is still that ID."""
    stars = data.draw(st.lists(st.booleans(), min_size=len(asked), max_size=len(asked)))
    masked = "".join(
        "*" if star else letter for letter, star in zip(asked, stars, strict=True)
    )

    assert is_same_id(masked, asked)
