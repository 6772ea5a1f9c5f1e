"""Is anything lost when a machine dies? ``python -m benchmarks.ray_kill --count 1000``

Short documents written by rule are graded on this machine, and by two Ray nodes of one core each (raylets of
their own), of which one is killed when a share of the documents is done. Every file of the two out folders
must be the same, the times in ``run.json`` apart; results lost or there twice are counted. Exit code 1 when
one differs. Needs ``pip install "grader[ray]"``.
"""

import argparse
import filecmp
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.speed_cases.documents import short

GRADER = (sys.executable, "-W", "ignore", "-c", "from grader.cli import main; main()", "grade")
JOURNAL = ".grader-journal"


@contextmanager
def two_nodes() -> Iterator[tuple[str, Any, Any]]:
    """Address, cluster and the node to kill; documents are asked for from the other one."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    try:
        second = cluster.add_node(num_cpus=1)
        cluster.wait_for_nodes()
        yield cluster.address, cluster, second
    finally:
        cluster.shutdown()


def lines(path: Path) -> int:
    """Number of lines so far; 0 for no file."""
    return path.read_bytes().count(b"\n") if path.is_file() else 0


def actors_under(raylet: int) -> int:
    """Number of actors that grade among the children of a raylet, from ``/proc``."""
    found = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
            found += parent == raylet and b"MapWorker" in (status.parent / "cmdline").read_bytes()
        except (OSError, ValueError):
            continue  # it has ended
    return found


def graded_with_a_kill(documents: Path, out: Path, at: int) -> dict[str, Any]:
    """Grade on two nodes, kill one when `at` documents are done; what happened when, in seconds."""
    with two_nodes() as (address, cluster, second):
        raylet = second.all_processes["raylet"][0].process.pid
        begun = time.monotonic()
        command = (*GRADER, documents, "--out", out, "--no-cache", "--quiet", "--engine", "ray")
        run = subprocess.Popen([*map(str, command), "--ray-address", address])
        while run.poll() is None and lines(out / JOURNAL) - 1 < at:
            time.sleep(0.05)
        facts = {"done at the kill": lines(out / JOURNAL) - 1, "actors killed": actors_under(raylet)}
        killed = time.monotonic()
        if run.poll() is None:
            cluster.remove_node(second, allow_graceful=False)
        code = run.wait()
        return {
            **facts,
            "exit code": code,
            "seconds until the kill": round(killed - begun),
            "seconds after it": round(time.monotonic() - killed),
        }


def differences(here: Path, there: Path) -> list[str]:
    """Names of files that are not the same in both folders, the times in ``run.json`` apart."""
    names = {path.relative_to(root).as_posix() for root in (here, there) for path in root.rglob("*.*")}
    _, different, missing = filecmp.cmpfiles(here, there, sorted(names - {"run.json"}), shallow=False)
    runs = [json.loads((root / "run.json").read_text()) for root in (here, there)]
    same_run = all(runs[0][key] == runs[1][key] for key in runs[0] if key not in ("started", "finished"))
    return different + missing + ([] if same_run else ["run.json"])


def sources(out: Path) -> Counter[str]:
    return Counter(json.loads(line)["source"] for line in (out / "results.jsonl").open())


def main() -> int:
    parser = argparse.ArgumentParser(description="Kill one of two Ray nodes that grade.")
    parser.add_argument("--count", type=int, default=300, help="documents of ten passages")
    parser.add_argument("--kill-at", type=float, default=0.4, help="share that is done when a node is killed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="grader-ray-") as scratch:
        documents = short(Path(scratch) / "documents", options.count)
        here, there = Path(scratch) / "local", Path(scratch) / "ray"
        begun = time.monotonic()
        alone = subprocess.run([*map(str, (*GRADER, documents, "--out", here, "--no-cache", "--quiet"))])
        facts: dict[str, Any] = {
            "documents": options.count,
            "seconds locally": round(time.monotonic() - begun),
            "exit code locally": alone.returncode,
        }
        facts |= graded_with_a_kill(documents, there, round(options.kill_at * options.count))
        wanted, found = sources(here), sources(there)
        different = differences(here, there)
        facts |= {
            "lost": sum((wanted - found).values()),
            "twice": sum((found - wanted).values()),
            "files": sum(1 for _ in there.rglob("*.*")),
            "files that differ": len(different),
        }
        for name, value in facts.items():
            print(f"{name:<24}{value}")
        print(*different[:5], sep="\n")
        return 1 if different or wanted != found or facts["actors killed"] == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
