"""python -m tests.fuzz: many damaged files, some processes, one report."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from .inputs import made
from .trial import Result, slice_of

SLICE = 25


def main() -> int:
    """Run and report; 1 if any file does what none may."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--number", type=int, default=10_000, help="how many files")
    parser.add_argument("--first", type=int, default=0, help="the number of the first")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", help="only write the file of --first to this path")
    asked = parser.parse_args()
    if asked.write:
        with open(asked.write, "wb") as out:
            out.write(made(asked.first)[0])
        return 0
    started, results, peak = time.monotonic(), [], 0.0
    last = asked.first + asked.number
    slices = [range(n, min(n + SLICE, last)) for n in range(asked.first, last, SLICE)]
    with ProcessPoolExecutor(asked.jobs, mp_context=get_context("spawn")) as pool:
        for found, memory in pool.map(slice_of, slices):
            results += found
            peak = max(peak, memory)
            if len(results) % 1000 == 0:
                say(f"{len(results)} …")
            for one in found:
                if one.fault:
                    say(f"{one.number} ({one.made}): {one.fault}")
    tell(results, peak, time.monotonic() - started)
    return int(any(one.fault for one in results))


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def tell(results: list[Result], peak: float, seconds: float) -> None:
    """Print the report."""
    outcomes = Counter(one.outcome or "fault" for one in results)
    say(f"{len(results)} files in {seconds:.0f} s; {peak:.0f} MB at most in a process")
    say(", ".join(f"{count} {name}" for name, count in outcomes.most_common()))
    for kind in sorted({one.made.partition(":")[0] for one in results}):
        times = sorted(one.seconds for one in results if one.made.startswith(kind))
        say(f"{kind}: {len(times)} files, median {times[len(times) // 2]:.3f} s, "
            f"longest {times[-1]:.2f} s")  # fmt: skip
    for one in sorted(results, key=lambda result: -result.seconds)[:5]:
        say(f"slow: {one.number} ({one.made}), {one.seconds:.2f} s")


if __name__ == "__main__":
    sys.exit(main())
