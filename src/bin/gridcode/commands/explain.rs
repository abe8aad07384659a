//! `gridcode explain`: the page of a rule, or the list of all.

use gridcode::Text;
use gridcode::report::text::Style;
use gridcode::rule::{self, Info, Settings};

use crate::Outcome;
use crate::cli::Explain;
use crate::failure::Failure;
use crate::output::Output;

pub fn run(args: &Explain, output: &mut Output) -> Result<Outcome, Failure> {
    let mut infos: Vec<&'static Info> = Vec::new();
    if args.all {
        infos.extend(rule::all().iter().map(|rule| rule.info()));
    }
    for name in &args.rules {
        infos.push(rule::find(name).ok_or_else(|| {
            // The same sentence as for --deny: the name is unknown there too.
            Settings::default()
                .set(name, rule::Level::Allow)
                .err()
                .map_or_else(
                    || Failure::said(format!("没有规则 {name}"), format!("no rule {name}")),
                    Failure::from,
                )
        })?);
    }
    if args.json {
        let views: Vec<_> = infos.iter().map(|info| view(info)).collect();
        let json = serde_json::to_string_pretty(&views).map_err(std::io::Error::from)?;
        output.line(&json)?;
    } else if args.markdown {
        let title = output.lang().pick("# 规则", "# Rules");
        output.line(title)?;
        for info in infos {
            output.line(&rule::markdown(info, output.lang()))?;
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
    }
    Ok(Outcome::Sound)
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
