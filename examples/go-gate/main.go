// Stop a deployment unless a transcoding job delivered what was ordered.
//
// Install the SDK and the plugin before: see docs/install-plugin.md.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"pulumi-alicloud-mediaconvert/sdk/go/mediaconvert"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		job, err := mediaconvert.NewJob(ctx, "trailer", &mediaconvert.JobArgs{
			JobId: pulumi.String(config.Require(ctx, "jobId")),
			Expect: mediaconvert.ExpectationsArgs{
				Outputs: mediaconvert.OutputExpectationArray{
					mediaconvert.OutputExpectationArgs{
						Name: pulumi.String("720P-mp4"),
						Video: mediaconvert.VideoExpectationArgs{
							Codec:  pulumi.String("h264"),
							Width:  pulumi.Int(1280),
							Height: pulumi.Int(720),
						},
						Audio: mediaconvert.AudioExpectationArray{
							mediaconvert.AudioExpectationArgs{
								Codec:    pulumi.String("aac"),
								Channels: pulumi.Int(2),
							},
						},
					},
				},
			},
			Wait: mediaconvert.WaitLimitsArgs{
				Timeout:      pulumi.String("2h"),
				StallTimeout: pulumi.String("15m"),
			},
		})
		if err != nil {
			return err
		}

		// What uses an output of the job, or depends on it, is the part that the gate
		// protects: the engine creates it only when the job has passed. Here it is a
		// value in the state.
		published, err := pulumi.NewStash(ctx, "published", &pulumi.StashArgs{
			Input: job.Urls.MapIndex(pulumi.String("720P-mp4")),
		})
		if err != nil {
			return err
		}

		ctx.Export("verdict", job.Verdict)
		ctx.Export("url", published.Output)
		return nil
	})
}
