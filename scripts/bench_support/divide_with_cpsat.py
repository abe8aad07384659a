"""Divides with a model for OR-tools' CP-SAT, written by hand, on one worker.

    divide_with_cpsat.py COMMUNITY.json RESULT.json

The moment of inertia is no linear function of who is where. As in Hess (1965), each grid has a block as its centre, and
a household costs its squared distance to that: linear, and never less than the moment of inertia. Both resources have
both limits; grids are connected by a tree from the centre: every other block has one parent that it touches, in the same
grid and one step nearer. What is proved is proved of this cost; the moment of inertia is computed from the result.
"""

import json
import sys
import time

from ortools.sat.python import cp_model

# Centres that come into question for a block: a grid has some seven blocks here.
NEAREST = 25


class Best(cp_model.CpSolverSolutionCallback):
    """Notes when the last solution was found."""

    def __init__(self):
        super().__init__()
        self.first = self.last = None

    def on_solution_callback(self):
        self.last = self.wall_time
        if self.first is None:
            self.first = self.last


def squared(one, other):
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def model_of(asked):
    """The model, and its variables: `centred[b, c]` says that block b is in the grid with centre c."""
    at, households, residents = asked["at"], asked["households"], asked["residents"]
    count = len(at)
    model = cp_model.CpModel()
    centres = [sorted(range(count), key=lambda c: squared(at[b], at[c]))[:NEAREST] for b in range(count)]
    centred = {(b, c): model.new_bool_var(f"centred {b} {c}") for b in range(count) for c in centres[b]}
    for b in range(count):
        model.add_exactly_one(centred[b, c] for c in centres[b])
    model.add(sum(centred[c, c] for c in range(count)) == asked["grids"])
    for c in range(count):
        inside = [b for b in range(count) if (b, c) in centred]
        for resource, (least, most) in ((households, asked["household_limits"]), (residents, asked["resident_limits"])):
            total = sum(resource[b] * centred[b, c] for b in inside)
            model.add(total >= least * centred[c, c])
            model.add(total <= most * centred[c, c])
        for b in inside:
            model.add_implication(centred[b, c], centred[c, c])
    # The tree: a centre has no parent, any other block one.
    steps = [model.new_int_var(0, count, f"steps {b}") for b in range(count)]
    parents = [[centred[b, b]] for b in range(count)]
    for a, b in asked["links"]:
        for parent, child in ((a, b), (b, a)):
            chosen = model.new_bool_var(f"parent {parent} {child}")
            parents[child].append(chosen)
            model.add(steps[child] == steps[parent] + 1).only_enforce_if(chosen)
            for c in range(count):
                if (child, c) in centred:
                    same = [centred[parent, c]] if (parent, c) in centred else []
                    model.add_bool_or([chosen.negated(), centred[child, c].negated(), *same])
    for of_block in parents:
        model.add_exactly_one(of_block)
    for b in range(count):
        model.add(steps[b] == 0).only_enforce_if(centred[b, b])
    model.minimize(sum(households[b] * squared(at[b], at[c]) * chosen for (b, c), chosen in centred.items()))
    return model, centred


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        asked = json.load(file)
    model, centred = model_of(asked)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = asked["seconds"]
    best = Best()
    begun = time.process_time()
    status = solver.solve(model, best)
    cpu = time.process_time() - begun
    parts = None
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        parts = [None] * len(asked["at"])
        for (b, c), chosen in centred.items():
            if solver.value(chosen):
                parts[b] = c
    found = {
        "parts": parts,
        "proved": status in (cp_model.OPTIMAL, cp_model.INFEASIBLE),
        "cpu": cpu,
        "first": best.first,
        "last": best.last,
        # Squared decimetres as m².
        "cost": solver.objective_value / 100 if parts else None,
        "bound": solver.best_objective_bound / 100,
    }
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump(found, file)


if __name__ == "__main__":
    main()
