"""What this repository builds for the measurement, the lists that are measured, and gridcode's own commands."""

import json
import pathlib
import subprocess

from .measure import Command, tell

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Ages count on this day, whatever day it is: the same list, the same work.
DAY = "2026-11-01"

STARTS = 200

# Reading alone is over in hundredths of a second, all that GNU time counts in: one measurement reads so many rows.
READ = 10_000_000


class Built:
    """The programs in the target folder."""

    def __init__(self, program=None, build=True):
        metadata = subprocess.run(
            ["cargo", "metadata", "--format-version=1", "--no-deps"],
            cwd=ROOT, check=True, stdout=subprocess.PIPE,
        )
        release = pathlib.Path(json.loads(metadata.stdout)["target_directory"]) / "release"
        self.gridcode = pathlib.Path(program).resolve() if program else release / "gridcode"
        self.synthetic = release / "examples" / "synthetic"
        self.bare_csv = release / "examples" / "bare_csv"
        self.bare_calamine = release / "examples" / "bare_calamine"
        examples = ["synthetic", "bare_csv"]
        if (ROOT / "examples" / "bare_calamine").exists():
            examples.append("bare_calamine")
        else:
            self.bare_calamine = None
        if build:
            asked = [] if program else ["--bin", "gridcode"]
            for example in examples:
                asked += ["--example", example]
            tell("building: " + " ".join(asked))
            subprocess.run(["cargo", "build", "--release", "--quiet", *asked], cwd=ROOT, check=True)
        options = subprocess.run(
            [self.gridcode, "--lang", "en", "decode", "--help"], check=True, stdout=subprocess.PIPE, text=True
        )
        self.has_threads = "--threads" in options.stdout

    def version(self):
        """`gridcode 0.1.0`."""
        told = subprocess.run([self.gridcode, "--version"], check=True, stdout=subprocess.PIPE, text=True)
        return told.stdout.strip()

    def list_of(self, rows, folder):
        """A synthetic household-level list of so many rows; one that is there already is taken."""
        path = folder / f"list-{rows}.csv"
        if not path.exists():
            tell(f"making {path.name}")
            partial = path.with_suffix(".partial")
            subprocess.run(
                [self.synthetic, "--households", str(rows), "--csv", partial],
                check=True, stdout=subprocess.DEVNULL,
            )
            partial.rename(path)
        return path

    def workbook_of(self, rows, folder):
        """The same list as a workbook, written by gridcode."""
        path = folder / f"list-{rows}.xlsx"
        if not path.exists():
            source = self.list_of(rows, folder)
            tell(f"making {path.name}")
            argv = [*self.quiet(), "encode", source, "-o", path, "--on", DAY]
            subprocess.run(argv, check=True, stdout=subprocess.DEVNULL)
        return path

    def quiet(self):
        """The beginning of each command line: the words are English, as those of the peers are."""
        return (self.gridcode, "--quiet", "--lang", "en")

    def decode(self, source, rows, folder, *, key="decode", more=(), times=1):
        """The list with the parts of each code as added columns."""
        result = folder / f"{key}.csv"
        argv = (*self.quiet(), "decode", source, "-o", result, *more)
        return Command(key, told("gridcode decode", more), argv, rows, result, times)

    def validate(self, source, rows, *, key="validate", label="gridcode validate", more=(), times=1):
        """All rules, duplicates included: none is left out unless it is asked for."""
        argv = (*self.quiet(), "validate", source, "--on", DAY, *more)
        return Command(key, told(label, more), argv, rows, None, times)

    def encode(self, source, rows, folder, *, key="encode", more=(), times=1):
        """The list with its codes written anew, and checked."""
        result = folder / f"{key}.csv"
        argv = (*self.quiet(), "encode", source, "-o", result, "--on", DAY, *more)
        return Command(key, told("gridcode encode", more), argv, rows, result, times)

    def on_threads(self, source, rows, folder):
        """The three commands on one thread and on two, where there is such an option."""
        if not self.has_threads:
            return []
        commands = []
        for threads in ("1", "2"):
            more = ("--threads", threads)
            commands += [
                self.decode(source, rows, folder, key=f"decode-{threads}", more=more),
                self.validate(source, rows, key=f"validate-{threads}", more=more),
                self.encode(source, rows, folder, key=f"encode-{threads}", more=more),
            ]
        return commands

    def start(self):
        """One code on the command line, and the shell's loop around nothing, which is part of the first number."""
        return [
            Command("start", "gridcode decode 803Aa7", (self.gridcode, "decode", "803Aa7"), 1, None, STARTS),
            Command("nothing", "/bin/true, in the same loop", ("/bin/true",), 1, None, STARTS),
        ]

    def bare(self, source, rows):
        """Reading alone, as often as it takes for a number that ratios can rest on."""
        times = max(1, READ // rows)
        return [
            Command("bare", "csv crate, reading only", (self.bare_csv, source), rows, None, times),
            Command("strings", "csv crate, reading only, UTF-8 checked", (self.bare_csv, "--strings", source), rows, None, times),
            Command("wc", "wc -l", ("wc", "-l", source), rows, None, times),
        ]


def told(label, more):
    return " ".join([label, *more])
