"""The words by which the API says how far a job is. Cheap to import.

Source: the vendor's page of GetMediaConvertJob.
"""

from __future__ import annotations

QUEUED = "Inited"
RUNNING = "Running"
ENDED_STATES = frozenset({"Success", "Failed", "Cancelled"})
# Of outputs and groups; what is not here has not ended, unknown words included.
ENDED_STATUSES = ENDED_STATES | {"Skipped"}
