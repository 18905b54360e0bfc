import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.errors import ApiResponseError

SAMPLE = Path(__file__).parent / "data" / "vendor-example.json"
SECRET = "marked-secret"
SIGNED = f"http://b.oss-cn-shanghai.aliyuncs.com/v.mp4?Expires=1&Signature={SECRET}"
UNSIGNED = "http://b.oss-cn-shanghai.aliyuncs.com/v.mp4"

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
WORDS = ["Success", "0.f", "N/A", SIGNED, "oss://b/k", "http://[", '{"a": 1}', "[]"]
# Documented keys, so that what stands below them is looked at.
KEYS = [
    *("State", "Percent", "Config", "Outputs", "OutputGroups", "GroupConfig"),
    *("OutputDetails", "OutputGroupDetails", "Result", "OutFileMeta", "Name"),
    *("OutputFile", "OutputFileBase", "Url", "Media", "FileBasicInfo", "FileUrl"),
    *("VideoStreamInfoList", "AudioStreamInfoList", "Level", "Type", "UserData"),
]
JSON = st.recursive(
    SCALARS | st.sampled_from(WORDS),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(), inner, max_size=5)
    ),
    max_leaves=12,
)
JOBS = JSON | st.dictionaries(st.sampled_from(KEYS), JSON)


@pytest.fixture
def sample():
    """Return the vendor's own job, as printed on its page."""
    return json.loads(SAMPLE.read_text())["Job"]


@given(JOBS)
def test_any_json_is_a_job_or_refused(answer):
    """Whatever stands in place of the job, no other exception leaves."""
    try:
        job = job_from_answer(answer)
    except ApiResponseError:
        return

    assert isinstance(job, Job)
    assert SECRET not in repr(job.model_dump())


@given(JOBS)
def test_job_survives_being_stored(answer):
    """What is read back from the stored fields is the same job, without `raw`."""
    try:
        job = job_from_answer(answer)
    except ApiResponseError:
        return

    stored = job.model_dump()

    assert repr(Job.model_validate(stored).model_dump()) == repr(stored)


def test_sample_survives_being_stored(sample):
    """The vendor's job is read back from JSON as it was."""
    job = job_from_answer(sample)

    again = Job.model_validate(json.loads(json.dumps(job.model_dump())))

    assert again == job.model_copy(update={"raw": {}})


def test_config_is_the_request_as_sent(sample):
    """The request keeps its own keys and blanks."""
    assert job_from_answer(sample).config == sample["Config"]


def test_config_may_be_json_text(sample):
    """A request that is sent as text is decoded, and what it names is found."""
    sample["Config"] = json.dumps(sample["Config"])

    job = job_from_answer(sample)

    assert job.outputs[0].template_id == "****96e8864746a0b6f3****"
    assert job.output_groups[0].type == "Hls"


@pytest.mark.parametrize("config", [None, "", " \n"])
def test_a_request_that_is_blank_is_none(sample, config):
    """A good job is not refused for a request that the answer leaves out."""
    sample["Config"] = config

    assert job_from_answer(sample).config is None


def test_unknown_fields_survive_in_raw(sample):
    """Fields that we do not know are kept for rules, at any depth."""
    sample["Fresh"] = {"new": 1}
    sample["OutputDetails"][0]["Result"]["Fresh"] = [2]

    raw = job_from_answer(sample).raw

    assert raw["Fresh"] == {"new": 1}
    assert raw["OutputDetails"][0]["Result"]["Fresh"] == [2]


def test_raw_is_neither_stored_nor_shown(sample):
    """What we do not know stays out of the state and of error texts."""
    sample["Fresh"] = "fresh value"

    job = job_from_answer(sample)

    assert "fresh value" not in repr(job)
    assert "raw" not in job.model_dump()


@pytest.mark.parametrize(
    "answer",
    [
        {"UserData": SIGNED},
        {"UserData": {"callback": SIGNED}},
        {"UserData": json.dumps({"callback": SIGNED})},
        {"UserData": json.dumps({"callback": SIGNED}).replace("&", r"\u0026")},
        {"Message": f"cannot read {SIGNED}"},
        {"Config": {"Inputs": [{"InputFile": {"Media": SIGNED}}]}},
        {"Config": json.dumps({"Inputs": [{"InputFile": {"Media": SIGNED}}]})},
        {"Config": json.dumps({"Outputs": [{"Features": json.dumps({"u": SIGNED})}]})},
        {"OutputDetails": [{"Result": {"OutputFile": {"Url": SIGNED}}}]},
        {
            "OutputDetails": [
                {"Result": {"OutFileMeta": {"FileBasicInfo": {"FileUrl": SIGNED}}}}
            ]
        },
        {"OutputGroupDetails": [{"Outputs": [{"Message": SIGNED}]}]},
        {"Fresh": [{"deep": SIGNED}]},
    ],
    ids=[
        "text",
        "object",
        "JSON text",
        "JSON text from Go",
        "message",
        "request",
        "request as text",
        "text within text",
        "address",
        "file",
        "group",
        "unknown field",
    ],
)
def test_signatures_are_cut_everywhere(answer):
    """No signature is in the job or in `raw`; the address before it is."""
    job = job_from_answer(answer)

    everything = json.dumps([job.model_dump(), job.raw])
    assert SECRET not in everything
    assert UNSIGNED in everything


@pytest.mark.parametrize(
    ("answer", "path"),
    [
        (None, "Job"),
        ([], "Job"),
        ("Success", "Job"),
        ({"OutputDetails": 5}, "Job.OutputDetails"),
        ({"OutputDetails": {}}, "Job.OutputDetails"),
        ({"OutputDetails": [{}, "x"]}, "Job.OutputDetails.1"),
        (
            {"OutputDetails": [{"Result": {"OutFileMeta": {"FileBasicInfo": 5}}}]},
            "Job.OutputDetails.0.Result.OutFileMeta.FileBasicInfo",
        ),
        ({"OutputGroupDetails": "x"}, "Job.OutputGroupDetails"),
        (
            {"OutputGroupDetails": [{"Outputs": [5]}]},
            "Job.OutputGroupDetails.0.Outputs.0",
        ),
    ],
    ids=str,
)
def test_wrong_shape_is_refused_with_its_location(answer, path):
    """What was not understood is no verdict's ground; the error says where it is."""
    with pytest.raises(ApiResponseError) as caught:
        job_from_answer(answer)

    assert str(caught.value).startswith(f"{path} is not what the API documents: ")


def test_answer_that_is_nested_too_deeply_is_refused():
    """No depth of nesting breaks more than the answer."""
    deep: dict[str, object] = {}
    for _ in range(5000):
        deep = {"deeper": deep}

    with pytest.raises(ApiResponseError, match="nested too deeply"):
        job_from_answer(deep)
