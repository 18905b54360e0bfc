"""The real engine: its settings in tests, and states that earlier versions stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pulumi_alicloud_mediaconvert.emulator import Emulator, Script, scripts

SETTINGS = {
    # It would ask api.pulumi.com, and no test goes beyond this machine.
    # `test_installed` goes without, and looks who is asked.
    "PULUMI_SKIP_UPDATE_CHECK": "1",
    # Stricter than what people have: an output that is made a text raises.
    "PULUMI_ERROR_OUTPUT_STRING": "1",
}
# With hundreds of resources the engine spends most of a run on writing the whole state
# after each. What is written in the end is the same; all other tests go without this.
WRITE_ONCE = {"PULUMI_SKIP_CHECKPOINTS": "true"}
FOLDER = Path(__file__).parents[1] / "data" / "states"
VERSIONS = sorted(path.stem for path in FOLDER.glob("*.json"))
SAMPLE = "0a1b2c4579b5e748b99a27f6d63d4e5f"  # fits the mask of the vendor's sample


def job_id(number: int) -> str:
    """Make the ID of one of the jobs."""
    return f"{number:032x}"


# What became of each job when the states were made.
JOBS: dict[str, Script] = {
    SAMPLE: scripts.succeeds(),
    job_id(1): scripts.succeeds_cleanly(),
    job_id(2): scripts.succeeds_cleanly(),
    job_id(3): scripts.hangs_queued(),
    job_id(4): scripts.succeeds_cleanly(),
    job_id(5): scripts.fails(),
    job_id(6): scripts.succeeds_cleanly(),
    job_id(7): scripts.succeeds_cleanly(),
}
PROGRAM = f"""
from pulumi_alicloud_mediaconvert import MediaConvertJobSet

sample = MediaConvertJob("sample", job_id="{SAMPLE}", expect={{
    "outputs": [{{"where": {{"extension": "m3u8"}}}}],
    "rules": [{{"query": "state", "must_be": "Success", "message": "it must be good"}}],
}})
requested = MediaConvertJob("requested", job_id="{job_id(1)}", expect="as-requested",
    wait={{"timeout": "2h", "stall_timeout": 900}}, triggers=[1, {{"a": ["b", 2.5]}}])
warned = MediaConvertJob("warned", job_id="{job_id(2)}", enforcement_level="advisory",
    expect={{"output_count": 9}})
going = MediaConvertJob("going", job_id="{job_id(3)}", wait=False)
hidden = MediaConvertJob("hidden", job_id="{job_id(4)}", expect=pulumi.Output.secret(
    {{"outputs": [{{"name": "720P-mp4", "video": {{"codec": "h264"}}}}]}}))
failed = MediaConvertJob("failed", job_id="{job_id(5)}")
library = MediaConvertJobSet("library",
    job_ids={{"intro": "{job_id(6)}", "outro": "{job_id(7)}"}},
    expect_by_name={{"outro": {{"output_count": {{"min": 1}}}}}})
pulumi.export("manifest", sample.output_groups[0].manifest_url)
"""
# Of the resources, those that nothing has to be done about.
SETTLED = ("sample", "requested", "warned", "hidden", "library")
OPEN = ("going", "failed")


def add_jobs(api: Emulator) -> None:
    """Let the API know the jobs as they were."""
    for name, script in JOBS.items():
        api.add_job(name, script)


def resources(version: str) -> dict[str, dict[str, Any]]:
    """Read the resources of a stored state by their names."""
    state = json.loads((FOLDER / f"{version}.json").read_text("utf-8"))
    found = state["deployment"]["resources"]
    return {one["urn"].rpartition("::")[2]: one for one in found}
