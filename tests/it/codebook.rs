//! Codebooks: every word of real lists leads where it should, a community's own lines work, and a fault names its line.

use gridcode::census::{Options, Target, check, encode};
use gridcode::code::{ResidentLetter, TenureLetter};
use gridcode::codebook::{AgeOf, Basis, Codebook, Mapped, When, Words};
use gridcode::lang::Lang;
use gridcode::table::{Source, TableError};
use jiff::civil::date;
use proptest::prelude::*;

/// Where a word leads: a letter, `-` for a reason why none fits, `.` for nothing said, `?` for an unknown word.
fn leads<L: Copy + ToString>(words: &Words<L>, word: &str, header: &str) -> String {
    match words.find(word, header) {
        Mapped::Letter(letter) => letter.to_string(),
        Mapped::NoLetter(reason) => {
            assert!(!reason.zh.is_empty() && !reason.en.is_empty(), "{word}");
            "-".to_owned()
        }
        Mapped::Nothing => ".".to_owned(),
        Mapped::Unknown => "?".to_owned(),
    }
}

fn own(lines: &str) -> Codebook {
    Codebook::from_toml(&format!("extends = \"shushan\"\n{lines}"), "own.toml").unwrap()
}

/// The line at fault and the English wording; both languages have to say something.
fn refusal(text: &str) -> (usize, String) {
    let error = Codebook::from_toml(text, "own.toml").unwrap_err();
    assert!(
        error.message.zh.chars().any(|c| c >= '\u{4e00}'),
        "{}",
        error.message.zh
    );
    assert!(
        !error.message.en.contains("untagged"),
        "{}",
        error.message.en
    );
    let said = error.text();
    assert!(said.zh.contains("own.toml") && said.en.contains("own.toml"));
    assert!(said.zh.contains(&format!("第{}行", error.line)));
    (error.line, error.message.en.clone().into_owned())
}

#[test]
fn the_published_letters_and_flags_are_these_and_no_more() {
    let book = Codebook::shushan();
    let letters: Vec<_> = book
        .residents()
        .iter()
        .map(|entry| (entry.letter.as_char(), &entry.meaning))
        .chain(
            book.tenures()
                .iter()
                .map(|entry| (entry.letter.as_char(), &entry.meaning)),
        )
        .map(|(letter, meaning)| (letter, meaning.text.zh.as_ref(), meaning.basis))
        .collect();
    assert_eq!(
        letters,
        [
            ('A', "常住人口", Basis::Published),
            ('B', "流动人口", Basis::Published),
            ('a', "自购房", Basis::Published),
            ('b', "出租房", Basis::Published),
        ]
    );
    let flags: Vec<_> = book
        .flags()
        .iter()
        .map(|flag| (flag.digit, flag.meaning.basis, flag.when.clone()))
        .collect();
    let eighty = When::Age {
        of: AgeOf::Any,
        from: 80,
        to: None,
    };
    assert_eq!(
        flags,
        [
            (5, Basis::Observed, None),
            (7, Basis::Observed, None),
            (8, Basis::Published, Some(eighty)),
        ]
    );
    assert!(!book.is_inferred());
}

#[test]
fn the_guess_says_everywhere_that_it_is_one() {
    let book = Codebook::age_decade();
    assert!(book.is_inferred());
    let digits: Vec<u8> = book.flags().iter().map(|flag| flag.digit).collect();
    assert_eq!(digits, [1, 2, 3, 4, 5, 6, 7, 8]);
    for flag in book.flags() {
        assert_eq!(flag.meaning.basis, Basis::Inferred, "{}", flag.digit);
        assert!(!flag.meaning.source.zh.is_empty() && !flag.meaning.source.en.is_empty());
        let (from, to) = (u16::from(flag.digit) * 10, u16::from(flag.digit) * 10 + 9);
        let when = When::Age {
            of: AgeOf::Eldest,
            from,
            to: (flag.digit < 8).then_some(to),
        };
        assert_eq!(flag.when, Some(when));
    }
    let plain = &gridcode::report::text::plain;
    let code = book.parse("803Aa7").unwrap();
    for (lang, word) in [(Lang::Zh, "推测"), (Lang::En, "inferred")] {
        assert!(book.title().get(lang).contains(word));
        assert!(gridcode::report::card::card(book, lang, false, plain).contains(word));
        assert!(gridcode::report::decoded::words(code, book, lang, plain).contains(word));
    }
    let decoded = gridcode::report::decoded::Decoded::new("803Aa7", book);
    let json = serde_json::to_string(&decoded).unwrap();
    assert!(json.contains("inferred"), "{json}");
    let account = gridcode::census::SheetAccount::default();
    let report = gridcode::report::json::report(&[], &account, book, date(2026, 11, 1));
    assert_eq!(serde_json::to_value(&report).unwrap()["inferred"], true);
}

#[test]
fn each_built_in_codebook_is_found_by_its_name_and_read_from_its_text() {
    for name in Codebook::BUILTIN {
        let book = Codebook::builtin(name).unwrap();
        assert_eq!(book.name(), name);
        let read = Codebook::from_toml(Codebook::builtin_toml(name).unwrap(), "copy.toml").unwrap();
        assert_eq!(read.name(), name);
        assert_eq!(read.flags(), book.flags());
    }
    assert!(Codebook::builtin("Shushan").is_none());
    assert!(Codebook::builtin_toml("").is_none());
}

#[test]
fn resident_types_of_real_lists_lead_where_they_should() {
    let words = Codebook::shushan().resident_words();
    let expected = [
        (
            "A",
            "常住 常住人口 常住居民 户籍 户籍人口 常口 人户一致 人在户在",
        ),
        ("B", "流动 流动人口 暂住 暂住人口 暂口 外来人口 流入人口"),
        (
            "-",
            "空挂户 户在人不在 人在户不在 人户分离 人户不一致 寄住 寄住人口 境外 境外人员 国外 无证 重点关爱人口",
        ),
        (".", "未知 不详"),
        // Papers, health, politics: other columns' words.
        (
            "?",
            "人证一致 人在证不在 证在人不在 党员 居住证 暂住证 务工 01 02 1 2 0 是",
        ),
    ];
    for (letter, list) in expected {
        for word in list.split(' ') {
            assert_eq!(leads(words, word, "人口类型"), letter, "{word}");
        }
    }
    for (letter, word) in [("A", "permanent resident"), ("B", "Floating  Population")] {
        assert_eq!(leads(words, word, "resident type"), letter, "{word}");
    }
}

#[test]
fn tenures_of_real_lists_lead_where_they_should() {
    let words = Codebook::shushan().tenure_words();
    let expected = [
        ("a", "自购房 自购房屋 自住 自有房产 自有房屋 业主"),
        (
            "b",
            "出租房 租赁房屋 租赁 租住 出租 放租 群租 房屋租客 租户",
        ),
        (
            "-",
            "寄宿 寄居 临时寄居 借住 单位宿舍 临时性宿舍 农民工公寓 其他 商用 空置 空闲 未入住 未销售 已交房 装修中 待查房 \
             商品房 安置房 房改房 公租房 小产权 单位用房",
        ),
        (".", "未知 不详 家庭成员"),
        ("?", "住宅 办公 厂房 110 01 02 1001 是 否 c"),
    ];
    for (letter, list) in expected {
        for word in list.split_whitespace() {
            assert_eq!(leads(words, word, "住房性质"), letter, "{word}");
        }
    }
    assert_eq!(leads(words, "Tenant", "tenure"), "b");
    assert_eq!(leads(words, "owner", "tenure"), "a");
}

#[test]
fn a_column_may_hold_the_letters_themselves_but_not_each_others() {
    let book = Codebook::shushan();
    assert_eq!(
        book.tenure_for("b", "tenure"),
        Mapped::Letter(TenureLetter::B)
    );
    assert_eq!(
        book.resident_for("B", "居住类型"),
        Mapped::Letter(ResidentLetter::B)
    );
    assert_eq!(book.tenure_for("B", "tenure"), Mapped::Unknown);
    assert_eq!(book.resident_for("b", "居住类型"), Mapped::Unknown);
    assert_eq!(book.resident_for("C", "居住类型"), Mapped::Unknown);
}

#[test]
fn coded_values_count_only_under_their_headers() {
    let tenure = Codebook::shushan().tenure_words();
    let resident = Codebook::shushan().resident_words();
    // GB/T 31000, table 48.
    for (code, letter) in [
        ("01", "a"),
        ("02", "b"),
        ("03", "-"),
        ("04", "-"),
        ("05", "-"),
        ("06", "-"),
        ("07", "-"),
        ("99", "-"),
        ("08", "?"),
        ("1", "?"),
    ] {
        assert_eq!(leads(tenure, code, "住所类型"), letter, "{code}");
        assert_eq!(leads(tenure, code, "住房情况/*住所类型"), letter, "{code}");
        assert_eq!(leads(tenure, code, "住房性质"), "?", "{code}");
    }
    // Table 45: registered and living in one place.
    assert_eq!(leads(resident, "01", "人户一致标识"), "A");
    assert_eq!(leads(resident, "02", "人户一致标识"), "-");
    assert_eq!(leads(resident, "02", "人口类型"), "?");
    // Table 47 is of papers: it tells no resident type.
    for code in ["01", "02", "99"] {
        assert_eq!(leads(resident, code, "办证类型"), "?");
    }
    // A yes or a tick leads to what the header asks for; a no leads nowhere.
    for (header, code, letter) in [
        ("是否常住", "是", "A"),
        ("是否常住人口", "√", "A"),
        ("是否常住", "否", "-"),
        ("是否流动人口", "是", "B"),
        ("是否流动人口", "×", "-"),
        ("人口类型", "是", "?"),
        ("人口类型", "外来", "B"),
    ] {
        assert_eq!(leads(resident, code, header), letter, "{header} {code}");
    }
    for (header, code, letter) in [
        ("是否出租", "是", "b"),
        ("是否出租", "否", "-"),
        ("是否为出租房", "是", "b"),
        ("是否出租房", "√", "b"),
        ("是否租住", "是", "b"),
        ("是否租房", "×", "-"),
        ("是否自购", "是", "a"),
        ("是否自购", "否", "-"),
        ("业主类型", "1001", "a"),
        ("业主类型", "1002", "."),
        ("业主类型", "1003", "b"),
        ("业主类型", "1004", "-"),
        // A word in a coded column is still a word.
        ("住所类型", "租赁房屋", "b"),
    ] {
        assert_eq!(leads(tenure, code, header), letter, "{header} {code}");
    }
}

#[test]
fn width_blanks_case_and_invisible_characters_do_not_matter_in_words_and_headers() {
    let words = Codebook::shushan().tenure_words();
    for word in ["０１", " 01", "01\u{200b}", "*01"] {
        assert_eq!(leads(words, word, " 住所 类型"), "a", "{word:?}");
    }
    assert_eq!(leads(words, "ＲＥＮＴＥＤ", ""), "b");
    assert_eq!(leads(words, " \u{3000}", ""), ".");
}

#[test]
fn a_community_adds_letters_flags_words_and_lists() {
    let book = own(r#"
name = "ours"
title = { zh = "某社区码本" }
resident.C = { zh = "境外人员", en = "from abroad" }
tenure.c = { zh = "单位宿舍" }
flag.0 = { zh = "户主60岁以上", when = { age-of = "head", from = 60 } }
flag.1 = { zh = "独居", when = { tag = "独居" } }
flag.2 = { zh = "有未成年人", when = { age-of = "any", from = 0, to = 17 } }
flag.3 = { zh = "最年长者不足60", when = { age-of = "eldest", from = 0, to = 59 } }
values.resident."境外" = "C"
values.tenure."单位宿舍" = "c"
lists.tenure."住所类型"."05" = "c"
lists.tenure."房屋状态"."2006" = "b"
household.resident = "first"
household.tenure-if-any = "c"
"#);
    assert_eq!(book.name(), "ours");
    // One wording stands for both languages.
    assert_eq!(book.title().en, "某社区码本");
    let code = book.parse("803Cc018").unwrap();
    let words = book.in_words(code, Lang::Zh);
    assert_eq!((&*words.resident, &*words.tenure), ("境外人员", "单位宿舍"));
    assert!(Codebook::shushan().parse("803Cc018").is_err());
    assert_eq!(
        book.resident(code.resident).unwrap().meaning.basis,
        Basis::Local
    );
    assert_eq!(leads(book.resident_words(), "境外", ""), "C");
    assert_eq!(leads(book.tenure_words(), "05", "住所类型"), "c");
    assert_eq!(leads(book.tenure_words(), "06", "住所类型"), "-");
    assert_eq!(leads(book.tenure_words(), "2006", "房屋状态"), "b");
    // What is inherited stays.
    assert_eq!(leads(book.tenure_words(), "租赁", ""), "b");
    assert_eq!(book.tenure_if_any().unwrap().as_char(), 'c');
    let digits: Vec<u8> = book.flags().iter().map(|flag| flag.digit).collect();
    assert_eq!(digits, [0, 1, 2, 3, 5, 7, 8]);
}

#[test]
fn whoever_extends_the_guess_keeps_its_warning() {
    let book = Codebook::from_toml("extends = \"age-decade\"", "own.toml").unwrap();
    assert!(book.is_inferred());
}

#[test]
fn a_codebook_of_its_own_needs_no_other() {
    let text = "[resident]\nX = { en = \"here\" }\n[tenure]\ny = { en = \"held\" }\n";
    let book = Codebook::from_toml(text, "own.toml").unwrap();
    assert!(book.parse("1Xy").is_ok());
    assert!(book.parse("1Aa").is_err());
    assert_eq!(book.name(), "local");
}

#[test]
fn what_is_published_changes_only_where_it_is_said_to() {
    let line = "flag.8 = { zh = \"九十岁以上\", when = { age-of = \"any\", from = 90 } ";
    let (at, said) = refusal(&format!("extends = \"shushan\"\n\n{line}}}"));
    assert_eq!(at, 3);
    assert!(said.contains("replaces = true"), "{said}");
    let (at, _) = refusal("extends = \"shushan\"\nresident.A = { zh = \"别的\" }");
    assert_eq!(at, 2);
    let book = own(&format!("{line}, replaces = true }}"));
    assert_eq!(book.flag(8).unwrap().meaning.text.zh, "九十岁以上");
    // 5 and 7 are only observed: a community may say what they mean there.
    assert_eq!(
        own("flag.5 = { zh = \"党员户\" }")
            .flag(5)
            .unwrap()
            .meaning
            .basis,
        Basis::Local
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of refusals is read as one")]
fn each_refusal_names_its_line() {
    let cases: &[(usize, &str, &str)] = &[
        (2, "extends = \"shushan\"\nname = \n", "TOML"),
        (3, "extends = \"shushan\"\n\nextend = 1\n", "extend"),
        (
            2,
            "extends = \"shushan\"\nflag.9 = { zh = \"九\", wenn = 1 }",
            "wenn",
        ),
        (
            3,
            "extends = \"shushan\"\n[values.resident]\n\"借\" = 5\n",
            "letter",
        ),
        (
            4,
            "extends = \"shushan\"\n[values.tenure]\n\"借\" = \"b\"\n\"住\" = { zh = \"无\", why = \"x\" }\n",
            "why",
        ),
        (1, "extends = \"hefei\"\n", "age-decade"),
        (
            2,
            "extends = \"shushan\"\nvalues.resident.\"借住\" = \"C\"",
            "`C`",
        ),
        (
            3,
            "extends = \"shushan\"\n[lists.tenure.\"住所类型\"]\n\"06\" = \"z\"\n",
            "`z`",
        ),
        (
            2,
            "extends = \"shushan\"\nhousehold.tenure-if-any = \"c\"",
            "`c`",
        ),
        (
            2,
            "extends = \"shushan\"\nresident.AA = { zh = \"双\" }",
            "`AA`",
        ),
        (
            2,
            "extends = \"shushan\"\nresident.c = { zh = \"小\" }",
            "`c`",
        ),
        (
            2,
            "extends = \"shushan\"\ntenure.\"Ａ\" = { zh = \"宽\" }",
            "a–z",
        ),
        (
            2,
            "extends = \"shushan\"\nflag.12 = { zh = \"十二\" }",
            "`12`",
        ),
        (
            2,
            "extends = \"shushan\"\nflag.\"８\" = { zh = \"宽\" }",
            "digit",
        ),
        (
            2,
            "extends = \"shushan\"\nflag.9 = { when = { tag = \"x\" } }",
            "no meaning",
        ),
        (
            4,
            "extends = \"shushan\"\nflag.1 = { zh = \"一\", when = { age-of = \"eldest\", from = 10, to = 20 } }\n\nflag.2 = { zh = \"二\", when = { age-of = \"eldest\", from = 20, to = 30 } }",
            "same ages",
        ),
        (
            3,
            "extends = \"shushan\"\n\nflag.9 = { zh = \"九\", when = { age-of = \"any\", from = 90, to = 80 } }",
            "backwards",
        ),
        (
            2,
            "extends = \"shushan\"\nflag.9 = { zh = \"九\", when = { age-of = \"any\" } }",
            "expected either",
        ),
        (
            2,
            "extends = \"shushan\"\nflag.9 = { zh = \"九\", when = { tag = \" \" } }",
            "expected either",
        ),
        (
            2,
            "extends = \"shushan\"\nflag.9 = { zh = \"九\", basis = \"published\" }",
            "source",
        ),
        (
            2,
            "extends = \"shushan\"\nflag.9 = { zh = \"九\", basis = \"certain\" }",
            "certain",
        ),
        (
            4,
            "extends = \"shushan\"\n[values.tenure]\n\"ＡＢ\" = \"a\"\n\"ab\" = \"a\"\n",
            "written twice",
        ),
        (
            4,
            "extends = \"shushan\"\n[values.tenure]\n\"ab\" = \"a\"\n\"ＡＢ\" = \"a\"\n",
            "written twice",
        ),
        (
            2,
            "extends = \"shushan\"\nvalues.tenure.\"租赁\" = \"a\"",
            "another letter",
        ),
        (
            2,
            "extends = \"shushan\"\nvalues.tenure.\"*\" = \"a\"",
            "empty",
        ),
        (1, "", "at least one"),
        (1, "name = \"x\"", "at least one"),
    ];
    for (line, text, word) in cases {
        let (at, said) = refusal(text);
        assert!(said.contains(word), "{text}\n{said}");
        assert_eq!(at, *line, "{text}\n{said}");
        // As Windows writes it: with a mark, and a return before each line end.
        let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        assert_eq!(refusal(&windows).0, *line, "{text}");
        // Under a comment, in which a mark would cut a character in two.
        let below = format!("\u{feff}# 本社区的码本\n{text}");
        let expected = if word.starts_with("at least") {
            1
        } else {
            line + 1
        };
        assert_eq!(refusal(&below).0, expected, "{text}");
    }
}

struct Nowhere;

impl Target for Nowhere {
    fn sheet(&mut self, _: Option<&str>, _: u64) -> Result<(), TableError> {
        Ok(())
    }

    fn row(&mut self, _: &mut dyn Iterator<Item = &str>) -> Result<(), TableError> {
        Ok(())
    }
}

#[test]
fn the_line_that_a_finding_proposes_works_as_it_is() {
    for (header, word) in [
        ("住所类型", "06"),
        ("住所类型", "公房"),
        ("住房性质", "借住"),
        ("住房性质", "租\"了\"\\半年"),
        ("住房性质", "两\n行"),
        ("住房性质", "半\t间"),
        ("人口类型", "新\u{200b}居民"),
        ("居住类型", "08"),
    ] {
        let quoted = format!("\"{}\"", word.replace('"', "\"\""));
        let sound = if header.starts_with('住') {
            "自购房"
        } else {
            "常住人口"
        };
        let list =
            format!("楼栋,房号,{header}\n3栋,801,{sound}\n3栋,802,{sound}\n3栋,803,{quoted}\n");
        let source = Source::bytes("list.csv", list.into_bytes());
        let options = Options::new(Codebook::shushan(), date(2026, 11, 1));
        let mut found = Vec::new();
        check(&source, &options, &mut |finding| found.push(finding)).unwrap();
        found.retain(|finding| finding.rule == "unmapped-value" && finding.place.row > 3);
        assert_eq!(found.len(), 1, "{header} {word}");
        let zh = found[0]
            .advice
            .zh
            .rsplit_once("加一行：")
            .unwrap()
            .1
            .to_owned();
        let book = own(&zh);
        let options = Options::new(&book, date(2026, 11, 1));
        let mut again = Vec::new();
        check(&source, &options, &mut |finding| again.push(finding)).unwrap();
        again.retain(|finding| finding.rule == "unmapped-value" && finding.place.row > 3);
        assert_eq!(again, [], "{zh}");
        encode(&source, &options, &mut Nowhere, &mut |_| {}).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_damaged_codebook_is_refused_and_never_ends_the_program(
        which in 0_usize..2, at in 0_usize..20_000, cut in 0_usize..40, put in "\\PC{0,6}|[\\[\\]{}\"=.,\\n0-9A-Za-z]{0,6}"
    ) {
        let text = Codebook::builtin_toml(Codebook::BUILTIN[which]).unwrap();
        let chars: Vec<char> = text.chars().collect();
        let at = at % chars.len();
        let mut damaged: String = chars[..at].iter().collect();
        damaged.push_str(&put);
        damaged.extend(&chars[(at + cut).min(chars.len())..]);
        let lines = damaged.matches('\n').count() + 1;
        match Codebook::from_toml(&damaged, "damaged.toml") {
            Ok(book) => prop_assert!(!book.residents().is_empty()),
            Err(error) => {
                prop_assert!((1..=lines).contains(&error.line), "{error}");
                prop_assert!(!error.message.zh.is_empty() && !error.message.en.is_empty());
            }
        }
    }
}
