"""Polars' decode: scans the list as text, splits the code column by regular expression, streams to CSV.

Run with the interpreter of an environment that holds polars: split_with_polars.py LIST RESULT
"""

import sys

import polars as pl

LIST, RESULT = sys.argv[1:3]

CODE = r"^(?<unit>[0-9]{1,5})(?<resident>[A-Z])(?<tenure>[a-z])(?<flags>0?1?2?3?4?5?6?7?8?9?)$"

p = pl.col("p").struct
unit, resident, tenure, flags = (p.field(name) for name in ("unit", "resident", "tenure", "flags"))


def words(column, meanings):
    """A chain of when/then: as fast here as replace_strict, in two thirds of the memory."""
    chain = pl
    for letter, meaning in meanings.items():
        chain = chain.when(column == letter).then(pl.lit(meaning))
    return chain


rows = pl.scan_csv(LIST, infer_schema=False)
rows = rows.with_columns(pl.col("网格编码").str.extract_groups(CODE).alias("p"))
rows = rows.with_columns(
    unit.alias("decoded unit"),
    words(resident, {"A": "permanent resident", "B": "floating population"}).alias("decoded resident type"),
    words(tenure, {"a": "self-owned home", "b": "rented home"}).alias("decoded tenure"),
    words(flags, {"": None, "8": "8 somebody aged 80 or over lives here and is served first"})
    .otherwise(flags)
    .alias("decoded flags"),
    pl.when(unit.is_null()).then(pl.lit("not a code")).alias("decoding problem"),
).drop("p")
rows.sink_csv(RESULT)
