"""What the executable of the archive runs."""

from pulumi_alicloud_mediaconvert.hosts.native.main import main

main()
