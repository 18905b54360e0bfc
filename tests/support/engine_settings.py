"""What engine tests set of the engine; all else is as a person has it."""

from __future__ import annotations

SETTINGS = {
    # It would ask api.pulumi.com, and no test goes beyond this machine.
    # `test_installed` goes without, and looks who is asked.
    "PULUMI_SKIP_UPDATE_CHECK": "1",
    # Stricter than what people have: an output that is made a text raises.
    "PULUMI_ERROR_OUTPUT_STRING": "1",
}
