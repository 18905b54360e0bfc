import json

from pulumi_alicloud_mediaconvert.emulator import scripts
from real_engine import FOLDER, SAMPLE, add_jobs, job_id

YAML = f"""\
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
    properties: {{jobId: "{job_id(2)}", enforcementLevel: advisory, expect: {{outputCount: 9}}}}
  going:
    type: mediaconvert:Job
    properties: {{jobId: "{job_id(3)}", wait: false}}
  hidden:
    type: mediaconvert:Job
    properties:
      jobId: "{job_id(4)}"
      expect:
        fn::secret:
          outputs: [{{name: 720P-mp4, video: {{codec: h264}}}}]
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


def test_move(yaml_stack, emulator):
    s = yaml_stack
    file = FOLDER / "0.1.0.json"
    done = s.run("stack", "import", "--file", str(file))
    assert done.code == 0, done.text
    add_jobs(emulator)
    emulator.add_job(job_id(3), scripts.succeeds_cleanly())
    s.program(YAML)
    r = s.preview("--diff")
    print("PREVIEW", r.code, r.text, [q.job_id for q in emulator.requests])
    r = s.up("--continue-on-error")
    print("UP", r.code, r.text, r.operations(), [q.job_id for q in emulator.requests])
    st = s.export()["deployment"]["resources"]
    print(
        json.dumps(
            [(x["urn"], x["type"], sorted(x.get("outputs", {}))) for x in st], indent=1
        )
    )
    r = s.preview("--diff")
    print("PREVIEW2", r.code, r.text)
    r = s.refresh()
    print("REFRESH", r.code, r.text)
    r = s.destroy()
    print("DESTROY", r.code, r.text)
