// Stop a deployment if a transcoding job did not deliver what was ordered.
//
// First install the SDK and the plugin: see docs/install-plugin.md.
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

		// The gate protects everything that uses an output of the job or depends on
		// the job: the engine creates it only if the job passes. Here it is a value in
		// the state.
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
