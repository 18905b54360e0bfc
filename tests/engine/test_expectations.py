"""Expectations on the real engine: what is refused, and what a job is held to."""

from __future__ import annotations

from programs import DOWNSTREAM, JOB_ID, NAME, program
from terminal import bullets

from pulumi_alicloud_mediaconvert.emulator import Script, Step, sample_answer, scripts


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
        'expect.outputs[1].name: output "720P-mp4" appears twice',
        (
            "expect.outputs[1].duration_seconds: use near, min or max: two encodes "
            "never agree to the last digit"
        ),
        "expect.output_count: min must not exceed max (5 and 3)",
        ("expect.rules[0].query: is not a JMESPath query: Incomplete expression"),
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
            'output "1080P-mp4": expected to be delivered, got none (found: '
            '"720P-mp4", "audio-m4a", "hls-group/480P-ts", "hls-group/720P-ts")'
        ),
        'output "720P-mp4": video codec: expected hevc, got h264 (for full HD screens)',
        'output "720P-mp4": video width: expected 1920, got 1280 (for full HD screens)',
        'output "720P-mp4": audio: expected 2 streams, got 1 (aac)',
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

    # The state does not keep how many checks were met.
    for run, met in ((untested, ": 3 checks met"), (again, "")):
        assert run.code == 0, run.text
        [warning] = run.on_row("trailer", "warning")
        assert warning.splitlines() == [
            (f"{NAME} ended Success{met} (as-requested: 0 tested, 0 skipped)."),
            (
                "No setting of the request could be checked: its templates decide "
                "everything. Write expectations of your own, or leave out `expect`."
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
