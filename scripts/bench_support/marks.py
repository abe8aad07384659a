"""What gridcode is meant to reach, each beside what was measured."""

import dataclasses

CPU, WALL = "cpu", "wall"

# What the growth mark compares: shorter lists are mostly start-up.
GROWTH_FROM, GROWTH_TO = 100_000, 10_000_000


@dataclasses.dataclass(frozen=True)
class Mark:
    """One line of the table of marks. `measured` is None where there was nothing to measure."""

    text: str
    limit: str
    measured: float | None
    met: bool | None
    unit: str = ""


class Medians:
    """The medians of all commands, and ratios of them."""

    def __init__(self, medians, rows):
        self.medians = medians
        self.rows = rows

    def ratio(self, one, other, of, per_row=False):
        """`one` divided by `other`, or None where one of them did not run."""
        if one not in self.medians or other not in self.medians:
            return None
        above = getattr(self.medians[one], of)
        below = getattr(self.medians[other], of)
        if per_row:
            above /= self.rows[one]
            below /= self.rows[other]
        return above / below if below > 0 else None


def at_most(text, limit, measured, *, share=None, unit=""):
    """A mark that is met from above; `share` says a limit such as 1/4 in the words of the mark."""
    shown = f"≤ {share}" if share else f"≤ {limit:g}{unit}"
    return Mark(text, shown, measured, None if measured is None else measured <= limit, unit)


def at_least(text, limit, measured):
    return Mark(text, f"≥ {limit:g}", measured, None if measured is None else measured >= limit)


def growth_of(growth, command):
    """The dearest row by the cheapest, over the lists from 10⁵ to 10⁷ rows; None where they did not all run."""
    rows = [count for count in growth.get(command, {}) if GROWTH_FROM <= count <= GROWTH_TO]
    if GROWTH_FROM not in rows or GROWTH_TO not in rows:
        return None
    costs = [growth[command][count].cpu / count for count in rows]
    return max(costs) / min(costs)


def all_marks(medians, rows, growth):
    """Every mark, in the order of the commands."""
    m = Medians(medians, rows)
    decode, validate, encode = "`decode`, CSV to CSV", "`validate`, all rules", "`encode`, list of households"
    peak = medians["decode"].peak if "decode" in medians else None
    start = medians.get("start")
    marks = [
        at_most(f"{decode}: CPU ÷ csv crate's read", 1.5, m.ratio("decode", "bare", CPU)),
        at_most(f"{decode}: CPU ÷ Polars", 1 / 4, m.ratio("decode", "polars", CPU), share="1/4"),
        at_most(f"{decode}: CPU ÷ DuckDB", 1 / 6, m.ratio("decode", "duckdb", CPU), share="1/6"),
        at_most(f"{decode}: wall ÷ Polars", 1 / 4, m.ratio("decode", "polars", WALL), share="1/4"),
        at_most(f"{decode}: wall ÷ DuckDB", 1 / 4, m.ratio("decode", "duckdb", WALL), share="1/4"),
        at_most(f"{decode}: peak memory", 64, peak, unit=" MiB"),
        at_most(f"{validate}: CPU ÷ csv crate's read", 2.5, m.ratio("validate", "bare", CPU)),
        at_most(
            f"{validate}: CPU per row ÷ frictionless",
            1 / 50, m.ratio("validate-short", "frictionless", CPU, per_row=True), share="1/50",
        ),
        at_most(f"{encode}: CPU ÷ csv crate's read", 3, m.ratio("encode", "bare", CPU)),
        at_most("`decode 803Aa7`: CPU", 3, start and start.cpu * 1000, unit=" ms"),
        at_most("`decode 803Aa7`: peak memory", 8, start and start.peak, unit=" MiB"),
        at_most("`validate`, XLSX: CPU ÷ calamine's read", 1.3, m.ratio("validate-xlsx", "calamine", CPU)),
    ]
    for command in ("decode", "validate", "encode"):
        text = f"`{command}`, 10⁵ to 10⁷ rows: CPU of the dearest row ÷ the cheapest"
        marks.append(at_most(text, 1.1, growth_of(growth, command)))
    for command in ("decode", "validate", "encode"):
        text = f"`{command}`: wall on one thread ÷ on two"
        marks.append(at_least(text, 1.7, m.ratio(f"{command}-1", f"{command}-2", WALL)))
    return marks
