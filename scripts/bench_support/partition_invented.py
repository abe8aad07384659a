"""Communities made from seeds: larger ones, a district, and one that is counted anew."""

import csv

from . import invented
from .blocks import judged
from .divided import judged_plan
from .page import number, table
from .partition_known import c4334, exactly
from .partition_page import HEADS, Line, at_most, metres, percent, row

# Blocks, households a block, the share of blocks where nobody lives, the greatest gap that is allowed.
LARGE = ((149, 33, 0, 0.01), (287, 33, 0, 0.03), (149, 44, 0.25, 0.01), (287, 44, 0.25, 0.03))
LARGE_SIGMA = 0.5
# Communities of each size.
EACH = 3
WALL = 60

DISTRICT, LIKE_C4334 = 57, (79, 54.86, 0.34)

# Seeds of a census; on the later ones one side of the community grows and the other shrinks.
CENSUSES = tuple((seed, seed > 4) for seed in range(1, 9))


def large(divider, folder, seed):
    """Planar graphs of hundreds of blocks; the marks are held by the worst of them."""
    rows, lines, notes = [], [], []
    for count, mean, empty, allowed in LARGE:
        found = []
        kind = f"{count} blocks" + (f", {empty:.0%} empty" if empty else "")
        for one in range(seed, seed + EACH):
            community = invented.community(one, count, mean, LARGE_SIGMA, empty=empty)
            what = f"{kind}, seed {one}"
            division = divider.divide(what, community, community.sheets(folder, f"blocks-{count}-{empty}-{one}"))
            found.append(division)
            rows.append([*row(what, division), metres(division.bound)])
            notes.append(f"{what}: {community.told()}, {division.judged.grids if division.judged else 'no'} grids.")
        lines += large_lines(kind, allowed, found)
    text = (
        "Seeded points with a least distance, their Gabriel graph, log-normal households; the default weight on balance, "
        "which the bound includes. "
    )
    return [text + " ".join(notes), table([*HEADS, "bound, m²"], rows)], lines


def large_lines(what, allowed, found):
    """Legal plans, the greatest gap, and the longest time."""
    legal = sum(division.is_legal for division in found)
    gaps = [division.told["gap"] for division in found]
    known = all(gap is not None for gap in gaps)
    told = ", ".join(percent(gap) for gap in gaps)
    return [
        Line(f"{what}: legal plans", "all", f"{legal} of {len(found)}", legal == len(found)),
        Line(f"{what}: gap", f"≤ {percent(allowed)}", told, known and max(gaps) <= allowed),
        at_most(f"{what}: wall, the longest", WALL, max(division.cost.wall for division in found), " s"),
    ]


def district(divider, folder, seed):
    """So many communities in one list, divided one after the other by one command."""
    path = folder / "district.csv"
    made = [invented.community(seed * 1000 + number, *LIKE_C4334) for number in range(DISTRICT)]
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("community", "building", "x", "y", "households", "persons"))
        for place, community in enumerate(made, 1):
            writer.writerows((f"社区{place:02}", *cells) for cells in community.rows())
    plan, cost = divider.run(f"{DISTRICT} communities", path)
    told = {community["name"]: community for community in plan["communities"]}
    found = [(community, told.get(f"社区{place:02}")) for place, community in enumerate(made, 1)]
    proved = sum(1 for _, one in found if one and one["status"] == "optimal")
    counts = {}
    for community, one in found:
        status = one["status"] if one else "missing"
        judge = judged_plan(community, one) if one and one["status"] in ("optimal", "feasible") else None
        if judge is not None and not judge.is_legal:
            status = "said to be legal and is not"
        counts[status] = counts.get(status, 0) + 1
    households = sum(sum(community.households) for community in made)
    text = (
        f"{DISTRICT} communities of {LIKE_C4334[0]} blocks, {households:,} households in all, one list: "
        + ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
        + f"; {number(cost.cpu)} s CPU, {number(cost.wall)} s, {number(cost.peak)} MiB."
    )
    lines = [
        at_most(f"{DISTRICT} communities: CPU", 60, cost.cpu, " s"),
        Line(f"{DISTRICT} communities: proved optimal", "≥ 95 %", f"{proved} of {DISTRICT}, {percent(proved / DISTRICT)}", proved >= 0.95 * DISTRICT),
    ]
    return [text], lines


def census(divider, folder):
    """c4334 after a census: fewest households change their grid."""
    before, files = c4334()
    exactly(divider, "c4334 before the census", before, files, 11)
    previous = divider.keep_plan("previous.json")
    same = divider.divide("the same census", before, files, ("--previous", previous))
    rows, all_proved, most = [], True, same.cost.cpu
    still, still_moved = 1, same.moved or 0
    rows.append(census_row("nothing changed", same, True))
    for seed, drifts in CENSUSES:
        after = invented.later(before, seed, drifts)
        division = divider.divide(
            f"census {seed}", after, after.sheets(folder, f"census-{seed}"), ("--previous", previous),
        )
        grids = {block["name"]: block["previous"] for block in division.told["blocks"]}
        was_legal = judged(after, [grids[name] for name in after.names]).is_legal
        if was_legal:
            still += 1
            still_moved += division.moved or 0
        all_proved = all_proved and division.is_legal and division.told["fewest_moved"]
        most = max(most, division.cost.cpu)
        rows.append(census_row(f"seed {seed}, " + ("one side grows" if drifts else "here and there"), division, was_legal))
    heads = ["census", "old plan", "moved households", "of all", "proved fewest", "status", "CPU, s"]
    lines = [
        Line("c4334 after a census: fewest moves proved", "all", "all" if all_proved else "not all", all_proved),
        at_most("c4334 after a census: CPU, the longest", 5, most, " s"),
        Line("c4334 after a census, old plan legal: moves", "0", f"{still_moved} in {still} censuses", still_moved == 0),
    ]
    text = "Each block 3 to 8 % more or fewer households and residents; the previous plan has 11 grids."
    return [text, table(heads, rows)], lines


def census_row(what, division, was_legal):
    households = division.told["sums"]["households"]
    moved = division.moved
    return [
        what, "legal" if was_legal else "not legal", "–" if moved is None else f"{moved:,}",
        "–" if moved is None else percent(moved / households), "yes" if division.told["fewest_moved"] else "no",
        division.status, number(division.cost.cpu),
    ]
