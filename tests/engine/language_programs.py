"""Programs of the engine tests in every language that uses the native plugin."""

from __future__ import annotations

import textwrap

from languages import Program
from programs import JOB_ID

OTHER_ID = "77c1f0e2b9a84d6f8e5b3a2d1c0f9e8d"


def in_all(*, yaml: str, typescript: str, go: str) -> Program:
    """Write down one program in every language."""
    texts = {"yaml": yaml, "typescript": typescript, "go": go}
    return {name: textwrap.dedent(text) for name, text in texts.items()}


# A gate, with an expectation, and a second gate that depends on it.
TWO_GATES = in_all(
    yaml=f"""
    resources:
      trailer:
        type: mediaconvert:Job
        properties:
          jobId: {JOB_ID}
          expect:
            outputs: [{{name: 720P-mp4, video: {{width: {{min: 1280}}}}}}]
      teaser:
        type: mediaconvert:Job
        properties: {{jobId: {OTHER_ID}}}
        options: {{dependsOn: ["${{trailer}}"]}}
    outputs:
      verdict: ${{trailer.verdict}}
      url: ${{trailer.urls["720P-mp4"]}}
    """,
    typescript=f"""
    const trailer = new Job("trailer", {{
        jobId: "{JOB_ID}",
        expect: {{
            outputs: [{{ name: "720P-mp4", video: {{ width: {{ min: 1280 }} }} }}],
        }},
    }});
    new Job("teaser", {{ jobId: "{OTHER_ID}" }}, {{ dependsOn: [trailer] }});
    export const verdict = trailer.verdict;
    export const url = trailer.urls["720P-mp4"];
    """,
    go=f"""
    trailer, err := mediaconvert.NewJob(ctx, "trailer", &mediaconvert.JobArgs{{
        JobId: pulumi.String("{JOB_ID}"),
        Expect: mediaconvert.ExpectationsArgs{{
            Outputs: mediaconvert.OutputExpectationArray{{
                mediaconvert.OutputExpectationArgs{{
                    Name: pulumi.String("720P-mp4"),
                    Video: mediaconvert.VideoExpectationArgs{{
                        Width: mediaconvert.NumberMatcherArgs{{
                            Min: pulumi.Float64(1280),
                        }},
                    }},
                }},
            }},
        }},
    }})
    if err != nil {{
        return err
    }}
    if _, err := mediaconvert.NewJob(ctx, "teaser", &mediaconvert.JobArgs{{
        JobId: pulumi.String("{OTHER_ID}"),
    }}, pulumi.DependsOn([]pulumi.Resource{{trailer}})); err != nil {{
        return err
    }}
    ctx.Export("verdict", trailer.Verdict)
    ctx.Export("url", trailer.Urls.MapIndex(pulumi.String("720P-mp4")))
    """,
)

# A gate whose job ID is a secret of the configuration.
SECRET_ID = in_all(
    yaml="""
    config:
      jobId: {type: string, secret: true}
    resources:
      trailer:
        type: mediaconvert:Job
        properties: {jobId: "${jobId}"}
    outputs:
      job: ${trailer.jobId}
      verdict: ${trailer.verdict}
    """,
    typescript="""
    const jobId = new pulumi.Config().requireSecret("jobId");
    const trailer = new Job("trailer", { jobId });
    export const job = trailer.jobId;
    export const verdict = trailer.verdict;
    """,
    go="""
    trailer, err := mediaconvert.NewJob(ctx, "trailer", &mediaconvert.JobArgs{
        JobId: config.RequireSecret(ctx, "jobId"),
    })
    if err != nil {
        return err
    }
    ctx.Export("job", trailer.JobId)
    ctx.Export("verdict", trailer.Verdict)
    """,
)

# A set of two jobs, of which one has an expectation of its own.
JOB_SET = in_all(
    yaml=f"""
    resources:
      library:
        type: mediaconvert:JobSet
        properties:
          jobIds: {{front_page: {JOB_ID}, teaser: {OTHER_ID}}}
          expectByName: {{front_page: {{outputCount: {{min: 1}}}}}}
    outputs:
      verdict: ${{library.verdict}}
      counts: ${{library.counts}}
    """,
    typescript=f"""
    const library = new JobSet("library", {{
        jobIds: {{ front_page: "{JOB_ID}", teaser: "{OTHER_ID}" }},
        expectByName: {{ front_page: {{ outputCount: {{ min: 1 }} }} }},
    }});
    export const verdict = library.verdict;
    export const counts = library.counts;
    """,
    go=f"""
    library, err := mediaconvert.NewJobSet(ctx, "library", &mediaconvert.JobSetArgs{{
        JobIds: pulumi.StringMap{{
            "front_page": pulumi.String("{JOB_ID}"),
            "teaser":     pulumi.String("{OTHER_ID}"),
        }},
        ExpectByName: pulumi.Map{{
            "front_page": mediaconvert.ExpectationsArgs{{
                OutputCount: mediaconvert.NumberMatcherArgs{{Min: pulumi.Float64(1)}},
            }},
        }},
    }})
    if err != nil {{
        return err
    }}
    ctx.Export("verdict", library.Verdict)
    ctx.Export("counts", library.Counts)
    """,
)

# One read of a job, when the program runs.
ONE_READ = in_all(
    yaml=f"""
    variables:
      trailer:
        fn::invoke:
          function: mediaconvert:getJob
          arguments: {{jobId: {JOB_ID}}}
    outputs:
      state: ${{trailer.state}}
      url: ${{trailer.outputs[0].url}}
    """,
    typescript=f"""
    const trailer = getJobOutput({{ jobId: "{JOB_ID}" }});
    export const state = trailer.state;
    export const url = trailer.outputs[0].url;
    """,
    go=f"""
    trailer := mediaconvert.LookupJobOutput(ctx, mediaconvert.LookupJobOutputArgs{{
        JobId: pulumi.String("{JOB_ID}"),
    }})
    ctx.Export("state", trailer.State())
    ctx.Export("url", trailer.Outputs().Index(pulumi.Int(0)).Url())
    """,
)

# A gate of another region, whose provider has its configuration from the program.
OWN_PROVIDER = in_all(
    yaml=f"""
    config:
      api: {{type: string}}
    resources:
      elsewhere:
        type: pulumi:providers:mediaconvert
        properties: {{region: ap-southeast-1, endpoint: "${{api}}"}}
      trailer:
        type: mediaconvert:Job
        properties: {{jobId: {JOB_ID}}}
        options: {{provider: "${{elsewhere}}"}}
    outputs:
      verdict: ${{trailer.verdict}}
      region: ${{trailer.region}}
    """,
    typescript=f"""
    const elsewhere = new Provider("elsewhere", {{
        region: "ap-southeast-1",
        endpoint: new pulumi.Config().require("api"),
    }});
    const options = {{ provider: elsewhere }};
    const trailer = new Job("trailer", {{ jobId: "{JOB_ID}" }}, options);
    export const verdict = trailer.verdict;
    export const region = trailer.region;
    """,
    go=f"""
    settings := &mediaconvert.ProviderArgs{{
        Region:   pulumi.String("ap-southeast-1"),
        Endpoint: pulumi.String(config.Require(ctx, "api")),
    }}
    elsewhere, err := mediaconvert.NewProvider(ctx, "elsewhere", settings)
    if err != nil {{
        return err
    }}
    trailer, err := mediaconvert.NewJob(ctx, "trailer", &mediaconvert.JobArgs{{
        JobId: pulumi.String("{JOB_ID}"),
    }}, pulumi.Provider(elsewhere))
    if err != nil {{
        return err
    }}
    ctx.Export("verdict", trailer.Verdict)
    ctx.Export("region", trailer.Region)
    """,
)
