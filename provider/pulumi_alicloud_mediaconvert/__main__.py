"""Serve the engine, as `pulumi-resource-mediaconvert` does.

A language host runs the package so where the engine takes the plugin from a folder or a
git repository: see `PulumiPlugin.yaml`.
"""

from pulumi_alicloud_mediaconvert.hosts.native.main import main

if __name__ == "__main__":
    main()
