"""Whether two programs wrote the same list: row for row, cell for cell."""

import csv
import itertools

# What is wrong with a code is said in each program's own words: only whether something is said is compared.
PROBLEM = "decoding problem"


def rows_of(path):
    """Each row as its cells; the byte order mark that Excel needs is not one of them."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        yield from csv.reader(file)


def first_difference(ours, theirs):
    """A sentence about the first row that differs, or nothing where all agree."""
    problem = None
    for number, (mine, other) in enumerate(itertools.zip_longest(rows_of(ours), rows_of(theirs)), 1):
        if mine == other:
            if number == 1 and PROBLEM in mine:
                problem = mine.index(PROBLEM)
            continue
        if mine is None or other is None:
            return f"row {number} is in one of them only"
        if len(mine) != len(other):
            return f"row {number} has {len(mine)} cells and {len(other)}"
        for column, (left, right) in enumerate(zip(mine, other), 1):
            if column - 1 == problem and bool(left) == bool(right):
                continue
            if left != right:
                return f"row {number}, column {column}: `{left}` and `{right}`"
    return None


def verdicts(results, names):
    """One line for each peer whose result can be held against gridcode's, and whether all agree."""
    ours = results.get("decode")
    lines, all_agree = [], True
    for key in ("duckdb", "polars", "xan"):
        theirs = results.get(key)
        if not (ours and theirs and ours.exists() and theirs.exists()):
            continue
        difference = first_difference(ours, theirs)
        all_agree = all_agree and difference is None
        told = "outputs agree" if difference is None else f"outputs differ: {difference}"
        lines.append(f"gridcode and {names[key]}: {told}")
    return lines, all_agree
