"""The list of jobs is read leniently, and only as far as it is one."""

import pytest

from pulumi_alicloud_mediaconvert.api.list_responses import ListedJob, page_of
from pulumi_alicloud_mediaconvert.errors import ApiResponseError


def test_a_page_tells_jobs_and_states_in_one_vocabulary():
    """Both vocabularies of the vendor are read, and the token of the next page."""
    page = page_of(
        {
            "Jobs": [
                {"JobId": "a", "State": "Complete"},
                {"JobId": "b", "State": "Failed"},
                {"JobId": "c", "State": " Running "},
                {"JobId": "d"},
            ],
            "NextPageToken": "next",
        }
    )

    assert page.jobs == [
        ListedJob("a", "Success"),
        ListedJob("b", "Failed"),
        ListedJob("c", "Running"),
        ListedJob("d", None),
    ]
    assert page.next_token == "next"


@pytest.mark.parametrize("token", [None, "", " "])
def test_a_page_without_a_token_is_the_last(token):
    """The vendor says that an empty token ends the list."""
    assert page_of({"Jobs": [], "NextPageToken": token}).next_token is None


@pytest.mark.parametrize("entry", [None, 1, "a", [], {}, {"JobId": None}])
def test_what_is_no_job_is_left_out(entry):
    """An odd entry does not spoil the others."""
    page = page_of({"Jobs": [entry, {"JobId": "a", "State": "Running"}]})

    assert page.jobs == [ListedJob("a", "Running")]


@pytest.mark.parametrize("answer", [{}, {"Jobs": None}, {"Jobs": {}}, {"Job": {}}])
def test_an_answer_without_a_list_is_none(answer):
    """Nothing is made of an answer that was not understood."""
    with pytest.raises(ApiResponseError, match="has no Jobs"):
        page_of(answer)
