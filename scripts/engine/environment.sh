#!/usr/bin/env bash
# What most scripts begin with: they source it. Sets `root`, and puts the locked packages
# and the engine on PATH; the language hosts too where `with_hosts` is set before.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
environment=$("$root/scripts/bootstrap" --env ${with_hosts:+--hosts})
eval "$environment"
