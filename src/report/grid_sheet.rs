//! The grids of a plan as a table: one row a grid, for a spreadsheet.

use crate::lang::Lang;
use crate::partition::Limits;
use crate::survey::Division;

/// The headers.
#[must_use]
pub fn header(lang: Lang) -> [&'static str; 22] {
    match lang {
        Lang::Zh => [
            "社区",
            "网格",
            "网格长编码",
            "户数",
            "人数",
            "重点户数",
            "工作量",
            "楼栋",
            "中心楼栋",
            "中心X（米）",
            "中心Y（米）",
            "平均距离（米）",
            "最远距离（米）",
            "距户数下限",
            "距户数上限",
            "距人数下限",
            "距人数上限",
            "由原网格延续",
            "调入户数",
            "调出户数",
            "是否锁定",
            "是否合格",
        ],
        Lang::En => [
            "community",
            "grid",
            "long grid code",
            "households",
            "residents",
            "priority households",
            "work",
            "blocks",
            "middle block",
            "centre x (m)",
            "centre y (m)",
            "mean distance (m)",
            "greatest distance (m)",
            "above least households",
            "below most households",
            "above least residents",
            "below most residents",
            "continues",
            "moved in",
            "moved out",
            "locked",
            "within limits",
        ],
    }
}

/// The rows of a division, in the order of its grids.
#[must_use]
pub fn rows(division: &Division, lang: Lang) -> Vec<[String; 22]> {
    let names = |blocks: &[usize]| {
        let names = blocks
            .iter()
            .filter_map(|block| division.posed.parts.get(*block));
        let names: Vec<&str> = names.map(|part| part.name.as_str()).collect();
        names.join(lang.pick("、", ", "))
    };
    let yes = |is: bool| {
        lang.pick(if is { "是" } else { "否" }, if is { "yes" } else { "no" })
            .to_owned()
    };
    let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    division
        .facts()
        .into_iter()
        .map(|facts| {
            let (households, residents) = (facts.standard.households, facts.standard.residents);
            let is_legal =
                households.missed(facts.households) == 0 && residents.missed(facts.residents) == 0;
            [
                division.community.clone(),
                facts.name,
                facts.code.unwrap_or_default(),
                facts.households.to_string(),
                facts.residents.to_string(),
                facts.priority.to_string(),
                facts.work.to_string(),
                names(&facts.blocks),
                facts
                    .middle
                    .map(|block| names(&[block]))
                    .unwrap_or_default(),
                facts
                    .centre
                    .map(|centre| metres(centre.x))
                    .unwrap_or_default(),
                facts
                    .centre
                    .map(|centre| metres(centre.y))
                    .unwrap_or_default(),
                number(facts.mean_distance),
                number(facts.greatest_distance),
                above(facts.households, households),
                below(facts.households, households),
                above(facts.residents, residents),
                below(facts.residents, residents),
                facts.continues.unwrap_or_default(),
                facts.moved_in.to_string(),
                facts.moved_out.to_string(),
                yes(facts.is_locked),
                yes(is_legal || facts.is_locked),
            ]
        })
        .collect()
}

fn metres(decimetres: i64) -> String {
    let sign = if decimetres < 0 { "-" } else { "" };
    let size = decimetres.unsigned_abs();
    format!("{sign}{}.{}", size / 10, size % 10)
}

fn above(number: u64, limits: Limits) -> String {
    (i128::from(number) - i128::from(limits.min)).to_string()
}

fn below(number: u64, limits: Limits) -> String {
    if limits.max == u32::MAX {
        return String::new();
    }
    (i128::from(limits.max) - i128::from(number)).to_string()
}
