"""How a plugin reaches the engine that started it, in every host."""

from __future__ import annotations

# The engine is on this machine. Without this gRPC asks the proxy of the environment for
# it, which knows no such address: every line to the person would be lost.
CHANNEL_OPTIONS = [("grpc.enable_http_proxy", 0)]

# An engine that takes no lines delays no resource for longer, per line.
LINE_SECONDS = 2.0
