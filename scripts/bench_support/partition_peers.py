"""METIS and a CP-SAT model beside gridcode: c4334 into 11 grids."""

from .blocks import judged
from .measure import Failed, tell
from .page import number, table
from .partition_known import C4334, c4334
from .partition_page import Line, metres

PACKAGES = ("pymetis", "ortools")

LIMITS = ((300, 500), (1000, 1500))
GRIDS = 11


def with_metis(other, community):
    """All tries judged: a line for the table, and the best legal moment of inertia."""
    tell("METIS")
    tries = [judged(community, parts) for parts in other.run("divide_with_metis.py", community, LIMITS, GRIDS, 0)["tries"]]
    legal = [one.moi for one in tries if one.is_legal and one.grids == GRIDS]
    best = min(legal, default=None)
    connected = sum(one.is_connected for one in tries)
    told = f"{len(legal)} of {len(tries)} tries legal, {connected} connected"
    return best, told


def with_cpsat(other, community, seconds):
    tell(f"CP-SAT, at most {seconds} s")
    found = other.run("divide_with_cpsat.py", community, LIMITS, GRIDS, seconds)
    judge = judged(community, found["parts"]) if found["parts"] else None
    return found, judge


def ratio_line(text, limit, ours, theirs):
    if ours is None or theirs is None:
        return Line(text, f"≤ {limit:.2f}", "not measured" if ours is None else "no legal plan beside it", None)
    # The limit has two decimals; a ratio above it by less than rounding is not above it.
    return Line(text, f"≤ {limit:.2f}", f"{ours / theirs:.4f}", ours / theirs <= limit + 1e-9)


def measured(environment, other, division, seconds):
    """The table and the marks; `division` is gridcode's, of the same community into as many grids."""
    community, _ = c4334()
    ours = division.judged.moi if division.is_legal else None
    rows = [["gridcode", metres(ours), division.status, number(division.cost.cpu) if division.is_proved else "–", number(division.cost.cpu)]]
    lines, notes = [], []
    if "pymetis" in environment.versions:
        try:
            best, told = with_metis(other, community)
        except Failed as error:
            best, told = None, f"failed: {error}"
        rows.append([f"pymetis {environment.versions['pymetis']}", metres(best), told, "–", "–"])
        lines.append(ratio_line("c4334, 11 grids: MoI ÷ METIS's best legal", 0.91, ours, best))
    if "ortools" in environment.versions:
        try:
            found, judge = with_cpsat(other, community, seconds)
        except Failed as error:
            notes.append(f"CP-SAT failed: {error}")
        else:
            add_cpsat(rows, lines, notes, environment.versions["ortools"], (found, judge, seconds), division)
    text = f"c4334 into {GRIDS} grids; the proved optimum is {C4334[GRIDS]:,} m². " + " ".join(notes)
    return [text.strip(), table(["program", "MoI, m²", "status", "CPU to the proof, s", "CPU in all, s"], rows)], lines


def add_cpsat(rows, lines, notes, version, beside, division):
    found, judge, seconds = beside
    ours = division.judged.moi if division.is_legal else None
    theirs = judge.moi if judge and judge.is_legal else None
    proved = found["proved"]
    status = ("proved for its own cost" if proved else f"not proved in {seconds} s") if judge else "no plan"
    rows.append([
        f"CP-SAT, ortools {version}", metres(theirs), status if theirs or not judge else "not legal",
        number(found["cpu"]) if proved else "–", number(found["cpu"]),
    ])
    if found["first"] is not None:
        bound = found["bound"] / found["cost"]
        notes.append(
            "CP-SAT has one worker, and the blocks nearest to a block as its centres (`scripts/bench_support/divide_with_cpsat.py`); "
            f"its cost is that of a block as centre: {metres(found['cost'])} m², bound {metres(found['bound'])} m² "
            f"({100 * (1 - bound):.1f} % gap); first plan after {number(found['first'])} s by the clock, best after {number(found['last'])} s."
        )
    lines.append(ratio_line("c4334, 11 grids: MoI ÷ CP-SAT's", 1.00, ours, theirs))
    if not division.is_proved:
        lines.append(Line("c4334, 11 grids: CP-SAT's CPU to the proof ÷ gridcode's", "≥ 10", "not proved", False))
    else:
        factor = found["cpu"] / division.cost.cpu
        # What had not ended when the time was over is at least so many times slower.
        told = number(factor) if proved else f"more than {number(factor)}: not proved in {seconds} s"
        lines.append(Line("c4334, 11 grids: CP-SAT's CPU to the proof ÷ gridcode's", "≥ 10", told, factor >= 10))
