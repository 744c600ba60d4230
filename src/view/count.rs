//! `plan trace` of what the consolidated report counts besides measures: reports, tasks, difficulties, recommendations,
//! next steps. The names and the numbers are those of `summary` in the report's JSON, and so is each single thing that is
//! counted: its summary is that of the whole with nothing else in it. Counts nothing itself.

mod labels;

use std::collections::BTreeSet;

use indexmap::IndexMap;
use minijinja::value::{Serde, Value as Tree, ValueKind};

use labels::{label, last};

use super::cells;
use super::report::{self, Brief, Steps, Theme};
use super::summary_json::{covered_by, leads_of, of_time, summary, task_group, voiced};
use super::trace::{Typed, percent_of, typed, wrote};
use super::{document, words};
use crate::changes::{self, CountChange};
use crate::doc::{Block, Cell, Document, Section, Shown, Table, Tone};
use crate::draft::Edit;
use crate::model::{Agency, Group, Plan, Quantity, Reporting, Task};
use crate::remark::shared;
use crate::source::Span;
use crate::status::{AgencyStatus, Counts, TaskCounts, TaskState, Timeliness};
use crate::vietnamese::{clause, date, lower_first, number};

/// A number of the summary.
#[derive(Debug, Clone)]
pub(crate) struct Count {
    /// The way to it in the JSON, ids in the place of positions: `tasks.done`, `coverage.province.missing`.
    pub(crate) key: String,
    /// `Số nhiệm vụ hoàn thành – Kiểm tra, giám sát`
    pub(crate) label: String,
    pub(crate) value: u64,
}

/// One of what is counted, or what it rests on.
pub(crate) struct Thing<'p> {
    pub(crate) agency: Option<&'p Agency>,
    pub(crate) task: Option<&'p Task>,
    /// What is said of it.
    pub(crate) told: Cell,
    pub(crate) span: Span,
    /// The counts that it is in.
    pub(crate) counts: BTreeSet<String>,
    /// The counts of which something rests on it.
    proves: BTreeSet<String>,
}

/// A count and all that is in it.
pub(crate) struct Counted<'c, 'p> {
    pub(crate) brief: &'c Brief<'c, 'p>,
    pub(crate) count: &'c Count,
    things: Vec<Thing<'p>>,
    /// What people changed in the round's report.
    edits: &'c [Edit],
}

/// What counts are called in the templates of `plan/report.yaml`, where that is not their name.
const IN_TEMPLATES: &[(&str, &str)] = &[
    ("reports.", "counts."),
    ("coverage.silent_ever", "silent.ever"),
    ("days_overdue", "silent.days"),
    ("funding_", "funding."),
    ("own_recommendations.", "own_petitions."),
    ("recommendations.", "petitions."),
];

/// Counts that the report gives as percentages: how their names begin, of what the last part is part of.
const SHARES: [(&str, &str, &str); 2] = [("task", ".done", ".total"), ("coverage.", ".included", ".expected")];

impl Count {
    /// What else it is called: in a sentence, in templates, with the others of what it is about.
    pub(crate) fn names(&self) -> impl Iterator<Item = String> {
        let of = |(own, name): &(&str, &str)| Some(format!("{name}{}", self.key.strip_prefix(own)?));
        let of_all = self.key.rsplit_once('.').map(|(all, _)| all.to_owned());
        let bare = self.label.strip_prefix("Số ").map(str::to_owned);
        bare.into_iter().chain(IN_TEMPLATES.iter().find_map(of)).chain(of_all)
    }

    /// `nhiệm vụ`, as sentences have it behind the number.
    fn unit(&self) -> String {
        let words = self.label.split(' ').skip(1);
        words.take(2).collect::<Vec<_>>().join(" ")
    }
}

/// Every count of the report, in the order of its summary.
pub(crate) fn counts(brief: &Brief<'_, '_>) -> Vec<Count> {
    let mut found = Vec::new();
    walk(&Tree::from(Serde(summary(brief))), "", "", &mut |key, of, value| {
        found.push(Count { key: key.to_owned(), label: label(brief.plan, key, of), value });
    });
    found
}

/// What changed since `then`, the summary of an earlier draft, in the order of the summary; what all agencies together are
/// is told once.
pub(crate) fn moved(brief: &Brief<'_, '_>, then: &changes::Tree) -> Vec<CountChange> {
    let mut found: Vec<CountChange> = Vec::new();
    let mut before = IndexMap::new();
    walk(&Tree::from(Serde(then)), "", "", &mut |key, of, value| {
        before.insert(key.to_owned(), (label(brief.plan, key, of), value));
    });
    let now = counts(brief);
    let after: BTreeSet<&str> = now.iter().map(|count| count.key.as_str()).collect();
    let gone: Vec<_> = before.iter().filter(|(key, _)| !after.contains(key.as_str())).collect();
    let gone = gone.into_iter().map(|(key, (label, value))| (key, label, Some(*value), None));
    let still = now.iter().map(|now| {
        let then = before.get(&now.key).map(|(_, value)| *value);
        (&now.key, &now.label, then, Some(now.value))
    });
    for (key, label, before, after) in still.chain(gone).filter(|(.., before, after)| before != after) {
        let of_all = key.strip_prefix("coverage.").map(|of| format!("reports.{of}"));
        let is_told =
            |of: &CountChange| Some(&of.key) == of_all.as_ref() && (of.before, of.after) == (before, after);
        if !found.iter().any(is_told) {
            found.push(CountChange { key: key.clone(), label: label.clone(), before, after });
        }
    }
    found
}

/// The numbers of a tree: the way to each, whose it is, and how many there are of a list of ids.
fn walk(tree: &Tree, key: &str, of: &str, found: &mut impl FnMut(&str, &str, u64)) {
    let under = |part: &str| if key.is_empty() { part.to_owned() } else { format!("{key}.{part}") };
    let items = || tree.try_iter().into_iter().flatten();
    match tree.kind() {
        ValueKind::Number => u64::try_from(tree.clone()).into_iter().for_each(|value| found(key, of, value)),
        ValueKind::Map => {
            for name in items() {
                let value = tree.get_item(&name).unwrap_or_default();
                walk(&value, &under(&name.to_string()), of, found);
            }
        }
        ValueKind::Seq => {
            let said = |item: &Tree, names: &[&str]| {
                let mut told = names.iter().filter_map(|name| item.get_attr(name).ok());
                told.find(|told| told.kind() == ValueKind::String).map(|told| told.to_string())
            };
            if key.ends_with("themes") || items().all(|item| item.kind() == ValueKind::String) {
                found(key, of, tree.len().unwrap_or_default() as u64);
            }
            for item in items().filter(|item| item.kind() == ValueKind::Map) {
                let id = said(&item, &["id", "level", "to", "when"]);
                let name = said(&item, &["name", "short_title", "when"]).unwrap_or_default();
                let of = [of, &name].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
                walk(&item, &id.map_or_else(|| key.to_owned(), |id| under(&id)), &of, found);
            }
        }
        _ => {}
    }
}

/// The counts that a summary of one thing has anything in.
fn in_counts(key: &str, summary: impl serde::Serialize) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    walk(&Tree::from(Serde(summary)), key, "", &mut |key, _, value| {
        if value > 0 {
            found.insert(key.to_owned());
        }
    });
    found
}

/// All that is counted, one by one, what it rests on behind it.
pub(crate) fn things<'p>(brief: &Brief<'_, 'p>) -> Vec<Thing<'p>> {
    let most = report::silent(brief).days;
    let reports = brief.status.agencies.iter().map(|status| of_report(brief, status, most));
    let tasks = brief.status.tasks.iter().flat_map(|state| of_task(brief, state));
    let ad_hoc = brief.ad_hoc.iter().map(|(agency, report)| {
        let subject = report.subject.as_ref().map_or("", |subject| clause(&subject.value));
        let day = report.date.as_ref().map(|day| date(day.value)).unwrap_or_default();
        thing(agency, Cell::text(format!("{day}: {subject}")), report.span, in_counts("ad_hoc", 1))
    });
    let expired = report::expired_ad_hoc(brief).map(|remark| {
        let told = Cell::text(clause(&remark.text.value));
        thing(remark.agency, told, remark.text.span, in_counts("ad_hoc_expired", 1))
    });
    let raised = |of: &str, themes: Vec<Theme<'_, 'p>>| -> Vec<Thing<'p>> {
        themes.iter().flat_map(Theme::alone).filter_map(|theme| of_remark(brief.plan, of, &theme)).collect()
    };
    let petitions = report::addressed(brief).into_iter();
    let petitions = petitions.flat_map(|(to, _, themes)| raised(&format!("recommendations.{to}"), themes));
    let steps = report::steps_to_come(brief).map(|(agency, step)| {
        let steps = shared([(agency, &step.text)]);
        let told = Steps { when: step.when, steps, agencies: BTreeSet::from([agency.id]) };
        let counts = in_counts("steps_by_time", [of_time(&told)]);
        thing(agency, Cell::text(clause(&step.text.value)), step.text.span, counts)
    });
    reports
        .chain(tasks)
        .chain(ad_hoc)
        .chain(expired)
        .chain(raised("difficulties", report::difficulty_themes(brief)))
        .chain(raised("own_recommendations", report::own_themes(brief)))
        .chain(petitions)
        .chain(steps)
        .chain(of_groups(brief))
        .collect()
}

fn thing<'p>(agency: &'p Agency, told: Cell, span: Span, counts: BTreeSet<String>) -> Thing<'p> {
    Thing { agency: Some(agency), task: None, told, span, counts, proves: BTreeSet::new() }
}

/// Of an agency that is asked to report: its report, or where the plan names it; `most` is the longest silence in days.
fn of_report<'p>(brief: &Brief<'_, 'p>, status: &AgencyStatus<'p>, most: Option<i64>) -> Thing<'p> {
    let agency = status.agency;
    let mut counts = in_counts("reports", [status].into_iter().collect::<Counts>());
    if agency.reporting == Reporting::Required {
        let of_level = [Some(brief.plan.level(agency)), None].map(|of| report::covered(brief, of, &[status]));
        counts.append(&mut in_counts("coverage", of_level.each_ref().map(|of| covered_by(brief.plan, of))));
    }
    if let Timeliness::Overdue(days) = status.timeliness
        && most == Some(days)
    {
        counts.insert("days_overdue".to_owned());
    }
    if brief.status.valid_report(agency.id).is_some() {
        let whole = brief.measures.iter().find(|measure| matches!(measure.quantity, Quantity::Funding(None)));
        let gives = whole.is_some_and(|whole| whole.counted().iter().any(|part| part.agency.id == agency.id));
        counts.insert(if gives { "funding_reports" } else { "funding_silent" }.to_owned());
    }
    let span = status.file.map_or(agency.span, Span::start_of);
    thing(agency, cells::report(status), span, counts)
}

/// Of a task, then what each of its leads says.
fn of_task<'p>(brief: &Brief<'_, 'p>, state: &TaskState<'p>) -> Vec<Thing<'p>> {
    let (plan, task) = (brief.plan, state.task);
    let group = plan.task_groups.iter().find(|group| group.tasks.contains(&task.id));
    let of_leads = |key: &String| ["leads", "reported", "silent_leads", "silent_in_part"].contains(&last(key));
    let mut counts = in_counts("tasks", [state].into_iter().collect::<TaskCounts>());
    counts.append(&mut in_counts("task_groups", group.map(|group| [task_group(brief, group, &[state])])));
    let (of_each, counts): (BTreeSet<String>, BTreeSet<String>) = counts.into_iter().partition(of_leads);
    let told = Cell::text(format!("{}: {}", task.short_title, lower_first(&words::progress(state).1)));
    let whole = Thing { agency: None, task: Some(task), told, span: task.span, counts, proves: BTreeSet::new() };
    let silent = report::silent_leads(brief, &[state]);
    let leads = task.leads.iter().filter_map(|lead| brief.status.agency(*lead)).map(|lead| {
        let agency = lead.agency;
        let entry = brief.status.valid_report(agency.id).and_then(|report| report.entry(task.id));
        // Of a hundred communes, those that say nothing are not what a task's state rests on.
        let is_named = brief.folding_group(agency).is_none();
        let says = entry.is_some_and(|entry| entry.status.is_some());
        let is_in = |key: &&String| match last(key) {
            "reported" => says,
            "silent_leads" | "silent_in_part" => silent.iter().any(|silent| silent.id == agency.id),
            _ => true,
        };
        Thing {
            agency: Some(agency),
            task: Some(task),
            told: cells::declared(brief.status, agency, task),
            span: entry.map(|entry| entry.key.span).or(lead.file.map(Span::start_of)).unwrap_or(agency.span),
            counts: {
                let declared = says.then(|| entry?.status).flatten();
                let own = in_counts("leads", [leads_of(task, 1, declared.as_slice())]);
                of_each.iter().filter(is_in).cloned().chain(own).collect()
            },
            proves: if says || is_named { whole.counts.clone() } else { BTreeSet::new() },
        }
    });
    let leads: Vec<Thing<'p>> = leads.collect();
    std::iter::once(whole).chain(leads).collect()
}

/// Of a remark that stands alone in its theme.
fn of_remark<'p>(plan: &'p Plan, of: &str, theme: &Theme<'_, 'p>) -> Option<Thing<'p>> {
    let remark = *theme.remarks.first()?;
    let counts = in_counts(of, voiced(plan, std::slice::from_ref(theme)));
    let told = Cell::text(clause(&remark.text.value));
    Some(Thing { task: remark.task, ..thing(remark.agency, told, remark.text.span, counts) })
}

/// Of the members of folded groups: what they will do next.
fn of_groups<'p>(brief: &Brief<'_, 'p>) -> Vec<Thing<'p>> {
    let groups = brief.plan.groups.iter().filter(|group| group.folded);
    let members = groups.flat_map(|group| brief.status.members(group).map(move |status| (group, status.agency)));
    let says = |(group, agency): (&Group, &'p Agency)| {
        let steps = &brief.status.valid_report(agency.id)?.next_steps;
        let told = steps.iter().map(|step| clause(&step.text.value)).collect::<Vec<_>>().join("; ");
        let counts = BTreeSet::from([format!("next_steps.{}", group.key)]);
        Some(thing(agency, Cell::text(told), steps.first()?.text.span, counts))
    };
    members.filter_map(says).collect()
}

impl<'c, 'p> Counted<'c, 'p> {
    pub(crate) fn new(brief: &'c Brief<'c, 'p>, count: &'c Count, edits: &'c [Edit]) -> Self {
        let mut things = things(brief);
        things.retain(|thing| thing.counts.contains(&count.key) || thing.proves.contains(&count.key));
        Self { brief, count, things, edits }
    }

    /// Figures of its unit that whoever edited the report wrote in it.
    pub(super) fn typed(&self) -> impl Iterator<Item = Typed<'c>> {
        let unit = self.count.unit();
        typed(self.edits).filter(move |(_, _, words)| words.starts_with(&unit))
    }

    /// What is in the count, or with what it rests on, which is not counted.
    pub(crate) fn things(&self) -> impl Iterator<Item = (&Thing<'p>, bool)> {
        self.things.iter().map(|thing| (thing, thing.counts.contains(&self.count.key)))
    }

    /// What the report says that it is of its whole.
    fn share(&self) -> Option<String> {
        let (of, whole) = SHARES.iter().find_map(|(of, part, whole)| {
            let of = self.count.key.strip_suffix(part).filter(|rest| rest.starts_with(of))?;
            Some((of, whole))
        })?;
        let key = format!("{of}{whole}");
        let whole = counts(self.brief).into_iter().find(|count| count.key == key)?.value;
        let share = percent_of(self.count.value.into(), whole.into())?;
        Some(format!("Chiếm {share} trong tổng số {}; xem: {}", number(whole.into()), self.brief.trace(&key)))
    }
}

impl Shown for Counted<'_, '_> {
    fn document(&self) -> Document {
        let Brief { plan, status, as_of, .. } = self.brief;
        let told = format!("{}: {}", self.count.label, number(self.count.value.into()));
        let table = self.rows();
        let table = (!table.rows.is_empty()).then_some(Block::Table(table));
        let share = self.share().map(Block::item).into_iter();
        let typed = share.chain(self.typed().map(|typed| wrote(self.brief.files, &typed)));
        let title = format!("Nguồn số liệu kỳ {} – ngày {}", status.round.short_name, date(*as_of));
        let blocks = std::iter::once(Block::heading(1, told)).chain(typed).chain(table).collect();
        document(plan, &self.brief.banner, title, vec![Section::new("Nguồn số liệu", blocks).landscape()])
    }

    /// One row a thing, those that it rests on muted; nothing of tasks where there are none.
    fn rows(&self) -> Table {
        let things = Table::of("trace", self.things())
            .left("Cơ quan", 4, |(thing, _)| thing.agency.map_or("", |agency| &agency.short_name))
            .left("Nội dung", 9, |(thing, _)| thing.told.clone())
            .code("Mã cơ quan", 5, |(thing, _)| thing.agency.map_or("", |agency| &agency.key));
        cells::placed(things, 6, |(thing, _)| Some(cells::at(self.brief.files, thing.span)))
            .left("Mã nhiệm vụ", 2, |(thing, _)| thing.task.map_or("", |task| &task.key))
            .when(self.things.iter().any(|thing| thing.task.is_some()))
            .toned(|(_, is_counted)| if is_counted { Tone::Plain } else { Tone::Muted })
            .table()
    }
}
