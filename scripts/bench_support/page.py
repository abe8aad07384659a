"""The tables as Markdown, and their place in docs/performance.md."""

import os
import pathlib

from .measure import median, spread

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "performance.md"
BEGIN = "<!-- scripts/bench --write: begin -->"
END = "<!-- scripts/bench --write: end -->"


def number(value):
    """As many digits as a measurement deserves, and no exponent."""
    if value >= 100:
        return f"{value:,.0f}"
    if value >= 10:
        return f"{value:.1f}"
    if value >= 0.1 or value == 0:
        return f"{value:.2f}"
    return f"{value:.2g}" if value >= 0.0001 else f"{value:.6f}"


def share(value):
    """A ratio below one as its limit is said: `1/10.1`."""
    return f"1/{number(1 / value)}" if 0 < value < 1 else number(value)


def table(heads, rows):
    """A Markdown table: words to the left, numbers to the right."""
    lines = ["| " + " | ".join(heads) + " |", "|---" + "|---:" * (len(heads) - 1) + "|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)


def machine(load):
    """The kind of machine in general words, and how busy it was when the measurement began."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = os.uname()
    return f"{os.cpu_count()} cores, {memory:.0f} GiB of memory, {system.sysname}, {system.machine}; load {load:.1f} at the beginning"


def of_commands(commands, samples, failed, base):
    """One row a command: medians, and ratios to the command `base`."""
    against = median(samples[base]) if samples.get(base) else None
    rows = []
    for command in commands:
        if command.key in failed:
            rows.append([command.label, "failed"] + ["–"] * 5)
            continue
        found = median(samples[command.key])
        least, most = spread(samples[command.key])
        ratios = ["–", "–"]
        if against:
            ratios = [
                number(mine / other) if other else "–"
                for mine, other in ((found.cpu, against.cpu), (found.wall, against.wall))
            ]
        rows.append([
            command.label, number(found.cpu), f"{number(least)} – {number(most)}",
            number(found.wall), number(found.peak), *ratios,
        ])
    heads = ["command", "CPU, s", "least – most", "wall, s", "peak, MiB", "CPU ratio", "wall ratio"]
    return table(heads, rows)


def of_starts(medians):
    rows = [
        [label, number(medians[key].cpu * 1000), number(medians[key].wall * 1000), number(medians[key].peak)]
        for key, label in (("start", "`gridcode decode 803Aa7`"), ("nothing", "`/bin/true`, in the same loop"))
        if key in medians
    ]
    return table(["command", "CPU, ms", "wall, ms", "peak, MiB"], rows)


def of_growth(growth):
    rows = []
    for command, counts in growth.items():
        for count, found in sorted(counts.items()):
            rows.append([
                f"gridcode {command}, {count:,} rows",
                number(found.cpu / count * 1e6), number(found.cpu), number(found.wall), number(found.peak),
            ])
    return table(["command", "CPU a row, µs", "CPU, s", "wall, s", "peak, MiB"], rows)


def of_marks(marks):
    rows = []
    for mark in marks:
        told = share if mark.limit.startswith("≤ 1/") else number
        measured = "not measured" if mark.measured is None else told(mark.measured) + mark.unit
        met = {None: "–", True: "met", False: "not met"}[mark.met]
        rows.append([mark.text, mark.limit, measured, met])
    return table(["mark", "limit", "measured", "so far"], rows)


def write(text, path=PAGE, begin=BEGIN, end=END):
    """Puts the text between the two comments of a page, docs/performance.md unless another is named."""
    page = path.read_text(encoding="utf-8")
    if page.count(begin) != 1 or page.count(end) != 1:
        raise SystemExit(f"{path.name}: expected each of `{begin}` and `{end}` once")
    before, rest = page.split(begin)
    _, after = rest.split(end)
    path.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")
