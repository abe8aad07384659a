//! Certificates into the members of a plan, and back.

use super::read::PlanError;
use super::shape::{Arithmetic, Certificate, Limits, Proof, Standard};
use crate::partition as solver;
use crate::report::certificate::{Names, words};

impl From<solver::Limits> for Limits {
    fn from(limits: solver::Limits) -> Self {
        Self {
            min: limits.min,
            max: (limits.max < u32::MAX).then_some(limits.max),
        }
    }
}

impl From<Limits> for solver::Limits {
    fn from(limits: Limits) -> Self {
        Self {
            min: limits.min,
            max: limits.max.unwrap_or(u32::MAX),
        }
    }
}

impl From<solver::Standard> for Standard {
    fn from(standard: solver::Standard) -> Self {
        Self {
            households: standard.households.into(),
            residents: standard.residents.into(),
        }
    }
}

impl From<Standard> for solver::Standard {
    fn from(standard: Standard) -> Self {
        Self {
            households: standard.households.into(),
            residents: standard.residents.into(),
        }
    }
}

impl From<&solver::Arithmetic> for Arithmetic {
    fn from(sums: &solver::Arithmetic) -> Self {
        Self {
            piece: sums.piece.clone(),
            households: sums.households,
            residents: sums.residents,
            household_limits: sums.household_limits.into(),
            resident_limits: sums.resident_limits.into(),
        }
    }
}

impl From<&Arithmetic> for solver::Arithmetic {
    fn from(sums: &Arithmetic) -> Self {
        Self {
            piece: sums.piece.clone(),
            households: sums.households,
            residents: sums.residents,
            household_limits: sums.household_limits.into(),
            resident_limits: sums.resident_limits.into(),
        }
    }
}

impl Certificate {
    /// A certificate, in words too.
    #[must_use]
    pub fn of(certificate: &solver::Certificate, names: &Names<'_>) -> Self {
        Self {
            text: words(certificate, names),
            proof: proof(certificate),
        }
    }

    pub(super) fn rebuilt(&self) -> Result<solver::Certificate, PlanError> {
        Ok(match &self.proof {
            Proof::Arithmetic { sums } => solver::Certificate::Arithmetic(sums.into()),
            Proof::Number {
                grids,
                locked,
                sums,
            } => solver::Certificate::Number {
                grids: *grids,
                locked: *locked,
                arithmetic: sums.into(),
            },
            Proof::Block {
                block,
                resource,
                number,
                max,
            } => solver::Certificate::Block {
                block: *block,
                resource: resource_of(resource)?,
                number: *number,
                max: *max,
            },
            Proof::Together {
                blocks,
                resource,
                number,
                max,
            } => solver::Certificate::Together {
                blocks: blocks.clone(),
                resource: resource_of(resource)?,
                number: *number,
                max: *max,
            },
            Proof::Contradiction { blocks } => {
                solver::Certificate::Contradiction { blocks: *blocks }
            }
            Proof::NoGrid { block } => solver::Certificate::NoGrid { block: *block },
            Proof::Ray {
                grids,
                blocks,
                grid,
            } => solver::Certificate::Ray {
                grids: *grids,
                blocks: blocks
                    .iter()
                    .map(|text| big(text))
                    .collect::<Result<_, _>>()?,
                grid: big(grid)?,
            },
            Proof::Exhausted { grids, nodes } => solver::Certificate::Exhausted {
                grids: *grids,
                nodes: *nodes,
            },
        })
    }
}

fn proof(certificate: &solver::Certificate) -> Proof {
    match certificate {
        solver::Certificate::Arithmetic(sums) => Proof::Arithmetic { sums: sums.into() },
        solver::Certificate::Number {
            grids,
            locked,
            arithmetic,
        } => Proof::Number {
            grids: *grids,
            locked: *locked,
            sums: arithmetic.into(),
        },
        solver::Certificate::Block {
            block,
            resource,
            number,
            max,
        } => Proof::Block {
            block: *block,
            resource: key(*resource).to_owned(),
            number: *number,
            max: *max,
        },
        solver::Certificate::Together {
            blocks,
            resource,
            number,
            max,
        } => Proof::Together {
            blocks: blocks.clone(),
            resource: key(*resource).to_owned(),
            number: *number,
            max: *max,
        },
        solver::Certificate::Contradiction { blocks } => Proof::Contradiction { blocks: *blocks },
        solver::Certificate::NoGrid { block } => Proof::NoGrid { block: *block },
        solver::Certificate::Ray {
            grids,
            blocks,
            grid,
        } => Proof::Ray {
            grids: *grids,
            blocks: blocks.iter().map(ToString::to_string).collect(),
            grid: grid.to_string(),
        },
        solver::Certificate::Exhausted { grids, nodes } => Proof::Exhausted {
            grids: *grids,
            nodes: *nodes,
        },
    }
}

fn key(resource: solver::Resource) -> &'static str {
    match resource {
        solver::Resource::Households => "households",
        solver::Resource::Residents => "residents",
    }
}

fn resource_of(key: &str) -> Result<solver::Resource, PlanError> {
    match key {
        "households" => Ok(solver::Resource::Households),
        "residents" => Ok(solver::Resource::Residents),
        _ => Err(PlanError::Word(key.to_owned())),
    }
}

/// A number that was written as a text.
pub(super) fn big(text: &str) -> Result<i128, PlanError> {
    text.parse().map_err(|_| PlanError::Word(text.to_owned()))
}
