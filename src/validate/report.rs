//! A file under `reports/` → `model::Report`, against the plan's vocabulary.

use super::fields::{Fields, date, text, whole};
use super::rules::{UNKNOWN_INDICATOR, UNKNOWN_ROUND, UNKNOWN_STATUS, UNKNOWN_TASK, UNKNOWN_VALUE, WRONG_SHAPE};
use super::{known_agency, suggest};
use crate::diagnostic::{Diagnostic, Sink};
use crate::model::{
    Acceptance, Answer, Contact, Correction, Difficulty, Entry, Evidence, Figure, Named, PaperRef, Plan,
    Recommendation, Report, RoundRef, Spanned, TaskId, TaskStatus, Violator, Warning,
};
use crate::source::Span;
use crate::yaml::{self, Kind, Node};

pub(super) fn report(node: &Node<'_>, plan: &Plan, sink: &mut Sink) -> Option<Report> {
    let mut fields = Fields::new(node, "báo cáo", sink)?;
    let span = fields.span();
    let illustrative = fields.flag("illustrative", sink);
    let agency = fields.required("agency", sink).and_then(|node| known_agency(&plan.agencies, node, sink));
    let round = fields.required("round", sink).and_then(|node| known_round(node, plan, sink));
    let ad_hoc = round.is_some_and(|round| round.value == RoundRef::AdHoc);
    let (report_date, subject) = match &round {
        Some(_) if ad_hoc => {
            (fields.required_date("date", sink), fields.required("subject", sink).and_then(|node| text(node, sink)))
        }
        Some(_) => (None, None),
        // Nobody knows which kind it is: what either may hold is read.
        None => (fields.optional("date").and_then(|node| date(node, sink)), fields.words("subject", sink)),
    };
    let document = fields.required("document", sink).and_then(|node| paper(node, sink));
    if let Some(mut signer) = fields.optional("signer").and_then(|node| Fields::new(node, "người ký", sink)) {
        signer.required_text("post", sink);
        signer.optional_text("name", sink);
        signer.finish(sink);
    }
    let contact = fields.optional("contact").and_then(|node| contact(node, sink));
    let received = fields.required_date("received", sink);
    let corrections = fields.list("corrections", sink, correction);
    if round.is_some() && !ad_hoc {
        fields.required("tasks", sink);
    }
    let written = fields.table("tasks", sink);
    let (mut entries, mut unread_entries) = (Vec::new(), Vec::new());
    for item in written {
        match entry(item, plan, sink) {
            Some(entry) => entries.push(entry),
            None => unread_entries.push(plan.tasks.find(&item.key).map(|task| task.id)),
        }
    }
    let funding = amounts(fields.table("funding", sink), &plan.funding_sources, "nguồn kinh phí", sink);
    let difficulties = fields.list("difficulties", sink, |node, sink| difficulty(node, plan, sink));
    let recommendations = fields.list("recommendations", sink, |node, sink| recommendation(node, plan, sink));
    let next_steps = fields.list("next_steps", sink, text);
    let complaints = fields.table("complaints_by_field", sink);
    let complaints_span = complaints.first().map(|entry| entry.key_span);
    let complaints_by_field = amounts(complaints, &plan.complaints.fields, "lĩnh vực", sink);
    let violators = fields.list("violators", sink, violator);
    let warnings = fields.list("warnings", sink, warning);
    let accepted = fields.list("accepted", sink, acceptance);
    fields.finish(sink);
    Some(Report {
        illustrative,
        agency,
        round,
        date: report_date,
        subject,
        document,
        contact,
        received,
        corrections,
        entries,
        unread_entries,
        funding,
        difficulties,
        recommendations,
        next_steps,
        complaints_by_field,
        complaints_span,
        violators,
        warnings,
        accepted,
        span,
    })
}

fn known_round(node: &Node<'_>, plan: &Plan, sink: &mut Sink) -> Option<Spanned<RoundRef>> {
    let key = text(node, sink)?;
    let found = plan.round_ref(&key.value);
    if found.is_none() {
        let rounds = plan.rounds.iter().map(|round| (round.key.as_str(), round.name.as_str()));
        let known: Vec<_> = rounds.chain([(plan.ad_hoc.id.as_str(), plan.ad_hoc.name.as_str())]).collect();
        let keys: Vec<&str> = known.iter().map(|(key, _)| *key).collect();
        let hint = suggest::among(&key.value, known.iter().copied())
            .unwrap_or_else(|| format!("các kỳ báo cáo: {}", keys.join(", ")));
        let message = format!("không có kỳ báo cáo “{}”", key.value);
        sink.push(Diagnostic::new(&UNKNOWN_ROUND, key.span, message).hint(hint));
    }
    found.map(|value| Spanned { value, span: key.span })
}

fn paper(node: &Node<'_>, sink: &mut Sink) -> Option<PaperRef> {
    let mut fields = Fields::new(node, "văn bản", sink)?;
    let number = fields.required("number", sink).and_then(|node| text(node, sink));
    let date = fields.required_date("date", sink);
    fields.finish(sink);
    Some(PaperRef { number: number?, date })
}

fn contact(node: &Node<'_>, sink: &mut Sink) -> Option<Contact> {
    let mut fields = Fields::new(node, "đầu mối liên hệ", sink)?;
    let mut text = |key| fields.optional_text(key, sink);
    let contact = Contact { unit: text("unit"), name: text("name"), phone: text("phone"), email: text("email") };
    fields.finish(sink);
    let nobody = Contact { unit: None, name: None, phone: None, email: None };
    (contact != nobody).then_some(contact)
}

fn correction(node: &Node<'_>, sink: &mut Sink) -> Option<Correction> {
    let mut fields = Fields::new(node, "lần bổ sung", sink)?;
    let date = fields.required_date("date", sink);
    let note = fields.optional_text("note", sink);
    fields.optional("document").and_then(|node| paper(node, sink));
    fields.finish(sink);
    Some(Correction { date: date?, note })
}

fn known_task(written: &str, span: Span, plan: &Plan, sink: &mut Sink) -> Option<TaskId> {
    if let Some(task) = plan.tasks.find(written) {
        return Some(task.id);
    }
    let candidates = || plan.tasks.iter().map(|task| (task.key.as_str(), task.short_title.as_str()));
    // `3.5` is III.5, however near I.5 may look.
    let counted = written.split_once('.').and_then(|(group, task)| {
        let group = plan.task_groups.get(group.parse::<usize>().ok()?.checked_sub(1)?)?;
        let key = format!("{}.{task}", group.key);
        suggest::among(&key, candidates().filter(|(known, _)| *known == key))
    });
    let hint = counted.or_else(|| suggest::among(written, candidates())).unwrap_or_else(|| {
        let keys: Vec<&str> = plan.tasks.iter().map(|task| task.key.as_str()).collect();
        format!("các nhiệm vụ: {}", keys.join(", "))
    });
    sink.push(Diagnostic::new(&UNKNOWN_TASK, span, format!("Kế hoạch không có nhiệm vụ “{written}”")).hint(hint));
    None
}

fn entry(entry: &yaml::Entry<'_>, plan: &Plan, sink: &mut Sink) -> Option<Entry> {
    let task = known_task(&entry.key, entry.key_span, plan, sink);
    let mut fields = Fields::new(&entry.value, "nhiệm vụ", sink)?;
    let status = fields.required("status", sink).and_then(|node| status(node, sink));
    let told = fields.optional("results");
    let results = told.and_then(|node| text(node, sink));
    let unread_results = results.is_none() && told.is_some_and(|node| !matches!(node.kind, Kind::Scalar { .. }));
    let reason = fields.words("reason", sink);
    let completed = fields.optional_date("completed", sink);
    let written = fields.table("figures", sink);
    let figures: Vec<Figure> = written.iter().filter_map(|entry| figure(entry, plan, sink)).collect();
    let unread_figures = figures.len() < written.len();
    let evidence = fields.list("evidence", sink, evidence);
    fields.finish(sink);
    let task = Spanned { value: task?, span: entry.key_span };
    Some(Entry { task, status, results, reason, completed, figures, unread_figures, unread_results, evidence })
}

fn status(node: &Node<'_>, sink: &mut Sink) -> Option<TaskStatus> {
    let written = text(node, sink)?;
    let found = TaskStatus::ALL.iter().find(|status| status.id() == written.value);
    if found.is_none() {
        let candidates = TaskStatus::ALL.iter().map(|status| (status.id(), status.label()));
        let hint = suggest::among(&written.value, candidates).unwrap_or_else(|| {
            let all: Vec<String> =
                TaskStatus::ALL.iter().map(|status| format!("{} ({})", status.id(), status.label())).collect();
            format!("chọn một trong: {}", all.join(", "))
        });
        let message = format!("không có trạng thái “{}”", written.value);
        sink.push(Diagnostic::new(&UNKNOWN_STATUS, written.span, message).hint(hint));
    }
    found.copied()
}

fn figure(entry: &yaml::Entry<'_>, plan: &Plan, sink: &mut Sink) -> Option<Figure> {
    let indicator = plan.indicators.find(&entry.key);
    if indicator.is_none() {
        let candidates = plan.indicators.iter().map(|indicator| (indicator.key.as_str(), indicator.label.as_str()));
        let hint = suggest::among(&entry.key, candidates)
            .unwrap_or_else(|| "xem các mã chỉ tiêu trong plan/indicators.yaml".to_owned());
        let message = format!("không có chỉ tiêu “{}”", entry.key);
        sink.push(Diagnostic::new(&UNKNOWN_INDICATOR, entry.key_span, message).hint(hint));
    }
    let answer = match &entry.value.kind {
        Kind::Null => Some(Answer::Unanswered(None)),
        Kind::Scalar { text, .. } if text == TaskStatus::NothingArose.id() => Some(Answer::NothingArose),
        Kind::Scalar { text, .. } if text == TaskStatus::NotApplicable.id() => Some(Answer::NotApplicable),
        Kind::Mapping(_) => unanswered(&entry.value, sink),
        Kind::Scalar { .. } | Kind::Sequence(_) => whole(&entry.value, sink).map(Answer::Value),
    };
    let span = match entry.value.kind {
        Kind::Scalar { .. } => entry.value.span,
        _ => entry.key_span,
    };
    let indicator = Spanned { value: indicator?.id, span: entry.key_span };
    Some(Figure { indicator, answer: answer?, span })
}

/// `{reason: …}` in place of a figure.
fn unanswered(node: &Node<'_>, sink: &mut Sink) -> Option<Answer> {
    let mut fields = Fields::new(node, "số liệu", sink)?;
    let reason = fields.required_text("reason", sink);
    fields.finish(sink);
    reason.map(|reason| Answer::Unanswered(Some(reason)))
}

/// A document with its date, or a link, as one line of text.
fn evidence(node: &Node<'_>, sink: &mut Sink) -> Option<Evidence> {
    let mut fields = Fields::new(node, "tài liệu kiểm chứng", sink)?;
    let span = fields.span();
    let (document, link) = (fields.optional("document"), fields.optional("link"));
    let named = document.is_some() || link.is_some();
    let document = document.and_then(|node| text(node, sink)).map(|text| text.value);
    let link = link.and_then(|node| text(node, sink)).map(|text| text.value);
    let date = fields.optional("date").and_then(|node| date(node, sink));
    fields.finish(sink);
    if !named {
        let message = "tài liệu kiểm chứng cần số ký hiệu văn bản (document) hoặc đường dẫn (link)";
        sink.push(Diagnostic::new(&WRONG_SHAPE, span, message).hint("thêm dòng document: … hoặc link: …"));
    }
    let dated = document.map(|document| match &date {
        Some(date) => format!("{document} ngày {}", crate::vietnamese::date(date.value)),
        None => document,
    });
    let parts: Vec<String> = dated.into_iter().chain(link).collect();
    (!parts.is_empty()).then(|| Evidence { text: parts.join(", "), date })
}

/// Whole amounts under ids of a list of the plan.
fn amounts(entries: &[yaml::Entry<'_>], known: &[Named], what: &str, sink: &mut Sink) -> Vec<(String, u64)> {
    let mut amounts = Vec::new();
    for entry in entries {
        let amount = whole(&entry.value, sink);
        if known.iter().any(|named| named.id == entry.key) {
            amounts.extend(amount.map(|amount| (entry.key.to_string(), amount)));
        } else {
            sink.push(unlisted(&entry.key, entry.key_span, known, what));
        }
    }
    amounts
}

fn unlisted(written: &str, span: Span, known: &[Named], what: &str) -> Diagnostic {
    let candidates = known.iter().map(|named| (named.id.as_str(), named.name.as_str()));
    let hint = suggest::among(written, candidates).unwrap_or_else(|| {
        let all: Vec<String> = known.iter().map(|named| format!("{} ({})", named.id, named.name)).collect();
        format!("chọn một trong: {}", all.join(", "))
    });
    Diagnostic::new(&UNKNOWN_VALUE, span, format!("không có {what} “{written}”")).hint(hint)
}

fn difficulty(node: &Node<'_>, plan: &Plan, sink: &mut Sink) -> Option<Difficulty> {
    let mut fields = Fields::new(node, "khó khăn", sink)?;
    let words = fields.required("text", sink).and_then(|node| text(node, sink));
    let cause = fields.words("cause", sink);
    let task = about(&mut fields, plan, sink);
    fields.finish(sink);
    Some(Difficulty { text: words?, cause, task })
}

fn recommendation(node: &Node<'_>, plan: &Plan, sink: &mut Sink) -> Option<Recommendation> {
    let mut fields = Fields::new(node, "kiến nghị", sink)?;
    let to = fields.words("to", sink);
    let words = fields.required("text", sink).and_then(|node| text(node, sink));
    let task = about(&mut fields, plan, sink);
    fields.finish(sink);
    let known = &plan.wording.recommend_to;
    if let Some(to) = to.as_ref().filter(|to| !known.iter().any(|named| named.id == to.value)) {
        sink.push(unlisted(&to.value, to.span, known, "nơi nhận kiến nghị"));
    }
    Some(Recommendation { to: to.map(|to| to.value), text: words?, task })
}

/// The task that a remark concerns, where it names one.
fn about(fields: &mut Fields<'_, '_>, plan: &Plan, sink: &mut Sink) -> Option<TaskId> {
    let id = fields.words("task", sink)?;
    known_task(&id.value, id.span, plan, sink)
}

fn acceptance(node: &Node<'_>, sink: &mut Sink) -> Option<Acceptance> {
    let mut fields = Fields::new(node, "cảnh báo được chấp nhận", sink)?;
    let rule = fields.required("rule", sink).and_then(|node| text(node, sink));
    let reason = fields.required_text("reason", sink);
    fields.finish(sink);
    Some(Acceptance { rule: rule?, reason: reason? })
}

fn violator(node: &Node<'_>, sink: &mut Sink) -> Option<Violator> {
    let mut fields = Fields::new(node, "đối tượng vi phạm", sink)?;
    let name = fields.required_text("name", sink);
    let address = fields.optional_text("address", sink);
    let violation = fields.required_text("violation", sink);
    let decision = fields.optional("decision").and_then(|node| paper(node, sink));
    let fine = fields.optional("fine").and_then(|node| whole(node, sink));
    let published = fields.optional_date("published", sink);
    let published_on = fields.optional_text("published_on", sink);
    fields.finish(sink);
    Some(Violator { name: name?, address, violation: violation?, decision, fine, published, published_on })
}

fn warning(node: &Node<'_>, sink: &mut Sink) -> Option<Warning> {
    let mut fields = Fields::new(node, "cảnh báo", sink)?;
    let subject = fields.required_text("subject", sink);
    let content = fields.optional_text("content", sink);
    let issued = fields.optional_date("issued", sink);
    let channel = fields.optional_text("channel", sink);
    fields.finish(sink);
    Some(Warning { subject: subject?, content, issued, channel })
}
