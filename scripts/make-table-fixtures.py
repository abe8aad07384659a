#!/usr/bin/env python3
"""Makes the files of fixtures/tables: synthetic household lists as dirty as real ones, no real person in any of them.

Needs openpyxl, xlwt, odfpy and msoffcrypto-tool (all on PyPI) and LibreOffice. Run it from the root of the repository:

    python3 scripts/make-table-fixtures.py

Text files come out the same each time. Workbooks differ in the times they carry, so they are only made anew
where they are missing or with --all.
"""

import datetime
import gzip
import io
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib

HERE = pathlib.Path("fixtures/tables")
ALL = "--all" in sys.argv

HEADER = ["楼栋", "单元", "房号", "网格码", "姓名", "身份证号", "联系电话", "备注"]
# The ID numbers are of the district's code 340104, born 19000101, with a wrong check digit; the phones are 000…
ID = "34010419000101000{}"
PHONE = "0000000{:04}"
CODES = [
    ("803", "803Aa7", ""),
    ("606", "606Aa5", ""),
    ("505", "505Aa5", "三个公开的例子"),
    ("803", "803Aa7", "与第二行重复"),
    ("1204", "１２０４Ａａ７", "全角"),
    ("905", "905Aa", "缺数字"),
    ("906", "906Ca5", "字母 C"),
    ("907", "907AA5", "大写"),
    ("2月3日", "203Aa5", "房号变成了日期"),
    ("2-Mar", "302Aa5", "房号变成了日期"),
    ("1001", " 1001Aa8 ", "前后空格"),
    ("1002", "1OO2Aa5", "字母 O"),
    ("1003", "1003аa5", "西里尔字母"),
    ("1004", "8.03E+05", "科学计数"),
    ("1005", "", "空"),
]


def rows():
    """The list: header, fifteen households of which one has a formula for a name, and a short row."""
    out = [HEADER]
    for number, (unit, code, remark) in enumerate(CODES, 1):
        name = "=cmd|'/c calc'!A1" if unit == "1001" else f"住户{number:02}"
        out.append(["3栋", "2单元", unit, code, name, ID.format(number % 9) , PHONE.format(number), remark])
    out[-1] = out[-1][:-1]
    return out


def text(delimiter=",", end="\r\n"):
    return "".join(delimiter.join(row) + end for row in rows())


def put(name, content):
    (HERE / name).write_bytes(content)


def texts():
    put("households-utf8-bom.csv", b"\xef\xbb\xbf" + text().encode())
    put("households-utf8.csv", text(end="\n").encode())
    put("households-gbk.csv", text().encode("gb18030"))
    put("households-utf16le.csv", b"\xff\xfe" + text("\t").encode("utf-16-le"))
    put("households-utf16be.csv", b"\xfe\xff" + text().encode("utf-16-be"))
    put("households-utf16le-no-mark.csv", text().encode("utf-16-le"))
    put("households-semicolon.csv", text(";").encode())
    put("households-tab.txt", text("\t").encode())
    put("households-sep.csv", b"\xef\xbb\xbf" + ("sep=;\r\n" + text(";")).encode())
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as stream:
        stream.write(text().encode())
    put("households.csv.gz", packed.getvalue())
    # The only Chinese character is one of the 930 whose GB2312 bytes are valid UTF-8 too.
    put("gbk-trap.csv", "unit,floor\r\n803,3楼\r\n".encode("gbk"))
    late = "unit,code,remark\n" + "803,803Aa7,x\n" * 5042 + "803,803Aa7,翠竹园\n"
    put("gbk-late.csv", late.encode("gbk"))
    put("empty.csv", b"")
    put("header-only.csv", (",".join(HEADER) + "\r\n").encode())
    put("cr-only.csv", "楼栋,房号\r3栋,803\r\r3栋,804\r".encode())
    put("quoted-newlines.csv", '楼栋,备注\r\n3栋,"第一行\r\n第二行\n""引号"""\r\n4栋,后一行\r\n'.encode())
    put("blank-lines.csv", "\n翠竹园社区住户表\n\n楼栋,房号\n\n3栋,803\n\n\n".encode())
    put("open-quote.csv", '楼栋,房号\n3栋,803\n"3栋,804\n3栋,805\n'.encode())
    put("mixed-encodings.csv", "楼栋,房号\n".encode() * 3 + "三幢,一二三\n".encode("gbk"))
    page = "<html><body><table><tr><td>楼栋</td></tr></table></body></html>"
    put("web-page.xls", page.encode())
    put("picture.csv", png())
    put("paper.pdf", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")


def png():
    """One white pixel."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\xff")) + chunk(b"IEND", b"")
    )


def book():
    import openpyxl

    made = openpyxl.Workbook()
    made.properties.creator = "gridcode"
    return made


def xlsx():
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    made = book()
    sheet = made.active
    sheet.title = "住户"
    sheet.append(["翠竹园社区住户信息表"])
    sheet.merge_cells("A1:H1")
    for row in rows():
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s" if cell.value is not None else cell.data_type
    hidden = made.create_sheet("字典")
    hidden.append(["A", "常住人口"])
    hidden.sheet_state = "hidden"
    made.create_sheet("Sheet3")
    save(made, "households.xlsx")

    made = book()
    sheet = made.active
    sheet.title = "类型"
    cells = [
        803.0,
        18428000000,
        0.1,
        340104199003077000,
        datetime.date(2024, 3, 2),
        datetime.datetime(2024, 3, 2, 8, 30),
        datetime.time(8, 30),
        True,
        0.25,
        "  803 ",
    ]
    # Three rows from the top and two columns from the left are left out.
    for column, value in enumerate(cells, 3):
        sheet.cell(row=4, column=column, value=value)
    sheet["K4"].number_format = "0%"
    sheet["M4"] = "=1/0"
    sheet["C6"] = "后一行"
    save(made, "cell-kinds.xlsx", values={"M4": "#DIV/0!"})

    made = book()
    made.epoch = CALENDAR_MAC_1904
    made.active["A1"] = datetime.date(2024, 3, 2)
    save(made, "dates-1904.xlsx")

    made = book()
    sheet = made.active
    sheet.append(["楼栋", "单元", "房号"])
    for row in [["3栋", "1单元", 101], [None, None, 102], [None, "2单元", datetime.date(2024, 2, 3)], [None, None, 202]]:
        sheet.append(row)
    sheet["A6"] = "合计"
    sheet.merge_cells("A2:A5")
    sheet.merge_cells("B2:B3")
    sheet.merge_cells("B4:B5")
    sheet.merge_cells("A6:C6")
    sheet["E1"] = "说明"
    sheet.merge_cells("E1:E2")
    save(made, "merged.xlsx", replace={'"E1:E2"': '"E1:E1048576"'})

    if wanted("password.xlsx"):
        import msoffcrypto.format.ooxml

        plain = (HERE / "dates-1904.xlsx").open("rb")
        with (HERE / "password.xlsx").open("wb") as out:
            msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("803Aa7", out)
    put("truncated.xlsx", (HERE / "households.xlsx").read_bytes()[:3000])
    if wanted("letter.docx"):
        with zipfile.ZipFile(HERE / "letter.docx", "w") as out:
            for part in ["[Content_Types].xml", "word/document.xml"]:
                out.writestr(zipfile.ZipInfo(part), "<x/>")


def wanted(name):
    return ALL or not (HERE / name).exists()


def save(made, name, values=None, replace=None):
    """Saves; openpyxl writes formulas without their value and merged areas cell by cell, so these are put in afterwards."""
    if not wanted(name):
        return
    made.save(HERE / name)
    if not values and not replace:
        return
    source = zipfile.ZipFile(HERE / name)
    parts = {part: source.read(part) for part in source.namelist()}
    source.close()
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    for old, new in (replace or {}).items():
        sheet = sheet.replace(old, new)
    for cell, value in (values or {}).items():
        start = sheet.index(f'<c r="{cell}"')
        end = sheet.index("</c>", start) + 4
        formula = sheet[sheet.index("<f>", start) : sheet.index("</f>", start) + 4]
        sheet = sheet[:start] + f'<c r="{cell}" t="e">{formula}<v>{value}</v></c>' + sheet[end:]
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    with zipfile.ZipFile(HERE / name, "w", zipfile.ZIP_DEFLATED) as out:
        for part, content in parts.items():
            out.writestr(part, content)


def xls():
    if not wanted("households.xls"):
        return
    import xlwt

    made = xlwt.Workbook(encoding="utf-8")
    sheet = made.add_sheet("住户")
    sheet.write_merge(0, 0, 0, 7, "翠竹园社区住户信息表")
    for number, row in enumerate(rows(), 1):
        for column, value in enumerate(row):
            # Rooms and phones come as floats, as property registers have them.
            sheet.write(number, column, float(value) if value.isdigit() and column in (2, 6) else value)
    style = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    sheet.write(17, 2, datetime.date(2024, 2, 3), style)
    made.save(str(HERE / "households.xls"))


def ods():
    if not wanted("households.ods"):
        return
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    made = OpenDocumentSpreadsheet()
    table = Table(name="住户")
    for row in rows():
        line = TableRow()
        for column, value in enumerate(row):
            if column == 2 and value.isdigit():
                cell = TableCell(valuetype="float", value=value)
            else:
                cell = TableCell(valuetype="string")
            cell.addElement(P(text=value))
            line.addElement(cell)
        table.addElement(line)
    made.spreadsheet.addElement(table)
    made.save(str(HERE / "households.ods"))


def xlsb():
    """No free program writes XLSB: the few records that a list needs are put together here (MS-XLSB, section 2)."""
    if not wanted("households.xlsb"):
        return

    def varint(number, most):
        out = bytearray()
        while True:
            out.append(number & 0x7F | (0x80 if number > 0x7F else 0))
            number >>= 7
            if not number:
                assert len(out) <= most
                return bytes(out)

    def record(kind, data=b""):
        # A type of two bytes has the high bit of the first set, and is named by both bytes as they stand.
        name = bytes([kind]) if kind < 0x80 else kind.to_bytes(2, "little")
        return name + varint(len(data), 4) + data

    def wide(value):
        return struct.pack("<I", len(value)) + value.encode("utf-16-le")

    book = record(0x0183) + record(0x018F)
    book += record(0x019C, struct.pack("<II", 0, 1) + wide("rId1") + wide("住户"))
    book += record(0x0190) + record(0x0184)
    sheet = record(0x0181) + record(0x0194, struct.pack("<IIII", 1, 16, 0, 7)) + record(0x0191)
    for number, row in enumerate(rows(), 1):
        sheet += record(0x00, struct.pack("<IIHHBI", number, 0, 300, 0, 0, 0))
        for column, value in enumerate(row):
            head = struct.pack("<II", column, 0)
            if column == 2 and value.isdigit():
                sheet += record(0x05, head + struct.pack("<d", float(value)))
            else:
                sheet += record(0x06, head + wide(value))
    sheet += record(0x0192) + record(0x0182)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    binary = "application/vnd.ms-excel"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.bin" ContentType="{binary}.sheet.binary.macroEnabled.main"/>'
        f'<Override PartName="/xl/worksheets/sheet1.bin" ContentType="{binary}.worksheet"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{kind}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{kind}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
        "xl/workbook.bin": book,
        "xl/worksheets/sheet1.bin": sheet,
    }
    with zipfile.ZipFile(HERE / "households.xlsb", "w") as out:
        for name, content in parts.items():
            out.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


def saved_again():
    """The XLS as LibreOffice saves it: with a table of shared strings, which openpyxl does not write."""
    if not wanted("households-saved-again.xlsx"):
        return
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "households-saved-again.xls"
        shutil.copy(HERE / "households.xls", source)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx"]
        subprocess.run([*command, "--outdir", str(HERE), str(source)], check=True, stdout=subprocess.DEVNULL)


HERE.mkdir(parents=True, exist_ok=True)
texts()
xlsx()
xls()
ods()
xlsb()
saved_again()
