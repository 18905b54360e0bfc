"""The command line `pulumi-mediaconvert`."""
