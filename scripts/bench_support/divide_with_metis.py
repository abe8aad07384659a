"""Divides with METIS: households as weights, connected parts; many seeds, tolerances and weights of links.

    divide_with_metis.py COMMUNITY.json RESULT.json

METIS knows one resource and how much heavier than the mean a part may be; a least it does not know. So all tries are
handed back, and whoever asked judges which of them keep to the standard.
"""

import json
import math
import sys

import pymetis

SEEDS = range(50)
# How much heavier than the mean a part may be, in thousandths.
TOLERANCES = (30, 100, 200)


def weights(asked, neighbours, by_length):
    """Links that all count alike, or the more the shorter they are."""
    at = asked["at"]
    found = []
    for block, others in enumerate(neighbours):
        found += [max(1, round(1e5 / math.dist(at[block], at[other]))) if by_length else 1 for other in others]
    return found


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        asked = json.load(file)
    neighbours = [[] for _ in asked["at"]]
    for a, b in asked["links"]:
        neighbours[a].append(b)
        neighbours[b].append(a)
    starts = [0]
    for others in neighbours:
        starts.append(starts[-1] + len(others))
    flat = [other for others in neighbours for other in others]
    tries = []
    for by_length in (False, True):
        of_links = weights(asked, neighbours, by_length)
        for tolerance in TOLERANCES:
            for seed in SEEDS:
                _, parts = pymetis.part_graph(
                    asked["grids"], adjacency=pymetis.CSRAdjacency(starts, flat), vweights=asked["households"],
                    eweights=of_links, recursive=False, options=pymetis.Options(contig=1, seed=seed, ufactor=tolerance),
                )
                tries.append(list(parts))
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump({"tries": tries}, file)


if __name__ == "__main__":
    main()
