//! A division told to a person: what came out, why, a sentence for each grid, a reason for each change.

mod changes;

use std::fmt::Write as _;

use super::certificate::{self, Names, list};
use super::text::{Paint, Style, grouped};
use crate::lang::{Lang, Text};
use crate::partition::{Limits, ModelError, NumberStatus, Outcome, Status};
use crate::survey::{Division, Finding, GridFacts, Ground};

/// The whole report on one community.
#[must_use]
pub fn report(division: &Division, lang: Lang, paint: Paint<'_>) -> String {
    let mut text = paint(Style::Title, &title(division, lang));
    text.push('\n');
    let line = |text: &mut String, style, said: &str| {
        let _ = writeln!(text, "{}", paint(style, said));
    };
    for (style, said) in outcome(division, lang) {
        line(&mut text, style, &said);
    }
    if division.outcome.is_err() {
        return text;
    }
    let facts = division.facts();
    for grid in &facts {
        line(&mut text, Style::Plain, &sentence(division, grid, lang));
    }
    for said in changes::changes(division, &facts, lang) {
        line(&mut text, Style::Plain, &said);
    }
    text
}

/// What came out, why, and what else was decided; each with the style in which it is said.
pub(super) fn outcome(division: &Division, lang: Lang) -> Vec<(Style, String)> {
    let outcome = match &division.outcome {
        Err(error) => {
            let why = refused(*error, division).get(lang).to_owned();
            return vec![(Style::Error, why)];
        }
        Ok(outcome) => outcome,
    };
    let style = if division.is_legal() {
        Style::Plain
    } else {
        Style::Error
    };
    let mut said = vec![(style, verdict(division, outcome, lang))];
    if let Some(certificate) = &outcome.certificate {
        let why = certificate::words(certificate, &names(division));
        said.push((Style::Warning, why.get(lang).to_owned()));
    }
    let asides = asides(division, outcome, lang).into_iter();
    said.extend(asides.map(|aside| (Style::Dim, aside)));
    said
}

/// Names of the blocks of a division.
fn names(division: &Division) -> impl Fn(usize) -> String + '_ {
    |block| {
        division
            .posed
            .parts
            .get(block)
            .map(|part| part.name.clone())
            .unwrap_or_default()
    }
}

/// The community and how much of it there is.
pub(super) fn title(division: &Division, lang: Lang) -> String {
    let problem = &division.posed.problem;
    let (blocks, households, residents) = (
        grouped(problem.blocks.len() as u64),
        grouped(problem.households()),
        grouped(problem.residents()),
    );
    let name = if division.community.is_empty() {
        lang.pick("本社区", "the community")
    } else {
        &division.community
    };
    lang.pick(
        format!("{name}：{blocks} 个划分单元，{households} 户，{residents} 人"),
        format!("{name}: {blocks} blocks, {households} households, {residents} residents"),
    )
}

/// `300–500`
pub(super) fn range(limits: Limits, lang: Lang) -> String {
    match (limits.min, limits.max) {
        (0, u32::MAX) => lang.pick("不限", "any number of").to_owned(),
        (min, u32::MAX) => lang.pick(
            format!("不少于 {}", grouped(min.into())),
            format!("at least {}", grouped(min.into())),
        ),
        (min, max) => format!("{}–{}", grouped(min.into()), grouped(max.into())),
    }
}

fn limits(division: &Division, lang: Lang) -> String {
    let standard = division.options.standard;
    let range = |limits| range(limits, lang);
    lang.pick(
        format!(
            "每格 {} 户、{} 人",
            range(standard.households),
            range(standard.residents)
        ),
        format!(
            "{} households and {} residents a grid",
            range(standard.households),
            range(standard.residents)
        ),
    )
}

fn verdict(division: &Division, outcome: &Outcome, lang: Lang) -> String {
    let grids = division.plan.grids.len();
    let limits = limits(division, lang);
    match outcome.status {
        Status::Optimal if division.posed.problem.is_chain => lang.pick(
            format!("分为 {grids} 个网格，全部符合标准（{limits}）；已证明在这个楼栋顺序下没有更好的划分"),
            format!("{grids} grids, all within the limits ({limits}); it is proved that in this order of buildings no division is better"),
        ),
        Status::Optimal => lang.pick(
            format!("分为 {grids} 个网格，全部符合标准（{limits}）；已证明没有更好的划分"),
            format!("{grids} grids, all within the limits ({limits}); it is proved that no division is better"),
        ),
        Status::Feasible => {
            let gap = outcome.gap().map(|gap| format!("{:.2}", gap * 100.0));
            let gap = match gap {
                _ if !division.is_fewest => lang.pick("没有证明这是最好的：没有排除少拆楼栋、或改拆别的楼栋的可能", "that it is the best is not proved: fewer buildings, or others, might be divided instead").to_owned(),
                Some(gap) => lang.pick(
                    format!("与最好的可能相差不超过 {gap}%"),
                    format!("within {gap}% of the best that is possible"),
                ),
                None => lang.pick("离最好的可能还差多少，没有证明", "how far from the best it is, is not proved").to_owned(),
            };
            lang.pick(
                format!("分为 {grids} 个网格，全部符合标准（{limits}）；{gap}"),
                format!("{grids} grids, all within the limits ({limits}); {gap}"),
            )
        }
        Status::Relaxed => {
            let objective = outcome.objective.unwrap_or_default();
            let (households, residents) = (grouped(objective.households_missed), grouped(objective.residents_missed));
            let proved = if outcome.certificate.is_some() {
                lang.pick("没有完全符合标准的划分（已证明）", "no division keeps to the limits, which is proved")
            } else {
                lang.pick("没有找到完全符合标准的划分，也没有证明不可能", "no division within the limits was found, and none is proved impossible")
            };
            lang.pick(
                format!("{proved}；以下 {grids} 个网格偏离最少：共差 {households} 户、{residents} 人（标准：{limits}）"),
                format!("{proved}; these {grids} grids miss them least: by {households} households and {residents} residents in all ({limits})"),
            )
        }
        Status::Infeasible => lang.pick(
            format!("没有符合标准的划分（{limits}），已证明"),
            format!("no division keeps to the limits ({limits}): proved"),
        ),
        Status::Unknown => lang.pick(
            format!("没有找到符合标准的划分（{limits}），也没有证明不可能；可用 --nodes 增加搜索量"),
            format!("no division within the limits ({limits}) was found, and none is proved impossible; --nodes lets the search go on longer"),
        ),
    }
}

/// Why a community could not be worked on at all.
#[must_use]
pub fn refused(error: ModelError, division: &Division) -> Text {
    refusal(error, &names(division))
}

/// The same for blocks of these names.
pub(super) fn refusal(error: ModelError, name: &Names<'_>) -> Text {
    match error {
        ModelError::Empty => Text::fixed("没有可划分的住户", "there is no household to divide"),
        ModelError::TooManyBlocks(count) => Text::new(
            format!(
                "有 {} 个楼栋，一个社区不可能有这么多：请在名单中加上“社区”一列，或检查楼栋一列",
                grouped(count as u64)
            ),
            format!(
                "{} buildings are not one community: add a column `community` to the list, or check the column of buildings",
                grouped(count as u64)
            ),
        ),
        ModelError::TooManyHouseholds(count) => Text::new(
            format!(
                "有 {} 户，一个社区不可能有这么多：请检查户数",
                grouped(count)
            ),
            format!(
                "{} households are not one community: check the numbers",
                grouped(count)
            ),
        ),
        ModelError::TooManyResidents(count) => Text::new(
            format!(
                "有 {} 人，一个社区不可能有这么多：请检查人数",
                grouped(count)
            ),
            format!(
                "{} residents are not one community: check the numbers",
                grouped(count)
            ),
        ),
        ModelError::TooWide(a, b) => Text::new(
            format!("{} 与 {} 相距 100 公里以上：请检查坐标", name(a), name(b)),
            format!(
                "{} and {} are more than 100 km apart: check the coordinates",
                name(a),
                name(b)
            ),
        ),
        ModelError::NoPosition(block) => Text::new(
            format!("{} 没有位置，其他楼栋有", name(block)),
            format!("{} has no position, others have one", name(block)),
        ),
        ModelError::Standard => Text::fixed(
            "标准的下限大于上限",
            "a limit's least is greater than its most",
        ),
        ModelError::Balance(balance) => Text::new(
            format!("均衡权重 {balance} 太大，无法计算：请用较小的数，如 1"),
            format!(
                "a balance of {balance} is too great to be counted: use a smaller one, such as 1"
            ),
        ),
        ModelError::Count => Text::fixed(
            "网格数必须大于 0",
            "the number of grids has to be greater than 0",
        ),
        ModelError::NoSuchBlock(_) | ModelError::Previous => Text::fixed(
            "上次的方案或相邻关系与名单不符",
            "the previous plan or the pairs do not fit the list",
        ),
    }
}

/// What else was decided or is worth knowing.
fn asides(division: &Division, outcome: &Outcome, lang: Lang) -> Vec<String> {
    let mut said = Vec::new();
    let names = names(division);
    if matches!(division.ground, Ground::Names | Ground::Order) && !division.plan.grids.is_empty() {
        said.push(lang.pick("没有位置：网格是楼栋顺序中相连的一段，在地面上是否连成一片没有核实", "without positions a grid is a run of the buildings' order: whether it hangs together on the ground was not looked at").to_owned());
    }
    let is_split = |name: &&String| !division.unsplittable.contains(*name);
    let split: Vec<&str> = division
        .oversized
        .iter()
        .filter(is_split)
        .map(String::as_str)
        .collect();
    if !split.is_empty() {
        let all = split.join(lang.pick("、", ", "));
        said.push(lang.pick(
            format!("单栋超过上限、按单元或楼层分开：{all}"),
            format!("above a limit alone, and divided by entrances or floors: {all}"),
        ));
    }
    if !division.unsplittable.is_empty() {
        let all = division.unsplittable.join(lang.pick("、", ", "));
        said.push(lang.pick(
            format!("单栋超过上限、又没有单元和楼层资料可以分开：{all}"),
            format!("above a limit alone, without entrances or floors to divide them by: {all}"),
        ));
    }
    if !division.further.is_empty() {
        let all = division.further.join(lang.pick("、", ", "));
        said.push(lang.pick(
            format!("不拆楼栋没有符合标准的划分，因此另外拆分：{all}"),
            format!("with these buildings whole no legal division was found, so they are divided too: {all}"),
        ));
    }
    if !division.posed.joined.is_empty() {
        let pairs = division.posed.joined.iter();
        let pairs: Vec<String> = pairs
            .map(|(a, b)| format!("{}—{}", names(*a), names(*b)))
            .collect();
        let pairs = pairs.join(lang.pick("、", ", "));
        said.push(lang.pick(
            format!("屏障把社区隔成几片，按最近处连起来：{pairs}；请核实能否通行"),
            format!("barriers leave parts alone, which were joined where they are nearest: {pairs}; please check whether one can pass there"),
        ));
    }
    if let Some(numbers) = numbers(division, outcome, lang) {
        said.push(numbers);
    }
    said
}

/// Which numbers of grids are possible.
fn numbers(division: &Division, outcome: &Outcome, lang: Lang) -> Option<String> {
    let of = |wanted: fn(&NumberStatus) -> bool| {
        let numbers = outcome.numbers.iter().filter(|(_, status)| wanted(status));
        runs(&numbers.map(|(number, _)| *number).collect::<Vec<_>>())
    };
    let parts = [
        (
            of(|status| matches!(status, NumberStatus::Optimal | NumberStatus::Feasible)),
            lang.pick("可行", "possible"),
        ),
        (
            of(|status| matches!(status, NumberStatus::Impossible(_))),
            lang.pick("不可能（已证明）", "proved impossible"),
        ),
        (
            of(|status| matches!(status, NumberStatus::Unknown)),
            lang.pick("未知", "not known"),
        ),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter_map(|(runs, word)| runs.map(|runs| format!("{runs} {word}")))
        .collect();
    let all = parts.join(lang.pick("；", "; "));
    // With other buildings divided, other numbers may be possible.
    let when = if division.further.is_empty() {
        ("网格数", "numbers of grids")
    } else {
        (
            "只拆分上述楼栋时的网格数",
            "numbers of grids with no other buildings divided",
        )
    };
    (!all.is_empty()).then(|| lang.pick(format!("{}：{all}", when.0), format!("{}: {all}", when.1)))
}

/// `9–12, 14`
fn runs(numbers: &[u32]) -> Option<String> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, to)) if *to + 1 == *number => *to = *number,
            _ => runs.push((*number, *number)),
        }
    }
    let text = |(from, to): &(u32, u32)| {
        if from == to {
            from.to_string()
        } else {
            format!("{from}–{to}")
        }
    };
    let runs: Vec<String> = runs.iter().map(text).collect();
    (!runs.is_empty()).then(|| runs.join(", "))
}

/// One grid: how many, which blocks, how far across, by how much it misses a limit.
fn sentence(division: &Division, grid: &GridFacts, lang: Lang) -> String {
    let blocks = list(&grid.blocks, &names(division), lang);
    let (households, residents) = (grouped(grid.households), grouped(grid.residents));
    let name = &grid.name;
    let mut text = lang.pick(
        format!("{name} 网格：{households} 户，{residents} 人；{blocks}"),
        format!("grid {name}: {households} households, {residents} residents; {blocks}"),
    );
    if grid.priority > 0 {
        let priority = grouped(grid.priority);
        text.push_str(&lang.pick(
            format!("；重点户 {priority}"),
            format!("; {priority} priority households"),
        ));
    }
    if let Some((mean, greatest)) = grid.mean_distance.zip(grid.greatest_distance) {
        text.push_str(&lang.pick(
            format!("；离中心平均 {mean} 米，最远 {greatest} 米"),
            format!("; {mean} m from the middle on average, {greatest} m at most"),
        ));
    }
    let missed = [
        (
            grid.standard.households.missed(grid.households),
            lang.pick("户", "households"),
        ),
        (
            grid.standard.residents.missed(grid.residents),
            lang.pick("人", "residents"),
        ),
    ];
    if grid.is_locked {
        text.push_str(lang.pick("；按要求保持不变", "; kept as it was, as asked"));
    } else {
        for (missed, unit) in missed {
            let size = grouped(missed.unsigned_abs());
            match missed.signum() {
                1 => text.push_str(&lang.pick(
                    format!("；超出上限 {size} {unit}"),
                    format!("; {size} {unit} above the limit"),
                )),
                -1 => text.push_str(&lang.pick(
                    format!("；不足下限 {size} {unit}"),
                    format!("; {size} {unit} below the limit"),
                )),
                _ => {}
            }
        }
    }
    text
}

/// One finding about the sheets: severity, file and cell, what is wrong, what to write.
#[must_use]
pub fn finding(finding: &Finding, lang: Lang, paint: Paint<'_>) -> String {
    let style = match finding.severity {
        crate::diagnostic::Severity::Error => Style::Error,
        crate::diagnostic::Severity::Warning => Style::Warning,
        crate::diagnostic::Severity::Note => Style::Note,
    };
    let place = if finding.place.row == 0 {
        finding.file.clone()
    } else {
        format!("{} {}", finding.file, finding.place)
    };
    format!(
        "{} {}{}{}{}{} {}",
        paint(style, finding.severity.label(lang)),
        paint(Style::Place, &place),
        lang.pick("：", ": "),
        paint(Style::Plain, finding.message.get(lang)),
        lang.pick("；", "; "),
        paint(Style::Plain, finding.advice.get(lang)),
        paint(Style::Dim, &format!("[{}]", finding.kind.key()))
    )
}
