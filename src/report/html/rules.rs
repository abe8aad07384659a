//! The findings by rule: how many, where the first is, and the rule's page folded.

use super::Page;
use super::markup::Markup;
use crate::diagnostic::Severity;
use crate::lang::{Lang, Text};
use crate::rule;

/// What a rule found in all lists.
struct Count {
    rule: &'static str,
    worst: Severity,
    findings: u64,
    /// With the list's name, where there are several.
    first: String,
}

/// The section.
pub(super) fn write(page: &Page<'_>, out: &mut Markup) {
    let counts = counts(page);
    out.raw("<section id=\"rules\">\n<h2>")
        .said("按规则", "By rule")
        .raw("</h2>\n");
    if counts.is_empty() {
        out.raw("<p class=\"sound\">")
            .said("没有发现问题", "nothing found")
            .raw("</p>\n");
    } else {
        out.raw("<p class=\"quiet\">")
            .said(
                "点开一条，可以看到说明。",
                "Open one to read what it means.",
            )
            .raw("</p>\n");
    }
    let most = counts.iter().map(|count| count.findings).max().unwrap_or(1);
    for count in &counts {
        let info = rule::find(count.rule);
        let title = Text::of(|lang| {
            info.map_or("", |info| info.title(lang))
                .trim_end_matches(['。', '.'])
        });
        let severity = count.worst.key();
        out.raw("<details class=\"rule ")
            .raw(severity)
            .raw("\" id=\"rule-")
            .raw(count.rule)
            .raw("\"><summary><span class=\"badge\">");
        out.both(&Text::of(|lang| count.worst.label(lang)))
            .raw("</span><span class=\"title\">")
            .both(&title);
        out.raw("</span><span class=\"number\">").count(count.findings).raw("</span><svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
        super::account::rect(severity, 0, count.findings, most, out);
        out.raw("</svg></summary>\n<p class=\"quiet\"><code>")
            .raw(count.rule)
            .raw("</code> ")
            .raw(info.map_or("", |info| info.id));
        out.raw(" · ")
            .said("首处 ", "first at ")
            .text(&count.first)
            .raw("</p>\n");
        for lang in [Lang::Zh, Lang::En] {
            out.raw("<div lang=\"").raw(lang.tag()).raw("\">");
            prose(&info.map(|info| info.page(lang)).unwrap_or_default(), out);
            out.raw("</div>\n");
        }
        out.raw("<p><button type=\"button\" class=\"only\" data-rule=\"")
            .raw(count.rule)
            .raw("\" hidden>");
        out.said("只看这一条", "show only these")
            .raw("</button></p>\n</details>\n");
    }
    out.raw("</section>\n");
}

/// The gravest and most frequent first.
fn counts(page: &Page<'_>) -> Vec<Count> {
    let mut counts: Vec<Count> = Vec::new();
    let several = page.lists.len() > 1;
    for list in page.checked() {
        for (rule, count) in &list.account.rules {
            let worst = match (count.errors, count.warnings) {
                (0, 0) => Severity::Note,
                (0, _) => Severity::Warning,
                _ => Severity::Error,
            };
            if let Some(known) = counts.iter_mut().find(|known| known.rule == *rule) {
                known.findings += count.total();
                known.worst = known.worst.max(worst);
                continue;
            }
            let first = count.first.to_string();
            counts.push(Count {
                rule,
                worst,
                findings: count.total(),
                first: if several {
                    format!("{} {first}", list.account.file)
                } else {
                    first
                },
            });
        }
    }
    counts.sort_by(|a, b| {
        (b.worst, b.findings)
            .cmp(&(a.worst, a.findings))
            .then(a.rule.cmp(b.rule))
    });
    counts
}

/// A rule's page, of which the title has been said: paragraphs, lists, code between lines or in them.
fn prose(page: &str, out: &mut Markup) {
    let rest = page.split_once('\n').map_or("", |(_, rest)| rest);
    let mut is_code = false;
    for part in rest.split("\n\n").map(str::trim_end) {
        let part = part.trim_start_matches('\n');
        if part.is_empty() {
            continue;
        }
        let fences = part.lines().filter(|line| line.starts_with("```")).count();
        if is_code || fences > 0 {
            out.raw("<pre>");
            for line in part.lines().filter(|line| !line.starts_with("```")) {
                out.text(line).raw("\n");
            }
            out.raw("</pre>");
            is_code ^= fences % 2 == 1;
        } else if part.starts_with("- ") {
            out.raw("<ul>");
            for item in part.split("\n- ") {
                out.raw("<li>");
                words(item.trim_start_matches("- "), out);
                out.raw("</li>");
            }
            out.raw("</ul>");
        } else {
            out.raw("<p>");
            words(part, out);
            out.raw("</p>");
        }
    }
}

/// Words with code between backticks, on lines that belong together.
fn words(text: &str, out: &mut Markup) {
    // Chinese lines are joined without a blank.
    let mut joined = String::new();
    for line in text.lines().map(str::trim) {
        if joined.ends_with(|c: char| c.is_ascii()) && !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(line);
    }
    for (at, piece) in joined.split('`').enumerate() {
        if at % 2 == 1 {
            out.raw("<code>").text(piece).raw("</code>");
        } else {
            out.text(piece);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_a_rule_is_prose() {
        let mut out = Markup::default();
        prose(
            "Title.\n\nOne `a<b`\nline.\n\n- first\n- second\n\n```toml\nx = 1\n\ny = 2\n```\n",
            &mut out,
        );
        assert_eq!(
            out.as_str(),
            "<p>One <code>a&lt;b</code> line.</p><ul><li>first</li><li>second</li></ul><pre>x = 1\n</pre><pre>y = 2\n</pre>"
        );
    }

    #[test]
    fn no_page_of_a_rule_has_marks_that_would_be_shown_as_they_are() {
        for info in rule::all().iter().map(|rule| rule.info()) {
            for lang in [Lang::Zh, Lang::En] {
                let mut out = Markup::default();
                prose(&info.page(lang), &mut out);
                let html = out.as_str();
                assert!(html.starts_with('<'), "{}: {html}", info.name);
                for mark in ["**", "](", "`", "<p>#", "<p>|"] {
                    assert!(!html.contains(mark), "{} has {mark}: {html}", info.name);
                }
            }
        }
    }
}
