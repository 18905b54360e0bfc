"""What scripts/reference and scripts/pictures run: they write parts of docs/."""
