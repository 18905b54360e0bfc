"""What httpx logs of our calls: where they went and how they ended, not what was asked.

A program that logs at the level `INFO` has httpx name the address of each call, and
thereby the job's ID, which may be a secret of the program.
"""

from __future__ import annotations

import logging

import httpx

# The parameter by which our calls are known among those of the program itself.
JOB_ID = "JobId"


class JobIdFilter(logging.Filter):
    """Cuts the query of an address that asks for a job; lets every record pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Cut what is cut from the record, in place."""
        if isinstance(record.args, tuple):
            record.args = tuple(_discreet(value) for value in record.args)
        return True


_FILTER = JobIdFilter()


def keep_job_ids_out() -> None:
    """Keep the IDs of jobs out of the log of httpx; again, it changes nothing."""
    logging.getLogger("httpx").addFilter(_FILTER)


def _discreet(value: object) -> object:
    if isinstance(value, httpx.URL) and JOB_ID in value.params:
        return value.copy_with(query=None)
    return value
