//! A plan held against itself: what it says twice, and what follows from the blocks, pairs and limits that it names.
//!
//! Grids, objective, bound and certificates as such are for [`verify`](crate::partition::verify); here is the rest.

use std::collections::{BTreeMap, BTreeSet};

use super::check_grids;
use super::read::Rebuilt;
use super::shape::{Block, Certificate, Community, Plan};
use crate::lang::Text;
use crate::partition::{ModelError, Outcome, Status};
use crate::report::division::refusal;

/// Shares that differ by less than this are the same one, written and read.
const SAME: f64 = 1e-9;

impl Plan {
    /// What is said of the list as a whole and cannot be true.
    #[must_use]
    pub fn contradictions(&self) -> Vec<Text> {
        let mut faults = Vec::new();
        let account = self.account;
        let told = [account.accepted, account.with_errors, account.skipped];
        if told
            .iter()
            .fold(0, |sum: u64, rows| sum.saturating_add(*rows))
            != account.rows
        {
            faults.push(Text::fixed(
                "名单各行的账目合不上",
                "the account of the rows does not add up",
            ));
        }
        let names = self.communities.iter().map(|community| &community.name);
        faults.extend(repeated(names).into_iter().map(|name| {
            Text::new(
                format!("不止一个社区叫“{name}”"),
                format!("more than one community is called \"{name}\""),
            )
        }));
        faults
    }
}

impl Community {
    /// What is said of the community and cannot be true. `rebuilt` is what it was made into; `is_sound` says that
    /// [`verify`](crate::partition::verify) found nothing wrong with that, so that its certificates can be told.
    #[must_use]
    pub fn contradictions(&self, rebuilt: &Rebuilt, is_sound: bool) -> Vec<Text> {
        let mut faults = Vec::new();
        self.names(&mut faults);
        self.sums(&mut faults);
        self.buildings(&mut faults);
        let refusal = rebuilt.problem.checked(&rebuilt.options).err();
        self.refusal(rebuilt, refusal, &mut faults);
        if refusal.is_none() {
            self.links(&mut faults);
            faults.extend(check_grids::contradictions(self, rebuilt));
        }
        if let Some(outcome) = rebuilt.outcome.as_ref().filter(|_| is_sound) {
            self.proof(outcome, &mut faults);
        }
        faults
    }

    /// Names that have to lead to one thing only.
    fn names(&self, faults: &mut Vec<Text>) {
        let grids = repeated(self.grids.iter().map(|grid| &grid.name));
        let previous = repeated(self.previous.iter().map(|grid| &grid.name));
        faults.extend(grids.into_iter().map(|name| {
            Text::new(
                format!("不止一个网格叫“{name}”"),
                format!("more than one grid is called \"{name}\""),
            )
        }));
        faults.extend(previous.into_iter().map(|name| {
            Text::new(
                format!("上次的网格不止一个叫“{name}”"),
                format!("more than one previous grid is called \"{name}\""),
            )
        }));
        let mut buildings: BTreeMap<u32, &str> = BTreeMap::new();
        for block in &self.blocks {
            let known = buildings
                .entry(block.building_number)
                .or_insert(&block.building);
            if *known != block.building {
                let name = &block.name;
                faults.push(Text::new(
                    format!("{name} 的楼栋前后不一致"),
                    format!("the building of {name} is told in two ways"),
                ));
            }
        }
    }

    fn sums(&self, faults: &mut Vec<Text>) {
        let sum = |of: fn(&Block) -> u32| -> u64 {
            self.blocks.iter().map(|block| u64::from(of(block))).sum()
        };
        let found = (
            sum(|block| block.households),
            sum(|block| block.residents),
            sum(|block| block.priority),
        );
        if found
            != (
                self.sums.households,
                self.sums.residents,
                self.sums.priority,
            )
        {
            faults.push(Text::fixed(
                "社区的户数、人数或重点户数不是各楼栋之和",
                "the households, residents or priority households of the community are not the sums of its blocks",
            ));
        }
        if self
            .blocks
            .iter()
            .any(|block| block.priority > block.households)
        {
            faults.push(Text::fixed(
                "有楼栋的重点户多于住户",
                "a block has more priority households than households",
            ));
        }
    }

    /// Buildings that are said to be above a limit, or to be divided, and are not.
    fn buildings(&self, faults: &mut Vec<Text>) {
        let mut of: BTreeMap<&str, Vec<&Block>> = BTreeMap::new();
        for block in &self.blocks {
            of.entry(&block.building).or_default().push(block);
        }
        let is_above = |blocks: &[&Block], spare: u64| {
            let households: u64 = blocks.iter().map(|block| u64::from(block.households)).sum();
            let residents: u64 = blocks.iter().map(|block| u64::from(block.residents)).sum();
            let above = |number: u64, max: Option<u32>| max.is_some_and(|max| number > max.into());
            above(households, self.standard.households.max)
                // Where residents are estimated, the parts of a building may be rounded otherwise than the whole.
                || above(residents.saturating_add(spare), self.standard.residents.max)
        };
        let mut wrong: BTreeSet<&str> = BTreeSet::new();
        for name in &self.oversized {
            let blocks = of.get(name.as_str()).map(Vec::as_slice).unwrap_or_default();
            if blocks.is_empty() || !is_above(blocks, blocks.len() as u64) {
                wrong.insert(name);
            }
        }
        for (name, blocks) in &of {
            let is_whole = matches!(blocks.as_slice(), [block] if block.entrance.is_none());
            if is_whole && is_above(blocks, 0) && !self.oversized.iter().any(|known| known == name)
            {
                wrong.insert(name);
            }
        }
        for name in &self.unsplittable {
            let blocks = of.get(name.as_str()).map_or(0, Vec::len);
            if blocks != 1 || !self.oversized.contains(name) {
                wrong.insert(name);
            }
        }
        for name in &self.split_further {
            let blocks = of.get(name.as_str()).map(Vec::as_slice).unwrap_or_default();
            let grids: BTreeSet<_> = blocks.iter().map(|block| &block.grid).collect();
            if grids.len() < 2 || self.oversized.contains(name) {
                wrong.insert(name);
            }
        }
        if self.status == "optimal" && !self.split_further.is_empty() && !self.fewest_split {
            faults.push(Text::fixed(
                "没有证明拆分的楼栋最少，却说没有更好的划分",
                "no division is said to be better, and fewer divided buildings are not excluded",
            ));
        }
        faults.extend(wrong.into_iter().map(|name| {
            Text::new(
                format!("关于楼栋“{name}”超过上限或拆分的说法与方案不符"),
                format!("what is said of the building \"{name}\", that it is above a limit or divided, is not so"),
            )
        }));
    }

    fn links(&self, faults: &mut Vec<Text>) {
        let is_chain = matches!(self.ground.as_str(), "names" | "order");
        let is_known = is_chain || matches!(self.ground.as_str(), "positions" | "pairs");
        let stands = |block: &Block| block.x.is_some() && block.y.is_some();
        if !is_known
            || is_chain != self.is_chain
            || self.ground == "positions" && !self.blocks.iter().all(stands)
        {
            faults.push(Text::fixed(
                "相邻关系的来源（ground）与楼栋、相邻关系不符",
                "where the links are said to come from does not fit blocks and links",
            ));
        }
        let is_link = |pair: &(usize, usize)| self.links.contains(pair);
        if !self.joined.iter().all(is_link) {
            faults.push(Text::fixed(
                "所说的补接（joined）不在相邻关系中",
                "what is said to have been joined is not among the links",
            ));
        }
    }

    /// A community is refused if, and only if, it cannot be worked on; and then nothing else is said of it.
    fn refusal(&self, rebuilt: &Rebuilt, error: Option<ModelError>, faults: &mut Vec<Text>) {
        if rebuilt.outcome.is_some() {
            if self.refused.is_some() {
                faults.push(Text::fixed(
                    "既有结论，又说无法划分",
                    "it is said to be refused, and what came out is said, too",
                ));
            }
            return;
        }
        let Some(error) = error else {
            faults.push(Text::fixed(
                "所说的无法划分没有依据：楼栋、选项都可以划分",
                "it is said to be refused, and nothing speaks against dividing it",
            ));
            return;
        };
        let words = refusal(error, &|block| self.name_of(block));
        if self.refused.as_ref() != Some(&words) {
            faults.push(Text::new(
                format!("无法划分的原因应为：{}", words.zh),
                format!("the reason why it is refused ought to be: {}", words.en),
            ));
        }
        let is_bare = self.grids.is_empty()
            && self.numbers.is_empty()
            && self.objective.is_none()
            && self.bound.is_none()
            && self.certificate.is_none()
            && self.gap.is_none()
            && self.tier.is_none()
            && self.nodes == 0
            && !self.fewest_moved
            && self.blocks.iter().all(|block| block.grid.is_none());
        if !is_bare {
            faults.push(Text::fixed(
                "说是无法划分，却给出了网格或结论",
                "it is said to be refused, and grids or a proof are given",
            ));
        }
    }

    /// The gap, the fewest moves, and the words of the certificates.
    fn proof(&self, outcome: &Outcome, faults: &mut Vec<Text>) {
        let is_same = match (self.gap, outcome.gap()) {
            (Some(said), Some(found)) => (said - found).abs() < SAME,
            (None, None) => true,
            _ => false,
        };
        if !is_same {
            faults.push(Text::fixed(
                "差距（gap）与成本、下界不符",
                "the gap does not follow from cost and bound",
            ));
        }
        let moved = outcome.objective.map_or(0, |objective| objective.moved);
        let is_fewest = moved == 0 || outcome.status == Status::Optimal;
        if is_fewest && !self.fewest_moved {
            faults.push(Text::fixed(
                "没有更少的调整户数，却说没有证明",
                "no plan moves fewer households, and that is said not to be proved",
            ));
        }
        let of_numbers = self
            .numbers
            .iter()
            .filter_map(|number| number.certificate.as_ref());
        let impossible = self
            .numbers
            .iter()
            .filter(|number| number.status == "impossible");
        if of_numbers.clone().count() != impossible.count() {
            faults.push(Text::fixed(
                "有网格数不是“不可能”，却附有证明",
                "a number of grids that is not impossible has a certificate",
            ));
        }
        let words = |told: &Certificate| {
            let certificate = told.rebuilt().ok();
            let own = certificate.map(|own| Certificate::of(&own, &|block| self.name_of(block)));
            own.is_some_and(|own| own.text == told.text)
        };
        if !self.certificate.iter().chain(of_numbers).all(words) {
            faults.push(Text::fixed(
                "证明的文字与数字不符",
                "the words of a certificate are not what its numbers say",
            ));
        }
    }

    fn name_of(&self, block: usize) -> String {
        let block = self.blocks.get(block);
        block.map(|block| block.name.clone()).unwrap_or_default()
    }
}

/// Names that come more than once.
fn repeated<'n>(names: impl Iterator<Item = &'n String>) -> BTreeSet<&'n str> {
    let mut met = BTreeSet::new();
    names
        .map(String::as_str)
        .filter(|name| !met.insert(*name))
        .collect()
}
