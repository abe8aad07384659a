"""`gridcode partition` run as a user would, on one thread: what it found, judged apart, and what it cost."""

import dataclasses
import json
import os
import pathlib
import resource
import statistics
import subprocess
import time

from .blocks import judged
from .measure import TIME, Failed, Sample, tell

# Runs longer than this are not repeated.
SHORT = 5.0

# A run that has not ended by then is given up.
PATIENCE = 900


def children():
    """CPU seconds of all that has been run so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@dataclasses.dataclass(frozen=True)
class Division:
    """One community of a plan, whether a judge that knows no solver finds it legal, and what the run cost."""

    told: dict
    judged: object | None
    cost: Sample

    @property
    def status(self):
        return self.told["status"]

    @property
    def is_proved(self):
        return self.status == "optimal"

    @property
    def is_legal(self):
        return self.judged is not None and self.judged.is_legal

    @property
    def moved(self):
        return self.told["objective"]["moved"] if self.told["objective"] else None

    @property
    def bound(self):
        """The lower bound in m²."""
        return int(self.told["bound"]["cost"]) / 100 if self.told["bound"] else None

    @property
    def certificate(self):
        """What proves that there is no division: of all, or of the one number that was asked for."""
        found = self.told["certificate"]
        if found is None and len(self.told["numbers"]) == 1:
            found = self.told["numbers"][0]["certificate"]
        return found


class Divider:
    """Runs the program, and remembers the most memory that any run took."""

    def __init__(self, gridcode, folder, rounds):
        self.gridcode = gridcode
        self.folder = folder
        self.rounds = rounds
        self.peak = 0.0

    def once(self, argv):
        """CPU seconds to the microsecond, which GNU time does not give, and its peak of memory, which is the program's own."""
        peak = self.folder / "peak.txt"
        before, begun = children(), time.monotonic()
        done = subprocess.run(
            [TIME, "-q", "-f", "%M", "-o", peak, *map(str, argv)], check=False, timeout=PATIENCE,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        cpu, wall = children() - before, time.monotonic() - begun
        if done.returncode not in (0, 1):
            said = done.stderr.decode(errors="replace").strip().splitlines()[-3:]
            raise Failed(f"exit status {done.returncode}: {' / '.join(said)}")
        return Sample(cpu, wall, int(peak.read_text().split()[-1]) / 1024)

    def run(self, what, blocks, links=None, more=()):
        """The communities of the plan, and the cost: medians, where a run is short enough to be repeated."""
        plan = self.folder / "plan.json"
        argv = [self.gridcode, "--quiet", "--lang", "en", "partition", blocks, "--threads", "1", "--plan", plan, *more]
        if links:
            argv += ["--adjacency", links]
        samples = []
        while len(samples) < self.rounds and (not samples or samples[0].wall < SHORT):
            plan.unlink(missing_ok=True)
            samples.append(self.once(argv))
        cost = Sample(*(statistics.median(getattr(s, name) for s in samples) for name in ("cpu", "wall", "peak")))
        self.peak = max(self.peak, *(sample.peak for sample in samples))
        tell(f"{what}: {cost.cpu:.4g} s CPU, {cost.wall:.4g} s, {cost.peak:.0f} MiB")
        return json.loads(plan.read_text(encoding="utf-8")), cost

    def divide(self, what, community, sheets, more=()):
        """One community, judged."""
        plan, cost = self.run(what, *sheets, more)
        told = plan["communities"][0]
        return Division(told, judged_plan(community, told), cost)

    def keep_plan(self, name):
        """The plan of the last run, kept for later runs."""
        return (self.folder / "plan.json").rename(self.folder / name)


def judged_plan(community, told):
    """The plan as the judge sees it: only names and grids are believed."""
    grids = {block["name"]: block["grid"] for block in told["blocks"]}
    if not any(grids.values()):
        return None
    return judged(community, [grids.get(name) for name in community.names])


class Other:
    """A peer's script, run on a community in the peers' environment."""

    HERE = pathlib.Path(__file__).resolve().parent

    def __init__(self, python, folder):
        self.python = python
        self.folder = folder

    def run(self, script, community, limits, grids, seconds):
        """What the script found."""
        asked, result = self.folder / "asked.json", self.folder / "result.json"
        households, residents = limits
        told = {
            "at": community.at, "households": community.households, "residents": community.residents,
            "links": community.links, "grids": grids, "seconds": seconds,
            "household_limits": households, "resident_limits": residents,
        }
        asked.write_text(json.dumps(told))
        done = subprocess.run(
            [self.python, self.HERE / script, asked, result], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )
        if done.returncode != 0:
            raise Failed(done.stderr.decode(errors="replace").strip().splitlines()[-1])
        return json.loads(result.read_text())
