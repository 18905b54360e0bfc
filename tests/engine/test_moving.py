"""A stack with dynamic jobs moves to the plugin on the real engine, and back."""

from __future__ import annotations

import json

import pytest
from language_programs import in_all
from languages import Python
from terminal import bullets

from pulumi_alicloud_mediaconvert.emulator import scripts
from real_engine import FOLDER, SAMPLE, SETTLED, VERSIONS, add_jobs, job_id

# The program of the stored states, in YAML.
EARLIER = f"""\
resources:
  sample:
    type: mediaconvert:Job
    properties:
      jobId: {SAMPLE}
      expect:
        outputs: [{{where: {{extension: m3u8}}}}]
        rules: [{{query: state, mustBe: Success, message: it must be good}}]
  requested:
    type: mediaconvert:Job
    properties:
      jobId: "{job_id(1)}"
      expect: as-requested
      wait: {{timeout: 2h, stallTimeout: 900}}
      triggers: [1, {{a: [b, 2.5]}}]
  warned:
    type: mediaconvert:Job
    properties:
      jobId: "{job_id(2)}"
      enforcementLevel: advisory
      expect: {{outputCount: 9}}
  going:
    type: mediaconvert:Job
    properties: {{jobId: "{job_id(3)}", wait: false}}
  hidden:
    type: mediaconvert:Job
    properties:
      jobId: "{job_id(4)}"
      expect:
        fn::secret: {{outputs: [{{name: 720P-mp4, video: {{codec: h264}}}}]}}
  failed:
    type: mediaconvert:Job
    properties: {{jobId: "{job_id(5)}"}}
  library:
    type: mediaconvert:JobSet
    properties:
      jobIds: {{intro: "{job_id(6)}", outro: "{job_id(7)}"}}
      expectByName: {{outro: {{outputCount: {{min: 1}}}}}}
outputs:
  manifest: ${{sample.outputGroups[0].manifestUrl}}
"""
IDS = {name: f"{name}-4b8e" for name in ("one", "two", "hidden")}
PYTHON = f"""
from pulumi_alicloud_mediaconvert import MediaConvertJobSet

def was(kind):
    alias = pulumi.Alias(type_="mediaconvert:index:" + kind)
    return pulumi.ResourceOptions(aliases=[alias])

one = MediaConvertJob("one", job_id="{IDS["one"]}",
    expect={{"output_count": {{"min": 1}}}}, opts=was("Job"))
hidden = MediaConvertJob("hidden", job_id=pulumi.Output.secret("{IDS["hidden"]}"),
    opts=was("Job"))
both = MediaConvertJobSet("both", opts=was("JobSet"),
    job_ids={{"one": "{IDS["one"]}", "two": "{IDS["two"]}"}})
pulumi.export("verdict", one.verdict)
"""
MOVED = in_all(
    yaml=f"""
    resources:
      one:
        type: mediaconvert:Job
        properties: {{jobId: {IDS["one"]}, expect: {{outputCount: {{min: 1}}}}}}
        options: {{replaceOnChanges: ["*"]}}
      hidden:
        type: mediaconvert:Job
        properties: {{jobId: {{fn::secret: {IDS["hidden"]}}}}}
      both:
        type: mediaconvert:JobSet
        properties: {{jobIds: {{one: {IDS["one"]}, two: {IDS["two"]}}}}}
    outputs:
      verdict: ${{one.verdict}}
    """,
    typescript=f"""
    const one = new Job("one", {{
        jobId: "{IDS["one"]}",
        expect: {{ outputCount: {{ min: 1 }} }},
    }}, {{ replaceOnChanges: ["*"] }});
    new Job("hidden", {{ jobId: pulumi.secret("{IDS["hidden"]}") }});
    new JobSet("both", {{ jobIds: {{ one: "{IDS["one"]}", two: "{IDS["two"]}" }} }});
    export const verdict = one.verdict;
    """,
    go=f"""
    one, err := mediaconvert.NewJob(ctx, "one", &mediaconvert.JobArgs{{
        JobId: pulumi.String("{IDS["one"]}"),
        Expect: mediaconvert.ExpectationsArgs{{
            OutputCount: mediaconvert.NumberMatcherArgs{{Min: pulumi.Float64(1)}},
        }},
    }}, pulumi.ReplaceOnChanges([]string{{"*"}}))
    if err != nil {{
        return err
    }}
    if _, err := mediaconvert.NewJob(ctx, "hidden", &mediaconvert.JobArgs{{
        JobId: pulumi.ToSecret(pulumi.String("{IDS["hidden"]}")).(pulumi.StringOutput),
    }}); err != nil {{
        return err
    }}
    if _, err := mediaconvert.NewJobSet(ctx, "both", &mediaconvert.JobSetArgs{{
        JobIds: pulumi.StringMap{{
            "one": pulumi.String("{IDS["one"]}"),
            "two": pulumi.String("{IDS["two"]}"),
        }},
    }}); err != nil {{
        return err
    }}
    ctx.Export("verdict", one.Verdict)
    """,
)
RESOURCES = ("one", "hidden", "both")


@pytest.fixture
def deployed(stack, emulator):
    """A stack of a Python program, and no requests to come of it."""
    for name in IDS.values():
        emulator.add_job(name, scripts.succeeds_cleanly())
    stack.program(PYTHON)
    assert stack.up().code == 0
    return stack


@pytest.mark.parametrize("version", VERSIONS)
def test_a_stack_of_an_earlier_version_moves(yaml_stack, emulator, version):
    """What had passed is written by new names, and what was open is read."""
    file = FOLDER / f"{version}.json"
    assert yaml_stack.run("stack", "import", "--file", str(file)).code == 0
    add_jobs(emulator)
    emulator.add_job(job_id(3), scripts.succeeds_cleanly())
    yaml_stack.program(EARLIER)

    run = yaml_stack.up("--continue-on-error")
    again = yaml_stack.preview("--diff")

    assert run.code != 0
    assert bullets(run.text)[0].startswith(
        f"job {job_id(5)} (cn-shanghai) ended Failed"
    )
    done_to = run.operations()
    assert {done_to[name] for name in (*SETTLED, "going")} == {"update"}
    # The failed one is read in the preview, too.
    asked = [request.job_id for request in emulator.requests]
    assert sorted(asked) == [job_id(3), job_id(5), job_id(5)]
    assert "1 to update" in again.text
    found = yaml_stack.resources()
    assert all(
        found[name]["type"].startswith("mediaconvert:index:") for name in SETTLED
    )
    assert not any("__provider" in found[name]["outputs"] for name in SETTLED)
    assert found["going"]["outputs"]["verdict"] == "passed"


def test_a_move_asks_nothing_replaces_nothing_and_is_done_once(
    deployed, language, emulator
):
    """Whatever the options of a program; secrets stay what they are."""
    asked = len(emulator.requests)
    deployed.language = language
    deployed.program(MOVED)

    preview, run, again = deployed.preview(), deployed.up(), deployed.up()

    assert preview.code == run.code == again.code == 0
    assert {run.operations()[name] for name in RESOURCES} == {"update"}
    assert {again.operations()[name] for name in RESOURCES} == {"same"}
    assert len(emulator.requests) == asked
    assert deployed.outputs() == {"verdict": "passed"}
    state = deployed.export()["deployment"]["resources"]
    assert not [one for one in state if "pulumi-python" in one["type"]]
    outputs = {one["urn"].rpartition("::")[2]: one.get("outputs") for one in state}
    assert IDS["hidden"] not in json.dumps(outputs)

    assert deployed.refresh().code == deployed.destroy().code == 0


def test_until_the_first_up_the_dynamic_provider_serves_the_stack(
    deployed, yaml, emulator
):
    """A refresh or a `destroy` by the new program finds the old records."""
    deployed.language = yaml
    deployed.program(MOVED)
    asked = len(emulator.requests)

    refreshed, destroyed = deployed.refresh(), deployed.destroy()

    assert refreshed.code == destroyed.code == 0
    assert len(emulator.requests) == asked + 2


def test_the_way_back_verifies_each_job_again(deployed, yaml, emulator):
    """With an alias a job is replaced and a set is updated; no job is touched."""
    deployed.language = yaml
    deployed.program(MOVED)
    assert deployed.up().code == 0
    asked = len(emulator.requests)
    deployed.language = Python()
    deployed.program(PYTHON)

    run, again = deployed.up(), deployed.up()

    assert run.code == again.code == 0
    assert run.steps_of("both") == ["update"]
    assert "create-replacement" in run.steps_of("one")
    read = [request.job_id for request in emulator.requests[asked:]]
    assert sorted(read) == sorted(IDS.values())
    assert {again.operations()[name] for name in RESOURCES} == {"same"}
