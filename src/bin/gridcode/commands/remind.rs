//! `gridcode remind`: what comes due in a range of days, and whose code changes.

use std::io::Write as _;
use std::path::Path;

use gridcode::Text;
use gridcode::census::Target;
use gridcode::diagnostic::Severity;
use gridcode::household::Entry;
use gridcode::reminder::{Asked, Events, Post, Reminders, collect};
use gridcode::report::reminder::{calendar::calendar, json, table, text as lines};
use gridcode::report::text::{self, grouped};
use gridcode::table::{Output as File, Source, TableError};
use jiff::civil::Date;

use super::findings::{Printer, more_of, write_json};
use super::posts;
use super::settings::{codebook, options};
use super::target::{write_to, written};
use crate::Outcome;
use crate::cli::{Format, Remind, RemindFormat};
use crate::failure::{Failure, reason};
use crate::inputs;
use crate::interrupt;
use crate::output::Output;
use crate::progress::Progress;

pub fn run(args: &Remind, output: &mut Output) -> Result<Outcome, Failure> {
    let (from, to) = range(args)?;
    let own = args.events.as_deref().map(events).transpose()?;
    let events = own.as_ref().unwrap_or_else(|| Events::builtin());
    let book = codebook(&args.codebook)?;
    let mut options = options(&book, &args.reading, Some(&args.judging), output)?;
    let progress = Progress::new(output);
    options.watch = Some(&progress);
    let input = inputs::one(&args.input)?;
    let printer = Printer::new(
        Format::Text,
        args.max_errors,
        &book,
        options.on,
        false,
        output,
    );
    let mut file = printer.file(input.source.name());
    let staff = posts::staff(args, &options, output)?;
    let values = args.judging.show_values;
    let post = staff
        .as_ref()
        .map(|staff| |entry: &Entry<'_>| posts::post(staff, entry, values));
    let asked = Asked {
        from,
        to,
        events,
        post: post
            .as_ref()
            .map(|post| post as &dyn Fn(&Entry<'_>) -> Post),
    };
    let reminders = collect(&input.source, &options, &asked, &mut |finding| {
        file.push(finding);
    })
    .map_err(|error| Failure::table(input.name.clone(), error))?;
    progress.clear();
    for note in &reminders.account.notes {
        output.note(note);
    }
    let findings = file.in_order();
    for finding in &findings {
        output.note(&Text::of(|lang| text::finding(finding, lang, &text::plain)));
    }
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    let all: u64 = severities
        .map(|severity| reminders.account.findings(severity))
        .iter()
        .sum();
    let hidden = all.saturating_sub(findings.len() as u64);
    if hidden > 0 {
        output.note(&more_of(&grouped(hidden)));
    }
    let work = Work {
        args,
        reminders: &reminders,
        events,
        source: &input.source,
        on: options.on,
    };
    match &args.output {
        Some(path) => work.write(path, &options.read, output)?,
        None => work.print(output)?,
    }
    for note in lines::account(&reminders) {
        output.note(&note);
    }
    let total = reminders.account.total();
    output.note(&Text::of(|lang| text::account(&total, lang)));
    let errors = reminders.account.findings(Severity::Error);
    Ok(if errors > 0 {
        Outcome::Findings
    } else {
        Outcome::Sound
    })
}

/// What has been collected, on its way out.
struct Work<'w> {
    args: &'w Remind,
    reminders: &'w Reminders,
    events: &'w Events,
    source: &'w Source,
    on: Date,
}

impl Work<'_> {
    fn print(&self, output: &mut Output) -> Result<(), Failure> {
        let lang = output.lang();
        let format = if self.args.json {
            RemindFormat::Json
        } else {
            self.args.format
        };
        match format {
            RemindFormat::Text => {
                for reminder in &self.reminders.lines {
                    let line =
                        lines::line(reminder, lang, &|style, text| output.paint(style, text));
                    output.line(&line)?;
                }
                Ok(())
            }
            RemindFormat::Json => {
                let pretty = output.is_terminal();
                write_json(
                    output,
                    &json::Report::new(self.reminders, self.events),
                    pretty,
                )
            }
            RemindFormat::Csv => {
                let read = gridcode::table::ReadOptions::default();
                self.table(Path::new("-"), &read, output)
            }
            RemindFormat::Ics => output.print(&calendar(self.reminders, self.on, lang)),
        }
    }

    fn write(
        &self,
        path: &Path,
        read: &gridcode::table::ReadOptions,
        output: &mut Output,
    ) -> Result<(), Failure> {
        let ending = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
        match ending.as_ref().and_then(|ending| ending.to_str()) {
            Some("json") => {
                let report = json::Report::new(self.reminders, self.events);
                let text = serde_json::to_string_pretty(&report).map_err(std::io::Error::from)?;
                self.whole(path, &format!("{text}\n"))?;
            }
            Some("ics") => self.whole(path, &calendar(self.reminders, self.on, output.lang()))?,
            _ => self.table(path, read, output)?,
        }
        if path.as_os_str() != "-" {
            output.note(&written(path));
        }
        Ok(())
    }

    fn table(
        &self,
        path: &Path,
        read: &gridcode::table::ReadOptions,
        output: &mut Output,
    ) -> Result<(), Failure> {
        let lang = output.lang();
        let values = self.args.judging.show_values;
        let mut header = table::header(lang).to_vec();
        if values {
            header.extend(table::personal_header(lang));
        }
        let rows = |name: &str, rows: &[&gridcode::reminder::Reminder], target: &mut dyn Target| {
            target.sheet(Some(name), 1)?;
            target.row(&mut header.iter().copied())?;
            for reminder in rows {
                let row = table::row(reminder, lang, values);
                target.row(&mut row.iter().map(String::as_str))?;
            }
            Ok::<(), TableError>(())
        };
        let (writing, source) = (&self.args.writing, self.source);
        write_to(path, source, read, writing, output.stdout(), |target| {
            if target.csv().is_some() {
                let all: Vec<_> = self.reminders.lines.iter().collect();
                return rows("", &all, target);
            }
            for (name, lines) in table::sheets(self.reminders, lang) {
                rows(&name, &lines, target)?;
            }
            Ok(())
        })
    }

    /// A file of text, whole or not at all.
    fn whole(&self, path: &Path, text: &str) -> Result<(), Failure> {
        let name = path.display().to_string();
        let failed = |error| Failure::table(name.clone(), error);
        let mut file = File::create(path, &[self.source]).map_err(failed)?;
        interrupt::unfinished(file.temporary());
        file.write_all(text.as_bytes())?;
        let kept = file.commit().map_err(|error| Failure::table(name, error));
        interrupt::unfinished(None);
        kept
    }
}

fn range(args: &Remind) -> Result<(Date, Date), Failure> {
    if let Some(month) = &args.month {
        let first: Option<Date> = format!("{}-01", month.trim()).parse().ok();
        return first
            .map(|first| (first, first.last_of_month()))
            .ok_or_else(|| {
                Failure::said(
                    format!("--month 此处应为 2026-12 这样的年月，实为“{month}”"),
                    format!("--month: expected a month such as 2026-12, found `{month}`"),
                )
            });
    }
    let (Some(from), Some(to)) = (&args.from, &args.to) else {
        return Err(Failure::said(
            "请写明一段时间：--month 2026-12，或 --from 2026-12-01 --to 2026-12-31",
            "name a range of days: --month 2026-12, or --from 2026-12-01 --to 2026-12-31",
        ));
    };
    let day = |option: &str, text: &str| {
        text.trim().parse::<Date>().map_err(|_| {
            Failure::said(
                format!("{option} 此处应为 2026-12-01 这样的日期，实为“{text}”"),
                format!("{option}: expected a date such as 2026-12-01, found `{text}`"),
            )
        })
    };
    let (from, to) = (day("--from", from)?, day("--to", to)?);
    if from > to {
        return Err(Failure::said(
            format!("--from {from} 晚于 --to {to}：请对调"),
            format!("--from {from} is after --to {to}: please exchange them"),
        ));
    }
    Ok((from, to))
}

fn events(path: &Path) -> Result<Events, Failure> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| {
        let why = reason(&error);
        Failure::said(format!("{name}：{}", why.zh), format!("{name}: {}", why.en))
    })?;
    Ok(Events::from_toml(&text, &name)?)
}
