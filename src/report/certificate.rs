//! Why there is no plan, in words that a community worker understands, with the smallest relaxation that helps.

use super::text::grouped;
use crate::lang::{Lang, Text};
use crate::partition::{Arithmetic, Certificate, Limits, Resource};

/// Names of blocks, for those that a certificate speaks of.
pub type Names<'n> = dyn Fn(usize) -> String + 'n;

/// Why there is no plan: what is impossible, and what would make it possible.
#[must_use]
pub fn words(certificate: &Certificate, names: &Names<'_>) -> Text {
    Text::of(|lang| say(certificate, names, lang))
}

fn say(certificate: &Certificate, names: &Names<'_>, lang: Lang) -> String {
    match certificate {
        Certificate::Arithmetic(arithmetic) => sums(arithmetic, names, lang),
        Certificate::Number {
            grids,
            locked,
            arithmetic,
        } => number(*grids, *locked, arithmetic, names, lang),
        Certificate::Block {
            block,
            resource,
            number,
            max,
        } => {
            let name = names(*block);
            let (number, max) = (grouped(*number), grouped(u64::from(*max)));
            lang.pick(
                format!("{name}有 {number} {unit}，超过一个网格的上限 {max} {unit}，又没有更小的部分可分；请在名单中写明单元和楼层，或把上限提高到 {number}", unit = unit(*resource, lang)),
                format!("{name} has {number} {unit}, above the {max} that a grid may have, and no smaller parts; say entrances and floors in the list, or raise the limit to {number}", unit = unit(*resource, lang)),
            )
        }
        Certificate::Together {
            blocks,
            resource,
            number,
            max,
        } => {
            let names = list(blocks, names, lang);
            let (number, max) = (grouped(*number), grouped(u64::from(*max)));
            lang.pick(
                format!("要求在同一网格的 {names} 共有 {number} {unit}，超过上限 {max} {unit}；请减少“必须同格”的要求，或把上限提高到 {number}", unit = unit(*resource, lang)),
                format!("{names}, which must be in one grid, have {number} {unit} together, above {max}; ask for fewer to be together, or raise the limit to {number}", unit = unit(*resource, lang)),
            )
        }
        Certificate::Contradiction { blocks: (a, b) } => {
            let (a, b) = (names(*a), names(*b));
            lang.pick(
                format!("{a} 与 {b} 既要求同格又要求分开，或其中一处在锁定的网格里、另一处的要求与锁定相反；请去掉其中一条要求或取消锁定"),
                format!("{a} and {b} must be together and apart at once, or one is in a locked grid and what is asked of the other goes against the lock; strike out one of the two, or do not lock the grid"),
            )
        }
        Certificate::NoGrid { block } => {
            let name = names(*block);
            lang.pick(
                format!("{name}与周围楼栋怎样组合都不能成为合格的网格；请核对它的相邻楼栋，或放宽上下限"),
                format!("{name} fits into no legal grid, however it is put together with its neighbours; check what it touches, or loosen the limits"),
            )
        }
        Certificate::Ray { grids, .. } => lang.pick(
            format!("分成 {grids} 个网格不可能：已经证明（线性规划的对偶证明，可独立核验）；请放宽上下限，或把个别楼栋按单元分开"),
            format!("{grids} grids are impossible: proved by duality, and the proof can be checked; loosen the limits, or let single buildings be split"),
        ),
        Certificate::Exhausted { grids, .. } => lang.pick(
            format!("分成 {grids} 个网格不可能：所有合格网格的组合都已查过；请放宽上下限，或把个别楼栋按单元分开"),
            format!("{grids} grids are impossible: all combinations of legal grids were looked at; loosen the limits, or let single buildings be split"),
        ),
    }
}

/// Which number, and the limit of a resource that it is divided by.
struct Side {
    sum: u64,
    limits: Limits,
    resource: Resource,
}

fn side(arithmetic: &Arithmetic, resource: Resource) -> Side {
    let (sum, limits) = match resource {
        Resource::Households => (arithmetic.households, arithmetic.household_limits),
        Resource::Residents => (arithmetic.residents, arithmetic.resident_limits),
    };
    Side {
        sum,
        limits,
        resource,
    }
}

fn sums(arithmetic: &Arithmetic, names: &Names<'_>, lang: Lang) -> String {
    let whom = whom(arithmetic, names, lang);
    let (least, by_most) = arithmetic.least();
    let least = least.max(1);
    let above = side(arithmetic, by_most);
    let Some((most, by_least)) = arithmetic.most() else {
        return whom;
    };
    let below = side(arithmetic, by_least);
    let (unit_above, unit_below) = (unit(above.resource, lang), unit(below.resource, lang));
    let (sum_above, sum_below) = (grouped(above.sum), grouped(below.sum));
    let (max, min) = (
        grouped(u64::from(above.limits.max)),
        grouped(u64::from(below.limits.min)),
    );
    if most == 0 {
        return lang.pick(
            format!("{whom}只有 {sum_below} {unit_below}，不足一个网格的下限 {min} {unit_below}；请把下限降到 {sum_below}，或与相邻社区合并考虑"),
            format!("{whom} has {sum_below} {unit_below}, less than the {min} that one grid needs; lower the limit to {sum_below}, or divide it together with its neighbour"),
        );
    }
    // With `least` grids the lower limit has to give way, with `most` the upper one.
    let lower = grouped(below.sum / least);
    let upper = grouped(above.sum.div_ceil(most));
    if above.resource == below.resource {
        return lang.pick(
            format!("{whom}{sum_above} {unit_above}：每格不超过 {max} 至少要 {least} 个网格，每格不少于 {min} 最多 {most} 个，没有合适的网格数；请把下限降到 {lower}，或把上限提高到 {upper}"),
            format!("{whom}: {sum_above} {unit_above} need at least {least} grids of at most {max}, and make at most {most} of at least {min}; lower the least to {lower}, or raise the most to {upper}"),
        );
    }
    let lowering = lang.pick(
        format!("把每格{unit_below}数下限降到 {lower}（{least} 个网格）"),
        format!("to lower the least {unit_below} of a grid to {lower} ({least} grids)"),
    );
    let raising = lang.pick(
        format!("把每格{unit_above}数上限提高到 {upper}（{most} 个网格）"),
        format!("to raise the most {unit_above} to {upper} ({most} grids)"),
    );
    // The one that changes its limit by the smaller share comes first.
    let by_lowering =
        (u64::from(below.limits.min) - below.sum / least) * u64::from(above.limits.max);
    let by_raising =
        (above.sum.div_ceil(most) - u64::from(above.limits.max)) * u64::from(below.limits.min);
    let (first, second) = if by_lowering <= by_raising {
        (lowering, raising)
    } else {
        (raising, lowering)
    };
    lang.pick(
        format!("{whom}{sum_below} {unit_below} ÷ {min} 最多 {most} 个网格，而 {sum_above} {unit_above} ÷ {max} 至少 {least} 个：两条标准不能同时满足；最小的放宽是{first}，也可以{second}"),
        format!("{whom}: {sum_below} {unit_below} ÷ {min} make at most {most} grids, but {sum_above} {unit_above} ÷ {max} need at least {least}: the two limits cannot both be kept; the smallest relaxation is {first}, another {second}"),
    )
}

fn number(
    grids: u32,
    locked: u32,
    arithmetic: &Arithmetic,
    names: &Names<'_>,
    lang: Lang,
) -> String {
    // What is locked is neither in the sums nor in what they allow.
    let free = grids.saturating_sub(locked);
    let (whom, all) = if locked == 0 {
        (whom(arithmetic, names, lang), grids.to_string())
    } else {
        let rest = lang.pick("锁定的以外", "apart from the locked ones");
        let of = lang.pick(
            format!("{grids} 个网格中有 {locked} 个锁定，其余 {free}"),
            format!("{locked} of {grids} grids are locked, and the other {free}"),
        );
        (rest.to_owned(), of)
    };
    let (least, by_most) = arithmetic.least();
    if u64::from(free) < least {
        let above = side(arithmetic, by_most);
        let unit = unit(above.resource, lang);
        let (sum, max) = (grouped(above.sum), grouped(u64::from(above.limits.max)));
        let need = grouped(above.sum.div_ceil(u64::from(free.max(1))));
        return lang.pick(
            format!("{all} 个网格太少：{whom}{sum} {unit} ÷ {max} 至少 {least} 个；要分成 {free} 个，上限须提高到 {need} {unit}"),
            format!("{all} grids are too few: {whom}, {sum} {unit} ÷ {max}, needs at least {least}; for {free} the limit has to be {need} {unit}"),
        );
    }
    let Some((most, by_least)) = arithmetic.most() else {
        return whom;
    };
    let below = side(arithmetic, by_least);
    let unit = unit(below.resource, lang);
    let (sum, min) = (grouped(below.sum), grouped(u64::from(below.limits.min)));
    let need = grouped(below.sum / u64::from(free.max(1)));
    lang.pick(
        format!("{all} 个网格太多：{whom}{sum} {unit} ÷ {min} 最多 {most} 个；要分成 {free} 个，下限须降到 {need} {unit}"),
        format!("{all} grids are too many: {whom}, {sum} {unit} ÷ {min}, makes at most {most}; for {free} the limit has to be {need} {unit}"),
    )
}

/// The whole community, or the blocks that no grid can leave.
fn whom(arithmetic: &Arithmetic, names: &Names<'_>, lang: Lang) -> String {
    match &arithmetic.piece {
        None => lang.pick("全社区 ", "the community").to_owned(),
        Some(piece) => {
            let names = list(piece, names, lang);
            lang.pick(
                format!("与其他楼栋不相连的 {names}，共 "),
                format!("the part that touches nothing else ({names})"),
            )
        }
    }
}

/// The first few of some blocks.
#[must_use]
pub fn list(blocks: &[usize], names: &Names<'_>, lang: Lang) -> String {
    const SHOWN: usize = 6;
    let shown: Vec<String> = blocks
        .iter()
        .take(SHOWN)
        .map(|block| names(*block))
        .collect();
    let shown = shown.join(lang.pick("、", ", "));
    if blocks.len() <= SHOWN {
        return shown;
    }
    let count = blocks.len();
    lang.pick(
        format!("{shown}等 {count} 处"),
        format!("{shown} and {} more", count - SHOWN),
    )
}

/// What is counted.
#[must_use]
pub fn unit(resource: Resource, lang: Lang) -> &'static str {
    match resource {
        Resource::Households => lang.pick("户", "households"),
        Resource::Residents => lang.pick("人", "residents"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::partition::Standard;

    fn arithmetic(households: u64, residents: u64) -> Arithmetic {
        Arithmetic {
            piece: None,
            households,
            residents,
            household_limits: Standard::PUBLISHED.households,
            resident_limits: Standard::PUBLISHED.residents,
        }
    }

    fn said(certificate: &Certificate) -> Text {
        words(certificate, &|block| format!("{}栋", block + 1))
    }

    #[test]
    fn two_limits_that_exclude_each_other_are_both_named_with_what_would_help() {
        let text = said(&Certificate::Arithmetic(arithmetic(4938, 9379)));
        assert_eq!(
            text.zh,
            "全社区 9,379 人 ÷ 1,000 最多 9 个网格，而 4,938 户 ÷ 500 至少 10 个：两条标准不能同时满足；\
             最小的放宽是把每格人数下限降到 937（10 个网格），也可以把每格户数上限提高到 549（9 个网格）"
        );
        assert_eq!(
            text.en,
            "the community: 9,379 residents ÷ 1,000 make at most 9 grids, but 4,938 households ÷ 500 need at least 10: \
             the two limits cannot both be kept; the smallest relaxation is to lower the least residents of a grid to 937 \
             (10 grids), another to raise the most households to 549 (9 grids)"
        );
    }

    #[test]
    fn every_kind_of_certificate_has_words_in_both_languages() {
        let one = arithmetic(501, 1400);
        let small = arithmetic(120, 360);
        let piece = Arithmetic {
            piece: Some((0..9).collect()),
            ..small.clone()
        };
        let all = [
            (Certificate::Arithmetic(one.clone()), "下限降到 "),
            (Certificate::Arithmetic(small), "不足一个网格的下限"),
            (
                Certificate::Arithmetic(piece),
                "1栋、2栋、3栋、4栋、5栋、6栋等 9 处",
            ),
            (
                Certificate::Number {
                    grids: 8,
                    locked: 0,
                    arithmetic: arithmetic(4334, 12826),
                },
                "8 个网格太少",
            ),
            (
                Certificate::Number {
                    grids: 13,
                    locked: 0,
                    arithmetic: arithmetic(4334, 12826),
                },
                "13 个网格太多",
            ),
            (
                Certificate::Number {
                    grids: 9,
                    locked: 2,
                    arithmetic: arithmetic(4334, 12826),
                },
                "9 个网格中有 2 个锁定，其余 7 个网格太少",
            ),
            (
                Certificate::Block {
                    block: 2,
                    resource: Resource::Households,
                    number: 620,
                    max: 500,
                },
                "3栋有 620 户",
            ),
            (
                Certificate::Together {
                    blocks: vec![0, 1],
                    resource: Resource::Residents,
                    number: 1620,
                    max: 1500,
                },
                "1栋、2栋 共有 1,620 人",
            ),
            (Certificate::Contradiction { blocks: (0, 1) }, "1栋 与 2栋"),
            (Certificate::NoGrid { block: 4 }, "5栋"),
            (
                Certificate::Ray {
                    grids: 24,
                    blocks: Vec::new(),
                    grid: 0,
                },
                "24 个网格不可能",
            ),
            (
                Certificate::Exhausted {
                    grids: 24,
                    nodes: 9,
                },
                "24 个网格不可能",
            ),
        ];
        for (certificate, part) in all {
            let text = said(&certificate);
            assert!(text.zh.contains(part), "{}", text.zh);
            assert!(
                !text.en.is_empty() && text.en.is_ascii()
                    || text.en.contains('÷')
                    || text.en.contains('栋'),
                "{}",
                text.en
            );
        }
    }
}
