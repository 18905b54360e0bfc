import pytest

from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer


def requested(*names):
    """Return requests of these names, each with a template of its own."""
    return [{"Name": name, "TemplateId": f"template of {name}"} for name in names]


@pytest.mark.parametrize("empty", [None, [], "absent"], ids=str)
def test_details_that_are_missing_are_none(empty):
    """Absent, null and empty details read the same."""
    keys = ["OutputDetails", "OutputGroupDetails"]
    answer = {} if empty == "absent" else dict.fromkeys(keys, empty)

    job = job_from_answer(answer)

    assert (job.outputs, job.output_groups) == ([], [])


def test_null_among_details_is_an_output_without_facts():
    """A null where an output belongs counts, and has not ended."""
    (output,) = job_from_answer({"OutputDetails": [None]}).outputs

    assert output.status is None
    assert not output.has_ended


@pytest.mark.parametrize(
    ("requests", "delivered", "templates"),
    [
        (["a", "b"], ["b", "a"], ["template of b", "template of a"]),
        (["output-video"], ["720P-mp4"], ["template of output-video"]),
        (["a", "b"], ["b"], ["template of b"]),
        (["a", "b"], ["x"], [None]),
        ([], ["x"], [None]),
    ],
    ids=["by name", "by position", "fewer", "fewer, unknown", "nothing requested"],
)
def test_template_is_found_by_name_then_position(requests, delivered, templates):
    """A delivery has the template of its name, or of its place if counts agree."""
    answer = {
        "Config": {"Outputs": requested(*requests)},
        "OutputDetails": [{"Name": name} for name in delivered],
    }

    outputs = job_from_answer(answer).outputs

    assert [output.template_id for output in outputs] == templates


def test_outputs_stand_ungrouped_first_then_by_group():
    """All outputs are in one list, and each group lists its own by name."""
    answer = {
        "OutputGroupDetails": [
            {"Name": "hls", "Outputs": [{"Name": "480P"}, {"Name": "720P"}]},
            {"Outputs": [{}]},
        ],
        "OutputDetails": [{"Name": "mp4"}],
    }

    job = job_from_answer(answer)

    named = [(output.group, output.name) for output in job.outputs]
    assert named[:3] == [(None, "mp4"), ("hls", "480P"), ("hls", "720P")]
    assert named[3:] == [("(unnamed)", None)]
    assert [group.output_names for group in job.output_groups] == [
        ["480P", "720P"],
        [""],
    ]


@pytest.mark.parametrize(
    ("url", "bucket", "key"),
    [
        ("oss://b/path/v.mp4", "b", "path/v.mp4"),
        ("http://b.oss-cn-shanghai.aliyuncs.com/a%20b.mp4", "b", "a b.mp4"),
        ("https://video.example.com/v.mp4", None, None),
        ("http://[broken", None, None),
        ("oss://b", "b", None),
    ],
)
def test_bucket_and_key_are_read_from_the_address(url, bucket, key):
    """Bucket addresses name both; a domain of the user's own names neither."""
    answer = {"OutputDetails": [{"Result": {"OutputFile": {"Url": url}}}]}

    (output,) = job_from_answer(answer).outputs

    assert (output.url, output.bucket, output.key) == (url, bucket, key)


@pytest.mark.parametrize(
    ("type_", "name", "url"),
    [
        ("Hls", "manifest", "oss://b/dir/manifest.m3u8"),
        ("hls", "index.m3u8", "oss://b/dir/index.m3u8"),
        ("Dash", "manifest", "oss://b/dir/manifest.mpd"),
        ("File", "manifest", None),
        ("Hls", None, None),
        (None, "manifest", None),
    ],
)
def test_manifest_of_a_group_is_what_a_player_needs(type_, name, url):
    """Directory and manifest name make the address, with the suffix of the type."""
    base = {"Media": "oss://b/dir/"}
    settings = {"Type": type_, "ManifestName": name, "OutputFileBase": base}
    answer = {
        "Config": {"OutputGroups": [{"Name": "g", "GroupConfig": settings}]},
        "OutputGroupDetails": [{"Name": "g"}],
    }

    (group,) = job_from_answer(answer).output_groups

    assert (group.type, group.manifest_url) == (type_, url)
