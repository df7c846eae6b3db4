"""What processes use, read from /proc: a whole tree at a time, because a server is several processes."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
TICK = os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    """Read the fields behind the program's name, which may hold spaces: state, parent, …"""
    return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()


def tree(root: int) -> list[int]:
    """List a process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for name in os.listdir(PROC):
        if name.isdigit():
            with suppress(OSError):  # it ended while we looked
                children.setdefault(int(_stat(int(name))[1]), []).append(int(name))
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def cpu_seconds(root: int) -> float:
    """Add up the processor time, user and system, of a tree and of its children that have ended."""
    ticks = 0
    for pid in tree(root):
        with suppress(OSError):
            ticks += sum(int(field) for field in _stat(pid)[11:15])
    return ticks / TICK


def pss(root: int) -> int:
    """Add up the memory of a tree in bytes; what processes share is counted once."""
    total = 0
    for pid in tree(root):
        with suppress(OSError):
            lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024
    return total


def wait_until_idle(root: int, at_most: float = 30.0) -> None:
    """Wait until a tree has used next to nothing for half a second: what a server does at its start is over."""
    deadline = time.monotonic() + at_most
    before = cpu_seconds(root)
    while time.monotonic() < deadline:
        time.sleep(0.5)
        now = cpu_seconds(root)
        if now - before <= 0.01:
            return
        before = now
    raise RuntimeError("the server does not come to rest")


def kill(pids: list[int]) -> None:
    """Kill without warning."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def grandchildren(root: int) -> list[int]:
    """List the children of a process's children: the workers of a server under its supervisor."""
    children = [pid for pid in tree(root) if pid != root and _parent(pid) == root]
    return [pid for pid in tree(root) if _parent(pid) in children]


def _parent(pid: int) -> int:
    with suppress(OSError):
        return int(_stat(pid)[1])
    return 0
