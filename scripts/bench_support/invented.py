"""Communities made from a seed, and a census later: nothing in them is real."""

import math
import random

from .blocks import Community

# Residents a household, on average.
RESIDENTS = 2.9

# No two blocks stand nearer than this share of the side of the square that each has on average.
NEAREST = 0.7


def points(chance, count, apart, width):
    """Places at least `apart` decimetres from each other, in a rectangle as high as is needed on average."""
    side = apart / NEAREST
    height = count * side * side / width
    found, refused = [], 0
    while len(found) < count:
        at = (round(chance.uniform(0, width)), round(chance.uniform(0, height)))
        if all(math.dist(at, other) >= apart for other in found):
            found.append(at)
            refused = 0
        else:
            # Where nothing fits any more, there is more room a little higher.
            refused += 1
            if refused > 2000:
                height *= 1.05
                refused = 0
    # From west to east, as numbers are given.
    return sorted(found)


def gabriel(places):
    """Pairs with no third place inside the circle over the line between them; connected for different places."""
    pairs = []
    for a, (ax, ay) in enumerate(places):
        for b in range(a + 1, len(places)):
            bx, by = places[b]
            if all((ax - x) * (bx - x) + (ay - y) * (by - y) >= 0 for x, y in places):
                pairs.append((a, b))
    return pairs


def community(seed, count, mean, sigma, apart=450, empty=0):
    """So many blocks with log-normal numbers of households, `mean` on average; in a share of them nobody lives."""
    chance = random.Random(seed)
    # A little wider than high.
    width = apart / NEAREST * math.sqrt(count * 1.5)
    at = points(chance, count, apart, width)
    middle = math.log(mean) - sigma * sigma / 2
    households = [max(1, round(chance.lognormvariate(middle, sigma))) for _ in at]
    residents = [max(one, round(one * chance.gauss(RESIDENTS, 0.25))) for one in households]
    for block in chance.sample(range(count), round(empty * count)):
        households[block] = residents[block] = 0
    names = [f"{number}栋" for number in range(1, count + 1)]
    return Community(names, at, households, residents, gabriel(at))


def later(before, seed, drifts):
    """A census later: each block has 3 to 8 % more or fewer people; where it drifts, more on one side, fewer on the other."""
    chance = random.Random(seed)
    angle = chance.uniform(0, 2 * math.pi)
    across = [x * math.cos(angle) + y * math.sin(angle) for x, y in before.at]
    middle = sorted(across)[len(across) // 2]
    households, residents = [], []
    for block, place in enumerate(across):
        grows = place >= middle if drifts else chance.random() < 0.5
        share = chance.uniform(0.03, 0.08) * (1 if grows else -1)
        households.append(max(1, round(before.households[block] * (1 + share))))
        residents.append(max(1, round(before.residents[block] * (1 + share))))
    return Community(before.names, before.at, households, residents, before.links)
