"""What the application bears: people who evaluate at the same time, and how fast its pages come meanwhile.

PYTHONPATH=. python benchmarks/serve_load.py [PEOPLE]    10 by default, 40 at most; each with document 004
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median, quantiles

from tests.serve.conftest import TOKEN, Client, Server, running

ROOT = Path(__file__).resolve().parent.parent
MOST = 40  # as many as a form may bring files: a load test that ends
PAGES = ("", "/findings", "/links", "/report")
_BETWEEN = 0.2  # seconds between two looks at a page: what ten readers who turn a page every two seconds ask


def main(people: int) -> None:
    """Runs the evaluations and prints waiting times, latencies and memory."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder) / "data", "--token", TOKEN) as server:
        first = entered(server)
        ready = first.done(sent(first, 0))
        times: dict[str, list[float]] = {page: [] for page in PAGES}
        memory: dict[str, int] = {}
        stop = threading.Event()
        watching = [
            threading.Thread(target=look, args=(entered(server), ready, times, stop)),
            threading.Thread(target=weigh, args=(server.process.pid, memory, stop)),
        ]
        for thread in watching:
            thread.start()
        waits = evaluated(server, people)
        stop.set()
        for thread in watching:
            thread.join()
    print(f"{people} evaluations at once: first after {min(waits):.0f} s, last after {max(waits):.0f} s")
    for page, each in times.items():
        late = quantiles(each, n=20)[-1] if len(each) > 1 else each[0]
        print(
            f"{page or '/':10} {len(each):5} requests, median {1000 * median(each):.0f} ms, 95 % {1000 * late:.0f} ms"
        )
    print(f"memory: server {memory['server']} MB, an evaluation {memory['worker']} MB")


def entered(server: Server) -> Client:
    """A browser that was let in."""
    client = server.client()
    kind = "application/x-www-form-urlencoded"
    answer = client.ask("POST", "/enter", f"token={TOKEN}".encode(), Content_Type=kind)
    client.cookie = answer.headers["set-cookie"].partition(";")[0]
    client.get("/")
    return client


def sent(client: Client, number: int) -> str:
    """The address of an evaluation that was asked for."""
    text = (ROOT / "seeds" / "004_b9b7a7ebafc1f109.txt").read_bytes()
    files = {
        "candidate_file": (f"report-{number}.txt", text),
        "reference_file": ("speech.txt", (ROOT / "references" / "official-remarks.txt").read_bytes()),
    }
    answer = client.post("/jobs", {"lang": "en", "kind": "report"}, files)
    if answer.status != 303:
        raise SystemExit(f"the evaluation was refused: {answer.status}")
    return answer.headers["location"]


def evaluated(server: Server, people: int) -> list[float]:
    """How long each person waited, all of whom begin together."""
    waits: list[float] = []

    def one(number: int) -> None:
        client = entered(server)
        begun = time.perf_counter()
        client.done(sent(client, number))
        waits.append(time.perf_counter() - begun)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return waits


def look(client: Client, job: str, times: dict[str, list[float]], stop: threading.Event) -> None:
    """Reads the pages of a result that is there, one after another."""
    while not stop.is_set():
        for page in PAGES:
            begun = time.perf_counter()
            client.get(f"{job}{page}")
            times[page].append(time.perf_counter() - begun)
            time.sleep(_BETWEEN)


def weigh(server: int, memory: dict[str, int], stop: threading.Event) -> None:
    """The most memory of the server and of one evaluation, as the system counts it."""
    while not stop.wait(0.5):
        found = {"server": size(Path(f"/proc/{server}"))}
        for path in Path("/proc").glob("[0-9]*"):
            try:
                if b"evalkit.serve.worker" in (path / "cmdline").read_bytes():
                    found["worker"] = max(found.get("worker", 0), size(path))
            except OSError:
                continue
        for name, now in found.items():
            memory[name] = max(memory.get(name, 0), now)


def size(process: Path) -> int:
    """Megabytes of a process."""
    found = re.search(r"VmHWM:\s+(\d+) kB", (process / "status").read_text(encoding="utf-8"))
    return int(found[1]) // 1024 if found else 0


if __name__ == "__main__":
    os.chdir(ROOT)
    main(min(int(sys.argv[1]) if len(sys.argv) > 1 else 10, MOST))
