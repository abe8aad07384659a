//! Who answers for a grid and for a building, by name where names may be shown, else how many.

use std::collections::BTreeMap;

use crate::lang::Text;
use crate::staff::{Assignment, Holder, Level};

/// Everybody in their places, found by the names of grids and blocks.
pub(super) struct People<'a> {
    assignment: &'a Assignment,
    show_values: bool,
    grids: BTreeMap<(&'a str, &'a str), usize>,
    pieces: BTreeMap<(&'a str, &'a str), usize>,
}

/// Who answers for a grid.
pub(super) struct Posts {
    /// Level by level, the nearest first.
    pub(super) lines: Vec<Text>,
    /// The fixed responsible person alone.
    pub(super) worker: Text,
}

impl<'a> People<'a> {
    pub(super) fn new(assignment: &'a Assignment, show_values: bool) -> Self {
        let ground = &assignment.ground;
        let community = |at: usize| ground.communities.get(at).map_or("", String::as_str);
        let grids = ground.grids.iter().enumerate();
        let pieces = ground.pieces.iter().enumerate();
        Self {
            assignment,
            show_values,
            grids: grids
                .map(|(at, grid)| ((community(grid.community), grid.name.as_str()), at))
                .collect(),
            pieces: pieces
                .map(|(at, piece)| ((community(piece.community), piece.name.as_str()), at))
                .collect(),
        }
    }

    /// Worker, area head and chief of a grid. A grid without a worker is told; other levels may be left out of a roster.
    pub(super) fn of_grid(&self, community: &str, grid: &str) -> Posts {
        let at = self.grids.get(&(community, grid));
        let holders = |level| at.map_or_else(Vec::new, |at| self.assignment.at(level, *at, None));
        let worker = self.names(&holders(Level::Worker));
        let mut lines = vec![self.line(Level::Worker, &worker)];
        for level in [Level::Area, Level::Chief] {
            let holders = holders(level);
            if !holders.is_empty() {
                lines.push(self.line(level, &self.names(&holders)));
            }
        }
        Posts { lines, worker }
    }

    /// The assistants of a building or a part of one.
    pub(super) fn of_piece(&self, community: &str, piece: &str) -> Option<Text> {
        let at = self.pieces.get(&(community, piece))?;
        let holders = self.assignment.holders(Level::Assistant, *at);
        (!holders.is_empty()).then(|| self.line(Level::Assistant, &self.names(holders)))
    }

    fn line(&self, level: Level, names: &Text) -> Text {
        let title = self.assignment.roles.title(level);
        Text::new(
            format!("{}：{}", title.zh, names.zh),
            format!("{}: {}", title.en, names.en),
        )
    }

    fn names(&self, holders: &[Holder]) -> Text {
        if holders.is_empty() {
            return Text::fixed("空缺", "nobody");
        }
        if !self.show_values {
            let count = holders.len();
            return Text::new(
                format!("{count} 人"),
                match count {
                    1 => "1 person".to_owned(),
                    _ => format!("{count} people"),
                },
            );
        }
        let people = holders.iter();
        let names: Vec<&str> = people
            .filter_map(|holder| Some(self.assignment.person(holder.person)?.name()))
            .collect();
        Text::new(names.join("、"), names.join(", "))
    }
}
