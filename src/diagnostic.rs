//! Problems found in what people wrote: rules, severities, places. A failure of the tool itself is
//! an `anyhow::Error` and never a diagnostic. Lines and columns are made only when printed.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::source::{FileId, Span};

/// So many problems of one rule in one file are listed; who mends them sees what the others are.
const LISTED: usize = 100;

/// How bad a problem is, the worst first. An error keeps a report out of the totals; the others do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Severity {
    Error,
    Warning,
    /// Worth knowing, nothing to mend.
    Notice,
}

impl Severity {
    pub(crate) const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Notice];

    /// As options and machine formats write it.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }

    /// As people read it.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Error => "lỗi",
            Self::Warning => "cảnh báo",
            Self::Notice => "lưu ý",
        }
    }
}

/// What can be wrong: named for what is wrong, in kebab-case.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) name: &'static str,
    pub(crate) severity: Severity,
    /// One line for lists.
    pub(crate) summary: &'static str,
    /// Why it matters, then a wrong and a right example.
    pub(crate) explain: &'static str,
}

impl Rule {
    pub(crate) const fn error(name: &'static str, summary: &'static str, explain: &'static str) -> Self {
        Self { name, severity: Severity::Error, summary, explain }
    }

    pub(crate) const fn warning(name: &'static str, summary: &'static str, explain: &'static str) -> Self {
        Self { name, severity: Severity::Warning, summary, explain }
    }

    pub(crate) const fn notice(name: &'static str, summary: &'static str, explain: &'static str) -> Self {
        Self { name, severity: Severity::Notice, summary, explain }
    }
}

/// What ids are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ids {
    Agencies,
    Groups,
    /// Agencies and groups.
    Parties,
    Tasks,
    Indicators,
    /// The folder of ad hoc reports included.
    Rounds,
    FundingSources,
    ComplaintFields,
    Recipients,
    Themes,
    Rules,
}

/// Words for a spreadsheet, where those for the file would not help.
#[derive(Debug, Default, Clone)]
pub(crate) struct InForm {
    pub(crate) message: Option<&'static str>,
    pub(crate) remedy: Option<Cow<'static, str>>,
}

/// One problem at one place.
#[derive(Debug)]
pub(crate) struct Diagnostic {
    pub(crate) rule: &'static Rule,
    pub(crate) span: Span,
    pub(crate) message: String,
    /// The remedy.
    pub(crate) hint: Option<String>,
    /// What is said in its place to those who filled in a spreadsheet.
    pub(crate) in_form: InForm,
    /// The other place where two places disagree, with what stands there.
    pub(crate) related: Option<(Span, String)>,
    /// The reason why the report's author stands by what was found: listed, but counted no more.
    pub(crate) accepted: Option<String>,
    /// How many like it in the same file are counted and not listed.
    pub(crate) more: usize,
    /// The id that somebody names and nobody declares, and what it would be of.
    pub(crate) unknown: Option<(Ids, String)>,
}

impl Diagnostic {
    pub(crate) fn new(rule: &'static Rule, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            span,
            message: readable(message.into()),
            hint: None,
            in_form: InForm::default(),
            related: None,
            accepted: None,
            more: 0,
            unknown: None,
        }
    }

    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(readable(hint.into())), ..self }
    }

    /// The remedy in a spreadsheet.
    pub(crate) fn in_form(self, remedy: impl Into<Cow<'static, str>>) -> Self {
        Self { in_form: InForm { remedy: Some(remedy.into()), ..self.in_form }, ..self }
    }

    /// It is that an id of these is unknown.
    pub(crate) fn unknown(self, ids: Ids, written: &str) -> Self {
        Self { unknown: Some((ids, written.to_owned())), ..self }
    }

    /// Whether it is an error, or a warning where those count as such.
    pub(crate) fn fails(&self, strict: bool) -> bool {
        let worst = if strict { Severity::Warning } else { Severity::Error };
        self.accepted.is_none() && self.rule.severity <= worst
    }

    /// How many problems it stands for: itself, and those like it that are not listed.
    pub(crate) fn count(&self) -> usize {
        1 + self.more
    }

    pub(crate) fn related(self, span: Span, label: impl Into<String>) -> Self {
        Self { related: Some((span, label.into())), ..self }
    }
}

/// Words that quote what stands in a file, which may be one word of a megabyte: a long quotation keeps its beginning; what is
/// longer still is cut in the middle where nobody reads it.
pub(crate) fn readable(words: String) -> String {
    const QUOTED: usize = 200;
    const MOST: usize = 4_000;
    const AT_END: usize = 1_000;
    if words.len() <= QUOTED {
        return words;
    }
    let shorter = |part: &str| match part.split_once('”') {
        Some((quoted, rest)) if quoted.chars().count() > QUOTED => {
            let end = quoted.char_indices().nth(QUOTED / 2).map_or(quoted.len(), |(end, _)| end);
            format!("{}…”{rest}", quoted[..end].trim_end())
        }
        _ => part.to_owned(),
    };
    let words = words.split('“').map(shorter).collect::<Vec<_>>().join("“");
    if words.len() <= MOST {
        return words;
    }
    let head = words.floor_char_boundary(MOST - AT_END);
    let tail = words.ceil_char_boundary(words.len() - AT_END);
    format!("{} … {}", &words[..head], &words[tail..])
}

/// Collects the problems of a run.
#[derive(Debug, Default)]
pub(crate) struct Sink {
    diagnostics: Vec<Diagnostic>,
    /// Of one rule in one file: how many are listed, and which of all is the last.
    like: HashMap<(FileId, &'static str), (usize, usize)>,
}

impl Sink {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        let (listed, last) = self.like.entry((diagnostic.span.file, diagnostic.rule.name)).or_default();
        if *listed == LISTED {
            self.diagnostics[*last].more += diagnostic.count();
            return;
        }
        (*listed, *last) = (*listed + 1, self.diagnostics.len());
        self.diagnostics.push(diagnostic);
    }

    /// Whether one more of a rule in a file is listed; of what is only counted no remedy need be looked for.
    pub(crate) fn lists(&self, rule: &Rule, file: FileId) -> bool {
        self.like.get(&(file, rule.name)).is_none_or(|(listed, _)| *listed < LISTED)
    }

    /// Adds what another sink collected.
    pub(crate) fn append(&mut self, other: Self) {
        other.diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }

    /// Whether no rule but this one was broken.
    pub(crate) fn are_all(&self, rule: &Rule) -> bool {
        self.diagnostics.iter().all(|found| found.rule.name == rule.name)
    }

    /// What is listed so far.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter()
    }

    /// Everything found, in the order found.
    pub(crate) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn words_as_long_as_a_file_are_cut_in_the_middle() {
        for (letters, cut) in [(0, false), (2_000, false), (2_001, true), (500_000, true)] {
            let words = "ă".repeat(letters);
            let shown = readable(words.clone());
            assert_eq!(shown.contains(" … "), cut, "{letters}");
            assert!(shown.len() <= 4_010 && (cut || shown == words), "{letters}");
        }
    }

    #[test]
    fn a_long_quotation_keeps_its_beginning_and_what_is_said_of_it() {
        let long = "ngày mai ".repeat(30);
        let begins = format!("{}…", &"ngày mai ".repeat(12).chars().take(100).collect::<String>());
        for (words, shown) in [
            (format!("“{long}” không phải ngày"), format!("“{begins}” không phải ngày")),
            (format!("“{long}” và “{long}”, “gần”"), format!("“{begins}” và “{begins}”, “gần”")),
            // As long as it may be; and what nobody quotes.
            (format!("“{}” xa", "ă".repeat(200)), format!("“{}” xa", "ă".repeat(200))),
            (format!("{long} “gần” {long}"), format!("{long} “gần” {long}")),
        ] {
            assert_eq!(readable(words), shown);
        }
    }
}
