"""frictionless' validate: the rules of a household list that it can express, and the code held against the columns.

Run with the interpreter of an environment that holds frictionless: validate_with_frictionless.py LIST
Exit status 0 where it finds nothing.
"""

import os
import re
import sys

from frictionless import Check, Checklist, Resource, Schema, errors

CODE = re.compile(r"([0-9]{1,5})([A-Z])([a-z])(0?1?2?3?4?5?6?7?8?9?)")
DIGITS = re.compile(r"[0-9]+")
RESIDENT = {"常住人口": "A", "常住": "A", "户籍人口": "A", "流动人口": "B"}
TENURE = {"自购房": "a", "自住": "a", "出租房": "b", "租赁房屋": "b"}

DOOR = ["社区", "小区", "楼栋", "单元", "房号"]
REQUIRED = {"required": True}
FIELDS = {
    **{name: REQUIRED for name in DOOR},
    "网格编码": {"required": True, "pattern": CODE.pattern},
    "居住类型": {"required": True, "enum": list(RESIDENT)},
    "住房性质": {"required": True, "enum": list(TENURE)},
    "户主姓名": {},
    "人数": {"pattern": "[0-9]+"},
    "联系电话": {},
    "备注": {},
}
SCHEMA = {
    "fields": [{"name": name, "type": "string", "constraints": rules} for name, rules in FIELDS.items()],
    "primaryKey": DOOR,
}


class CodeAgrees(Check):
    """The code says what the row's own columns say: the door, the resident type, the tenure."""

    type = "code-agrees"
    Errors = [errors.RowConstraintError]

    def validate_row(self, row):
        parts = CODE.fullmatch(row["网格编码"] or "")
        if parts is None:
            return
        unit, resident, tenure, _ = parts.groups()
        door = DIGITS.search(row["房号"] or "")
        told = (door and door.group(), RESIDENT.get(row["居住类型"]), TENURE.get(row["住房性质"]))
        if told != (unit, resident, tenure):
            yield errors.RowConstraintError.from_row(row, note="the code contradicts the columns")


folder, name = os.path.split(os.path.abspath(sys.argv[1]))
table = Resource(path=name, basepath=folder, encoding="utf-8", schema=Schema.from_descriptor(SCHEMA))
report = table.validate(Checklist(checks=[CodeAgrees()]))
print(report.stats)
for task in report.tasks:
    for error in task.errors[:5]:
        print(error.type, error.note, file=sys.stderr)
sys.exit(0 if report.valid else 1)
