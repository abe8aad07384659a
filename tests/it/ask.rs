//! `gridcode ask`, as a window without a terminal uses it: what lies beside a list afterwards, and how it ends.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const TABLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/tables");
const HOUSEHOLDS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/fixtures/examples/households.csv"
);

/// A folder with these files in it.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (from, name) in files {
        std::fs::copy(from, folder.path().join(name)).unwrap();
    }
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Runs `ask` with some arguments in a folder; a person types `lines`.
fn ask(folder: &Path, arguments: &[&str], lines: &str) -> (Option<i32>, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_gridcode"))
        .args(["--lang", "zh", "ask", "--on", "2026-11-01"])
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // Who needs no answer may be gone before it comes.
    let _ = stdin.write_all(lines.as_bytes());
    drop(stdin);
    let Output {
        status,
        stdout,
        stderr,
    } = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

#[test]
fn every_check_of_a_list_leaves_its_own_workbook_and_touches_no_other() {
    let folder = folder(&[(HOUSEHOLDS, "3栋 住户.csv")]);
    let path = folder.path();
    let read = |name: &str| std::fs::read(path.join(name)).unwrap();
    let list = read("3栋 住户.csv");
    let (code, said, _) = ask(path, &[], "\"3栋 住户.csv\"\n");
    assert_eq!(code, Some(1));
    assert!(
        said.contains("结果已写入“3栋 住户_检查结果.xlsx”"),
        "{said}"
    );
    let first = read("3栋 住户_检查结果.xlsx");

    // Twice the list, then its marked workbook, which is a list as well.
    for (asked, written) in [
        ("3栋 住户.csv", "3栋 住户_检查结果 2.xlsx"),
        ("3栋 住户_检查结果.xlsx", "3栋 住户_检查结果 3.xlsx"),
        ("3栋 住户_检查结果 3.xlsx", "3栋 住户_检查结果 4.xlsx"),
    ] {
        let (code, said, _) = ask(path, &[asked], "");
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains("错误 6 处，警告 1 处"), "{said}");
        assert!(said.contains(&format!("结果已写入“{written}”")), "{said}");
    }
    assert_eq!(
        names(path),
        [
            "3栋 住户.csv",
            "3栋 住户_检查结果 2.xlsx",
            "3栋 住户_检查结果 3.xlsx",
            "3栋 住户_检查结果 4.xlsx",
            "3栋 住户_检查结果.xlsx",
        ]
    );
    assert_eq!(read("3栋 住户.csv"), list);
    assert_eq!(read("3栋 住户_检查结果.xlsx"), first);
}

#[test]
fn every_kind_of_list_is_checked_in_turn() {
    let kinds = [
        "households-gbk.csv",
        "households-utf16le.csv",
        "households.csv.gz",
        "households.ods",
        "households.xls",
        "households.xlsb",
        "households.xlsx",
    ];
    let folder = folder(&[]);
    for kind in kinds {
        // Each in a folder of its own: they share a name.
        let own = folder.path().join(kind.replace('.', "-"));
        std::fs::create_dir(&own).unwrap();
        std::fs::copy(Path::new(TABLES).join(kind), own.join(kind)).unwrap();
    }
    let paths: Vec<String> = kinds
        .iter()
        .map(|kind| format!("{}/{kind}", kind.replace('.', "-")))
        .collect();
    let arguments: Vec<&str> = paths.iter().map(String::as_str).collect();
    let (code, said, words) = ask(folder.path(), &arguments, "");
    assert!(code == Some(0) || code == Some(1), "{words}");
    assert_eq!(said.matches("已检查").count(), kinds.len(), "{said}");
    for kind in kinds {
        let beside = names(&folder.path().join(kind.replace('.', "-")));
        assert_eq!(beside.len(), 2, "{beside:?}");
        assert!(
            beside.iter().any(|name| name.ends_with("_检查结果.xlsx")),
            "{beside:?}"
        );
    }
}

#[test]
fn what_is_no_list_is_said_and_leaves_nothing_behind() {
    let files = [
        "letter.docx",
        "paper.pdf",
        "password.xlsx",
        "truncated.xlsx",
    ];
    let paths: Vec<String> = files
        .iter()
        .map(|name| format!("{TABLES}/{name}"))
        .collect();
    let copied: Vec<(&str, &str)> = paths.iter().map(String::as_str).zip(files).collect();
    let folder = folder(&copied);
    // A person tries them all, then leaves with Enter.
    let lines = files.map(|name| format!("{name}\n")).concat() + "\n";
    let (code, said, words) = ask(folder.path(), &["--wait"], &lines);
    assert_eq!(code, Some(2));
    assert_eq!(said, "");
    assert_eq!(words.matches("无法完成").count(), files.len(), "{words}");
    assert!(words.contains("密码"), "{words}");
    assert!(words.ends_with("按回车键关闭窗口…"), "{words}");
    assert_eq!(names(folder.path()), files);
}

#[test]
fn one_list_that_cannot_be_read_does_not_keep_the_others_from_being_checked() {
    let folder = folder(&[(HOUSEHOLDS, "a.csv")]);
    for arguments in [&["none.csv", "a.csv"][..], &["a.csv", "none.csv"]] {
        let (code, said, words) = ask(folder.path(), arguments, "");
        assert_eq!(code, Some(2), "{words}");
        assert!(said.contains("已检查“a.csv”"), "{said}");
        assert!(words.contains("找不到“none.csv”"), "{words}");
    }
}

#[test]
fn several_paths_and_addresses_in_one_line_are_taken() {
    let folder = folder(&[(HOUSEHOLDS, "a b.csv"), (HOUSEHOLDS, "c.csv")]);
    let (code, said, words) = ask(folder.path(), &[], "'a b.csv' c.csv\n");
    assert_eq!(code, Some(1), "{words}");
    assert_eq!(said.matches("已检查").count(), 2, "{said}");
    #[cfg(unix)]
    {
        let address = format!("file://{}/a%20b.csv\n", folder.path().display());
        let (code, said, words) = ask(folder.path(), &[], &address);
        assert_eq!(code, Some(1), "{words}");
        assert!(said.contains("a b_检查结果 2.xlsx"), "{said}");
    }
}

#[test]
fn nobody_is_asked_without_end() {
    let folder = folder(&[]);
    let (code, _, words) = ask(folder.path(), &[], &"none.csv\n".repeat(1000));
    assert_eq!(code, Some(2));
    assert_eq!(words.matches("找不到").count(), 5, "{words}");
    assert!(words.contains("不再询问"), "{words}");
}

#[test]
fn nobody_is_told_of_options_in_a_window_where_none_are_typed() {
    let folder = folder(&[]);
    let gbk = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let lists: [(&str, Vec<u8>); 7] = [
        ("表头不认得.csv", "哪一栋,哪一间\n3栋,甲\n".into()),
        ("没有表头.csv", "3栋,1单元,803,甲\n3栋,1单元,804,乙\n".into()),
        ("只有户号.csv", "小区,楼栋,户数\n翠竹园,3栋,40\n".into()),
        ("两列.csv", "房号,房号,网格编码\n803,803,803Aa\n".into()),
        ("分号.csv", gbk("楼栋;房号;网格编码\n3栋;803;803Aa7\n3栋;804;804Ab\n")),
        ("对不上.csv", "楼栋,房号,房屋性质,是否出租,房屋类型\n3栋,803,商品房,是,自住\n3栋,804,商品房,是,自住\n".into()),
        ("坏了.csv", b"\xe6\xa5\xbc\xe6\xa0\x8b\xe6\x88\xbf\xe5\x8f\xb7\xe6\xa5\xbc\xe6\xa0\x8b\xe6\x88\xbf\xe5\x8f\xb7\xe6\xa5\xbc\xe6\xa0\x8b,\xff\n".to_vec()),
    ];
    for (name, bytes) in lists {
        std::fs::write(folder.path().join(name), bytes).unwrap();
        for lang in ["zh", "en"] {
            let output = Command::new(env!("CARGO_BIN_EXE_gridcode"))
                .args(["--lang", lang, "ask", "--on", "2026-11-01", name])
                .current_dir(folder.path())
                .stdin(Stdio::null())
                .output()
                .unwrap();
            let said = [output.stdout, output.stderr].concat();
            let said = String::from_utf8(said).unwrap();
            assert!(
                said.lines().count() > 0 && !said.contains("--"),
                "{name}: {said}"
            );
        }
    }
    // The same list, checked by who types: there the options are named.
    let output = Command::new(env!("CARGO_BIN_EXE_gridcode"))
        .args(["--lang", "en", "validate", "没有表头.csv"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("--no-headers --map building=A"), "{said}");
}
