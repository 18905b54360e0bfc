#!/usr/bin/env bash
# What most scripts begin with: they source it. Sets `root`, and puts the locked packages
# and the engine on PATH.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
environment=$("$root/scripts/bootstrap" --env)
eval "$environment"
