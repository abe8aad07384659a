"""The programs beside which gridcode is measured, in an environment that is thrown away afterwards."""

import pathlib
import shutil
import subprocess

from .environment import Environment
from .measure import Command, tell

HERE = pathlib.Path(__file__).resolve().parent

PACKAGES = ("duckdb", "polars", "frictionless")

NAMES = {"duckdb": "DuckDB", "polars": "Polars", "frictionless": "frictionless", "xan": "xan"}

# xan's own expression language. It has no way to name a match, so that each part is matched by itself.
CODE = r"^([0-9]{1,5})([A-Z])([a-z])(0?1?2?3?4?5?6?7?8?9?)$"


def part(group):
    return f'match(col("网格编码"), /{CODE}/, {group})'


def one_of(group, words, other):
    """The words for a part, as nested conditions."""
    expression = other
    for text, meaning in reversed(words.items()):
        expression = f'if({part(group)} eq "{text}", "{meaning}", {expression})'
    return expression


SPLIT_WITH_XAN = ", ".join([
    f'{part(1)} as "decoded unit"',
    one_of(2, {"A": "permanent resident", "B": "floating population"}, '""') + ' as "decoded resident type"',
    one_of(3, {"a": "self-owned home", "b": "rented home"}, '""') + ' as "decoded tenure"',
    one_of(4, {"8": "8 somebody aged 80 or over lives here and is served first"}, part(4)) + ' as "decoded flags"',
    f'if({part(1)}, "", "not a code") as "decoding problem"',
])


class Peers(Environment):
    """What could be installed, in which version, and what could not."""

    def __init__(self, folder, without=(), xan=False):
        super().__init__(folder, PACKAGES, without)
        self.xan = None
        if not xan:
            self.missing["xan"] = "not asked for (--xan)"
        else:
            self.build_xan(folder)

    def build_xan(self, folder):
        """Some minutes of building; a xan that is on the path is taken as it is."""
        found = shutil.which("xan", path=str(folder / "bin")) or shutil.which("xan")
        if not found:
            tell("building xan")
            subprocess.run(["cargo", "install", "--quiet", "--locked", "--root", folder, "xan"], check=False)
            found = shutil.which("xan", path=str(folder / "bin"))
        if not found:
            self.missing["xan"] = "could not be built"
            tell("xan could not be built")
            return
        self.xan = found
        told = subprocess.run([found, "--version"], check=False, stdout=subprocess.PIPE, text=True)
        self.versions["xan"] = told.stdout.strip().removeprefix("xan ")

    def named(self, package):
        return f"{NAMES[package]} {self.versions[package]}"

    def whole_lists(self, source, rows, folder):
        """Reading the list, splitting the code column, writing CSV."""
        commands = []
        for package in ("duckdb", "polars"):
            if package in self.versions:
                result = folder / f"{package}.csv"
                argv = (self.python, HERE / f"split_with_{package}.py", source, result)
                commands.append(Command(package, f"{self.named(package)}, split and write", argv, rows, result))
        if self.xan:
            commands.append(Command("xan-count", f"{self.named('xan')}, count", (self.xan, "count", source), rows))
            result = folder / "xan.csv"
            argv = (self.xan, "map", SPLIT_WITH_XAN, source, "-o", result)
            commands.append(Command("xan", f"{self.named('xan')}, map: split and write", argv, rows, result))
        return commands

    def short_lists(self, source, rows):
        """Checking the list."""
        if "frictionless" not in self.versions:
            return []
        argv = (self.python, HERE / "validate_with_frictionless.py", source)
        return [Command("frictionless", f"{self.named('frictionless')}, validate", argv, rows)]
