"""The tables of scripts/bench-partition, and their place in docs/partition.md."""

import dataclasses
import pathlib

from . import page
from .page import number, table

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "partition.md"
BEGIN = "<!-- scripts/bench-partition --write: begin -->"
END = "<!-- scripts/bench-partition --write: end -->"


@dataclasses.dataclass(frozen=True)
class Line:
    """One line of the table of marks; `met` is None where nothing could be measured."""

    text: str
    limit: str
    measured: str
    met: bool | None


def at_most(text, limit, measured, unit=""):
    """A mark that is met from above."""
    if measured is None:
        return Line(text, f"≤ {limit:g}{unit}", "not measured", None)
    return Line(text, f"≤ {limit:g}{unit}", number(measured) + unit, measured <= limit)


def percent(share):
    return "–" if share is None else f"{number(100 * share)} %"


def metres(moi):
    return "–" if moi is None else f"{moi:,.0f}"


def of_lines(lines):
    met = {None: "–", True: "met", False: "not met"}
    return table(["mark", "limit", "measured", "so far"], [[x.text, x.limit, x.measured, met[x.met]] for x in lines])


HEADS = ["what", "status", "MoI, m²", "gap", "CPU, s", "wall, s", "peak, MiB", "tier", "nodes"]


def row(what, division):
    """One division in one line."""
    told, cost = division.told, division.cost
    return [
        what, told["status"] if division.judged is None or division.is_legal or told["status"] == "relaxed" else "not legal",
        metres(division.judged and division.judged.moi), percent(told["gap"]),
        number(cost.cpu), number(cost.wall), number(cost.peak), told["tier"] or "–", f"{told['nodes']:,}",
    ]


def write(text):
    """Puts the text into docs/partition.md, into a section of its own at the end where there is none yet."""
    said = PAGE.read_text(encoding="utf-8") if PAGE.exists() else "# Partition\n"
    if BEGIN not in said:
        PAGE.write_text(f"{said.rstrip()}\n\n## Measured\n\n{BEGIN}\n\n{END}\n", encoding="utf-8")
    page.write(text, PAGE, BEGIN, END)
