//! The files under `plan/` → `model::Plan`. What the code never asks for (purposes, requirements,
//! sources) is checked for its shape and stays in the files.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::fields::{self, Fields, choice, text};
use super::rules::{DUPLICATE_ID, GROUP_CYCLE, MISSING_FIELD, UNKNOWN_AGENCY, UNKNOWN_INDICATOR, UNKNOWN_TASK};
use super::{suggest, wording};
use crate::calendar::{Deadline, DeadlineRule, Holidays};
use crate::diagnostic::{Diagnostic, Rule, Sink};
use crate::model::{
    Agency, AgencyId, Aggregation, Complaints, Due, Group, GroupId, Indicator, IndicatorId, Named, Plan, Reporting,
    Round, RoundId, Spanned, Task, TaskGroup, TaskId,
};
use crate::source::{Files, PLAN_FILE, Span};
use crate::yaml::{Kind, Node};

/// The files besides `plan/tasks/*.yaml`.
pub(super) const FILES: [&str; 6] = [
    PLAN_FILE,
    "plan/agencies.yaml",
    "plan/rounds.yaml",
    "plan/indicators.yaml",
    "plan/holidays.yaml",
    "plan/report.yaml",
];

/// The plan, or `None` where a file is missing or is not YAML: nothing can be checked against it then.
pub(super) fn plan(files: &Files, sink: &mut Sink) -> Option<Plan> {
    let [general, agencies, rounds, indicators, holidays, wording] = FILES.map(|path| tree(files, path, sink));
    let task_files: Vec<_> = files.iter().filter(|(_, file)| is_task_file(&file.path)).collect();
    let tasks: Vec<_> = task_files.iter().map(|(_, file)| tree(files, &file.path, sink)).collect();
    let tasks: Option<Vec<_>> = tasks.into_iter().collect();
    let (general, agencies, rounds, indicators) = (general?, agencies?, rounds?, indicators?);
    let (holidays, wording, tasks) = (holidays?, wording?, tasks?);

    let (agencies, groups) = agencies_and_groups(&agencies, sink)?;
    let names = Names { agencies: &agencies, groups: &groups };
    let mut task_groups: Vec<TaskGroup> = tasks.iter().filter_map(|node| task_group(node, &names, sink)).collect();
    task_groups.sort_by_key(|group| roman(&group.id));
    let tasks: Vec<&Task> = task_groups.iter().flat_map(|group| &group.tasks).collect();
    reject_duplicates(tasks.iter().map(|task| (task.id.as_str(), task.span)), sink);
    let holidays = self::holidays(&holidays, sink)?;
    let (rounds, ad_hoc) = self::rounds(&rounds, &tasks, sink)?;
    let (indicators, complaints) = self::indicators(&indicators, &tasks, &names, sink)?;
    let wording = wording::wording(&wording, sink)?;

    let mut fields = Fields::new(&general, "Kế hoạch", sink)?;
    let title = fields.required_text("title", sink);
    let year = fields.required("year", sink).and_then(|node| fields::whole(node, sink));
    let province = fields.required_text("province", sink);
    let number = fields.optional_text("number", sink);
    let date = fields.optional_date("date", sink);
    let issuer = fields.required_text("issuer", sink);
    if let Some(node) = fields.required("consolidator", sink) {
        names.agency(node, sink);
    }
    let bases = fields.list("bases", sink, basis);
    if bases.is_empty() {
        let message = "Kế hoạch không có căn cứ nào (mục “bases”)";
        sink.push(
            Diagnostic::new(&MISSING_FIELD, fields.span(), message).hint("chép các căn cứ từ văn bản Kế hoạch"),
        );
    }
    for key in ["purposes", "requirements", "peak_periods", "recipients"] {
        fields.texts(key, sink);
    }
    let funding_sources = fields.required("funding", sink).and_then(|node| funding(node, sink)).unwrap_or_default();
    if let Some(mut signer) = fields.required("signer", sink).and_then(|node| Fields::new(node, "người ký", sink))
    {
        signer.texts("authority", sink);
        signer.required_text("post", sink);
        signer.optional_text("name", sink);
        signer.finish(sink);
    }
    fields.optional_text("source", sink);
    fields.finish(sink);

    Some(Plan {
        title: title?,
        year: i32::try_from(year?).ok()?,
        province: province?,
        number,
        date,
        issuer: issuer?,
        funding_sources,
        agencies,
        groups,
        task_groups,
        rounds,
        ad_hoc,
        indicators,
        complaints,
        holidays,
        wording,
    })
}

pub(super) fn is_task_file(path: &str) -> bool {
    path.strip_prefix("plan/tasks/").is_some_and(|name| name.ends_with(".yaml") && !name.contains('/'))
}

fn tree<'a>(files: &'a Files, path: &str, sink: &mut Sink) -> Option<Node<'a>> {
    let Some((id, _)) = files.find(path) else {
        // There is no place to point at but the plan's own file, which is what makes a workspace.
        if let Some((id, _)) = files.find(PLAN_FILE) {
            let message = format!("không có tệp {path}");
            let hint = "chép tệp này từ bản lưu của Kế hoạch vào đúng thư mục";
            sink.push(Diagnostic::new(&MISSING_FIELD, Span::start_of(id), message).hint(hint));
        }
        return None;
    };
    super::parse(files, id, sink)
}

/// The ids that other parts of the plan may name.
struct Names<'p> {
    agencies: &'p [Agency],
    groups: &'p [Group],
}

impl Names<'_> {
    fn agency(&self, node: &Node<'_>, sink: &mut Sink) -> Option<AgencyId> {
        super::known_agency(self.agencies, node, sink).map(|id| id.value)
    }

    fn group(&self, node: &Node<'_>, sink: &mut Sink) -> Option<&Group> {
        let id = text(node, sink)?;
        let found = self.groups.iter().find(|group| group.id.as_str() == id.value);
        if found.is_none() {
            let candidates = self.groups.iter().map(|group| (group.id.as_str(), group.name.as_str()));
            sink.push(unknown(&UNKNOWN_AGENCY, id.span, "nhóm cơ quan", &id.value, candidates));
        }
        found
    }
}

fn unknown<'c>(
    rule: &'static Rule,
    span: Span,
    what: &str,
    written: &str,
    candidates: impl Iterator<Item = (&'c str, &'c str)>,
) -> Diagnostic {
    let hint = suggest::among(written, candidates)
        .unwrap_or_else(|| format!("khai {what} này trong plan/ trước, hoặc sửa lại mã"));
    Diagnostic::new(rule, span, format!("không có {what} “{written}”")).hint(hint)
}

fn reject_duplicates<'i>(ids: impl Iterator<Item = (&'i str, Span)>, sink: &mut Sink) {
    let mut seen = HashMap::new();
    for (id, span) in ids {
        let first = *seen.entry(id).or_insert(span);
        if first != span {
            sink.push(
                Diagnostic::new(&DUPLICATE_ID, span, format!("mã “{id}” đã dùng cho mục khác"))
                    .hint("đặt mã khác cho một trong hai mục")
                    .related(first, "đã dùng ở đây"),
            );
        }
    }
}

fn named(node: &Node<'_>, label: &'static str, sink: &mut Sink) -> Option<Named> {
    let mut fields = Fields::new(node, "mục này", sink)?;
    let id = fields.required_text("id", sink);
    let name = fields.required_text(label, sink);
    fields.finish(sink);
    Some(Named { id: id?, name: name? })
}

fn basis(node: &Node<'_>, sink: &mut Sink) -> Option<()> {
    let mut fields = Fields::new(node, "căn cứ", sink)?;
    fields.required_text("text", sink);
    fields.list("documents", sink, |node, sink| {
        let mut fields = Fields::new(node, "văn bản", sink)?;
        fields.required_text("number", sink);
        fields.required_date("date", sink);
        fields.finish(sink);
        Some(())
    });
    fields.finish(sink);
    Some(())
}

fn funding(node: &Node<'_>, sink: &mut Sink) -> Option<Vec<Named>> {
    let mut fields = Fields::new(node, "kinh phí", sink)?;
    fields.required_text("text", sink);
    let sources = fields.list("sources", sink, |node, sink| named(node, "name", sink));
    fields.finish(sink);
    Some(sources)
}

fn agencies_and_groups(node: &Node<'_>, sink: &mut Sink) -> Option<(Vec<Agency>, Vec<Group>)> {
    let mut fields = Fields::new(node, "danh mục cơ quan", sink)?;
    fields.optional_text("source", sink);
    let read = fields.list("agencies", sink, agency);
    let group_nodes = fields.list("groups", sink, |node, _| Some(node));
    fields.finish(sink);

    let (mut agencies, mut control) = (Vec::new(), Vec::new());
    for (agency, control_of) in read {
        control.push((agency.id.clone(), control_of));
        agencies.push(agency);
    }
    let written: Vec<WrittenGroup> = group_nodes.into_iter().filter_map(|node| written_group(node, sink)).collect();
    let groups = resolve_groups(written, &agencies, sink);
    let ids = agencies.iter().map(|agency| (agency.id.as_str(), agency.span));
    reject_duplicates(ids.chain(groups.iter().map(|group| (group.id.as_str(), group.span))), sink);

    let names = Names { agencies: &agencies, groups: &groups };
    let resolved: Vec<_> = control
        .into_iter()
        .map(|(_, node)| node.and_then(|node| names.group(node, sink)).map(|group| group.id.clone()))
        .collect();
    for (agency, group) in agencies.iter_mut().zip(resolved) {
        agency.control_total_of = group;
    }
    Some((agencies, groups))
}

fn agency<'n, 'a>(node: &'n Node<'a>, sink: &mut Sink) -> Option<(Agency, Option<&'n Node<'a>>)> {
    let mut fields = Fields::new(node, "cơ quan", sink)?;
    let span = fields.span();
    let id = fields.required_text("id", sink);
    let name = fields.required_text("name", sink);
    let short_name = fields.required_text("short_name", sink);
    let aliases = fields.list("aliases", sink, text);
    let document_code = fields.optional_text("document_code", sink);
    let active = fields.optional("active").and_then(|node| {
        let mut fields = Fields::new(node, "thời gian hoạt động", sink)?;
        let from = fields.optional_date("from", sink);
        let until = fields.optional_date("until", sink);
        fields.finish(sink);
        Some((from, until))
    });
    let words = [("required", Reporting::Required), ("requested", Reporting::Requested), ("none", Reporting::None)];
    let reporting = fields.required("reporting", sink).and_then(|node| choice(node, &words, sink));
    let control_total_of = fields.optional("control_total_of");
    for key in ["commune_code", "parent", "source"] {
        fields.optional_text(key, sink);
    }
    fields.finish(sink);
    let agency = Agency {
        id: id?.as_str().into(),
        name: name?,
        short_name: short_name?,
        aliases,
        document_code,
        active: active.unwrap_or_default(),
        reporting: reporting?,
        control_total_of: None,
        span,
    };
    Some((agency, control_total_of))
}

/// A group as written: its members are ids of agencies and of other groups.
struct WrittenGroup {
    group: Group,
    members: Vec<Spanned<String>>,
}

fn written_group(node: &Node<'_>, sink: &mut Sink) -> Option<WrittenGroup> {
    let mut fields = Fields::new(node, "nhóm cơ quan", sink)?;
    let span = fields.span();
    let id = fields.required_text("id", sink);
    let name = fields.required_text("name", sink);
    fields.texts("aliases", sink);
    let open = fields.flag("open", sink);
    let folded = fields.flag("folded", sink);
    let members = fields.list("members", sink, text);
    fields.optional_text("source", sink);
    fields.finish(sink);
    let group = Group { id: GroupId::from(id?.as_str()), name: name?, members: Vec::new(), open, folded, span };
    Some(WrittenGroup { group, members })
}

/// Puts agencies in the place of groups within groups.
fn resolve_groups(written: Vec<WrittenGroup>, agencies: &[Agency], sink: &mut Sink) -> Vec<Group> {
    let resolved: Vec<Vec<AgencyId>> = (0..written.len())
        .map(|index| {
            let mut members = Vec::new();
            expand(index, &written, agencies, &mut vec![index], &mut members, sink);
            let mut seen = HashSet::new();
            members.retain(|id: &AgencyId| seen.insert(id.clone()));
            members
        })
        .collect();
    written.into_iter().zip(resolved).map(|(written, members)| Group { members, ..written.group }).collect()
}

/// Adds the members of a group; `path` leads from the group being resolved to this one. Problems are
/// reported once, while their own group is being resolved.
fn expand(
    index: usize,
    written: &[WrittenGroup],
    agencies: &[Agency],
    path: &mut Vec<usize>,
    members: &mut Vec<AgencyId>,
    sink: &mut Sink,
) {
    let outermost = path.len() == 1;
    for member in &written[index].members {
        if let Some(inner) = written.iter().position(|other| other.group.id.as_str() == member.value) {
            if !path.contains(&inner) {
                path.push(inner);
                expand(inner, written, agencies, path, members, sink);
                path.pop();
            } else if inner == path[0] {
                let message = format!("nhóm {} chứa chính nó", member.value);
                let hint = "bỏ nhóm này khỏi danh sách thành viên";
                sink.push(Diagnostic::new(&GROUP_CYCLE, member.span, message).hint(hint));
            }
        } else if let Some(agency) = agencies.iter().find(|agency| agency.id.as_str() == member.value) {
            members.push(agency.id.clone());
        } else if outermost {
            sink.push(super::unknown_agency(agencies, member));
        }
    }
}

fn task_group(node: &Node<'_>, names: &Names<'_>, sink: &mut Sink) -> Option<TaskGroup> {
    let mut fields = Fields::new(node, "nhóm nhiệm vụ", sink)?;
    fields.optional_text("source", sink);
    let id = fields.required_text("id", sink);
    let short_title = fields.required_text("short_title", sink);
    let title = fields.required_text("title", sink);
    fields.required_text("title_in_body", sink);
    fields.required("number_in_body", sink).and_then(|node| fields::whole(node, sink));
    let tasks = fields.list("tasks", sink, |node, sink| task(node, names, sink));
    fields.finish(sink);
    Some(TaskGroup { id: id?, short_title: short_title?, title: title?, tasks })
}

fn task(node: &Node<'_>, names: &Names<'_>, sink: &mut Sink) -> Option<Task> {
    let mut fields = Fields::new(node, "nhiệm vụ", sink)?;
    let span = fields.span();
    let id = fields.required_text("id", sink);
    let short_title = fields.required_text("short_title", sink);
    let content = fields.texts("content", sink);
    let leads = fields.required("leads", sink).and_then(|node| assignments(node, names, sink));
    if let Some(node) = fields.optional("coordinators") {
        assignments(node, names, sink);
    }
    let due = match fields.optional("time") {
        Some(node) => due(node, sink),
        None => Some(Due::Unstated),
    };
    fields.finish(sink);
    let Assignments { as_worded, agencies, through } = leads.unwrap_or_default();
    Some(Task {
        id: TaskId::from(id?.as_str()),
        short_title: short_title?,
        content,
        leads_as_worded: as_worded,
        leads: agencies,
        through,
        due: due?,
        span,
    })
}

/// A cell of the annex: its wording and the agencies it stands for, groups expanded, each agency once.
#[derive(Default)]
struct Assignments {
    as_worded: String,
    agencies: Vec<AgencyId>,
    through: Vec<AgencyId>,
}

fn assignments(node: &Node<'_>, names: &Names<'_>, sink: &mut Sink) -> Option<Assignments> {
    let mut fields = Fields::new(node, "phân công", sink)?;
    let as_worded = fields.required_text("as_worded", sink).unwrap_or_default();
    let mut through: Vec<AgencyId> = Vec::new();
    let parties = fields.list("assigned", sink, |node, sink| {
        let mut fields = Fields::new(node, "cơ quan được phân công", sink)?;
        let span = fields.span();
        let agency = fields.optional("agency");
        let group = fields.optional("group");
        through.extend(fields.optional("through").and_then(|node| names.agency(node, sink)));
        fields.finish(sink);
        match (agency, group) {
            (Some(node), None) => names.agency(node, sink).map(|id| vec![id]),
            (None, Some(node)) => names.group(node, sink).map(|group| group.members.clone()),
            _ => {
                let message = "mỗi dòng phân công nêu đúng một cơ quan (agency) hoặc một nhóm (group)";
                sink.push(
                    Diagnostic::new(&MISSING_FIELD, span, message).hint("viết {agency: mã} hoặc {group: mã}"),
                );
                None
            }
        }
    });
    fields.finish(sink);
    let mut seen = HashSet::new();
    let agencies = parties.into_iter().flatten().filter(|id| seen.insert(id.clone())).collect();
    Some(Assignments { as_worded, agencies, through })
}

fn due(node: &Node<'_>, sink: &mut Sink) -> Option<Due> {
    let mut fields = Fields::new(node, "thời gian", sink)?;
    fields.required_text("as_worded", sink);
    let due = fields.required("due", sink).and_then(|node| match &node.kind {
        Kind::Scalar { text, .. } if text == "no-deadline" => Some(Due::NoDeadline),
        _ => fields::date(node, sink).map(|date| Due::On(date.value)),
    });
    fields.finish(sink);
    due
}

fn holidays(node: &Node<'_>, sink: &mut Sink) -> Option<Holidays> {
    let mut fields = Fields::new(node, "lịch nghỉ", sink)?;
    fields.optional_text("source", sink);
    let mut days_off = fields.list("days_off", sink, |node, sink| {
        let mut fields = Fields::new(node, "ngày nghỉ", sink)?;
        let from = fields.required_date("from", sink);
        let to = fields.required_date("to", sink);
        fields.required_text("name", sink);
        fields.optional_text("source", sink);
        fields.finish(sink);
        Some((from?.value, to?.value))
    });
    let mut working_days = fields.list("working_days", sink, |node, sink| {
        let mut fields = Fields::new(node, "ngày làm bù", sink)?;
        let date = fields.required_date("date", sink);
        fields.optional_text("name", sink);
        fields.optional_text("source", sink);
        fields.finish(sink);
        date.map(|date| date.value)
    });
    fields.finish(sink);
    days_off.sort();
    working_days.sort();
    Some(Holidays { days_off, working_days })
}

fn rounds(node: &Node<'_>, tasks: &[&Task], sink: &mut Sink) -> Option<(Vec<Round>, Named)> {
    let mut fields = Fields::new(node, "danh mục kỳ báo cáo", sink)?;
    fields.optional_text("source", sink);
    let rounds = fields.list("rounds", sink, |node, sink| round(node, tasks, sink));
    let ad_hoc = fields.required("ad_hoc", sink).and_then(|node| named(node, "name", sink));
    fields.finish(sink);
    let ids = rounds.iter().map(|round| (round.id.as_str(), round.span));
    reject_duplicates(ids, sink);
    Some((rounds, ad_hoc?))
}

fn round(node: &Node<'_>, tasks: &[&Task], sink: &mut Sink) -> Option<Round> {
    let mut fields = Fields::new(node, "kỳ báo cáo", sink)?;
    let span = fields.span();
    let id = fields.required_text("id", sink);
    let name = fields.required_text("name", sink);
    let short_name = fields.required_text("short_name", sink);
    let title = fields.required_text("title", sink);
    let wording = fields.required("as_worded", sink).and_then(|node| {
        let mut fields = Fields::new(node, "cách ghi hạn", sink)?;
        let agencies = fields.required_text("agencies", sink);
        let consolidated = fields.required_text("consolidated", sink);
        fields.finish(sink);
        Some((agencies?, consolidated?))
    });
    let agencies_before = fields.required_date("agencies_before", sink);
    let consolidated_before = fields.required_date("consolidated_before", sink);
    let words = [("strict", DeadlineRule::Strict), ("next-working-day", DeadlineRule::NextWorkingDay)];
    let rule = match fields.optional("deadline_rule") {
        Some(node) => choice(node, &words, sink),
        None => Some(DeadlineRule::Strict),
    };
    let data_from = fields.required_date("data_from", sink);
    let data_to = fields.required_date("data_to", sink);
    let narrowed = fields.optional("tasks").is_some();
    let tasks = fields.list("tasks", sink, |node, sink| known_task(tasks, node, sink));
    fields.optional_text("source", sink);
    fields.finish(sink);
    let ((agencies_worded, consolidated_worded), rule) = (wording?, rule?);
    let deadline =
        |day: Spanned<NaiveDate>, as_worded| Deadline { before: day.value, as_worded, rule, span: day.span };
    Some(Round {
        id: RoundId::from(id?.as_str()),
        name: name?,
        short_name: short_name?,
        title: title?,
        agencies: deadline(agencies_before?, agencies_worded),
        consolidated: deadline(consolidated_before?, consolidated_worded),
        data_from: data_from?.value,
        data_to: data_to?.value,
        tasks: narrowed.then_some(tasks),
        span,
    })
}

fn known_task(tasks: &[&Task], node: &Node<'_>, sink: &mut Sink) -> Option<TaskId> {
    let id = text(node, sink)?;
    let found = tasks.iter().find(|task| task.id.as_str() == id.value);
    if found.is_none() {
        let candidates = tasks.iter().map(|task| (task.id.as_str(), task.short_title.as_str()));
        sink.push(unknown(&UNKNOWN_TASK, id.span, "nhiệm vụ", &id.value, candidates));
    }
    found.map(|task| task.id.clone())
}

fn indicators(
    node: &Node<'_>,
    tasks: &[&Task],
    names: &Names<'_>,
    sink: &mut Sink,
) -> Option<(Vec<Indicator>, Complaints)> {
    let mut fields = Fields::new(node, "danh mục chỉ tiêu", sink)?;
    fields.optional_text("source", sink);
    let read = fields.list("indicators", sink, |node, sink| indicator(node, tasks, names, sink));
    let complaints = fields.required("complaints_by_field", sink).and_then(|node| {
        let mut fields = Fields::new(node, "lĩnh vực khiếu nại", sink)?;
        let of = fields.required("of", sink).and_then(|node| text(node, sink));
        let list = fields.list("fields", sink, |node, sink| named(node, "label", sink));
        fields.finish(sink);
        Some((of?, list))
    });
    fields.finish(sink);
    let (of, complaint_fields) = complaints?;
    let known: Vec<(String, String)> =
        read.iter().map(|(indicator, _)| (indicator.id.to_string(), indicator.label.clone())).collect();
    reject_duplicates(read.iter().map(|(indicator, _)| (indicator.id.as_str(), indicator.span)), sink);
    let mut indicators = Vec::new();
    let mut named_elsewhere = vec![of.clone()];
    for (indicator, references) in read {
        named_elsewhere.extend(references);
        indicators.push(indicator);
    }
    for reference in named_elsewhere {
        if !known.iter().any(|(id, _)| *id == reference.value) {
            let candidates = known.iter().map(|(id, label)| (id.as_str(), label.as_str()));
            sink.push(unknown(&UNKNOWN_INDICATOR, reference.span, "chỉ tiêu", &reference.value, candidates));
        }
    }
    let of = IndicatorId::from(of.value.as_str());
    Some((indicators, Complaints { of, fields: complaint_fields }))
}

/// An indicator, and the other indicators it names.
fn indicator(
    node: &Node<'_>,
    tasks: &[&Task],
    names: &Names<'_>,
    sink: &mut Sink,
) -> Option<(Indicator, Vec<Spanned<String>>)> {
    let mut fields = Fields::new(node, "chỉ tiêu", sink)?;
    let span = fields.span();
    let id = fields.required_text("id", sink);
    let label = fields.required_text("label", sink);
    let unit = fields.required_text("unit", sink);
    let tasks = fields.list("tasks", sink, |node, sink| known_task(tasks, node, sink));
    let mut references = Vec::new();
    let percent = fields.optional("percent").and_then(|node| {
        let mut fields = Fields::new(node, "tỷ lệ", sink)?;
        let of = fields.required("of", sink).and_then(|node| text(node, sink));
        let over = fields.required("over", sink).and_then(|node| text(node, sink));
        fields.finish(sink);
        let (of, over) = (of?, over?);
        let ids = (IndicatorId::from(of.value.as_str()), IndicatorId::from(over.value.as_str()));
        references.extend([of, over]);
        Some(ids)
    });
    #[derive(Clone, Copy)]
    enum Word {
        Sum,
        Latest,
        Derived,
    }
    let words = [("sum", Word::Sum), ("latest", Word::Latest), ("derived", Word::Derived)];
    let word = fields.required("aggregation", sink).and_then(|node| choice(node, &words, sink));
    let only = fields.list("only", sink, |node, sink| names.agency(node, sink));
    let at_most = fields.words("at_most", sink);
    let in_prose = fields.texts("in_prose", sink);
    fields.optional_text("source", sink);
    fields.finish(sink);
    let aggregation = match (word?, percent) {
        (Word::Sum, _) => Aggregation::Sum,
        (Word::Latest, _) => Aggregation::Latest,
        (Word::Derived, Some((of, over))) => Aggregation::Percent { of, over },
        (Word::Derived, None) => {
            let message = "chỉ tiêu tính (derived) thiếu mục “percent”";
            sink.push(Diagnostic::new(&MISSING_FIELD, span, message).hint("thêm percent: {of: …, over: …}"));
            return None;
        }
    };
    let at_most_id = at_most.as_ref().map(|id| IndicatorId::from(id.value.as_str()));
    references.extend(at_most);
    let id = IndicatorId::from(id?.as_str());
    Some((
        Indicator { id, label: label?, unit: unit?, tasks, aggregation, only, at_most: at_most_id, in_prose, span },
        references,
    ))
}

/// The value of a Roman numeral, for the order of the groups; what is no numeral comes last.
fn roman(numeral: &str) -> u32 {
    let value = |c: char| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        _ => None,
    };
    let Some(digits) = numeral.chars().map(value).collect::<Option<Vec<u32>>>() else { return u32::MAX };
    let (mut total, mut previous) = (0, 0);
    for digit in digits.into_iter().rev() {
        total = if digit < previous { total - digit } else { total + digit };
        previous = previous.max(digit);
    }
    total
}
