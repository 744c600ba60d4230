//! `plan remind`: the letter that urges agencies to report, to all of them or to one, and the short message.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::form::worded;
use super::level;
use super::official::{self, item};
use super::template::{TemplateError, Templates, common_of, consolidated};
use super::words;
use crate::diagnostic::Diagnostic;
use crate::doc::{Block, Document, Mail, Section, Style, Table};
use crate::model::{Agency, Level, Plan, ReminderWording, Report, is_from_form};
use crate::reminder::{Debt, Reminder};
use crate::source::{Files, Span};
use crate::status::RoundStatus;
use crate::template::scope;
use crate::vietnamese::{date, number, others, upper_first};
use crate::yaml;

/// Up to how many agencies are addressed by name; more are addressed by their parts, with a list.
const ADDRESSED: usize = 10;
/// How many problems of one report are told; whoever mends those asks again.
const PROBLEMS: usize = 10;

/// What letters are made from.
pub(crate) struct Occasion<'o, 'p> {
    pub(crate) plan: &'p Plan,
    pub(crate) wording: &'p ReminderWording,
    pub(crate) status: &'o RoundStatus<'p>,
    pub(crate) as_of: NaiveDate,
    pub(crate) banner: Option<String>,
    pub(crate) files: &'o Files,
}

/// One letter to all, with the list of who owes what.
///
/// # Errors
/// When a template in `plan/report.yaml` cannot be rendered.
pub(crate) fn to_all(
    occasion: &Occasion<'_, '_>,
    reminders: &[Reminder<'_, '_>],
) -> Result<Document, TemplateError> {
    let plan = occasion.plan;
    let addressees = if reminders.len() <= ADDRESSED {
        reminders.iter().map(|reminder| reminder.status.agency.name.clone()).collect()
    } else {
        let concerned: BTreeSet<Level> =
            reminders.iter().map(|reminder| plan.level(reminder.status.agency)).collect();
        concerned.iter().map(|of| format!("{} (theo danh sách kèm theo)", level(plan, *of))).collect()
    };
    let mut sections = vec![letter(occasion, reminders, None, addressees, Vec::new())?];
    let title = Block::AnnexTitle {
        number: "Phụ lục".to_owned(),
        title: occasion.wording.list_title.to_uppercase(),
        reference: format!(
            "(Kèm theo Công văn số        /{} ngày      tháng      năm {} của {})",
            occasion.wording.number_code,
            occasion.as_of.year(),
            plan.wording.issuer_name
        ),
    };
    let blocks = vec![title, Block::Table(list(occasion, reminders))];
    sections.push(Section::new("Danh sách", blocks).landscape());
    Ok(document(occasion, sections))
}

/// A letter to one agency, which tells all that it owes.
///
/// # Errors
/// As `to_all`.
pub(crate) fn to_one(occasion: &Occasion<'_, '_>, reminder: &Reminder<'_, '_>) -> Result<Document, TemplateError> {
    let mut owed = Vec::new();
    owed.extend(blank(reminder).map(|blank| Block::body(format!("{}.", upper_first(&blank)))));
    if let Debt::Invalid(problems) = &reminder.debt {
        owed.push(Block::body(format!("{}:", invalid(reminder))));
        owed.extend(told(occasion, reminder, problems).map(|problem| item(&problem)));
    }
    if !reminder.tasks.is_empty() && !matches!(reminder.debt, Debt::Invalid(_)) {
        let tasks = format!("Nhiệm vụ {} chủ trì, cần báo cáo trong kỳ này:", reminder.status.agency.name);
        owed.push(Block::body(tasks));
        owed.extend(
            reminder.tasks.iter().map(|task| item(&format!("Nhiệm vụ {}: {};", task.key, task.short_title))),
        );
        if let Some(Block::Paragraph { text, .. }) = owed.last_mut() {
            text.pop();
            text.push('.');
        }
    }
    let addressees = vec![reminder.status.agency.name.clone()];
    let reminders = std::slice::from_ref(reminder);
    Ok(document(occasion, vec![letter(occasion, reminders, reminders.first(), addressees, owed)?]))
}

/// The letter to one agency as a mail, to every address that it has; by whoever consolidates, where the plan knows an
/// address of it.
///
/// # Errors
/// As `to_all`.
pub(crate) fn mail(occasion: &Occasion<'_, '_>, reminder: &Reminder<'_, '_>) -> Result<Mail, TemplateError> {
    let Occasion { plan, wording, status, as_of, .. } = *occasion;
    let agency = reminder.status.agency;
    let (mut subject, mut text) = (String::new(), Vec::new());
    text.extend(occasion.banner.iter().map(|banner| format!("*** {banner} ***")));
    for block in to_one(occasion, reminder)?.sections.into_iter().flat_map(|section| section.blocks) {
        match block {
            Block::Letterhead(head) => subject.extend(head.summary),
            Block::Addressees(lines) => text.push(lines.join("\n")),
            // The mark that nothing follows belongs on paper.
            Block::Paragraph { style, text: words } => match text.last_mut() {
                Some(list) if style == Style::Item && list.starts_with("- ") => *list += &format!("\n{words}"),
                _ => text.push(words.strip_suffix("./.").map_or(words.clone(), |words| format!("{words}."))),
            },
            _ => {}
        }
    }
    text.extend(wording.attachment.clone());
    text.push(plan.wording.issuer_name.clone());
    let sender = plan.consolidator.map(|sender| &plan[sender]);
    let addressed = |agency: &Agency| {
        agency.emails.iter().map(|email| (agency.name.clone(), email.clone())).collect::<Vec<_>>()
    };
    Ok(Mail {
        id: format!("remind.{}.{}.{as_of}@{}", status.round.key, agency.key, words::domain(plan)),
        day: as_of,
        from: sender.and_then(|sender| addressed(sender).into_iter().next()),
        to: addressed(agency),
        subject,
        text: text.join("\n\n"),
    })
}

/// A short message for mail or chat.
///
/// # Errors
/// As `to_all`.
pub(crate) fn message(occasion: &Occasion<'_, '_>, reminder: &Reminder<'_, '_>) -> Result<String, TemplateError> {
    let templates = Templates::new(scope(occasion, std::slice::from_ref(reminder), urgee(reminder)));
    let mut text = templates.render(&occasion.wording.message)?;
    if let Some(blank) = blank(reminder) {
        text += &format!("\n- {}", upper_first(&blank));
    }
    if let Debt::Invalid(problems) = &reminder.debt {
        for problem in told(occasion, reminder, problems) {
            text += &format!("\n- {problem}");
        }
    }
    Ok(text)
}

fn document(occasion: &Occasion<'_, '_>, sections: Vec<Section>) -> Document {
    let title = format!("Đôn đốc gửi báo cáo kỳ {}", occasion.status.round.short_name);
    super::document(occasion.plan, &occasion.banner, title, sections)
}

fn letter(
    occasion: &Occasion<'_, '_>,
    reminders: &[Reminder<'_, '_>],
    only: Option<&Reminder<'_, '_>>,
    addressees: Vec<String>,
    owed: Vec<Block>,
) -> Result<Section, TemplateError> {
    let wording = occasion.wording;
    let templates = Templates::new(scope(occasion, reminders, only.map(urgee)));
    let summary = templates.render(&wording.summary)?;
    let mut text: Vec<Block> = templates.render_all(&wording.text)?.into_iter().map(Block::body).collect();
    text.extend(owed);
    text.extend(templates.render_all(&wording.closing)?.into_iter().map(Block::body));
    let (head, code) = (&occasion.plan.wording, &wording.number_code);
    Ok(official::letter(head, code, summary, occasion.as_of, addressees, text, &wording.recipients))
}

/// What a letter or a message may name; `agency` is the one that it is for.
fn scope<A>(occasion: &Occasion<'_, '_>, reminders: &[Reminder<'_, '_>], agency: A) -> scope::Letter<A> {
    let count = |wanted: fn(&Debt<'_>) -> bool| reminders.iter().filter(|reminder| wanted(&reminder.debt)).count();
    let invalid = count(|debt| matches!(debt, Debt::Invalid(_)));
    let on_paper = count(|debt| matches!(debt, Debt::Data));
    let is_missing = |debt: &Debt<'_>| matches!(debt, Debt::Overdue(_) | Debt::Due { .. });
    let missing = reminders.iter().filter(|reminder| is_missing(&reminder.debt));
    let days: Vec<NaiveDate> = missing.map(|reminder| reminder.status.last_on_time).collect();
    let Occasion { plan, status, as_of, .. } = *occasion;
    let round = status.round;
    // A day is that of all, or the round's.
    let own = days.first().filter(|first| days.iter().all(|day| day == *first)).copied();
    let usual = round.agencies.last_on_time(&plan.holidays);
    // As the list: the office that writes is not in it.
    let others = status.agencies.iter().filter(|of| Some(of.agency.id) != plan.consolidator);
    scope::Letter {
        common: common_of(plan, round, others.collect(), as_of),
        agency,
        urged: scope::Urged {
            total: reminders.len(),
            missing: days.len(),
            invalid,
            on_paper,
            extended: days.iter().filter(|day| **day != own.unwrap_or(usual)).count(),
        },
        deadline: scope::Deadline::new(plan, round, own, as_of),
        consolidated: consolidated(plan, status, as_of),
        contact: occasion.wording.contact.clone(),
    }
}

fn urgee(reminder: &Reminder<'_, '_>) -> scope::Urgee {
    let came = || reminder.status.received.map(|day| format!("nhận ngày {}", date(day)));
    let paper = reminder.status.paper().map(words::paper).filter(|paper| !paper.is_empty()).or_else(came);
    scope::Urgee {
        name: reminder.status.agency.name.clone(),
        tasks: tasks(reminder),
        errors: reminder.errors(),
        paper: paper.filter(|_| matches!(reminder.debt, Debt::Data)),
    }
}

/// Who owes what: late ones first, then those due, then reports to mend.
fn list(occasion: &Occasion<'_, '_>, reminders: &[Reminder<'_, '_>]) -> Table {
    type Wanted = fn(&Debt<'_>) -> bool;
    let kinds: [(&str, Wanted); 4] = [
        ("Quá hạn, chưa gửi báo cáo", |debt| matches!(debt, Debt::Overdue(_))),
        ("Chưa gửi báo cáo, sắp đến hạn", |debt| matches!(debt, Debt::Due { .. })),
        ("Đã gửi bản giấy, chưa có số liệu", |debt| matches!(debt, Debt::Data)),
        ("Đã gửi báo cáo nhưng chưa hợp lệ, cần bổ sung", |debt| matches!(debt, Debt::Invalid(_))),
    ];
    let listed = kinds.iter().flat_map(|(title, wanted)| {
        let of_kind: Vec<_> = reminders.iter().filter(|reminder| wanted(&reminder.debt)).collect();
        let title = format!("{title}: {}", of_kind.len());
        of_kind.into_iter().map(move |reminder| (title.clone(), reminder))
    });
    Table::of("reminders", listed)
        .numbered(5)
        .left("Cơ quan, đơn vị", 28, |(_, reminder)| &reminder.status.agency.name)
        .left("Nội dung đề nghị", 52, |(_, reminder)| request(occasion, reminder))
        .left("Nhiệm vụ chủ trì phải báo cáo", 30, |(_, reminder)| tasks(reminder))
        .under(|(title, _)| title)
        .table()
}

/// Those that the agency leads.
pub(super) fn tasks(reminder: &Reminder<'_, '_>) -> String {
    reminder.tasks.iter().map(|task| task.key.as_str()).collect::<Vec<_>>().join(", ")
}

pub(super) fn request(occasion: &Occasion<'_, '_>, reminder: &Reminder<'_, '_>) -> String {
    let again = blank(reminder).map(|blank| format!("; {blank}")).unwrap_or_default();
    let until = reminder.status.extension.and_then(|act| *act.until);
    let until = until.map(|until| format!(", được gia hạn đến hết ngày {}", date(until))).unwrap_or_default();
    match &reminder.debt {
        Debt::Overdue(days) => format!("Gửi ngay báo cáo (quá hạn {days} ngày{until}){again}"),
        Debt::Due { days, working } => format!("Gửi báo cáo ({}{until}){again}", words::left(*days, *working)),
        Debt::Data => format!("Đã nhận bản giấy{}, đề nghị gửi biểu mẫu số liệu", on_paper(reminder)),
        Debt::Invalid(problems) => {
            let told: Vec<String> =
                told(occasion, reminder, problems).map(|problem| format!("- {problem}")).collect();
            format!("{}:\n{}", invalid(reminder), told.join("\n"))
        }
    }
}

/// What an agency is told that sent a file which says nothing.
fn blank(reminder: &Reminder<'_, '_>) -> Option<String> {
    let (blank, _) = reminder.status.blank.filter(|(blank, _)| blank.was_sent())?;
    Some(format!("{} nên chưa tính là đã gửi, đề nghị gửi lại", words::blank(blank).1))
}

/// ` số 12/BC-UBND ngày 17/11/2026`
fn on_paper(reminder: &Reminder<'_, '_>) -> String {
    let paper = reminder.status.paper().map(words::paper).filter(|paper| !paper.is_empty());
    paper.map(|paper| format!(" {paper}")).unwrap_or_default()
}

fn invalid(reminder: &Reminder<'_, '_>) -> String {
    let paper = reminder.status.paper().and_then(|paper| paper.number);
    let paper = paper.map(|number| format!(" số {number}")).unwrap_or_default();
    format!("Bổ sung, sửa {} lỗi trong báo cáo{paper}", number(reminder.errors() as u128))
}

/// Problems in words, each with its place and remedy; to those who filled in a form in its words.
fn told<'t>(
    occasion: &'t Occasion<'_, '_>,
    reminder: &Reminder<'_, '_>,
    problems: &'t [&Diagnostic],
) -> impl Iterator<Item = String> + 't {
    let more = others(reminder.errors().saturating_sub(problems.len().min(PROBLEMS)), "lỗi");
    let told = problems.iter().take(PROBLEMS).map(|problem| {
        let file = occasion.files.get(problem.span.file);
        let (place, (message, remedy)) = if is_from_form(file.text()) {
            let worded = worded(problem, occasion.plan);
            (question(occasion.plan, file.text(), problem.span, &worded.0), worded)
        } else {
            let line = occasion.files.position(problem.span).line;
            (format!("Dòng {line}: "), (problem.message.clone(), problem.hint.clone()))
        };
        let remedy = remedy.map(|remedy| format!("; {remedy}")).unwrap_or_default();
        format!("{place}{message}{remedy}")
    });
    told.chain(more)
}

/// What a form asked, to which the text of the report at a place is the answer; as far as the message does not say.
fn question(plan: &Plan, report: &str, span: Span, message: &str) -> String {
    let parts = yaml::parts(span.file, report);
    let part = parts.iter().rev().find(|part| part.key.start <= span.start);
    let path: Vec<&str> = part.iter().flat_map(|part| &part.path).map(String::as_str).collect();
    let asked = match path[..] {
        ["tasks", task, ..] if message.contains(task) => None,
        ["tasks", task, "figures", indicator, ..] => {
            let label = plan.indicators.find(indicator).map(|indicator| indicator.label.as_str());
            let label = label.filter(|label| !message.contains(label));
            Some(format!("Nhiệm vụ {task}{}", label.map(|label| format!(", “{label}”")).unwrap_or_default()))
        }
        ["tasks", task, ..] => Some(format!("Nhiệm vụ {task}")),
        [key, ..] => {
            let field = Report::RECORD.fields.iter().find(|field| field.key == key && field.is_asked());
            field.map(|field| format!("Mục “{}”", field.description()))
        }
        [] => None,
    };
    asked.map_or_else(String::new, |asked| format!("{asked}: "))
}
