//! Faults in words, in both languages.

use crate::lang::{Lang, Text};

use super::super::certificate::Resource;
use super::fault::{Fault, Flaw, Level};

impl Fault {
    /// The fault in words. Blocks and grids are named by their places, counted from 0.
    #[must_use]
    pub fn text(&self) -> Text {
        Text::of(|lang| match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        })
    }

    fn zh(&self) -> String {
        match self {
            Self::Problem(error) => format!("社区数据无法核对：{error}"),
            Self::Parts => "状态与所附的方案、目标或下界不相配".to_owned(),
            Self::UnknownBlock { grid, block } => {
                format!("第 {grid} 个网格中的第 {block} 块并不存在")
            }
            Self::DoubledBlock { block } => format!("第 {block} 块被划入网格两次"),
            Self::MissingBlock { block } => format!("第 {block} 块没有划入任何网格"),
            Self::EmptyGrid { grid } => format!("第 {grid} 个网格是空的"),
            Self::Scattered { grid } => format!("第 {grid} 个网格不连通"),
            Self::Parted { blocks: (a, b) } => {
                format!("第 {a} 块与第 {b} 块必须在同一网格，却被分开")
            }
            Self::Joined {
                blocks: (a, b),
                grid,
            } => format!("第 {a} 块与第 {b} 块不得同格，却都在第 {grid} 个网格"),
            Self::Unlocked { label } => format!("锁定的原网格 {label} 有变动"),
            Self::Unfounded { grid, label } => {
                format!("第 {grid} 个网格不含原网格 {label} 的任何块，不能算其延续")
            }
            Self::ContinuedTwice { label } => format!("有两个网格都算作原网格 {label} 的延续"),
            Self::Size {
                grid,
                resource,
                number,
                limits,
            } => format!(
                "第 {grid} 个网格的{}应为 {}–{}，实为 {number}",
                match resource {
                    Resource::Households => "户数",
                    Resource::Residents => "人数",
                },
                limits.min,
                limits.max
            ),
            Self::Count { grids } => format!("网格数 {grids} 不在要求之内"),
            Self::Strict => "要求严格达标，却给出了不达标的方案".to_owned(),
            Self::Keeps => "方案称不达标，其实完全达标".to_owned(),
            Self::Objective { level, said, found } => format!(
                "{}应为 {found}，实为 {said}",
                match level {
                    Level::HouseholdsMissed => "超出或不足的户数",
                    Level::ResidentsMissed => "超出或不足的人数",
                    Level::SplitBuildings => "被拆分的楼栋数",
                    Level::Grids => "网格数",
                    Level::Moved => "调整网格的户数",
                    Level::Cost => "成本（平方分米）",
                }
            ),
            Self::FewestMoved => "称调整户数最少，却没有证明".to_owned(),
            Self::Prices => "影子价格与各块、各原网格对不上，或大得无法计算".to_owned(),
            Self::PriceAboveZero { label } => format!("原网格 {label} 的影子价格大于 0"),
            Self::ByPrices { said, found } => {
                format!("影子价格之和应为 {found}，实为 {said}")
            }
            Self::MoveCost { said, found } => {
                format!("每户调整的成本应为 {found}，实为 {said}")
            }
            Self::Undercut {
                blocks,
                continues,
                by,
            } => format!(
                "由 {blocks:?} 块组成的合规网格{}比其影子价格之和低 {by}",
                continues.map_or_else(String::new, |label| format!("（延续原网格 {label}）"))
            ),
            Self::Bound { said, least, most } => {
                format!("下界应在 {least} 与 {most} 之间，实为 {said}")
            }
            Self::NotReached { bound, cost } => {
                format!("方案称为最优，成本 {cost} 却与下界 {bound} 不等")
            }
            Self::Better { cost, .. } => {
                format!("网格数相同的合规方案成本可低至 {cost}，比所称的更好")
            }
            Self::Order { grids } => format!("各网格数没有从小到大排列：{grids}"),
            Self::OwnNumber { grids } => {
                format!("对网格数 {grids} 的说法与方案本身的状态不一致")
            }
            Self::NoSuchPlan { grids } => format!("称划成 {grids} 个网格有合规方案，其实没有"),
            Self::Unmentioned { grids } => {
                format!("称没有合规方案，却没有说明为何不能划成 {grids} 个网格")
            }
            Self::NoCertificate => "称没有合规方案，却没有证明".to_owned(),
            Self::Certificate { grids, flaw } => format!(
                "{}的证明不成立：{}",
                grids.map_or_else(
                    || "没有合规方案".to_owned(),
                    |grids| format!("不能划成 {grids} 个网格")
                ),
                flaw.zh()
            ),
        }
    }

    #[expect(clippy::too_many_lines, reason = "a line or two for each fault")]
    fn en(&self) -> String {
        match self {
            Self::Problem(error) => format!("the community cannot be checked: {error}"),
            Self::Parts => {
                "the status does not go with the plan, objective or bound given".to_owned()
            }
            Self::UnknownBlock { grid, block } => {
                format!("grid {grid} names block {block}, which does not exist")
            }
            Self::DoubledBlock { block } => format!("block {block} is in the plan twice"),
            Self::MissingBlock { block } => format!("block {block} is in no grid"),
            Self::EmptyGrid { grid } => format!("grid {grid} is empty"),
            Self::Scattered { grid } => format!("grid {grid} is not connected"),
            Self::Parted { blocks: (a, b) } => {
                format!("blocks {a} and {b} must be in one grid and are not")
            }
            Self::Joined {
                blocks: (a, b),
                grid,
            } => format!("blocks {a} and {b} must not share a grid and are both in grid {grid}"),
            Self::Unlocked { label } => format!("the locked grid {label} is not as it was"),
            Self::Unfounded { grid, label } => {
                format!("grid {grid} continues the previous grid {label} and has no block of it")
            }
            Self::ContinuedTwice { label } => {
                format!("two grids continue the previous grid {label}")
            }
            Self::Size {
                grid,
                resource,
                number,
                limits,
            } => format!(
                "grid {grid}: expected {}–{} {}, found {number}",
                limits.min,
                limits.max,
                match resource {
                    Resource::Households => "households",
                    Resource::Residents => "residents",
                }
            ),
            Self::Count { grids } => format!("nobody asked for {grids} grids"),
            Self::Strict => {
                "no plan that breaks the standard was wanted, and one is given".to_owned()
            }
            Self::Keeps => "the plan is said to break the standard and keeps it".to_owned(),
            Self::Objective { level, said, found } => format!(
                "{}: expected {found}, found {said}",
                match level {
                    Level::HouseholdsMissed => "households above or below the limits",
                    Level::ResidentsMissed => "residents above or below the limits",
                    Level::SplitBuildings => "split buildings",
                    Level::Grids => "grids",
                    Level::Moved => "households that change their grid",
                    Level::Cost => "cost in dm²",
                }
            ),
            Self::FewestMoved => "it is not proved that no plan moves fewer households".to_owned(),
            Self::Prices => {
                "the prices do not fit the blocks and previous grids, or are too great".to_owned()
            }
            Self::PriceAboveZero { label } => {
                format!("the price of the previous grid {label} is above 0")
            }
            Self::ByPrices { said, found } => {
                format!("all prices together: expected {found}, found {said}")
            }
            Self::MoveCost { said, found } => {
                format!("cost of a moved household: expected {found}, found {said}")
            }
            Self::Undercut {
                blocks,
                continues,
                by,
            } => format!(
                "the legal grid of blocks {blocks:?}{} costs {by} less than its prices",
                continues.map_or_else(String::new, |label| format!(
                    ", continuing the previous grid {label},"
                ))
            ),
            Self::Bound { said, least, most } => {
                format!("bound: expected between {least} and {most}, found {said}")
            }
            Self::NotReached { bound, cost } => {
                format!(
                    "the plan is said to be optimal, but costs {cost} where the bound is {bound}"
                )
            }
            Self::Better { cost, .. } => {
                format!("a legal plan of as many grids costs {cost}, less than is said possible")
            }
            Self::Order { grids } => format!("the numbers of grids are not rising: {grids}"),
            Self::OwnNumber { grids } => {
                format!("what is said of {grids} grids is not what is said of the plan")
            }
            Self::NoSuchPlan { grids } => {
                format!("a legal plan of {grids} grids is said to be known, and there is none")
            }
            Self::Unmentioned { grids } => {
                format!("no legal plan is said to exist, but nothing is said of {grids} grids")
            }
            Self::NoCertificate => {
                "no legal plan is said to exist, without a certificate".to_owned()
            }
            Self::Certificate { grids, flaw } => format!(
                "the certificate that there is no plan{} proves nothing: {}",
                grids.map_or_else(String::new, |grids| format!(" of {grids} grids")),
                flaw.en()
            ),
        }
    }
}

impl Flaw {
    fn zh(&self) -> String {
        match self {
            Self::Blocks => "所指的块不存在、已锁定、重复或为空".to_owned(),
            Self::Open => "这一片与片外还有连接".to_owned(),
            Self::Sums => "合计数不对".to_owned(),
            Self::Limits => "所用标准不是允许的最宽标准".to_owned(),
            Self::Follows => "由此推不出结论".to_owned(),
            Self::OtherNumber => "说的是另一个网格数".to_owned(),
            Self::Grid(blocks) => format!("由 {blocks:?} 块组成的合规网格是反例"),
            Self::Plan(_) => "有合规方案作为反例".to_owned(),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Blocks => "it names blocks that do not exist, are locked or repeated, or none",
            Self::Open => "the piece touches blocks outside it",
            Self::Sums => "its sums are wrong",
            Self::Limits => "its limits are not the widest allowed",
            Self::Follows => "the conclusion does not follow",
            Self::OtherNumber => "it speaks of another number of grids",
            Self::Grid(blocks) => {
                return format!("the legal grid of blocks {blocks:?} speaks against it");
            }
            Self::Plan(_) => "a legal plan speaks against it",
        }
        .to_owned()
    }
}
