//! `plan trace`: where a figure comes from, part by part, and what is not in it.

mod parts;

use std::collections::{BTreeMap, BTreeSet};

use super::cells::{At, amount, at, in_words, place, placed, sum};
use super::report::Brief;
use super::{document, last_year, names, words};
use crate::check::{Owners, Phrases};
use crate::doc::{Block, Cell, Document, Row, Section, Shown, Table, Tone, Value};
use crate::draft::{self, Edit, part};
use crate::measure::{Amount, Contribution, Measure, Origin, Other, Reason, Verdict, made_of};
use crate::model::{Agency, AgencyId, Answer, Indicator, Quantity, Task, TaskId};
use crate::source::Files;
use crate::status::Validity;
use crate::vietnamese::{clause, counts, date, listed, lower_first, number};

pub(super) use parts::{beyond, of_whole, percent_of, sums};

/// A measure and all that was reported for it.
pub(crate) struct Trace<'t, 'p> {
    pub(crate) brief: &'t Brief<'t, 'p>,
    pub(crate) measure: &'t Measure<'p>,
    /// Only what was reported under this task.
    pub(crate) task: Option<&'p Task>,
    /// What people changed in the round's report.
    pub(crate) edits: &'t [Edit],
}

impl<'t, 'p> Trace<'t, 'p> {
    /// What is printed for the quantity, or for it under the task.
    pub(crate) fn value(&self) -> Amount {
        self.task.map_or(self.measure.value, |task| self.measure.under_task(task.id))
    }

    /// The figures that are shown.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &'t Contribution<'p>> {
        self.measure.contributions.iter().filter(|part| self.is_under(part.task))
    }

    /// The answers shown that are no figures.
    pub(crate) fn others(&self) -> impl Iterator<Item = &'t Other<'p>> {
        self.measure.others.iter().filter(|other| self.is_under(Some(other.task)))
    }

    fn is_under(&self, task: Option<&Task>) -> bool {
        self.task.is_none_or(|wanted| task.is_some_and(|task| task.id == wanted.id))
    }

    /// By agency and task: what its newest answer replaced, `41 (Ngày 15/3)`. Where none stands under the task any more, any of
    /// those of the agency did.
    fn replaced(&self) -> BTreeMap<(AgencyId, Option<TaskId>), String> {
        let of = |agency: &Agency, task: Option<&Task>| (agency.id, task.map(|task| task.id));
        let value = |value| sum(self.measure.quantity, value).value.to_text();
        let numbers =
            self.parts().map(|part| (of(part.agency, part.task), part.verdict, value(part.value), part.origin));
        let others = self.others();
        let others =
            others.map(|other| (of(other.agency, Some(other.task)), other.verdict, self.said(other), other.origin));
        let (newest, older): (Vec<_>, Vec<_>) =
            numbers.chain(others).partition(|(_, verdict, ..)| verdict.counts());
        let mut replaced: BTreeMap<_, String> = BTreeMap::new();
        for (of, verdict, told, origin) in older {
            let mut by = newest.iter().map(|(by, ..)| *by).filter(|by| by.0 == of.0);
            let by = if by.clone().any(|by| by == of) { Some(of) } else { by.next() };
            if let (Some(by), Verdict::LeftOut(Reason::Superseded)) = (by, verdict) {
                let told = format!("{told} ({})", words::origin(origin));
                replaced.entry(by).and_modify(|known| *known += &format!("; {told}")).or_insert(told);
            }
        }
        replaced
    }

    /// Figures that whoever edited the report wrote in it, where it speaks of the quantity: with the words that the plan has
    /// for it, or, where no indicator's words are there, of what it says of a task the one that may be told so. Each with the
    /// words behind it.
    pub(super) fn typed(&self) -> impl Iterator<Item = Typed<'t>> {
        let (plan, quantity) = (self.brief.plan, self.measure.quantity);
        let phrases = Phrases::new(plan);
        let mut told: Option<(&Edit, Owners)> = None;
        typed(self.edits).filter(move |(edit, figure, words)| {
            let task = plan.tasks.find(part(&edit.change.block));
            let Some(indicator) = quantity.indicator() else {
                return self.task.is_none() && has_unit(quantity, figure, words);
            };
            let (_, told) = match &mut told {
                Some(told) if std::ptr::eq(told.0, *edit) => told,
                told => told.insert((edit, phrases.told(&edit.change.text, plan))),
            };
            let number = figure.split(' ').next();
            let mut owners = told.iter().filter(|(told, _)| told.split(' ').next() == number);
            let is_told = match owners.clone().next() {
                Some(_) => owners.any(|(_, owners)| owners.contains(&indicator.id)),
                None => {
                    let may = |other: &&Indicator| {
                        task.is_none_or(|task| other.tasks.contains(&task.id))
                            && (has_unit(Quantity::Indicator(other), figure, words) || is_counted_so(other, words))
                    };
                    plan.indicators.iter().filter(may).map(|other| other.id).eq([indicator.id])
                }
            };
            is_told && (self.task.is_none() || self.is_under(task))
        })
    }

    /// Of how many agencies the totals are that agencies added up themselves.
    fn coverages(&self) -> impl Iterator<Item = String> {
        let mut totals: Vec<&Agency> =
            self.parts().filter(|part| !part.sources.is_empty()).map(|part| part.agency).collect();
        totals.dedup_by_key(|agency| agency.id);
        totals.into_iter().filter_map(|agency| {
            let coverage = self.brief.status.valid_report(agency.id)?.coverage.as_ref()?;
            let places = "tệp, dòng của từng nguồn là ở thư mục làm việc của cơ quan đó";
            Some(format!("{}: {}; {places}", agency.name, words::coverage(coverage)))
        })
    }

    /// Whose report is invalid, and in what could be read of it has no answer: what it told is not known.
    pub(crate) fn unread(&self) -> Vec<&'t Agency> {
        let told: BTreeSet<AgencyId> =
            self.parts().map(|part| part.agency.id).chain(self.others().map(|other| other.agency.id)).collect();
        let allowed = |agency: &Agency| self.measure.quantity.indicator().is_none_or(|of| of.allows(agency.id));
        let invalid =
            self.brief.status.agencies.iter().filter(|status| matches!(status.validity, Validity::Invalid(_)));
        let invalid = invalid.map(|status| status.agency);
        invalid.filter(|agency| !told.contains(&agency.id) && allowed(agency)).collect()
    }

    /// What a rate is reckoned from, one row a total.
    fn reckoned_from(&self) -> Table {
        let of = made_of(self.brief.measures, self.measure.quantity);
        let carried_over = of.iter().any(|part| part.carried_over > 0);
        Table::of("trace", &of)
            .left("Tính từ", 7, |part| part.quantity.label().into_owned())
            .right("Số liệu", 3, |part| amount(part.quantity, part.value))
            .left("Kèm theo", 5, |part| words::beside(part.carried_over, None).join("; "))
            .when(carried_over)
            .left("Xem", 6, |part| self.brief.trace(&part.quantity.key()))
            .table()
    }

    fn said(&self, other: &Other<'_>) -> String {
        self.measure.quantity.indicator().map(|of| words::answer(other.answer, of)).unwrap_or_default()
    }
}

impl Shown for Trace<'_, '_> {
    fn document(&self) -> Document {
        let quantity = self.measure.quantity;
        let under = self.task.map(|task| format!(", nhiệm vụ {}", task.key)).unwrap_or_default();
        let heading = format!("{}: {}", quantity.label(), in_words(quantity, self.value()));
        let mut blocks = vec![Block::heading(1, heading)];
        let last_year = self.measure.last_year.as_ref().filter(|_| self.task.is_none());
        blocks.extend(
            last_year.map(|of| Block::item(last_year::told(self.brief.plan, quantity, of, self.brief.files))),
        );
        blocks.extend(words::not_kept("số liệu", &self.brief.status.not_kept).map(Block::item));
        if !self.measure.is_rate() {
            blocks.extend(made_of(self.brief.measures, quantity).into_iter().map(|part| {
                let (of, told) = (part.quantity, in_words(part.quantity, part.value));
                Block::item(format!("{}: {told}; xem: {}", of.label(), self.brief.trace(&of.key())))
            }));
        }
        if self.task.is_none() {
            blocks.extend(parts::parts(self).into_iter().map(Block::item));
        }
        if self.measure.is_rate() {
            blocks.extend(self.typed().map(|typed| wrote(self.brief.files, &typed)));
        } else {
            if self.task.is_none() {
                blocks.push(Block::item(answers(self)));
                blocks.extend(self.coverages().map(Block::item));
            }
            let unread = self.unread();
            if !unread.is_empty() {
                let unread = names::joined(unread);
                blocks.push(Block::item(format!("Báo cáo chưa hợp lệ, không đọc được có số này không: {unread}.")));
            }
        }
        let table = self.rows();
        if !table.rows.is_empty() {
            blocks.push(Block::Table(table));
        }
        let round = &self.brief.status.round.short_name;
        let title = format!("Nguồn số liệu kỳ {round}{under} – ngày {}", date(self.brief.as_of));
        let sections = vec![Section::new("Nguồn số liệu", blocks).landscape()];
        document(self.brief.plan, &self.brief.banner, title, sections)
    }

    /// One row an answer: figures added, the control total, answers without a figure, those left out; then the sum of
    /// those added. What newer answers replaced has a column where there is any. Of a rate what it is reckoned from.
    fn rows(&self) -> Table {
        if self.measure.is_rate() {
            return self.reckoned_from();
        }
        let (quantity, files) = (self.measure.quantity, self.brief.files);
        let replaced = self.replaced();
        let line =
            |agency: &Agency, origin, task: Option<&Task>, told, verdict: Verdict, used: String, span| Line {
                who: agency.short_name.clone(),
                origin,
                task: task.map_or("", |task| &task.key).to_owned(),
                told,
                used,
                tone: if verdict == Verdict::Added { Tone::Plain } else { Tone::Muted },
                agency: Some(agency.key.clone()),
                at: Some(at(files, span)),
                older: replaced.get(&(agency.id, task.map(|task| task.id))).filter(|_| verdict.counts()).cloned(),
                left_out: !verdict.counts(),
            };
        let numbers = self.parts().flat_map(|part| {
            let told = sum(quantity, part.value);
            let own = line(part.agency, part.origin, part.task, told, part.verdict, use_of(part), part.span);
            // What the agency itself added up, in its own files.
            let sources: Vec<Line<'_>> = part
                .sources
                .iter()
                .map(|source| {
                    let (file, line) = source.at.rsplit_once(':').unwrap_or((&source.at, ""));
                    Line {
                        who: format!("– {}", source.of),
                        told: sum(quantity, source.value),
                        used: format!("trong số của {}", part.agency.short_name),
                        tone: Tone::Muted,
                        at: Some((file.to_owned(), line.to_owned())),
                        older: None,
                        ..own.clone()
                    }
                })
                .collect();
            std::iter::once(own).chain(sources)
        });
        let others = self.others().map(|other| {
            let used =
                if other.verdict.counts() { "không có số để cộng" } else { words::verdict(other.verdict) };
            // A reason is a sentence, and columns of numbers are as wide as what stands in them.
            let (told, why) = match other.answer {
                Answer::Unanswered(Some(reason)) => {
                    (words::NO_NUMBER.to_owned(), format!(" ({})", lower_first(clause(reason))))
                }
                _ => (self.said(other), String::new()),
            };
            let (told, used) = (Cell::text(told), format!("{used}{why}"));
            line(other.agency, other.origin, Some(other.task), told, other.verdict, used, other.span)
        });
        let typed = self.typed().map(|(edit, figure, words)| {
            let by = edit.by.as_ref().map(|by| format!(" ({by})")).unwrap_or_default();
            Line {
                who: format!("Người soạn{by}"),
                origin: Origin::Round(self.brief.status.round),
                task: part(&edit.change.block).to_owned(),
                told: Cell::text(in_text(&figure, &words)),
                used: "người soạn ghi trong báo cáo, không cộng".to_owned(),
                tone: Tone::Muted,
                agency: None,
                at: edit.span.map(|span| at(files, span)),
                older: None,
                left_out: true,
            }
        });
        let mut lines: Vec<Line<'_>> = numbers.chain(others).chain(typed).collect();
        lines.sort_by_key(|line| line.left_out);
        let table = Table::of("trace", &lines)
            .left("Cơ quan", 5, |line| &line.who)
            .left("Kỳ", 3, |line| words::origin(line.origin))
            .left("Mã nhiệm vụ", 2, |line| &line.task)
            .right("Số liệu", 3, |line| line.told.clone().tone(line.tone))
            .left("Cách dùng", 5, |line| Cell::text(&line.used).tone(line.tone))
            .code("Mã cơ quan", 5, |line| line.agency.as_ref())
            .code("Mã kỳ", 3, |line| words::origin_key(line.origin));
        let mut table = placed(table, 7, |line| line.at.clone())
            .left("Thay cho", 4, |line| line.older.as_ref())
            .when(!replaced.is_empty())
            .table();
        if let Amount::Sum(total) = self.value() {
            let mut cells = vec![Cell::new(Value::Empty); table.columns.len()];
            cells[0] = Cell::text("Cộng");
            cells[3] = sum(quantity, total);
            cells[4] = Cell::text("số in trong báo cáo");
            table.rows.push(Row::Total(cells));
        }
        table
    }
}

/// A row of the table.
#[derive(Clone)]
struct Line<'p> {
    who: String,
    origin: Origin<'p>,
    task: String,
    told: Cell,
    used: String,
    tone: Tone,
    agency: Option<String>,
    at: Option<At>,
    /// What it replaced.
    older: Option<String>,
    left_out: bool,
}

/// `36 cơ quan báo số, trong đó 2 báo số 0; 1 không phát sinh; …`
fn answers(trace: &Trace<'_, '_>) -> String {
    let answers = trace.measure.answers;
    let others = [
        (answers.zeros, "trong đó báo số 0"),
        (answers.nothing_arose, "không phát sinh"),
        (answers.not_applicable, "không áp dụng"),
        (answers.unanswered, "chưa có số"),
    ];
    let numbers = format!("{} cơ quan báo số", number(answers.numbers as u128));
    let parts = listed(std::iter::once(numbers).chain(counts(others)), "; ").unwrap_or_default();
    let control =
        trace.measure.control().map(|control| format!("; số đối chiếu {} không cộng vào", number(control)));
    format!("{}{}.", lower_first(&parts), control.unwrap_or_default())
}

/// What became of a number, with what is told beside it.
fn use_of(part: &Contribution<'_>) -> String {
    let counter = part.counted_by.map(|agency| agency.short_name.as_str());
    let beside = words::beside(part.carried_over.into(), counter).into_iter();
    let beside = beside.chain(part.itself_alone.then(|| words::ALONE.to_owned()));
    std::iter::once(words::verdict(part.verdict).to_owned()).chain(beside).collect::<Vec<_>>().join("; ")
}

/// A figure that whoever edited the report wrote in it, with the words behind it.
pub(super) type Typed<'e> = (&'e Edit, String, String);

/// All of them; what is said again in the same words once.
pub(super) fn typed(edits: &[Edit]) -> impl Iterator<Item = Typed<'_>> {
    let mut seen = BTreeSet::new();
    let all = edits.iter().flat_map(|edit| draft::typed(edit).into_iter().map(move |told| (edit, told)));
    let once = all.filter(move |(_, told)| seen.insert(told.clone()));
    once.map(|(edit, (figure, words))| (edit, figure, words))
}

/// Whether the words behind a number begin as the plan says that the indicator is told: `{n} vụ|cuộc|lượt`.
fn is_counted_so(indicator: &Indicator, words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default();
    let first = first.trim_end_matches(|c: char| !c.is_alphanumeric());
    let behind =
        indicator.in_prose.iter().filter_map(|phrase| phrase.split_once("{n}")?.1.split_whitespace().next());
    behind.flat_map(|words| words.split('|')).any(|word| word == first)
}

/// Says of one that nobody reported it.
pub(super) fn wrote(files: &Files, (edit, figure, words): &Typed<'_>) -> Block {
    let figure = in_text(figure, words);
    let (stands, place) = (draft::where_it_stands(edit.change.place()), wrote_at(files, edit));
    Block::item(format!("người soạn ghi {figure} ở {stands}, không phải số các cơ quan báo: {place}"))
}

/// Where an edit is written.
fn wrote_at(files: &Files, edit: &Edit) -> String {
    edit.span.map(|span| place(files, span)).unwrap_or_default()
}

/// Whether a figure in a text is told in the unit of a quantity.
fn has_unit(quantity: Quantity<'_>, figure: &str, words: &str) -> bool {
    let unit = quantity.unit().to_lowercase();
    let scales = ["", "nghìn ", "triệu ", "tỷ "];
    (unit == "%" && figure.ends_with('%'))
        || scales.iter().any(|scale| words.strip_prefix(scale).is_some_and(|words| words.starts_with(&unit)))
}

/// A number with the words behind it as far as they speak of it.
pub(super) fn in_text(figure: &str, words: &str) -> String {
    let number = figure.split(' ').next().unwrap_or_default();
    format!("{number} {}", unit(words)).trim_end().to_owned()
}

fn unit(words: &str) -> &str {
    words.split([',', ';', '.', ':', ')']).next().unwrap_or_default()
}
