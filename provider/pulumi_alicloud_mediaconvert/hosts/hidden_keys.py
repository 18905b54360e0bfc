"""Properties of the dynamic resource that no user sees, in inputs and states.

The engine shows no property that begins like these. The plugin finds them in states
that the dynamic resource has stored.
"""

from __future__ import annotations

# Names of secret inputs.
SECRETS_KEY = "__secrets"
# How long a resource that is only read may be read for: the SDK sends no limits then.
READ_TIMEOUT_KEY = "__read_timeout"
# Whether the program runs for a preview; never stored.
PREVIEW_KEY = "__preview"
# Keys of settings that are not secret; never stored.
OPEN_SETTINGS_KEY = "__open_settings"
# The serialized provider.
PROVIDER_KEY = "__provider"
HIDDEN_KEYS = frozenset(
    {
        PROVIDER_KEY,
        PREVIEW_KEY,
        SECRETS_KEY,
        READ_TIMEOUT_KEY,
        OPEN_SETTINGS_KEY,
    }
)
