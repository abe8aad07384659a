//! What a file is, told from its first bytes; the name only words the advice.

use crate::lang::Text;

/// The family a file belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text, as far as the first bytes tell.
    Text,
    /// A zip archive: XLSX, XLSB, ODS, or something else.
    Zip,
    /// A compound file: XLS, an encrypted workbook, or something else.
    Compound,
    /// Something that holds no table we can read: what it is, and what to do.
    Other(Text, Text),
}

const EXPORT_AGAIN: Text = Text::fixed(
    "请使用导出表格的原文件（xlsx、xls、ods 或 csv）",
    "use the table it was made from (xlsx, xls, ods or csv)",
);
const SAVE_AS_XLSX: Text = Text::fixed(
    "请用表格软件打开它，另存为 xlsx 后再试",
    "open it in a spreadsheet program and save it as xlsx",
);
const UNPACK: Text = Text::fixed(
    "请先解压，再指定其中的表格",
    "unpack it and name the table inside",
);

/// First bytes that no table begins with.
const MAGICS: &[(&[u8], Text, Text)] = &[
    (
        b"\x89PNG",
        Text::fixed("PNG 图片", "a PNG picture"),
        EXPORT_AGAIN,
    ),
    (
        b"\xff\xd8\xff",
        Text::fixed("JPEG 图片", "a JPEG picture"),
        EXPORT_AGAIN,
    ),
    (
        b"GIF89a",
        Text::fixed("GIF 图片", "a GIF picture"),
        EXPORT_AGAIN,
    ),
    (
        b"GIF87a",
        Text::fixed("GIF 图片", "a GIF picture"),
        EXPORT_AGAIN,
    ),
    (
        b"%PDF-",
        Text::fixed("PDF 文档", "a PDF document"),
        EXPORT_AGAIN,
    ),
    (
        b"{\\rtf",
        Text::fixed("RTF 文档", "an RTF document"),
        EXPORT_AGAIN,
    ),
    (
        b"7z\xbc\xaf\x27\x1c",
        Text::fixed("7z 压缩包", "a 7z archive"),
        UNPACK,
    ),
    (
        b"Rar!\x1a\x07",
        Text::fixed("RAR 压缩包", "a RAR archive"),
        UNPACK,
    ),
    (
        b"\xfd7zXZ\0",
        Text::fixed("xz 压缩文件", "an xz file"),
        UNPACK,
    ),
    (
        b"BZh",
        Text::fixed("bzip2 压缩文件", "a bzip2 file"),
        UNPACK,
    ),
    (
        b"\x28\xb5\x2f\xfd",
        Text::fixed("zstd 压缩文件", "a zstd file"),
        UNPACK,
    ),
    (
        b"SQLite format 3\0",
        Text::fixed("SQLite 数据库", "an SQLite database"),
        Text::fixed("请从中导出 csv", "export it as csv"),
    ),
    (
        b"\xff\xfe\0\0",
        Text::fixed("UTF-32 文本", "UTF-32 text"),
        Text::fixed("请另存为 UTF-8", "save it as UTF-8"),
    ),
];

/// Tells the family from the first bytes.
pub(crate) fn of(head: &[u8]) -> Kind {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Kind::Zip;
    }
    if head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Kind::Compound;
    }
    for (magic, what, advice) in MAGICS {
        // "BZh" alone could begin a header; what follows it in bzip2 is a digit and a block mark.
        let sure = *magic != b"BZh" || head.get(4..7) == Some(b"1AY");
        if sure && head.starts_with(magic) {
            return Kind::Other(what.clone(), advice.clone());
        }
    }
    if let Some(what) = markup(head) {
        return Kind::Other(what, SAVE_AS_XLSX);
    }
    Kind::Text
}

/// HTML and XML that exports like to call `.xls`.
fn markup(head: &[u8]) -> Option<Text> {
    let marks: [&[u8]; 3] = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"];
    let start = marks
        .iter()
        .find_map(|mark| head.strip_prefix(*mark))
        .unwrap_or(head);
    let start: String = start
        .iter()
        .filter(|byte| **byte != 0)
        .skip_while(|byte| byte.is_ascii_whitespace())
        .take(512)
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    let begins = |tags: &[&str]| tags.iter().any(|tag| start.starts_with(tag));
    if begins(&[
        "<!doctype html",
        "<html",
        "<table",
        "<meta",
        "<head",
        "<body",
        "<style",
    ]) {
        return Some(Text::fixed(
            "网页（HTML），不是真正的工作簿",
            "a web page (HTML), not a real workbook",
        ));
    }
    if begins(&["<?xml", "<workbook"]) {
        return Some(if start.contains("<html") {
            Text::fixed(
                "网页（HTML），不是真正的工作簿",
                "a web page (HTML), not a real workbook",
            )
        } else {
            Text::fixed("XML 文件", "an XML file")
        });
    }
    None
}

/// What to say of bytes that are neither text nor anything known.
pub(crate) fn binary() -> (Text, Text) {
    (
        Text::fixed(
            "二进制文件，不是文本也不是工作簿",
            "a binary file, neither text nor a workbook",
        ),
        EXPORT_AGAIN,
    )
}

/// What to say of a zip archive without a workbook inside, given the names of its parts.
#[cfg(feature = "excel")]
pub(crate) fn of_package(names: &[String]) -> (Text, Text) {
    let has = |start: &str| names.iter().any(|name| name.starts_with(start));
    if has("word/") {
        (Text::fixed("Word 文档", "a Word document"), copy_table())
    } else if has("ppt/") {
        (
            Text::fixed("PowerPoint 演示文稿", "a PowerPoint presentation"),
            copy_table(),
        )
    } else if has("Index/") {
        (
            Text::fixed("Numbers 表格", "a Numbers spreadsheet"),
            SAVE_AS_XLSX,
        )
    } else if has("mimetype") || has("content.xml") {
        (
            Text::fixed(
                "OpenDocument 文档，但不是表格",
                "an OpenDocument file, but not a spreadsheet",
            ),
            copy_table(),
        )
    } else {
        (Text::fixed("zip 压缩包", "a zip archive"), UNPACK)
    }
}

/// What to say of a compound file without a workbook inside.
#[cfg(feature = "excel")]
pub(crate) fn of_compound(is_word: bool) -> (Text, Text) {
    if is_word {
        (Text::fixed("Word 文档", "a Word document"), copy_table())
    } else {
        (
            Text::fixed(
                "复合文件，但其中没有工作簿",
                "a compound file without a workbook inside",
            ),
            SAVE_AS_XLSX,
        )
    }
}

#[cfg(feature = "excel")]
fn copy_table() -> Text {
    Text::fixed(
        "请把其中的表格复制到工作簿并另存为 xlsx",
        "copy its table into a spreadsheet and save that as xlsx",
    )
}
