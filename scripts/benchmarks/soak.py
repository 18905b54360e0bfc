"""Wait for hundreds of jobs for simulated hours, with faults by chance, by seed.

Exits with 1 if a single verdict is not that of its job.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "support"))

from waits import soak


def main(arguments: list[str]) -> int:
    """Soak, print what it came to as one JSON object a seed."""
    parser = argparse.ArgumentParser(prog="scripts/soak", description=__doc__)
    parser.add_argument("--jobs", type=int, default=500)
    parser.add_argument("--seeds", type=int, default=3, help="from 0 on")
    chosen = parser.parse_args(arguments)
    wrong = 0
    for seed in range(chosen.seeds):
        began = time.process_time()
        soaked = soak(chosen.jobs, seed)
        wrong += len(soaked.wrong)
        took = {"seed": seed, "cpu_seconds": round(time.process_time() - began, 1)}
        print(json.dumps(took | soaked._asdict()), flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
