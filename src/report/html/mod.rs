//! What a check found, as one page of HTML that needs nothing beside itself.

mod account;
mod data;
mod distribution;
mod findings;
pub(super) mod frame;
pub(super) mod markup;
pub(super) mod policy;
mod rules;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use jiff::civil::Date;

use self::frame::Frame;
use self::markup::Markup;
use crate::census::Account;
use crate::codebook::Codebook;
use crate::diagnostic::Diagnostic;
use crate::lang::{Lang, Text};
use crate::survey::Codes;

/// How many findings a page lists unless the user says otherwise: a browser opens it at once.
pub const FINDINGS: usize = 20_000;

/// A list, as the page tells of it.
#[derive(Clone, Copy, Debug)]
pub enum List<'a> {
    /// It has been checked.
    Checked(Checked<'a>),
    /// It could not be checked.
    Failed {
        /// Its name.
        name: &'a str,
        /// Why not.
        why: &'a Text,
    },
}

/// A list that has been checked.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// What became of its rows.
    pub account: &'a Account,
    /// The findings that are listed, in order; all are counted in the account.
    pub findings: &'a [Diagnostic],
    /// Its codes by building, counted with the [`rows`] of the findings.
    pub codes: &'a Codes,
}

/// The whole page.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// What it tells of.
    pub lists: &'a [List<'a>],
    /// What letters and digits mean.
    pub codebook: &'a Codebook,
    /// The day on which ages counted.
    pub on: Date,
    /// The language it is first shown in; it holds both.
    pub lang: Lang,
}

/// The rows of findings, by sheet and Excel row: those of which [`codes`](crate::survey::codes) is to tell the building.
/// Sheets are counted from 0 among those that hold a table.
#[must_use]
pub fn rows(account: &Account, findings: &[Diagnostic]) -> BTreeSet<(usize, u64)> {
    let tables = tables(account);
    let at = |finding: &Diagnostic| Some((table_of(&tables, finding)?, finding.place.row));
    findings.iter().filter_map(at).collect()
}

/// The sheets that hold a table, with their numbers.
fn tables(account: &Account) -> BTreeMap<Option<&str>, usize> {
    let with_table = account.sheets.iter().filter(|sheet| sheet.level.is_some());
    with_table
        .map(|sheet| sheet.sheet.as_deref())
        .enumerate()
        .map(|(at, name)| (name, at))
        .collect()
}

fn table_of(tables: &BTreeMap<Option<&str>, usize>, finding: &Diagnostic) -> Option<usize> {
    tables.get(&finding.place.sheet.as_deref()).copied()
}

impl<'a> Page<'a> {
    /// Writes the page. It has both languages, needs no network and runs no script but its own; without script it shows
    /// the first findings and everything else.
    ///
    /// # Errors
    /// When the target cannot be written.
    ///
    /// ```
    /// use gridcode::Lang;
    /// use gridcode::census::{Options, check};
    /// use gridcode::codebook::Codebook;
    /// use gridcode::report::html::{Checked, List, Page, rows};
    /// use gridcode::survey::codes;
    /// use gridcode::table::Source;
    ///
    /// let source = Source::bytes("<b>.csv", "楼栋,房号,网格编码\n3栋,803,803Aa8\n3栋,804,804Ca\n".into());
    /// let on = jiff::civil::date(2026, 11, 1);
    /// let options = Options::new(Codebook::shushan(), on);
    /// let mut findings = Vec::new();
    /// let account = check(&source, &options, &mut |finding| findings.push(finding))?;
    /// let codes = codes(&source, &options, &rows(&account, &findings))?;
    /// let lists = [List::Checked(Checked { account: &account, findings: &findings, codes: &codes })];
    /// let page = Page { lists: &lists, codebook: options.codebook, on, lang: Lang::Zh };
    /// let mut html = Vec::new();
    /// page.write(&mut html)?;
    /// let html = String::from_utf8(html)?;
    /// assert!(html.contains("&lt;b&gt;.csv") && !html.contains("<b>.csv"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn write(&self, target: &mut dyn Write) -> io::Result<()> {
        let mut page = Markup::default();
        let title = self.title();
        let frame = Frame {
            lang: self.lang,
            title: &title,
            styles: &[policy::STYLE],
            scripts: &[policy::SCRIPT],
        };
        frame.open(&mut page);
        self.top(&mut page);
        page.raw("<main>\n");
        account::write(self, &mut page);
        rules::write(self, &mut page);
        findings::write(self, &mut page);
        distribution::write(self, &mut page);
        foot(&mut page);
        page.raw("</main>\n");
        data::write(self, &mut page);
        frame.close(&mut page);
        target.write_all(page.as_str().as_bytes())
    }

    fn checked(&self) -> impl Iterator<Item = Checked<'a>> + '_ {
        self.lists.iter().filter_map(|list| match list {
            List::Checked(checked) => Some(*checked),
            List::Failed { .. } => None,
        })
    }

    /// The accounts of the lists that were checked.
    fn accounts(&self) -> Vec<Account> {
        self.checked().map(|list| list.account.clone()).collect()
    }

    /// What the page is called, with the list where it is one.
    fn title(&self) -> Text {
        let name = match self.lists {
            // In which folder it lies says nothing to whoever is handed the page.
            [list] => list.name().rsplit(['/', '\\']).next().unwrap_or_default(),
            lists => {
                return Text::new(
                    format!("{} 个名单的检查结果", lists.len()),
                    format!("What the check of {} lists found", lists.len()),
                );
            }
        };
        Text::new(
            format!("“{name}”的检查结果"),
            format!("What the check of {name} found"),
        )
    }

    /// What the header says beneath the heading.
    fn top(&self, page: &mut Markup) {
        page.raw("<p class=\"quiet\">")
            .said("年龄计算到 ", "ages as of ")
            .raw("<time>")
            .text(&self.on.to_string())
            .raw("</time> · ")
            .said("码本：", "codebook: ")
            .both(self.codebook.title());
        if self.codebook.is_inferred() {
            page.raw(" · ")
                .said("其中的数字含义是推测", "its digits are an inference");
        }
        page.raw("</p>\n<nav>");
        for (id, zh, en) in [
            ("account", "账目", "account"),
            ("rules", "按规则", "by rule"),
            ("findings", "逐格", "by cell"),
            ("codes", "编码分布", "codes by building"),
        ] {
            page.raw("<a href=\"#")
                .raw(id)
                .raw("\">")
                .said(zh, en)
                .raw("</a>");
        }
        page.raw("</nav>\n</header>\n");
    }
}

impl List<'_> {
    /// The list's name.
    fn name(&self) -> &str {
        match self {
            Self::Checked(checked) => &checked.account.file,
            Self::Failed { name, .. } => name,
        }
    }
}

/// What the page is, and what is not in it.
fn foot(page: &mut Markup) {
    page.raw("<footer>\n<p>")
            .said(
                "本页自成一个文件：不联网，不含外来脚本，可以打印，也可以离线转交。",
                "This page is one file: it uses no network and no script from elsewhere; it can be printed and handed on.",
            )
            .raw("</p>\n<p>")
            .said(
                "没有要求时，姓名、证件号码和电话不会出现在本页中；单元格位置与表格软件中显示的一致。",
                "Unless they were asked for, no name, ID number or telephone number stands in this page; cells are named as the spreadsheet names them.",
            )
            .raw("</p>\n<p>")
            .raw(concat!("gridcode ", env!("CARGO_PKG_VERSION")))
            .raw("</p>\n</footer>\n");
}
