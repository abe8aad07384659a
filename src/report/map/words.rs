//! What the map says of a block, a grid and the picture, in both languages.

use super::Grid;
use super::layout::Layout;
use crate::lang::{Lang, Text};
use crate::partition::{Block, Limits};
use crate::report::division::range;
use crate::report::text::grouped;
use crate::survey::{GridFacts, Part};

/// By how much a grid misses its limits, and which these are; `None` where it keeps to them, or has to stay as it is.
pub(super) fn missed(facts: &GridFacts) -> Option<Text> {
    if facts.is_locked {
        return None;
    }
    let of = |lang: Lang| {
        let parts = [
            (
                facts.households,
                facts.standard.households,
                lang.pick("户", "households"),
            ),
            (
                facts.residents,
                facts.standard.residents,
                lang.pick("人", "residents"),
            ),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .filter_map(|(number, limits, unit)| one_missed(number, limits, unit, lang))
            .collect();
        parts.join(lang.pick("；", "; "))
    };
    let text = Text::of(of);
    (!text.zh.is_empty()).then_some(text)
}

fn one_missed(number: u64, limits: Limits, unit: &str, lang: Lang) -> Option<String> {
    let missed = limits.missed(number);
    let (size, range) = (grouped(missed.unsigned_abs()), range(limits, lang));
    Some(match missed.signum() {
        1 => lang.pick(
            format!("超出上限 {size} {unit}（标准 {range}）"),
            format!("{size} {unit} above the limit ({range})"),
        ),
        -1 => lang.pick(
            format!("不足下限 {size} {unit}（标准 {range}）"),
            format!("{size} {unit} below the limit ({range})"),
        ),
        _ => return None,
    })
}

/// A block and who lives there.
pub(super) fn of_block(part: &Part, block: Option<&Block>, is_too_big: bool) -> Text {
    let number = |of: fn(&Block) -> u32| grouped(block.map_or(0, of).into());
    let (households, residents) = (
        number(|block| block.households),
        number(|block| block.residents),
    );
    let name = &part.name;
    let priority = grouped(part.count.priority.into());
    Text::of(|lang| {
        let mut text = lang.pick(
            format!("{name}：{households} 户，{residents} 人"),
            format!("{name}: {households} households, {residents} residents"),
        );
        if part.count.priority > 0 {
            text.push_str(&lang.pick(
                format!("，重点户 {priority}"),
                format!(", {priority} priority households"),
            ));
        }
        if is_too_big {
            text.push_str(lang.pick(
                "；单栋超过上限，没有单元和楼层资料可以分开",
                "; above a limit alone, without entrances or floors to divide it by",
            ));
        }
        text
    })
}

/// A grid, how many live there, and what is wrong with it.
pub(super) fn of_grid(grid: &Grid) -> Text {
    let (households, residents) = (grouped(grid.households), grouped(grid.residents));
    let name = &grid.name;
    Text::of(|lang| {
        let mut text = lang.pick(
            format!("{name} 网格：{households} 户，{residents} 人"),
            format!("grid {name}: {households} households, {residents} residents"),
        );
        if let Some(missed) = &grid.missed {
            text.push_str(lang.pick("；", "; "));
            text.push_str(missed.get(lang));
        }
        if grid.is_locked {
            text.push_str(lang.pick("；", "; "));
            text.push_str(LOCKED.get(lang));
        }
        text
    })
}

/// Of a block that no grid has.
pub(super) const NO_GRID: Text = Text::fixed("没有划入网格", "in no grid");
/// Of a grid that stays as it is.
pub(super) const LOCKED: Text = Text::fixed("按要求保持不变", "kept as it was, as asked");

/// What has to be known to read the picture.
pub(super) fn of_layout(layout: &Layout, beside: usize) -> Vec<Text> {
    let mut said = Vec::new();
    if layout.spots.is_empty() {
        return said;
    }
    if layout.ground.is_none() {
        said.push(Text::fixed(
            "图中没有位置：按楼栋顺序逐行往返排列，不是地图",
            "the picture knows no positions: buildings stand in their order, row by row, there and back",
        ));
    }
    if beside > 0 {
        said.push(Text::new(
            format!("有 {beside} 处没有位置，单独列在图的下方；划分时按楼名相近的楼栋的位置计算"),
            format!(
                "without a position: {beside}, shown in a row beneath; the division takes them to stand where the nearest by name does"
            ),
        ));
    }
    said
}

/// A length of the picture in tenths, as a whole number.
#[expect(
    clippy::cast_possible_truncation,
    reason = "pictures are some thousands of units wide"
)]
pub(super) fn tenths(length: f64) -> i64 {
    (length * 10.0).round() as i64
}
