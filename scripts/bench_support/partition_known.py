"""Communities of which it is known what the best division costs, or that there is none."""

from . import blocks
from .ours import ROOT
from .page import table
from .partition_page import HEADS, Line, at_most, metres, row

FIXTURES = ROOT / "fixtures" / "communities"

# Moments of inertia in m², with no weight on balance; proved by listing every legal grid.
C4334 = {9: 18_323_218, 10: 13_088_403, 11: 10_241_272, 12: 9_882_486}
TOWERS = {26: 27_780_725, 27: 22_165_712, 28: 22_120_912, 29: 21_985_353}
IMPOSSIBLE = (24, 25, 30, 31, 32, 33)

# Nodes that a search may look at, to see how soon there is a legal plan.
FEW_NODES = (100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000)

COMPACT = ("--balance", "0", "--strict")


def sheets(name, links=None):
    return FIXTURES / f"{name}.csv", FIXTURES / f"{links or name}.csv"


def c4334():
    files = sheets("c4334.buildings", "c4334.adj")
    return blocks.read(*files), files


def towers():
    files = sheets("towers12k.atoms", "towers12k.atoms_adj")
    return blocks.read(*files, name="atom"), files


def nasty():
    files = sheets("nasty_ratio.buildings", "nasty_ratio.adj")
    return blocks.read(*files), files


def exactly(divider, name, community, files, grids, more=COMPACT):
    return divider.divide(f"{name}, {grids} grids", community, files, ("--grids", str(grids), *more))


def proof_lines(name, found, known, limits):
    """Whether each number of grids has the value that is known, and how long the proof took."""
    lines = []
    for grids, division in found.items():
        moi = division.judged and division.judged.moi
        equal = division.is_legal and abs(moi - known[grids]) < 1 and division.judged.grids == grids
        lines.append(Line(
            f"{name}, {grids} grids: MoI, and status", f"{known[grids]:,} m², optimal",
            f"{metres(moi)} m², {division.status}" + ("" if division.is_legal else ", not legal"), equal and division.is_proved,
        ))
        if grids in limits:
            # A time without a proof is no time of a proof.
            measured = division.cost.cpu if division.is_proved else None
            lines.append(at_most(f"{name}, {grids} grids: CPU of the proof", limits[grids], measured, " s"))
    return lines


def soonest(divider, community, files):
    """The cheapest run that ends with a legal plan, the search being given more and more nodes."""
    for nodes in FEW_NODES:
        more = ("--nodes", str(nodes), *COMPACT)
        division = exactly(divider, f"c4334, {nodes:,} nodes", community, files, 11, more)
        if division.is_legal:
            return division, nodes
    return None, None


def measured(divider):
    """The tables, the lines of the marks, and the division of c4334 into 11 grids, for others to stand beside."""
    small, small_files = c4334()
    of_small = {grids: exactly(divider, "c4334", small, small_files, grids) for grids in C4334}
    first, nodes = soonest(divider, small, small_files)
    large, large_files = towers()
    of_large = {grids: exactly(divider, "towers12k", large, large_files, grids) for grids in TOWERS}
    none = {grids: exactly(divider, "towers12k", large, large_files, grids) for grids in IMPOSSIBLE}
    odd, odd_files = nasty()
    certified = divider.divide("nasty_ratio", odd, odd_files, ("--strict",))

    rows = [row(f"c4334, {grids} grids", division) for grids, division in of_small.items()]
    if first:
        rows.append(row(f"c4334, 11 grids, {nodes:,} nodes", first))
    rows += [row(f"towers12k by entrance, {grids} grids", division) for grids, division in (of_large | none).items()]
    rows.append(row("nasty_ratio", certified))

    lines = [at_most("c4334, 11 grids: CPU to a legal plan", 0.1, first and first.cost.cpu, " s")]
    lines += proof_lines("c4334", of_small, C4334, {9: 10, 10: 1, 11: 1, 12: 1})
    lines += proof_lines("towers12k", of_large, TOWERS, {27: 4, 28: 4, 29: 4})
    for grids, division in none.items():
        proved = division.status == "infeasible" and division.certificate is not None
        lines.append(Line(
            f"towers12k, {grids} grids: proved impossible, CPU", "≤ 0.2 s",
            f"{division.cost.cpu:.2f} s, {division.status}", proved and division.cost.cpu <= 0.2,
        ))
    lines.append(certificate_line(certified))
    text = (
        f"c4334: {small.told()}. towers12k by entrance: {large.told()}. nasty_ratio: {odd.told()}. "
        "No weight on balance; whole commands, start and reading of the sheets included."
    )
    return [text, table(HEADS, rows)], lines, of_small[11]


def certificate_line(division):
    """Both figures of the certificate, the relaxation, and the time of the whole command."""
    certificate = division.certificate
    said = certificate["text"]["en"] if certificate else ""
    named = "at most 9 grids" in said and "at least 10" in said and "relaxation" in said
    told = "9 and 10 and the smallest relaxation named" if named else f"said: {said or 'nothing'}"
    milliseconds = division.cost.cpu * 1000
    met = named and division.status == "infeasible" and milliseconds <= 10
    return Line("nasty_ratio: CPU of the certificate, both figures named", "≤ 10 ms", f"{milliseconds:.1f} ms, {told}", met)
