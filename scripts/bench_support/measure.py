"""One run of one command under GNU time: CPU seconds, wall seconds, peak memory; and rounds of many commands."""

import dataclasses
import os
import pathlib
import statistics
import subprocess
import sys

TIME = "/usr/bin/time"

# A command that takes milliseconds is run many times in one measurement: GNU time counts in hundredths of a second.
REPEATED = (
    'n=$1; most=$2; shift 2; while [ "$n" -gt 0 ]; do "$@"; code=$?; '
    '[ "$code" -le "$most" ] || exit "$code"; n=$((n - 1)); done'
)


@dataclasses.dataclass(frozen=True)
class Sample:
    """What one run cost: seconds of CPU (user + system) and of wall clock, and MiB at the peak."""

    cpu: float
    wall: float
    peak: float


@dataclasses.dataclass(frozen=True)
class Command:
    """A whole command as a user would type it.

    `key` names it in ratios, `label` in the table. `rows` is what it reads, `result` the file it writes (removed
    before each run, so that no run pays for the file of the one before), `times` how often one measurement runs it, `most`
    the highest exit status that is no failure: `diff` ends with 1 where lists differ.
    """

    key: str
    label: str
    argv: tuple
    rows: int
    result: pathlib.Path | None = None
    times: int = 1
    most: int = 0


class Failed(Exception):
    """A command that ended with another exit status than it may."""


def tell(text):
    """Progress goes to standard error: standard output is the table alone."""
    print(text, file=sys.stderr, flush=True)


def seconds(clock):
    """`1:02:03` or `2:03.45` as seconds."""
    total = 0.0
    for part in clock.split(":"):
        total = total * 60 + float(part)
    return total


def parsed(report, times):
    """The numbers of a report of `time -v`."""
    found = {}
    for line in report.splitlines():
        name, _, value = line.strip().rpartition(": ")
        found[name] = value
    cpu = float(found["User time (seconds)"]) + float(found["System time (seconds)"])
    wall = seconds(found["Elapsed (wall clock) time (h:mm:ss or m:ss)"])
    peak = int(found["Maximum resident set size (kbytes)"]) / 1024
    return Sample(cpu / times, wall / times, peak)


def run(command, folder):
    """Runs the command once (or `times` times) and says what it cost."""
    argv = [str(part) for part in command.argv]
    if command.times > 1:
        argv = ["sh", "-c", REPEATED, "sh", str(command.times), str(command.most), *argv]
    if command.result:
        command.result.unlink(missing_ok=True)
    report = folder / "time.txt"
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [TIME, "-v", "-o", report, *argv],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment,
        check=False,
    )
    if done.returncode > (0 if command.times > 1 else command.most):
        said = done.stderr.decode(errors="replace").strip().splitlines()[-3:]
        raise Failed(f"exit status {done.returncode}: {' / '.join(said)}")
    found = parsed(report.read_text(), command.times)
    report.unlink()
    return found


def rounds(commands, count, folder, what):
    """Runs all commands in turn, `count` times over, so that a noisy moment hits all of them alike.

    Gives the samples of each key, and why a command was given up.
    """
    samples = {command.key: [] for command in commands}
    failed = {}
    for turn in range(1, count + 1):
        for command in commands:
            if command.key in failed:
                continue
            try:
                sample = run(command, folder)
            except Failed as error:
                failed[command.key] = str(error)
                del samples[command.key]
                tell(f"{what} {turn}/{count}: {command.label}: {error}")
                continue
            samples[command.key].append(sample)
            tell(
                f"{what} {turn}/{count}: {command.label}: "
                f"{sample.cpu:.4g} s CPU, {sample.wall:.4g} s, {sample.peak:.0f} MiB"
            )
            # The results of the last round stay, to be compared.
            if command.result and turn < count:
                command.result.unlink(missing_ok=True)
    return samples, failed


def median(samples):
    """The median of each number by itself."""
    return Sample(
        statistics.median(sample.cpu for sample in samples),
        statistics.median(sample.wall for sample in samples),
        statistics.median(sample.peak for sample in samples),
    )


def spread(samples):
    """The least and the most CPU seconds of the runs."""
    return min(sample.cpu for sample in samples), max(sample.cpu for sample in samples)
