"""The native plugin, `pulumi-resource-mediaconvert`, as a host."""
