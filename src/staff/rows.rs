//! The rows of a roster's sheet: a person a row, or a grid a row with a column for each level.

use super::Sheet;
use super::finding::{Finding, Kind, Sink};
use super::header::Column;
use super::names::{self, Named};
use super::person::{Person, Post};
use super::phone;
use super::role::{Chain, Level, Roles};
use super::roster::{Roster, RosterOptions};
use super::scope;
use crate::diagnostic::Severity;
use crate::household::is_placeholder;
use crate::lang::Text;
use crate::row::{Field, Row};
use crate::survey;

/// The columns whose header is a level, with the place of the telephone numbers beside each.
pub(super) fn role_columns(header: &Row, roles: &Roles) -> Vec<(usize, Level, Option<usize>)> {
    let mut found: Vec<(usize, Level, Option<usize>)> = Vec::new();
    for at in 0..header.len().min(200) {
        let text = header.get(at);
        let bare = text.trim().trim_start_matches('*');
        let bare = bare
            .strip_suffix("姓名")
            .or_else(|| bare.strip_suffix(" name"))
            .unwrap_or(bare);
        if let Some(level) = roles.level(bare) {
            found.push((at, level, None));
        } else if phone::is_header(text)
            && let Some((_, _, beside @ None)) = found.last_mut()
        {
            *beside = Some(at);
        }
    }
    found
}

/// One row on its way.
struct Line<'l> {
    sheet: &'l Sheet,
    row: &'l Row,
    options: &'l RosterOptions,
    is_earlier: bool,
    failed: bool,
}

/// Takes all rows of a sheet in.
pub(super) fn take(
    sheet: &Sheet,
    options: &RosterOptions,
    is_earlier: bool,
    roster: &mut Roster,
    findings: &mut Sink<'_>,
) {
    let roles = role_columns(&sheet.headers, &options.roles);
    let name = sheet
        .at(Column::Name)
        .filter(|at| !roles.iter().any(|(role, ..)| role == at));
    let of_sheet = level_of_sheet(sheet, name, &options.roles);
    let mut accepted = 0;
    let mut with_errors = 0;
    for row in &sheet.lines {
        let mut line = Line {
            sheet,
            row,
            options,
            is_earlier,
            failed: false,
        };
        let long = name.is_some_and(|name| line.person_row(name, of_sheet, roster, findings));
        let wide = line.grid_row(&roles, roster, findings);
        match (line.failed, long || wide) {
            (true, _) => with_errors += 1,
            (false, true) => accepted += 1,
            (false, false) => {}
        }
    }
    let account = &mut roster.account;
    account.rows += sheet.rows;
    account.accepted += accepted;
    account.with_errors += with_errors;
    account.skipped += sheet.rows.saturating_sub(accepted + with_errors);
}

/// The level that a sheet is about: by its name, its title, its file, or the header over the names.
fn level_of_sheet(sheet: &Sheet, name: Option<usize>, roles: &Roles) -> Option<Level> {
    let header = name.map_or("", |at| sheet.headers.get(at));
    let file = sheet.file.rsplit(['/', '\\']).next().unwrap_or_default();
    let texts = [
        sheet.name.as_deref().unwrap_or_default(),
        &sheet.title,
        header,
        file,
    ];
    texts.into_iter().find_map(|text| roles.level_within(text))
}

impl Line<'_> {
    fn get(&self, column: Column) -> &str {
        self.sheet.get(self.row, column)
    }

    fn finding(
        &self,
        at: Option<usize>,
        (kind, severity): (Kind, Severity),
        message: Text,
        advice: Text,
    ) -> Finding {
        Finding {
            kind,
            severity,
            file: self.sheet.file.clone(),
            place: self.sheet.place(self.row, at),
            message,
            advice,
        }
    }

    /// A row that is one person; `false` where it is none.
    fn person_row(
        &mut self,
        name: usize,
        of_sheet: Option<Level>,
        roster: &mut Roster,
        findings: &mut Sink<'_>,
    ) -> bool {
        let text = self.row.get(name).trim();
        let filled = self
            .row
            .iter()
            .filter(|cell| !cell.trim().is_empty())
            .count();
        if is_vacant(text) {
            let beside = [Column::Phone, Column::Title, Column::Account];
            let speaks = beside
                .iter()
                .filter(|column| !self.get(**column).is_empty())
                .count();
            // Remarks and sums stand in one or two cells.
            if text.is_empty() && filled > 1 && speaks > 0 && !is_copy(self.row, name) {
                self.failed = true;
                findings(self.finding(
                    Some(name),
                    (Kind::NoName, Severity::Error),
                    Text::fixed(
                        "此处应为姓名，实为空；这一行没有用上",
                        "expected a name, found nothing: the row is of no use",
                    ),
                    Text::fixed(
                        "请补填，或删去这一行",
                        "please fill it in, or strike the row out",
                    ),
                ));
            }
            return false;
        }
        // A remark below the table, or the header again.
        if filled == 1 && text.chars().count() > 8 || text == self.sheet.headers.get(name).trim() {
            return false;
        }
        let people = names::people(text);
        if people.is_empty() {
            self.nobody(name, findings);
            return false;
        }
        let levels = self.levels(of_sheet, findings);
        let (limit, only, only_buildings) = self.limits(findings);
        let account = self.get(Column::Account);
        // One account is not several people's.
        let account = (people.len() == 1 && !is_placeholder(Field::Name, account))
            .then(|| account.to_owned());
        let persons = self.persons(&people, name, self.sheet.at(Column::Phone), findings);
        for (person, named) in persons.into_iter().zip(&people) {
            let person = roster.enter(
                Person {
                    account: account.clone(),
                    limit,
                    only,
                    ..person
                },
                findings,
            );
            for level in &levels {
                let mut post = self.post(person, *level);
                if !named.buildings.is_empty() {
                    post.buildings.clone_from(&named.buildings);
                    self.put_at(&mut post, name);
                }
                if post.buildings.is_empty() {
                    post.buildings.clone_from(&only_buildings);
                }
                roster.posts.push(post);
            }
        }
        true
    }

    /// A cell of names that holds something else.
    fn nobody(&mut self, at: usize, findings: &mut Sink<'_>) {
        self.failed = true;
        findings(self.finding(
            Some(at),
            (Kind::NoName, Severity::Error),
            Text::fixed(
                "此处应为姓名，实为号码或其他内容；没有用上",
                "expected a name, found a number or something else: it is of no use",
            ),
            Text::fixed(
                "请写姓名；如果姓名写在另一列，请改正表头",
                "write the name; where it stands in another column, correct the headers",
            ),
        ));
    }

    /// The levels of a row: of its title and of its party post.
    fn levels(&mut self, of_sheet: Option<Level>, findings: &mut Sink<'_>) -> Vec<Level> {
        let (title, party) = (
            self.get(Column::Title).to_owned(),
            self.get(Column::Party).to_owned(),
        );
        let (mut levels, unknown) = self.options.roles.levels(&title);
        let at = self.sheet.at(Column::Title);
        if !unknown.is_empty() && (levels.is_empty() || of_sheet.is_none()) {
            let severity = if levels.is_empty() && of_sheet.is_none() {
                Severity::Error
            } else {
                Severity::Warning
            };
            self.failed |= severity == Severity::Error;
            let known = self.options.roles.known();
            let said = if self.options.show_values {
                format!("“{}”", unknown.join("、"))
            } else {
                String::new()
            };
            findings(self.finding(
                at,
                (Kind::UnknownTitle, severity),
                Text::new(
                    format!("不认识的职务{said}；认识的有：{}，及其常见的别称", known.zh),
                    format!("a title{said} that leads to no level; known are: {}, and other words for them", known.en),
                ),
                Text::fixed(
                    "请改写职务，或在职务文件中加一行，如 [worker] words = [\"…\"]，用 --roles 指定",
                    "write one of these, or add a line to a file of titles, such as [worker] words = [\"…\"], and name it with --roles",
                ),
            ));
        }
        if levels.is_empty() {
            levels.extend(of_sheet);
        }
        let (of_party, unknown) = self.options.roles.levels(&party);
        if !unknown.is_empty()
            && of_party.is_empty()
            && !is_placeholder(Field::Name, &party)
            && !is_plain_member(&party)
        {
            findings(self.finding(
                self.sheet.at(Column::Party),
                (Kind::UnknownTitle, Severity::Note),
                Text::fixed(
                    "不是党组织四级中的职务，没有用上",
                    "no post of the four levels of the party chain: it is of no use here",
                ),
                Text::default(),
            ));
        }
        for level in of_party {
            if level.chain() == Chain::Party && !levels.contains(&level) {
                levels.push(level);
            }
        }
        if levels.is_empty() && title.is_empty() {
            self.failed = true;
            findings(self.finding(
                at,
                (Kind::NoTitle, Severity::Error),
                Text::fixed(
                    "此处应为职务，实为空；这个人没有用上",
                    "expected a level, found nothing: the person is of no use",
                ),
                Text::new(
                    format!("请补填：{}", self.options.roles.known().zh),
                    format!("please fill one in: {}", self.options.roles.known().en),
                ),
            ));
        }
        levels
    }

    /// The people of a cell, with the telephone numbers of another, or those beside their names.
    fn persons(
        &mut self,
        people: &[Named],
        at: usize,
        phone_at: Option<usize>,
        findings: &mut Sink<'_>,
    ) -> Vec<Person> {
        let cell = phone_at.map_or("", |at| self.row.get(at));
        // As many numbers as people are one each; else the first is the first one's.
        let several: Vec<&str> = phone::several(cell).collect();
        let cells = if several.len() == people.len() {
            several
        } else {
            vec![cell]
        };
        let mut cells = cells.into_iter();
        let mut persons = Vec::new();
        for named in people {
            let cell = cells.next().unwrap_or_default();
            let phone = phone::read(cell).unwrap_or_else(|fault| {
                self.failed |= fault.severity() == Severity::Error;
                findings(self.finding(
                    phone_at,
                    (Kind::BadPhone, fault.severity()),
                    fault.message(),
                    fault.advice(),
                ));
                None
            });
            let beside = || phone::read(named.phone.as_deref()?).ok().flatten();
            persons.push(Person {
                name: named.name.clone(),
                phone: phone.or_else(beside),
                account: None,
                community: self.get(Column::Community).to_owned(),
                limit: None,
                only: false,
                file: self.sheet.file.clone(),
                place: self.sheet.place(self.row, Some(at)),
                is_earlier: self.is_earlier,
            });
        }
        persons
    }

    /// Says that a post's buildings stand in this column.
    fn put_at(&self, post: &mut Post, column: usize) {
        let [_, place] = &mut post.at;
        *place = self.sheet.place(self.row, Some(column));
    }

    /// Grids at most; whether only the buildings named; and these, where they stand in that cell.
    fn limits(&self, findings: &mut Sink<'_>) -> (Option<u32>, bool, String) {
        let text = self.get(Column::Limit);
        let limit = if is_placeholder(Field::Name, text) {
            None
        } else if let Ok(limit) = survey::whole_number(text.trim_end_matches(['格', '网'])) {
            Some(limit)
        } else {
            findings(self.finding(
                self.sheet.at(Column::Limit),
                (Kind::BadLimit, Severity::Error),
                Text::fixed(
                    "此处应为整数，实不是；这个人按没有上限计",
                    "expected a whole number: the person is taken to have no limit",
                ),
                Text::fixed(
                    "请写最多负责几个网格，如 2",
                    "write how many grids at most, such as 2",
                ),
            ));
            None
        };
        let only = self.get(Column::Only).to_lowercase();
        match only.as_str() {
            "" | "否" | "不" | "无" | "no" | "n" | "0" | "-" | "/" | "false" => {
                (limit, false, String::new())
            }
            "是" | "yes" | "y" | "√" | "✓" | "1" | "true" | "x" => {
                (limit, true, String::new())
            }
            _ => (limit, true, self.get(Column::Only).to_owned()),
        }
    }

    fn post(&self, person: usize, level: Level) -> Post {
        let or = |a: Column, b: Column| if self.get(a).is_empty() { b } else { a };
        let grids = or(Column::Grids, Column::Grid);
        let buildings = or(Column::Buildings, or(Column::Blocks, Column::Building));
        let entrance = self.get(Column::Entrance);
        let mut named = [self.get(grids).to_owned(), self.get(buildings).to_owned()];
        if let ([_, buildings], false) = (&mut named, entrance.is_empty())
            && !buildings.is_empty()
        {
            // 3栋 and 2 in two columns are 3栋2单元.
            if let Some(entrance) = survey::entrance_of(entrance) {
                buildings.push_str(&entrance.to_string());
            }
        }
        let mut at =
            [grids, buildings].map(|column| self.sheet.place(self.row, self.sheet.at(column)));
        let (scope, column) = match self.get(Column::Scope) {
            // 第3网格网格员: the title says where.
            "" if named.iter().all(String::is_empty) => {
                let place = self.options.roles.place_of(self.get(Column::Title));
                (place.unwrap_or_default(), Column::Title)
            }
            scope => (scope.to_owned(), Column::Scope),
        };
        if !scope.is_empty() {
            let (of_grids, of_buildings) = scope::divide(&scope, level);
            let place = self.sheet.place(self.row, self.sheet.at(column));
            for (index, text) in [of_grids, of_buildings].into_iter().enumerate() {
                if let (Some(named), Some(at)) = (named.get_mut(index), at.get_mut(index))
                    && named.is_empty()
                {
                    *named = text;
                    at.clone_from(&place);
                }
            }
        }
        let [grids, buildings] = named;
        Post {
            person,
            level,
            community: self.get(Column::Community).to_owned(),
            estate: self.get(Column::Estate).to_owned(),
            grids,
            buildings,
            file: self.sheet.file.clone(),
            at,
            is_earlier: self.is_earlier,
        }
    }

    /// A row that is a grid or a building, with people in the columns of their levels.
    fn grid_row(
        &mut self,
        roles: &[(usize, Level, Option<usize>)],
        roster: &mut Roster,
        findings: &mut Sink<'_>,
    ) -> bool {
        let mut any = false;
        for (at, level, phone) in roles {
            let mut people = names::people(self.row.get(*at));
            if people.is_empty() && !is_vacant(self.row.get(*at).trim()) {
                self.nobody(*at, findings);
            }
            let header = self.sheet.headers.get(*at).trim();
            people.retain(|named| !is_vacant(&named.name) && named.name != header);
            let persons = self.persons(&people, *at, *phone, findings);
            for (person, named) in persons.into_iter().zip(people) {
                let person = roster.enter(person, findings);
                let mut post = self.post(person, *level);
                if matches!(level, Level::Chief | Level::Committee) {
                    post.grids.clear();
                    post.buildings.clear();
                } else if !matches!(level, Level::Assistant | Level::Group | Level::Member)
                    && !post.grids.is_empty()
                {
                    // The row's buildings are the grid's.
                    post.buildings.clear();
                } else if !named.buildings.is_empty() {
                    post.buildings = scope::within(&post.buildings, &named.buildings);
                    self.put_at(&mut post, *at);
                }
                roster.posts.push(post);
                any = true;
            }
        }
        any
    }
}

fn is_copy(row: &Row, at: usize) -> bool {
    row.kind(at).is_copy()
}

fn is_vacant(name: &str) -> bool {
    is_placeholder(Field::Name, name)
        || matches!(
            name,
            "合计"
                | "总计"
                | "小计"
                | "共计"
                | "空缺"
                | "待定"
                | "暂缺"
                | "缺"
                | "缺编"
                | "待补"
                | "vacant"
        )
}

fn is_plain_member(text: &str) -> bool {
    matches!(
        text,
        "党员" | "群众" | "中共党员" | "预备党员" | "团员" | "否" | "是"
    )
}
