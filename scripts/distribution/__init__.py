"""What users download: the plugin as an archive that needs no Python of theirs."""
