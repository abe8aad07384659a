//! The two lists a community keeps: one row a household, and one row a resident.

use jiff::civil::Date;

use super::community::Household;

/// One cell as a spreadsheet holds it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    Number(u32),
    /// A date shown as `1975-03-04`.
    Day(Date),
    /// A date shown as `3月4日`: what becomes of a typed `3-4`.
    MonthDay(Date),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl Cell {
    /// What a text file holds.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
            Self::MonthDay(day) => format!("{}月{}日", day.month(), day.day()),
        }
    }
}

/// The columns of the list of households.
pub(crate) const HOUSEHOLD_COLUMNS: [&str; 12] = [
    "社区",
    "小区",
    "楼栋",
    "单元",
    "房号",
    "网格编码",
    "居住类型",
    "住房性质",
    "户主姓名",
    "人数",
    "联系电话",
    "备注",
];

/// The columns of the list of residents. The first nine describe the household.
pub(crate) const RESIDENT_COLUMNS: [&str; 17] = [
    "社区",
    "小区",
    "楼栋",
    "单元",
    "房号",
    "网格编码",
    "居住类型",
    "住房性质",
    "人数",
    "姓名",
    "与户主关系",
    "性别",
    "身份证号",
    "出生日期",
    "年龄",
    "联系电话",
    "备注",
];

/// Columns by name, for those who write mistakes into them.
pub(crate) mod column {
    pub(crate) const BUILDING: usize = 2;
    pub(crate) const ENTRANCE: usize = 3;
    pub(crate) const UNIT: usize = 4;
    pub(crate) const CODE: usize = 5;
    pub(crate) const RESIDENT: usize = 6;
    pub(crate) const TENURE: usize = 7;
    /// In the list of residents.
    pub(crate) const COUNT: usize = 8;
    pub(crate) const ID: usize = 12;
    pub(crate) const BIRTH: usize = 13;
    pub(crate) const AGE: usize = 14;
    pub(crate) const PHONE: usize = 15;
}

/// The columns both lists begin with.
fn door(home: &Household) -> Vec<Cell> {
    vec![
        home.community.as_str().into(),
        home.estate.into(),
        home.building.as_str().into(),
        format!("{}单元", home.entrance).into(),
        home.room.as_str().into(),
        home.code().into(),
        home.resident_word.into(),
        home.tenure_word.into(),
    ]
}

fn count(home: &Household) -> Cell {
    Cell::Number(u32::try_from(home.people.len()).unwrap_or(0))
}

/// A household's row in the list of households.
pub(crate) fn household_row(home: &Household) -> Vec<Cell> {
    let mut row = door(home);
    row.extend([
        home.name(0).into(),
        count(home),
        home.phone().into(),
        home.remark().into(),
    ]);
    row
}

/// A household's rows in the list of residents, the head first.
pub(crate) fn resident_rows(home: &Household) -> impl Iterator<Item = Vec<Cell>> {
    home.people.iter().enumerate().map(|(nth, person)| {
        let (phone, remark) = if nth == 0 {
            (home.phone(), home.remark())
        } else {
            (String::new(), "")
        };
        let mut row = door(home);
        row.extend([
            count(home),
            home.name(nth).into(),
            person.relation.into(),
            if person.male { "男" } else { "女" }.into(),
            person.id.as_str().into(),
            Cell::Day(person.birth),
            Cell::Number(u32::from(person.age)),
            phone.into(),
            remark.into(),
        ]);
        row
    })
}
