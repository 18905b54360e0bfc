"""Expectations on the real engine: what is refused, what stops, what is advised."""

from __future__ import annotations

import json

import pytest
from programs import DOWNSTREAM
from terminal import bullets

from pulumi_alicloud_mediaconvert.emulator import Script, Step, sample_answer, scripts

JOB_ID = "0a1b2c4579b5e748b99a27f6d63d4e5f"  # fits the mask of the vendor's sample
NAME = f"job {JOB_ID} (cn-shanghai)"


def program(expect: str, **inputs: str) -> str:
    """Write a program of one job; inputs are expressions of Python."""
    more = "".join(f", {name}={value}" for name, value in inputs.items())
    return f"""
job = MediaConvertJob("trailer", job_id="{JOB_ID}", expect={expect}{more})
pulumi.export("verdict", job.verdict)
"""


def ordered(width: float, *, first: str = "width") -> str:
    """State a size of the output, in either order of the keys."""
    size = {"width": width, "height": 720.0 if width != 1280 else 720}
    keys = [first, *(key for key in size if key != first)]
    video = {key: size[key] for key in keys}
    return repr({"outputs": [{"name": "720P-mp4", "video": video}]})


def test_all_that_is_refused_is_refused_in_the_preview_at_its_path(stack, emulator):
    """A preview lists every problem of the expectations, and asks nobody."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    wrong = """{
        "outputs": [
            {"name": "720P-mp4", "video": {"widht": 1280, "gop": 250}},
            {"name": "720P-mp4", "duration_seconds": 403},
        ],
        "output_count": {"min": 5, "max": 3},
        "rules": [{"query": "length(outputs"}],
    }"""
    stack.program(program(wrong))

    run = stack.preview()

    assert run.code != 0
    for line in (
        "expect.outputs[0].video.widht: unknown key (did you mean `width`?)",
        "expect.outputs[0].video.gop: the API does not report this",
        'expect.outputs[1].name: output "720P-mp4" is named twice',
        (
            "expect.outputs[1].duration_seconds: use near, min or max: no two encodes "
            "agree to the last digit"
        ),
        "expect.output_count: min must not exceed max (5 and 3)",
        ("expect.rules[0].query: is no JMESPath query: Incomplete expression"),
    ):
        assert line in run.text, run.text
    assert not emulator.requests


def test_a_wrong_delivery_stops_and_a_mended_expectation_passes(stack, emulator):
    """Each deviation is a bullet; what depends on the job waits for a good verdict."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    wrong = """{"outputs": [{
        "name": "720P-mp4",
        "video": {"codec": "hevc", "width": 1920, "message": "for full HD screens"},
        "audio": [{"codec": "aac"}, {"codec": "ac3"}],
    }, {"name": "1080P-mp4"}]}"""
    stack.program(program(wrong) + DOWNSTREAM)

    stopped = stack.up()

    assert stopped.code != 0
    assert bullets(stopped.text) == [
        f"{NAME} ended Success, but 4 checks failed.",
        (
            'output "1080P-mp4": expected to be delivered, got none (there are: '
            '"720P-mp4", "audio-m4a", "hls-group/480P-ts", "hls-group/720P-ts")'
        ),
        'output "720P-mp4": video codec: expected hevc, got h264 (for full HD screens)',
        'output "720P-mp4": video width: expected 1920, got 1280 (for full HD screens)',
        (
            'output "720P-mp4": audio[1]: expected an audio stream of its own, '
            "got 1 stream (aac) for 2 expectations"
        ),
    ]
    kept = stack.resources()
    assert "publish" not in kept
    assert kept["trailer"]["outputs"]["verdict"] == "failed"
    assert len(kept["trailer"]["outputs"]["mismatches"]) == 4

    mended = """{"outputs": [{
        "name": "720P-mp4",
        "video": {"codec": "H.264", "width": 1280},
        "audio": [{"codec": "aac"}],
    }]}"""
    stack.program(program(mended) + DOWNSTREAM)
    passed = stack.up()

    assert passed.code == 0, passed.text
    resources = stack.resources()
    assert "publish" in resources
    assert not resources["trailer"].get("initErrors")
    assert stack.outputs()["verdict"] == "passed"


def test_what_means_the_same_is_no_change_and_what_matters_is(stack, emulator):
    """Order of keys and `1280.0` change nothing; another width verifies anew."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(program(ordered(1280)))
    assert stack.up().code == 0
    looks = len(emulator.requests)

    stack.program(program(ordered(1280.0, first="height"), wait='{"timeout": "3h"}'))
    same = stack.up("--expect-no-changes")

    assert same.code == 0, same.text
    assert len(emulator.requests) == looks

    stack.program(program(ordered(1920)))
    other = stack.up()

    assert other.code != 0
    assert bullets(other.text) == [
        f"{NAME} ended Success, but 1 check failed.",
        'output "720P-mp4": video width: expected 1920, got 1280',
    ]
    assert len(emulator.requests) == looks + 1


def test_an_advisory_miss_warns_in_every_up_and_passes(stack, emulator):
    """Advice stands as a warning on the resource's row, and stops nothing."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    advice = """{"outputs": [{
        "name": "720P-mp4", "video": {"codec": "h264"}, "audio": {
            "channels": 6, "enforcement_level": "advisory"},
    }]}"""
    stack.program(program(advice) + DOWNSTREAM)
    line = 'advisory: output "720P-mp4": audio channels: expected 6, got 2'

    first, second = stack.up(), stack.up()

    assert first.code == second.code == 0, first.text + second.text
    for run in (first, second):
        [event] = [
            event["diagnosticEvent"]
            for event in run.events
            if line in event.get("diagnosticEvent", {}).get("message", "")
        ]
        assert event["urn"].endswith("::trailer")
        assert event["severity"] == "warning"
    assert stack.outputs()["verdict"] == "passed"


@pytest.mark.parametrize(
    ("configured", "code"), [(None, 1), ("warn", 0)], ids=["by default", "warn"]
)
def test_the_stack_says_what_an_inconclusive_verdict_does(
    stack, emulator, configured, code
):
    """What was not reported fails by default, and warns where the stack says so."""
    emulator.add_job(JOB_ID, scripts.succeeds())
    unknown = (
        '{"outputs": [{"name": "720P-mp4", "audio": {"bitrate_kbps": {"max": 200}}}]}'
    )
    stack.program(program(unknown))
    if configured:
        stack.configure("mediaconvert:onInconclusive", configured)

    run = stack.up()

    assert run.code == code, run.text
    line = (
        'output "720P-mp4": audio bitrate_kbps: expected at most 200, '
        "but the API did not report it"
    )
    assert line in run.text
    outputs = stack.resources()["trailer"]["outputs"]
    assert outputs["verdict"] == "inconclusive"


def test_a_value_that_is_known_later_is_judged_later(stack, emulator):
    """Expectations may hold outputs; a preview judges what it knows."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    source = """
from pulumi.dynamic import CreateResult, Resource, ResourceProvider

class Sizes(ResourceProvider):
    def create(self, props):
        return CreateResult("sizes", {"width": 1920})

class Size(Resource):
    width: pulumi.Output[int]
    def __init__(self, name):
        super().__init__(Sizes(), name, {"width": None})

size = Size("size")
"""
    later = '{"outputs": [{"name": "720P-mp4", "video": {"width": size.width}}]}'
    stack.program(source + program(later, on_preview='"fail"'))

    previewed = stack.preview()
    run = stack.up()

    assert previewed.code == 0, previewed.text
    assert 'output "720P-mp4": video width: expected 1920, got 1280' in run.text


def test_a_job_is_held_to_its_own_request(stack, emulator):
    """What the request states is tested; where it states nothing, that is a warning."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(program('"as-requested"'))

    tested = stack.up()

    assert tested.code == 0, tested.text
    [tally] = stack.resources()["trailer"]["outputs"]["skipped_checks"]
    assert tally == "as-requested: 35 tested, 0 skipped"

    answer = sample_answer()
    del answer["Job"]["Config"]["OutputGroups"], answer["Job"]["OutputGroupDetails"]
    emulator.add_job(JOB_ID, Script([Step(verbatim=answer)]))
    stack.program(program('"as-requested"', triggers="[1]"))
    untested, again = stack.up(), stack.up()

    for run in (untested, again):
        assert run.code == 0, run.text
        [warning] = run.on_row("trailer", "warning")
        assert warning.splitlines() == [
            (
                f"{NAME} ended Success and is as expected "
                "(as-requested: 0 tested, 0 skipped)."
            ),
            (
                "Nothing that the request states could be tested: its templates decide "
                "everything. State what you expect, or leave `expect` out."
            ),
        ]


def test_a_wrong_file_of_expectations_ends_the_program_in_plain_lines(stack):
    """File, line and property are named, without a traceback."""
    (stack.folder / "expectations.yaml").write_text(
        "outputs:\n  - name: 720P-mp4\n    video:\n      widht: 1280\n"
    )
    stack.program(
        "from pulumi_alicloud_mediaconvert import load_expectations\n"
        + program('load_expectations("expectations.yaml")')
    )

    run = stack.preview()

    assert run.code != 0
    assert "Traceback" not in run.text
    assert (
        "expectations.yaml:4: outputs[0].video.widht: unknown key "
        "(did you mean `width`?)"
    ) in run.text


def test_an_upgrade_of_the_package_shows_no_change(stack, emulator):
    """What an older version did not store, and a newer one did, changes nothing."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(program(ordered(1280)))
    assert stack.up().code == 0
    looks = len(emulator.requests)
    state = stack.export()
    [stored] = [
        resource
        for resource in state["deployment"]["resources"]
        if resource["urn"].endswith("::trailer")
    ]
    for kept in (stored["inputs"], stored["outputs"]):
        del kept["on_preview"], kept["triggers"]
    del stored["outputs"]["facts_digest"], stored["outputs"]["skipped_checks"]
    stored["outputs"]["of_a_later_version"] = {"nested": [1]}
    file = stack.folder / "state.json"
    file.write_text(json.dumps(state))
    assert stack.run("stack", "import", "--file", str(file)).code == 0

    run = stack.up("--expect-no-changes")

    assert run.code == 0, run.text
    assert len(emulator.requests) == looks


def test_not_to_wait_lets_a_job_under_way_pass_as_pending(stack, emulator):
    """`wait=False` looks once and creates what depends; the next `up` looks again."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly(reads=2))
    stack.program(program("None", wait="False") + DOWNSTREAM)

    first = stack.up()

    assert first.code == 0, first.text
    kept = stack.resources()
    assert kept["trailer"]["outputs"]["verdict"] == "pending"
    assert "publish" in kept
    assert len(emulator.requests) == 1

    second, third = stack.up(), stack.up()

    assert second.code == third.code == 0
    assert stack.outputs()["verdict"] == "passed"
    assert len(emulator.requests) == 3


@pytest.mark.parametrize(
    ("level", "verdict"), [("advisory", "failed"), ("disabled", "unverified")]
)
def test_the_stack_says_how_strictly_its_jobs_are_held(stack, emulator, level, verdict):
    """`mediaconvert:enforcementLevel` is the default of every job of a stack."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.program(program(ordered(1920)))
    stack.configure("mediaconvert:enforcementLevel", level)

    run = stack.up()

    assert run.code == 0, run.text
    assert stack.outputs()["verdict"] == verdict
    line = 'output "720P-mp4": video width: expected 1920, got 1280'
    assert (line in run.text) == (level == "advisory")
