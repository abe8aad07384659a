"""The commands about people and months: two long lists compared, reminders of a long list, and everything at the size of one community."""

import csv
import random
import shutil
import subprocess

from . import page
from .marks import CPU, Medians, at_most
from .measure import Command, median, rounds, tell
from .ours import DAY

COMMUNITY = 4_334
MONTH = "2026-12"
BEGIN = "<!-- scripts/bench --people --write: begin -->"
END = "<!-- scripts/bench --people --write: end -->"
SECOND = (("same", "the same"), ("changed", "one row in a hundred gone or changed"), ("mixed", "that one, rows in random order"))


def changed(source, folder):
    """The list with one row in four hundred gone and three in four hundred of another tenure; and the same in random order."""
    one, other = folder / "changed.csv", folder / "mixed.csv"
    chance = random.Random(7)
    with open(source, encoding="utf-8", newline="") as lines:
        head, *rows = lines
    kept = []
    for row in rows:
        drawn = chance.random()
        if drawn < 0.0025:
            continue
        if drawn < 0.01:
            swap = ("自购房", "出租房") if "自购房" in row else ("出租房", "自购房")
            row = row.replace(*swap)
        kept.append(row)
    one.write_text("".join([head, *kept]), encoding="utf-8", newline="")
    chance.shuffle(kept)
    other.write_text("".join([head, *kept]), encoding="utf-8", newline="")
    return {"same": source, "changed": one, "mixed": other}


def residents(built, households, folder):
    """A list with a row a resident, and how many rows it has."""
    path = folder / f"residents-{households}.csv"
    if not path.exists():
        argv = [built.synthetic, "--households", str(households), "--persons", "--csv", path]
        subprocess.run(argv, check=True, stdout=subprocess.DEVNULL)
    with open(path, "rb") as lines:
        return path, sum(1 for _ in lines) - 1


def community(built, folder):
    """The files of one community, and beside them a list with grids, a roster and a list of another month."""
    place = folder / "community"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    argv = [built.synthetic, "--households", str(COMMUNITY), "--out", place]
    subprocess.run(argv, check=True, stdout=subprocess.DEVNULL)
    with open(place / "cuizhuyuan-utf8.csv", encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    grids = [[*row, f"{number * 11 // len(rows) + 1:02}"] for number, row in enumerate(rows)]
    staff = [["书记", "总网格长"]] + [[f"片长{n}", "片区网格长"] for n in range(3)] + [[f"网格员{n}", "专职网格员"] for n in range(11)]
    for name, table in (("grids.csv", [[*head, "网格"], *grids]), ("staff.csv", [["姓名", "职务"], *staff])):
        with open(place / name, "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(table)
    changed(place / "grids.csv", place)
    return place


def of_long_lists(built, source, rows, folder):
    """`diff` of the list and three others, beside the bare reading of both; `remind` of a list of residents."""
    commands = []
    for key, path in changed(source, folder).items():
        both = ("sh", "-c", '"$0" "$1" && "$0" "$2"', built.bare_csv, source, path)
        commands.append(Command(f"bare-{key}", f"csv crate, reading both: {dict(SECOND)[key]}", both, rows, None, 10))
        argv = (*built.quiet(), "diff", source, path, "--on", DAY, "--threads", "1")
        commands.append(Command(f"diff-{key}", f"gridcode diff --threads 1: {dict(SECOND)[key]}", argv, rows, most=1))
    for households in (rows // 27, rows * 10 // 27):
        path, people = residents(built, households, folder)
        argv = (*built.quiet(), "remind", path, "--month", MONTH, "--on", DAY)
        bare = (built.bare_csv, path)
        commands.append(Command(f"bare-{households}", f"csv crate, reading {people:,} residents", bare, people, None, 10))
        commands.append(Command(f"remind-{households}", f"gridcode remind, {people:,} residents", argv, people))
    return commands


def of_one_community(built, place, times=10):
    """Every command about people, on the files of one community."""
    book, people = place / "cuizhuyuan.xlsx", place / "cuizhuyuan-residents.xlsx"
    grids, staff = place / "grids.csv", place / "staff.csv"
    month = ("--month", MONTH, "--on", DAY)
    wanted = [
        ("find", ("find", "3栋2单元803室", "--grids", grids, "--roster", staff)),
        ("assign", ("assign", grids, staff)),
        ("diff, CSV", ("diff", grids, place / "mixed.csv", "--on", DAY)),
        ("diff, XLSX", ("diff", book, book, "--on", DAY)),
        ("diff, XLSX with a row a household and XLSX with a row a resident", ("diff", book, people, "--on", DAY)),
        ("remind, CSV with a row a household", ("remind", grids, *month)),
        ("remind, XLSX with a row a resident", ("remind", people, *month)),
        ("encode --update, XLSX", ("encode", book, "--update", book, "-o", place / "result.xlsx", "--on", DAY)),
    ]
    commands = [
        Command(f"c{at}", f"gridcode {label}", (*built.quiet(), *argv), COMMUNITY, None, times, most=1)
        for at, (label, argv) in enumerate(wanted)
    ]
    if built.bare_calamine:
        for label, path in (("a row a household", book), ("a row a resident", people)):
            argv = (built.bare_calamine, path)
            commands.append(Command(f"calamine-{path.stem}", f"calamine, reading only, {label}", argv, COMMUNITY, None, times))
    return commands


def marks(medians, commands, failed):
    """What the commands are meant to reach."""
    m = Medians(medians, {command.key: command.rows for command in commands})
    found = [
        at_most(f"`diff`, {words}: CPU ÷ csv crate's read of both", 3, m.ratio(f"diff-{key}", f"bare-{key}", CPU))
        for key, words in SECOND
    ]
    for command in commands:
        if command.key.startswith("c") and command.label.startswith("gridcode"):
            sample = medians.get(command.key)
            measured = sample and sample.cpu * 1000
            found.append(at_most(f"{COMMUNITY:,} households, {command.label.removeprefix('gridcode ')}: CPU", 100, measured, unit=" ms"))
    return found


def measured(built, rows, count, folder, load):
    """The text of the tables."""
    source = built.list_of(rows, folder)
    long, short = of_long_lists(built, source, rows, folder), of_one_community(built, community(built, folder))
    samples, failed = rounds([*long, *short], count, folder, "round")
    medians = {key: median(runs) for key, runs in samples.items()}
    pairs = [(command, medians[command.key]) for command in long if command.key in medians]
    heads = ["command", "CPU, s", "wall, s", "peak, MiB", "CPU ÷ reading"]
    lines, reading = [], None
    for command, sample in pairs:
        if command.key.startswith("bare"):
            reading = sample.cpu
        ratio = page.number(sample.cpu / reading) if reading else "–"
        lines.append([command.label, page.number(sample.cpu), page.number(sample.wall), page.number(sample.peak), ratio])
    small = [
        [command.label, page.number(medians[command.key].cpu * 1000), page.number(medians[command.key].peak)]
        for command in short if command.key in medians
    ]
    runs = "one run" if count == 1 else f"medians of {count} runs in turn"
    parts = [
        f"{page.machine(load)}. {built.version()}; {runs}.",
        f"### Long lists: {rows:,} households\n\nEach command stands below the csv crate's bare read of what it reads.",
        page.table(heads, lines),
        f"### One community: {COMMUNITY:,} households\n\nMeans of ten processes a run.",
        page.table(["command", "CPU, ms", "peak, MiB"], small),
        "### Marks about people and months",
        page.of_marks(marks(medians, [*long, *short], failed)),
    ]
    if failed:
        parts.append("\n".join(f"- `{key}` failed: {why}" for key, why in failed.items()))
    tell("measured")
    return "\n\n".join(parts)
