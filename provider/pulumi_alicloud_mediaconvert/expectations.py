"""What a user demands of a job.

So far one demand can be stated: none beyond success, which is `expect=None`.
"""

from __future__ import annotations


class Expectations:
    """Demands on a job beyond the success of all its parts; none yet."""
