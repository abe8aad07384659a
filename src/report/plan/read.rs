//! A plan read back: problem, options and outcome of each community, and what the next plan has to know of it.

use super::VERSION;
use super::certificate::big;
use super::shape::{Community, Number, Plan};
use crate::lang::Text;
use crate::partition as solver;
use crate::partition::{
    Block, Bound, Count, Grid, NumberStatus, Objective, Options, Outcome, Point, Problem, Status,
    Tier,
};
use crate::staff::{Ground, Load};
use crate::survey::Earlier;

/// Why a plan cannot be read back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// It was written by a later program.
    #[error("the plan has version {0}, this program knows {VERSION}")]
    Version(u32),
    /// A word or number that cannot stand where it does.
    #[error("`{0}` cannot stand there")]
    Word(String),
}

impl PlanError {
    /// The sentence for a user.
    #[must_use]
    pub fn message(&self) -> Text {
        match self {
            Self::Version(version) => Text::new(
                format!("方案的版本是 {version}，本程序只认识 {VERSION}"),
                format!("the plan has version {version}, this program knows {VERSION}"),
            ),
            Self::Word(word) => Text::new(
                format!("方案中有不能识别的内容：“{word}”"),
                format!("the plan holds something that cannot stand there: `{word}`"),
            ),
        }
    }
}

/// One community of a plan, as the solver had it.
#[derive(Clone, Debug)]
pub struct Rebuilt {
    /// Its name.
    pub name: String,
    /// What was divided.
    pub problem: Problem,
    /// How.
    pub options: Options,
    /// What came out; `None` where the community was refused.
    pub outcome: Option<Outcome>,
}

impl Plan {
    /// Problem, options and outcome of each community.
    ///
    /// # Errors
    /// When the plan is of another version, or holds words or numbers that mean nothing.
    pub fn rebuild(&self) -> Result<Vec<Rebuilt>, PlanError> {
        if self.version != VERSION {
            return Err(PlanError::Version(self.version));
        }
        self.communities
            .iter()
            .map(|community| self.rebuilt(community))
            .collect()
    }

    /// Which block was in which grid, for the next plan.
    #[must_use]
    pub fn blocks(&self) -> Vec<Earlier> {
        let all = self.communities.iter();
        let all =
            all.flat_map(|community| community.blocks.iter().map(move |block| (community, block)));
        all.filter_map(|(community, block)| {
            Some(Earlier {
                community: community.name.clone(),
                building: block.building.clone(),
                entrance: block
                    .entrance
                    .clone()
                    .filter(|entrance| !entrance.is_empty()),
                floors: block.floors,
                grid: block.grid.clone()?,
                households: block.households,
            })
        })
        .collect()
    }

    /// The grids, and who lives in each block.
    #[must_use]
    pub fn ground(&self) -> Ground {
        let loads = self.communities.iter().flat_map(|community| {
            let own = community.blocks.iter().filter(|block| block.grid.is_some());
            own.map(|block| Load {
                households: block.households.into(),
                residents: block.residents.into(),
                priority: block.priority.into(),
            })
        });
        let blocks: Vec<_> = self.blocks().into_iter().zip(loads).collect();
        Ground::of_plan(&blocks)
    }

    fn rebuilt(&self, community: &Community) -> Result<Rebuilt, PlanError> {
        let place = |name: &String| {
            let mut names = community.previous.iter();
            let at = names.position(|grid| grid.name == *name);
            at.and_then(|at| u32::try_from(at).ok())
                .ok_or_else(|| PlanError::Word(name.clone()))
        };
        let mut problem = Problem {
            links: community.links.clone(),
            is_chain: community.is_chain,
            together: community.together.clone(),
            apart: community.apart.clone(),
            ..Problem::default()
        };
        for block in &community.blocks {
            problem.blocks.push(Block {
                households: block.households,
                residents: block.residents,
                work: block.work,
                building: block.building_number,
                at: block.x.zip(block.y).map(|(x, y)| Point { x, y }),
            });
            problem
                .previous
                .push(block.previous.as_ref().map(place).transpose()?);
        }
        if problem.previous.iter().all(Option::is_none) {
            problem.previous.clear();
        }
        for grid in &community.previous {
            let at = place(&grid.name)?;
            problem.locked.extend(grid.locked.then_some(at));
            problem
                .own
                .extend(grid.standard.map(|standard| (at, standard.into())));
        }
        let options = Options {
            standard: community.standard.into(),
            count: count(&self.options.grids)?,
            balance: self.options.balance,
            seed: self.options.seed,
            nodes: self.options.nodes,
            strict: self.options.strict,
        };
        let outcome = match status(&community.status)? {
            None => None,
            Some(status) => Some(outcome(community, status, &place)?),
        };
        Ok(Rebuilt {
            name: community.name.clone(),
            problem,
            options,
            outcome,
        })
    }
}

fn outcome(
    community: &Community,
    status: Status,
    place: &dyn Fn(&String) -> Result<u32, PlanError>,
) -> Result<Outcome, PlanError> {
    let mut grids = Vec::new();
    for grid in &community.grids {
        grids.push(Grid {
            blocks: grid.blocks.clone(),
            continues: grid.continues.as_ref().map(place).transpose()?,
        });
    }
    grids.sort();
    let objective = match &community.objective {
        None => None,
        Some(objective) => Some(Objective {
            households_missed: objective.households_missed,
            residents_missed: objective.residents_missed,
            split_buildings: objective.split_buildings,
            grids: objective.grids,
            moved: objective.moved,
            cost: big(&objective.cost)?,
        }),
    };
    let bound = match &community.bound {
        None => None,
        Some(bound) => Some(Bound {
            cost: big(&bound.cost)?,
            by_prices: big(&bound.by_prices)?,
            move_cost: big(&bound.move_cost)?,
            blocks: bound
                .prices
                .blocks
                .iter()
                .map(|text| big(text))
                .collect::<Result<_, _>>()?,
            continued: bound
                .prices
                .continued
                .iter()
                .map(|(grid, price)| Ok((place(grid)?, big(price)?)))
                .collect::<Result<_, PlanError>>()?,
            grid: big(&bound.prices.grid)?,
        }),
    };
    Ok(Outcome {
        status,
        plan: community
            .objective
            .is_some()
            .then_some(solver::Plan { grids }),
        objective,
        bound,
        fewest_moved: community.fewest_moved,
        certificate: community
            .certificate
            .as_ref()
            .map(super::Certificate::rebuilt)
            .transpose()?,
        numbers: community
            .numbers
            .iter()
            .map(number)
            .collect::<Result<_, _>>()?,
        tier: tier(community.tier.as_deref().unwrap_or_default())?,
        nodes: community.nodes,
    })
}

fn number(number: &Number) -> Result<(u32, NumberStatus), PlanError> {
    let status = match (number.status.as_str(), &number.certificate) {
        ("optimal", _) => NumberStatus::Optimal,
        ("feasible", _) => NumberStatus::Feasible,
        ("impossible", Some(certificate)) => NumberStatus::Impossible(certificate.rebuilt()?),
        ("unknown", _) => NumberStatus::Unknown,
        (word, _) => return Err(PlanError::Word(word.to_owned())),
    };
    Ok((number.grids, status))
}

fn status(word: &str) -> Result<Option<Status>, PlanError> {
    Ok(Some(match word {
        "optimal" => Status::Optimal,
        "feasible" => Status::Feasible,
        "relaxed" => Status::Relaxed,
        "infeasible" => Status::Infeasible,
        "unknown" => Status::Unknown,
        "refused" => return Ok(None),
        _ => return Err(PlanError::Word(word.to_owned())),
    }))
}

fn tier(word: &str) -> Result<Tier, PlanError> {
    Ok(match word {
        "order" => Tier::Order,
        "enumeration" => Tier::Enumeration,
        "pricing" => Tier::Pricing,
        "search" => Tier::Search,
        "none" => Tier::None,
        _ => return Err(PlanError::Word(word.to_owned())),
    })
}

fn count(text: &str) -> Result<Count, PlanError> {
    let wrong = || PlanError::Word(text.to_owned());
    let number = |text: &str| text.parse::<u32>().map_err(|_| wrong());
    Ok(match (text, text.split_once("..")) {
        ("auto", _) => Count::Nearest,
        ("min", _) => Count::Fewest,
        (_, Some((from, to))) => Count::Between(number(from)?, number(to)?),
        (text, None) => Count::Exactly(number(text)?),
    })
}
