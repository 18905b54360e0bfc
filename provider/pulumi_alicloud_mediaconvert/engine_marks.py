"""How the engine's protocol marks values: its own texts, which no vendor's may be.

Source: `sdk/go/common/resource/sig` and `sdk/go/common/resource/plugin/rpc.go`.
"""

from __future__ import annotations

# The key of a marked value, which says of what kind it is.
MARK_KEY = "4dabf18193072939515e22adb298388d"
SECRET_MARK = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105  # no password
# What a program makes of values that are to come; sent to those who ask for it alone.
OUTPUT_MARK = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
# A value that is not known yet, of any type.
UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
# The same by type: each is a text, whatever the value will be.
UNKNOWN_TEXTS = frozenset(
    {
        UNKNOWN_TEXT,
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",  # a truth value
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",  # a number
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",  # an array
        "030794c1-ac77-496b-92df-f27374a8bd58",  # an asset
        "e48ece36-62e2-4504-bad9-02848725956a",  # an archive
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",  # an object
    }
)
