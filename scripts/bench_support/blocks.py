"""Communities as blocks and what touches, and judging a division of one: by code that knows no solver."""

import csv
import dataclasses
import fractions

LEAST_HOUSEHOLDS, MOST_HOUSEHOLDS = 300, 500
LEAST_RESIDENTS, MOST_RESIDENTS = 1000, 1500


@dataclasses.dataclass
class Community:
    """Blocks by place: names, positions in decimetres, households and residents; pairs that touch."""

    names: list
    at: list
    households: list
    residents: list
    links: list

    def sheets(self, folder, name):
        """Writes the two sheets that gridcode reads, and gives their paths."""
        blocks, links = folder / f"{name}.buildings.csv", folder / f"{name}.adj.csv"
        with open(blocks, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("building", "x", "y", "households", "persons"))
            writer.writerows(self.rows())
        with open(links, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("a", "b"))
            writer.writerows((self.names[a], self.names[b]) for a, b in self.links)
        return blocks, links

    def rows(self):
        for name, (x, y), households, residents in zip(self.names, self.at, self.households, self.residents):
            yield name, x / 10, y / 10, households, residents

    def told(self):
        """Blocks and people in a few words."""
        return f"{len(self.names)} blocks, {sum(self.households):,} households, {sum(self.residents):,} residents"


def read(blocks, links, name="building"):
    """A community from its two sheets; `name` is the column that names a block."""
    with open(blocks, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    places = {row[name]: place for place, row in enumerate(rows)}
    with open(links, encoding="utf-8-sig", newline="") as file:
        pairs = [(places[row["a"]], places[row["b"]]) for row in csv.DictReader(file)]
    return Community(
        names=list(places),
        at=[(round(float(row["x"]) * 10), round(float(row["y"]) * 10)) for row in rows],
        households=[int(row["households"]) for row in rows],
        residents=[int(row["persons"]) for row in rows],
        links=pairs,
    )


def members(grids):
    """The blocks of each grid, from the grid of each block."""
    found = {}
    for block, grid in enumerate(grids):
        found.setdefault(grid, []).append(block)
    return found


def in_one_piece(blocks, links):
    """Whether one can walk from any of the blocks to any other through these alone."""
    inside = set(blocks)
    beside = {block: [] for block in blocks}
    for a, b in links:
        if a in inside and b in inside:
            beside[a].append(b)
            beside[b].append(a)
    reached, waiting = {blocks[0]}, [blocks[0]]
    while waiting:
        for other in beside[waiting.pop()]:
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached == inside


def inertia(community, blocks):
    """Σ households × squared distance to the households' centre, in m²; exact."""
    total = sum(community.households[block] for block in blocks)
    if total == 0:
        return fractions.Fraction(0)
    sums = [sum(community.households[block] * community.at[block][axis] for block in blocks) for axis in (0, 1)]
    squares = sum(community.households[b] * (community.at[b][0] ** 2 + community.at[b][1] ** 2) for b in blocks)
    return fractions.Fraction(total * squares - sums[0] ** 2 - sums[1] ** 2, total * 100)


@dataclasses.dataclass(frozen=True)
class Judged:
    """What is wrong with a division, if anything is, and its moment of inertia in m²."""

    grids: int
    is_within_limits: bool
    is_connected: bool
    moi: float

    @property
    def is_legal(self):
        return self.is_within_limits and self.is_connected


def judged(community, grids):
    """Holds a division, the grid of each block, against the published standard."""
    parts = members(grids)
    within = connected = None not in parts
    for blocks in parts.values():
        households = sum(community.households[block] for block in blocks)
        residents = sum(community.residents[block] for block in blocks)
        within = within and LEAST_HOUSEHOLDS <= households <= MOST_HOUSEHOLDS
        within = within and LEAST_RESIDENTS <= residents <= MOST_RESIDENTS
        connected = connected and in_one_piece(blocks, community.links)
    moi = sum(inertia(community, blocks) for blocks in parts.values())
    return Judged(len(parts), within, connected, float(moi))
