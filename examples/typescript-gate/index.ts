/**
 * Stop a deployment if a transcoding job did not deliver what was ordered.
 *
 * First install the SDK and the plugin: see docs/install-plugin.md.
 */
import * as pulumi from "@pulumi/pulumi";
import { Job } from "pulumi-mediaconvert";

const job = new Job("trailer", {
    jobId: new pulumi.Config().require("jobId"),
    expect: {
        outputs: [
            {
                name: "720P-mp4",
                video: { codec: "h264", width: 1280, height: 720 },
                audio: [{ codec: "aac", channels: 2 }],
            },
        ],
    },
    wait: { timeout: "2h", stallTimeout: "15m" },
});

// The gate protects everything that uses an output of the job or depends on the job: the
// engine creates it only if the job passes. Here it is a value in the state.
const published = new pulumi.Stash("published", { input: job.urls["720P-mp4"] });

export const verdict = job.verdict;
export const url = published.output;
