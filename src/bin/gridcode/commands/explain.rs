//! `gridcode explain`: the page of a rule, or what another finding means; or the list of all rules.

use gridcode::report::text::Style;
use gridcode::rule::{self, Info, Settings};
use gridcode::{Text, staff, survey};

use crate::Outcome;
use crate::cli::Explain;
use crate::failure::Failure;
use crate::output::Output;

pub fn run(args: &Explain, output: &mut Output) -> Result<Outcome, Failure> {
    let mut infos: Vec<&'static Info> = Vec::new();
    if args.all {
        infos.extend(rule::all().iter().map(|rule| rule.info()));
    }
    let mut others = Vec::new();
    for name in &args.rules {
        let kinds = beside_the_rules(name);
        match rule::find(name) {
            Some(info) => infos.push(info),
            None if kinds.is_empty() => return Err(unknown(name)),
            None => others.extend(kinds),
        }
    }
    if args.json {
        let rules = infos.iter().map(|info| view(info));
        let views: Vec<_> = rules.chain(others.iter().map(Other::view)).collect();
        let json = serde_json::to_string_pretty(&views).map_err(std::io::Error::from)?;
        output.line(&json)?;
    } else if args.markdown {
        let title = output.lang().pick("# 规则", "# Rules");
        output.line(title)?;
        for info in infos {
            output.line(&rule::markdown(info, output.lang()))?;
        }
        for other in others {
            let about = other.about.get(output.lang());
            output.line(&format!("## {}\n\n{about}\n", other.name))?;
        }
    } else if args.all {
        for info in infos {
            let severity = info.severity.label(output.lang());
            let line = format!(
                "{}  {severity}  {}  {}",
                info.id,
                info.name,
                info.title(output.lang())
            );
            output.line(&line)?;
        }
    } else {
        for (at, info) in infos.iter().enumerate() {
            if at > 0 {
                output.line("")?;
            }
            let head = format!("{} {}", info.id, info.name);
            let head = output.paint(Style::Title, &head);
            let severity = output.paint(Style::Dim, info.severity.label(output.lang()));
            output.line(&format!(
                "{head} {severity}\n\n{}",
                info.page(output.lang())
            ))?;
        }
        for (at, other) in others.iter().enumerate() {
            if at + infos.len() > 0 {
                output.line("")?;
            }
            let head = output.paint(Style::Title, other.name);
            let of = output.paint(Style::Dim, other.of.get(output.lang()));
            output.line(&format!(
                "{head} {of}\n\n{}",
                other.about.get(output.lang())
            ))?;
        }
    }
    Ok(Outcome::Sound)
}

/// What is found beside the rules: in the sheets of a division, or among staff.
struct Other {
    name: &'static str,
    of: Text,
    about: Text,
}

impl Other {
    fn view(&self) -> serde_json::Value {
        serde_json::json!({ "kind": self.name, "of": self.of, "about": self.about })
    }
}

/// The kinds of that name: a division and an assignment may both have one.
fn beside_the_rules(name: &str) -> Vec<Other> {
    let divided = survey::Kind::ALL.iter().map(|kind| Other {
        name: kind.key(),
        of: Text::fixed("划分网格（partition）", "of a division (partition)"),
        about: kind.about(),
    });
    let assigned = staff::Kind::ALL.iter().map(|kind| Other {
        name: kind.key(),
        of: Text::fixed(
            "分派人员（assign、find）",
            "of an assignment (assign, find)",
        ),
        about: kind.about(),
    });
    let all = divided.chain(assigned);
    all.filter(|other| other.name == name).collect()
}

/// The same sentence as for --deny: the name is unknown there too.
fn unknown(name: &str) -> Failure {
    let said = Settings::default().set(name, rule::Level::Allow).err();
    said.map_or_else(
        || Failure::said(format!("没有规则 {name}"), format!("no rule {name}")),
        Failure::from,
    )
}

fn view(info: &Info) -> serde_json::Value {
    let both = |say: &dyn Fn(gridcode::Lang) -> String| Text::of(say);
    serde_json::json!({
        "id": info.id,
        "rule": info.name,
        "severity": info.severity.key(),
        "title": both(&|lang| info.title(lang).to_owned()),
        "page": both(&|lang| info.page(lang)),
    })
}
