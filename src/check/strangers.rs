//! Ids that somebody names and the plan does not declare: each is told once. What the plan names as well, or what so many
//! reports name that the plan must be wrong, is told at the plan, and no report is judged then. Repairs nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Ids, Rule};
use crate::model::Plan;
use crate::record::rules::{ACT_OF_UNKNOWN_AGENCY, DUPLICATE_ID};
use crate::record::{Names, suggest};
use crate::source::{Content, FileId, Files, REGISTER, Span};
use crate::template::dry;
use crate::validate;

/// So many reports do not make the same slip by chance.
const MANY: usize = 3;

/// Of so many reports, one has made it.
const SHARE: usize = 10;

const GONE: &str = "cơ quan đã giải thể, sáp nhập thì giữ trong plan/agencies.yaml, thêm active: {until: ngày cuối} và successor: mã cơ \
                    quan kế thừa, không chuyển báo cáo sang cơ quan khác";

const OF_OLD: &str = "cơ quan đã đổi mã thì để nguyên dòng này, việc còn hiệu lực (trừ issue) ghi lại bằng mã mới; gõ nhầm thì ghi thêm dòng đúng mã";

/// The reports that name an id, where the first does, and whether the plan does too.
#[derive(Default)]
struct Naming {
    reports: BTreeSet<FileId>,
    first: Option<(&'static Rule, Span, String)>,
    by_plan: bool,
}

/// Whether the plan is at fault for reports that name what it does not declare.
pub(super) fn tell_once(files: &Files, plan: &Plan, diagnostics: &mut Vec<Diagnostic>) -> bool {
    diagnostics.iter_mut().for_each(|found| of_one_gone(&files.get(found.span.file).path, plan, found));
    let of_plan = |found: &Diagnostic| super::is_of_plan(&files.get(found.span.file).path);
    let mut namings: BTreeMap<(Ids, String), Naming> = BTreeMap::new();
    let mut doubted: BTreeSet<Ids> = BTreeSet::new();
    for found in diagnostics.iter().filter(|found| !files.get(found.span.file).outside) {
        if found.rule.name == DUPLICATE_ID.name && of_plan(found) {
            doubted.extend(validate::declared(&files.get(found.span.file).path));
        }
        let Some(name) = name(found) else { continue };
        let naming = namings.entry(name).or_default();
        if of_plan(found) {
            naming.by_plan = true;
        } else {
            naming.reports.insert(found.span.file);
            naming.first.get_or_insert_with(|| (found.rule, found.span, found.message.clone()));
        }
    }
    let mut is_at_fault = false;
    let mut told: BTreeMap<(Ids, String), Option<Diagnostic>> = BTreeMap::new();
    for ((ids, written), naming) in namings {
        let of_plan = (naming.by_plan || doubted.contains(&ids)).then_some(None);
        let Some(problem) = of_plan.or_else(|| blame(files, plan, ids, &written, &naming).map(Some)) else {
            continue;
        };
        is_at_fault |= !naming.reports.is_empty();
        told.insert((ids, written), problem);
    }
    let mut seen = BTreeSet::new();
    diagnostics.sort_by_key(|found| (!of_plan(found), found.span));
    diagnostics.retain(|found| match name(found) {
        Some((ids, _)) if doubted.contains(&ids) => false,
        Some(name) if told.contains_key(&name) => of_plan(found) && seen.insert(name),
        _ => true,
    });
    diagnostics.extend(told.into_values().flatten());
    is_at_fault
}

/// What is said of an agency that the plan declares no more: what the register says of it is history, and its own report is not
/// to be made another's.
fn of_one_gone(path: &str, plan: &Plan, found: &mut Diagnostic) {
    let Some((Ids::Agencies | Ids::Parties, written)) = &found.unknown else { return };
    let Some((folder, name)) = path.strip_prefix("reports/").and_then(|path| path.split_once('/')) else { return };
    let of_ad_hoc = || folder == plan.ad_hoc.id && name.ends_with(&format!("-{written}.yaml"));
    if name == REGISTER {
        found.rule = &ACT_OF_UNKNOWN_AGENCY;
        found.unknown = None;
        found.hint = Some(OF_OLD.to_owned());
    } else if name == format!("{written}.yaml") || of_ad_hoc() {
        let slip = found.hint.take().map(|hint| format!("; gõ nhầm mã thì sửa cả mã và tên tệp: {hint}"));
        found.hint = Some(format!("{GONE}{}", slip.unwrap_or_default()));
    }
}

/// What is unknown of whose ids. Parties are agencies or groups.
fn name(found: &Diagnostic) -> Option<(Ids, String)> {
    let (ids, written) = found.unknown.clone()?;
    Some((if ids == Ids::Parties { Ids::Agencies } else { ids }, written))
}

/// The problem of the plan that reports name what it does not declare, where it is likelier wrong than they.
fn blame(files: &Files, plan: &Plan, ids: Ids, written: &str, naming: &Naming) -> Option<Diagnostic> {
    let (rule, place, message) = naming.first.as_ref()?;
    let of_reports = files.iter().filter(|(_, file)| file.path.starts_with("reports/") && !file.outside);
    let texts: Vec<&str> = of_reports
        .filter_map(|(_, file)| if let Content::Text(text) = &file.content { Some(text.as_str()) } else { None })
        .collect();
    let mut unused = plan.known(ids);
    unused.retain(|(id, _)| !texts.iter().any(|text| holds(text, id)));
    let near = suggest::nearest(written, unused.iter().copied());
    let count = naming.reports.len();
    let wording = files.find("plan/report.yaml").map(|(_, file)| file.text()).filter(|_| ids == Ids::Indicators);
    // As `totals.inspections`, not as words of a sentence.
    let in_template = wording.is_some_and(|text| holds(text, &format!(".{written}")));
    let by_many = count >= MANY && (!unused.is_empty() || count * SHARE >= texts.len());
    // A folder and what lies in it agree.
    let by_folder = count > 1 && ids == Ids::Rounds;
    if !(in_template || by_many || by_folder) {
        return None;
    }
    let meant = near.first().or(unused.first().filter(|_| unused.len() == 1)).map(|(id, _)| *id);
    let declares = |path: &str| validate::declared(path).contains(&ids);
    let file = files.iter().find(|(_, file)| declares(&file.path)).map(|(id, _)| Span::start_of(id));
    let hint = match meant {
        Some(id) => format!("nếu mã “{id}” ở đây gõ nhầm thì sửa thành “{written}”; không thì sửa các báo cáo"),
        None => "thêm mã này vào Kế hoạch, hoặc sửa các báo cáo".to_owned(),
    };
    let at = meant.and_then(|id| plan.declared_at(ids, id)).or(file)?;
    let found = Diagnostic::new(rule, at, format!("{message}, mà {count} báo cáo ghi mã này"));
    Some(found.hint(hint).unknown(ids, written).related(*place, "ghi ở đây"))
}

/// An indicator that nobody declares is one problem, however many templates name it.
pub(super) fn tell_templates_once(files: &Files, plan: &Plan, diagnostics: &mut Vec<Diagnostic>) {
    let unknown = diagnostics.iter().filter_map(name).filter(|(ids, _)| *ids == Ids::Indicators);
    let mut told: BTreeSet<String> = unknown.map(|(_, written)| written).collect();
    diagnostics.retain(|found| {
        let text = files.get(found.span.file).text();
        let named = || dry::indicator(&text[found.span.start as usize..found.span.end as usize]);
        let is_template = found.rule.name == super::wording::BROKEN_TEMPLATE;
        let named = is_template.then(named).flatten().filter(|id| plan.find(Ids::Indicators, id).is_none());
        named.is_none_or(|id| told.insert(id.to_owned()))
    });
}

/// Whether a text has an id as a word of its own.
fn holds(text: &str, id: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    text.match_indices(id).any(|(at, _)| !text[..at].ends_with(joins) && !text[at + id.len()..].starts_with(joins))
}
