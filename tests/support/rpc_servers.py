"""A gRPC server of a test's own, and what its calls are about."""

from __future__ import annotations

from concurrent import futures
from contextlib import contextmanager

import grpc

URN = "urn:pulumi:test::gate::pulumi-python:dynamic/mediaconvert:Job::trailer"

# Nothing here takes that long; what does has hung.
HUNG_SECONDS = 30


@contextmanager
def served(add, servicer):
    """Serve a servicer on a port of its own and give its address."""
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=2))
    add(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.stop(0).wait()
