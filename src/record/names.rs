//! Ids as they are written, what they stand for, and what somebody probably meant who wrote another.

use std::marker::PhantomData;

use super::rules::{UNKNOWN_AGENCY, UNKNOWN_INDICATOR, UNKNOWN_ROUND, UNKNOWN_TASK, UNKNOWN_VALUE};
use super::suggest;
pub(crate) use crate::diagnostic::Ids;
use crate::diagnostic::{Diagnostic, Rule, Sink};
use crate::source::{Span, Spanned};

/// The ids that are known while a file is read.
pub(crate) trait Names {
    /// The place of an id in its list.
    fn find(&self, ids: Ids, written: &str) -> Option<usize>;

    /// Every id with each name it goes by, the one to show first.
    fn known(&self, ids: Ids) -> Vec<(&str, &str)>;

    /// Whether a file that declares such ids could not be read in full: nobody knows then what is unknown.
    fn has_gaps(&self, ids: Ids) -> bool;

    /// Whether the plan's own files are read still: what is unknown can be declared.
    fn of_plan(&self) -> bool;
}

/// A place in a list of the plan.
pub(crate) trait Id: Copy + PartialEq + From<usize> {
    const IDS: Ids;

    /// What an id stands for.
    ///
    /// # Errors
    /// When nobody knows it: the problem for the sink, with the nearest known names, unless what is declared has gaps, a
    /// problem of its own.
    fn find(names: &dyn Names, written: &str, span: Span, sink: &Sink) -> Result<Self, Option<Box<Diagnostic>>> {
        let known = names.find(Self::IDS, written).map(Self::from);
        let problem = || unknown(names, Self::IDS, written, span, sink).into();
        known.ok_or_else(|| (!names.has_gaps(Self::IDS)).then(problem))
    }
}

/// An id of a list that is read later, in the same file perhaps.
#[derive(Debug)]
pub(crate) struct Later<T> {
    pub(crate) written: Spanned<String>,
    of: PhantomData<T>,
}

impl<T: Id> Later<T> {
    pub(super) fn new(written: Spanned<String>) -> Self {
        Self { written, of: PhantomData }
    }

    pub(crate) fn find(&self, names: &dyn Names, sink: &mut Sink) -> Option<T> {
        let found = T::find(names, &self.written.value, self.written.span, sink);
        found.map_err(|problem| problem.into_iter().for_each(|problem| sink.push(*problem))).ok()
    }
}

/// The problem of an id that nobody knows.
fn unknown(names: &dyn Names, ids: Ids, written: &str, span: Span, sink: &Sink) -> Diagnostic {
    let (rule, what): (&'static Rule, _) = match ids {
        Ids::Agencies | Ids::Parties => (&UNKNOWN_AGENCY, "cơ quan mang mã"),
        Ids::Groups => (&UNKNOWN_AGENCY, "nhóm cơ quan"),
        Ids::Tasks => (&UNKNOWN_TASK, "nhiệm vụ"),
        Ids::Indicators => (&UNKNOWN_INDICATOR, "chỉ tiêu"),
        Ids::Rounds => (&UNKNOWN_ROUND, "kỳ báo cáo"),
        Ids::FundingSources => (&UNKNOWN_VALUE, "nguồn kinh phí"),
        Ids::ComplaintFields => (&UNKNOWN_VALUE, "lĩnh vực"),
        Ids::Recipients => (&UNKNOWN_VALUE, "nơi nhận kiến nghị"),
        Ids::Themes => (&UNKNOWN_VALUE, "nhóm vấn đề"),
        Ids::Rules => (&UNKNOWN_VALUE, "quy tắc"),
    };
    let subject = if ids == Ids::Tasks && !names.of_plan() { "Kế hoạch không có" } else { "không có" };
    let found = Diagnostic::new(rule, span, format!("{subject} {what} “{written}”")).unknown(ids, written);
    if !sink.lists(rule, span.file) {
        return found;
    }
    let known = names.known(ids);
    let near = counted(ids, &known, written).or_else(|| suggest::among(written, known.iter().copied()));
    let near = near.or_else(|| match ids {
        Ids::Agencies | Ids::Parties => suggest::alike(written, known.iter().copied()),
        _ => None,
    });
    let hint = near.unwrap_or_else(|| match ids {
        Ids::Agencies | Ids::Parties => "xem mã cơ quan trong plan/agencies.yaml".to_owned(),
        _ if names.of_plan() => format!("khai {what} này trong plan/ trước, hoặc sửa lại mã"),
        _ if known.is_empty() => format!("Kế hoạch chưa khai {what} nào: bỏ mục này, hoặc khai trong plan/ trước"),
        Ids::Indicators => "xem các mã chỉ tiêu trong plan/indicators.yaml".to_owned(),
        Ids::Tasks => format!("các nhiệm vụ: {}", listed(&known, |(id, _)| (*id).to_owned())),
        Ids::Rounds => format!("các kỳ báo cáo: {}", listed(&known, |(id, _)| (*id).to_owned())),
        _ => format!("chọn một trong: {}", listed(&known, |(id, name)| format!("{id} ({name})"))),
    });
    found.hint(hint)
}

fn listed(known: &[(&str, &str)], show: impl Fn(&(&str, &str)) -> String) -> String {
    known.iter().map(show).collect::<Vec<_>>().join(", ")
}

/// `3.5` is III.5, however near I.5 may look; `Nhiệm vụ III.5` says so itself.
fn counted(ids: Ids, known: &[(&str, &str)], written: &str) -> Option<String> {
    if ids != Ids::Tasks {
        return None;
    }
    let words: Vec<&str> =
        written.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let written = words.iter().rfind(|word| word.starts_with(['I', 'V', 'X']) || word.contains('.'))?;
    let written = written.replace([',', '-'], ".");
    if let Some(said) = known.iter().copied().find(|(id, _)| *id == written) {
        return suggest::among(&written, [said].into_iter());
    }
    let (group, task) = written.split_once('.')?;
    let nth = group.parse::<usize>().ok()?.checked_sub(1)?;
    let mut groups: Vec<&str> = known.iter().filter_map(|(id, _)| Some(id.split_once('.')?.0)).collect();
    groups.dedup();
    let id = format!("{}.{task}", groups.get(nth)?);
    suggest::among(&id, known.iter().copied().filter(|(known, _)| *known == id))
}
