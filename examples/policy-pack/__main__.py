"""Rules of an organization on gates, checked by every preview and `up` that names them.

`pulumi up --policy-pack examples/policy-pack` runs them. docs/policies.md explains what
they see, and when they stop a deployment.
"""

from __future__ import annotations

from gate_rules import RULES
from pulumi_policy import EnforcementLevel, PolicyPack

PolicyPack(
    "mediaconvert-gates",
    policies=[*RULES],
    enforcement_level=EnforcementLevel.MANDATORY,
)
