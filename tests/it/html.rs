//! The page of a check: one file that needs nothing, in both languages, with everything from the list as text.

use std::num::NonZero;

use gridcode::Lang;
use gridcode::census::{Options, check};
use gridcode::codebook::Codebook;
use gridcode::report::html::{Checked, List, Page, rows};
use gridcode::survey::codes;
use gridcode::table::Source;
use jiff::civil::date;

fn options() -> Options<'static> {
    Options::new(Codebook::shushan(), date(2026, 11, 1))
}

/// The page of some lists, of which at most so many findings are listed.
fn page(sources: &[Source], options: &Options<'_>, lang: Lang, most: usize) -> String {
    let told: Vec<_> = sources
        .iter()
        .map(|source| {
            let mut findings = Vec::new();
            let account = check(source, options, &mut |finding| findings.push(finding)).unwrap();
            findings.sort_by(|a, b| a.place.cmp(&b.place));
            findings.truncate(most);
            let codes = codes(source, options, &rows(&account, &findings)).unwrap();
            (account, findings, codes)
        })
        .collect();
    let lists: Vec<_> = told
        .iter()
        .map(|(account, findings, codes)| {
            List::Checked(Checked {
                account,
                findings,
                codes,
            })
        })
        .collect();
    let page = Page {
        lists: &lists,
        codebook: options.codebook,
        on: options.on,
        lang,
    };
    let mut html = Vec::new();
    page.write(&mut html).unwrap();
    String::from_utf8(html).unwrap()
}

fn of(name: &str, list: &str) -> String {
    let source = Source::bytes(name, list.as_bytes().to_vec());
    page(&[source], &options(), Lang::Zh, usize::MAX)
}

/// Elements that stand open until they are closed; what is between the tags of style and script is passed over.
fn unbalanced(html: &str) -> Vec<String> {
    const EMPTY: [&str; 6] = ["meta", "input", "br", "rect", "!DOCTYPE", "img"];
    let mut open: Vec<String> = Vec::new();
    let mut wrong = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        let (tag, after) = after.split_once('>').unwrap();
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop().as_deref() != Some(name) {
                wrong.push(name.to_owned());
            }
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap();
        if EMPTY.contains(&name) {
            continue;
        }
        open.push(name.to_owned());
        if ["script", "style"].contains(&name) {
            let end = format!("</{name}>");
            rest = &rest[rest.find(&end).unwrap()..];
        }
    }
    wrong.extend(open);
    wrong
}

/// The data that the script reads.
fn data(html: &str) -> serde_json::Value {
    let (_, after) = html.split_once("id=\"data\">").unwrap();
    serde_json::from_str(after.split_once("</script>").unwrap().0).unwrap()
}

#[test]
fn the_page_is_well_formed_and_needs_nothing_beside_itself() {
    let sources = [
        Source::path("fixtures/examples/households.csv"),
        Source::path("fixtures/examples/residents.csv"),
        Source::path("fixtures/communities/cuizhuyuan-residents-dirty.csv"),
    ];
    for lang in [Lang::Zh, Lang::En] {
        let html = page(&sources, &options(), lang, usize::MAX);
        assert_eq!(unbalanced(&html), [""; 0]);
        assert!(html.starts_with(&format!("<!DOCTYPE html>\n<html lang=\"{}\">", lang.tag())));
        assert!(html.contains("content=\"default-src 'none'; style-src 'sha256-"));
        for outside in [
            "http:", "https:", "src=", "url(", "@import", " style=", "<link",
        ] {
            assert!(!html.contains(outside), "{outside}");
        }
        for both in ["逐格", "Cell by cell", "各楼栋的编码", "Codes by building"] {
            assert!(html.contains(both), "{both}");
        }
        assert_eq!(
            html.matches("lang=\"zh-CN\">").count() - usize::from(lang == Lang::Zh),
            html.matches("lang=\"en\">").count() - usize::from(lang == Lang::En)
        );
    }
    // The search for what is open can find.
    assert_eq!(unbalanced("<p><b></p>"), ["p", "p"]);
}

#[test]
fn what_stands_in_a_list_never_becomes_markup() {
    let evil = "</script><script>alert(1)</script><!--";
    let list = format!(
        "楼栋,房号,网格编码,居住类型,{evil}\n\"{evil}\",803,\"<b>{evil}\",\"<img src=x onerror=1>\u{2028}\",1\n"
    );
    let html = of(&format!("{evil}.csv"), &list);
    assert_eq!(unbalanced(&html), [""; 0]);
    assert!(!html.contains("<script>alert") && !html.contains("<img") && !html.contains("<b><"));
    assert!(!html.contains('\u{2028}'));
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert_eq!(html.matches("<!--").count(), 0);
    assert_eq!(html.matches("<script").count(), 2);
    let data = data(&html);
    assert_eq!(data["lists"][0], format!("{evil}.csv"));
    assert!(data["findings"].as_array().unwrap().len() > 1);
}

#[test]
fn the_page_is_the_same_for_any_number_of_threads_and_chunks() {
    let source = || Source::path("fixtures/communities/cuizhuyuan-residents-dirty.csv");
    let once = page(&[source()], &options(), Lang::Zh, usize::MAX);
    for threads in [2, 7] {
        let mut options = options();
        options.threads = NonZero::new(threads).unwrap();
        options.chunk = 1 << 12;
        let html = page(&[source()], &options, Lang::Zh, usize::MAX);
        assert!(html == once, "{threads}");
    }
}

#[test]
fn what_is_not_listed_is_counted_and_said() {
    let source = || Source::path("fixtures/communities/cuizhuyuan-residents-dirty.csv");
    let whole = data(&page(&[source()], &options(), Lang::En, usize::MAX));
    let all = whole["findings"].as_array().unwrap().len();
    assert_eq!(whole["all"], all);
    let html = page(&[source()], &options(), Lang::En, 7);
    let some = data(&html);
    assert_eq!(some["findings"].as_array().unwrap().len(), 7);
    assert_eq!(some["all"], all);
    assert!(html.contains(&format!("of {all} findings {} are counted", all - 7)));
}

#[test]
fn no_name_and_no_number_of_a_person_is_in_the_page_unless_it_is_asked_for() {
    let list = "楼栋,房号,网格编码,姓名,身份证号,联系电话\n3栋,803,803Aa,无名氏甲乙,11010119491231002X,13900001111\n3栋,804,,无名氏丙丁,110101194912310,13900002222\n";
    let html = of("list.csv", list);
    for text in ["无名氏", "1101011949", "1390000"] {
        assert!(!html.contains(text), "{text}");
    }
    assert!(html.contains("id-"), "a wrong number is found all the same");
    let mut options = options();
    options.settings.show_values = true;
    let source = Source::bytes("list.csv", list.as_bytes().to_vec());
    let shown = page(&[source], &options, Lang::Zh, usize::MAX);
    assert!(shown.contains("110101194912310"));
}

#[test]
fn codes_are_counted_by_building_in_the_order_of_the_list() {
    let html = of(
        "list.csv",
        "楼栋,房号,网格编码\n9栋,101,101Aa8\n3栋,201,201Bb\n9栋,102,102Aa\n9栋,103,\n3栋,202,202Xz\n",
    );
    let (_, table) = html.split_once("class=\"stack spread\"").unwrap();
    let nine = table.find(">9栋<").unwrap();
    let three = table.find(">3栋<").unwrap();
    assert!(nine < three);
    let number = |row: &str, label: &str| {
        let (_, after) = row.split_once(label).unwrap();
        let (_, after) = after.split_once("</span>").unwrap();
        let digits = after.trim_start_matches("</span>");
        digits.split('<').next().unwrap().to_owned()
    };
    let (row_of_nine, row_of_three) = (&table[nine..three], &table[three..]);
    assert_eq!(number(row_of_nine, "hidden=\"true\">Aa"), "2");
    assert_eq!(number(row_of_nine, ">no code"), "1");
    assert_eq!(number(row_of_nine, ">flag 8"), "1");
    assert_eq!(number(row_of_three, "hidden=\"true\">Bb"), "1");
    // Letters that nobody has defined are shown together.
    assert_eq!(number(row_of_three, ">other"), "1");
}

#[test]
fn a_list_without_codes_from_which_none_follows_says_what_is_missing() {
    let none = "The list has no column of codes, and none follows from what it says";
    let html = of(
        "list.csv",
        "楼栋,房号,人口类型\n9栋,101,常住\n9栋,102,流动\n",
    );
    assert!(html.contains(none));
    let html = of(
        "list.csv",
        "楼栋,房号,人口类型,住房性质\n9栋,101,常住,自购房\n9栋,102,流动,\n",
    );
    assert!(!html.contains(none) && html.contains("ought to have"));
}
