"""Log our requests as httpx does: where they went and how they ended, no query.

The query has the ID of the job, which may be a secret of the program.
"""

from __future__ import annotations

import logging

import httpx

# A program that sets the level of httpx sets that of our requests.
LOGGER = logging.getLogger("httpx")


def log_request(request: httpx.Request, response: httpx.Response) -> None:
    """Log a request that was answered, at the level `INFO`."""
    if LOGGER.isEnabledFor(logging.INFO):
        LOGGER.info(
            'HTTP Request: %s %s "%s %d %s"',
            request.method,
            request.url.copy_with(query=None),
            response.http_version,
            response.status_code,
            response.reason_phrase,
        )
