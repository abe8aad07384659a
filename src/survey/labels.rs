//! The names of grids: those that continue an earlier one keep its name, new ones take the next number that is free.

use crate::partition::Plan;

/// Names for the grids of a plan, in its order. `previous` are the names of the earlier grids.
///
/// Without earlier ones they are `01`, `02` and so on. Where all earlier names are a number in the same setting
/// (`第3网格`, `34010400300107`), new ones are made in that setting.
pub(crate) fn labels(plan: &Plan, previous: &[String]) -> Vec<String> {
    let setting = Setting::of(previous);
    let width = plan.grids.len().to_string().len().max(2);
    let mut next = match &setting {
        Some(setting) => setting.least,
        None => 1,
    };
    let mut new = || loop {
        let label = match &setting {
            Some(setting) => setting.label(next),
            None => format!("{next:0width$}"),
        };
        next += 1;
        // A name that once was another grid's would mislead.
        if !previous.contains(&label) {
            return label;
        }
    };
    let known = |grid: &Option<u32>| {
        let at = usize::try_from((*grid)?).ok()?;
        previous.get(at).cloned()
    };
    plan.grids
        .iter()
        .map(|grid| known(&grid.continues).unwrap_or_else(&mut new))
        .collect()
}

/// What stands around the number of a name.
struct Setting {
    before: String,
    after: String,
    width: usize,
    least: u64,
}

impl Setting {
    fn of(previous: &[String]) -> Option<Self> {
        let mut settings = previous.iter().map(|label| Self::of_one(label));
        let mut common = settings.next()??;
        for setting in settings {
            let setting = setting?;
            if (&setting.before, &setting.after) != (&common.before, &common.after) {
                return None;
            }
            common.width = common.width.max(setting.width);
            // A long number begins with a code that all share; a short one may begin at 1.
            common.least = common.least.min(setting.least);
        }
        if common.width < 6 {
            common.least = 1;
        }
        Some(common)
    }

    fn of_one(label: &str) -> Option<Self> {
        let end = label.rfind(|c: char| c.is_ascii_digit())? + 1;
        let head = label.get(..end)?;
        let start = head.rfind(|c: char| !c.is_ascii_digit());
        let start = start.map_or(0, |at| {
            at + head
                .get(at..)
                .and_then(|rest| rest.chars().next())
                .map_or(1, char::len_utf8)
        });
        let digits = label.get(start..end)?;
        Some(Self {
            before: label.get(..start)?.to_owned(),
            after: label.get(end..)?.to_owned(),
            width: digits.len(),
            least: digits.parse().ok()?,
        })
    }

    fn label(&self, number: u64) -> String {
        let width = self.width;
        format!("{}{number:0width$}{}", self.before, self.after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::partition::Grid;

    fn plan(continues: &[Option<u32>]) -> Plan {
        Plan {
            grids: continues
                .iter()
                .map(|continues| Grid {
                    blocks: Vec::new(),
                    continues: *continues,
                })
                .collect(),
        }
    }

    fn named(continues: &[Option<u32>], previous: &[&str]) -> Vec<String> {
        let previous: Vec<String> = previous.iter().map(|&name| name.to_owned()).collect();
        labels(&plan(continues), &previous)
    }

    #[test]
    fn new_grids_are_numbered_from_one() {
        assert_eq!(named(&[None, None], &[]), ["01", "02"]);
        assert_eq!(named(&[None; 101], &[])[100], "101");
    }

    #[test]
    fn who_continues_keeps_the_name_and_no_name_is_used_again() {
        assert_eq!(
            named(&[Some(1), None, Some(0)], &["01", "02"]),
            ["02", "03", "01"]
        );
        assert_eq!(
            named(&[None, Some(0)], &["第1网格", "第3网格"]),
            ["第2网格", "第1网格"]
        );
        assert_eq!(
            named(&[None, Some(0)], &["34010400300101", "34010400300102"]),
            ["34010400300103", "34010400300101"]
        );
        assert_eq!(named(&[None, Some(1)], &["东区", "西区"]), ["01", "西区"]);
        assert_eq!(named(&[None], &["1", "2"]), ["3"]);
    }
}
