//! The plan, checked: what stands under `plan/`, ids resolved into places in its lists, and the questions that follow
//! from it alone.

mod agencies;
mod carried;
mod declared;
mod general;
mod indicators;
mod previous;
mod rounds;
mod superior;
mod tasks;
mod wording;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use indexmap::IndexSet;

use super::{AgencyId, GroupId, List, RoundId, TaskId};
use crate::calendar::Holidays;
use crate::diagnostic::{Diagnostic, Sink};
use crate::record::rules::{DUPLICATE_ID, UNUSABLE_ID};
use crate::record::{Ids, Table};
use crate::source::{self, Span};
use crate::vietnamese::{cut, date, listed};

pub(crate) use agencies::{AgenciesFile, Agency, Group, Reporting, resolve as agencies, succeeded};
pub(crate) use carried::{Carried, CarriedFile, CarriedKind};
pub(crate) use general::{GeneralFile, Named, PeakDays, Signature};
pub(crate) use indicators::{
    Aggregation, Complaints, DONG, Indicator, IndicatorsFile, Rate, resolve as indicators,
};
pub(crate) use previous::{Previous, PreviousFigure, PreviousFile, PreviousShare, resolve as previous};
pub(crate) use rounds::{HolidaysFile, Round, RoundsFile, holidays, resolve as rounds};
pub(crate) use tasks::{Due, PublicList, Task, TaskGroup, TaskGroupFile, missing_group, resolve as tasks};
pub(crate) use wording::{
    AnnexContent, AnnexWording, OutlineContent, OutlineSection, PaperWording, PartContent, PetitionWording,
    PublishWording, ReminderWording, Renamed, SuperiorWording, TableRows, TableWording, Theme, Wording,
};

/// Everything under `plan/`, with groups resolved into agencies.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) title: String,
    pub(crate) year: i32,
    /// Where it is written.
    pub(crate) year_span: Span,
    pub(crate) province: String,
    /// The plan's own number and date; absent where the document is silent.
    pub(crate) number: Option<String>,
    pub(crate) date: Option<NaiveDate>,
    pub(crate) issuer: String,
    /// Who follows, urges and consolidates; absent where it could not be read.
    pub(crate) consolidator: Option<AgencyId>,
    pub(crate) funding_sources: Vec<Named>,
    /// Those of the plan's peak periods that have days.
    pub(crate) peak_days: Vec<PeakDays>,
    /// By agency, those that lead to it by their successors, whether they are gone by now or not.
    pub(crate) succeeded: BTreeMap<AgencyId, Vec<AgencyId>>,
    pub(crate) agencies: List<Agency>,
    pub(crate) groups: List<Group>,
    pub(crate) task_groups: Vec<TaskGroup>,
    pub(crate) tasks: List<Task>,
    pub(crate) rounds: List<Round>,
    /// What is declared in files of the plan that could not be read in full.
    pub(crate) gaps: Vec<Ids>,
    /// Whether what reports are judged by could not be read in full.
    pub(crate) is_flawed: bool,
    /// The keys of rounds that are declared but could not be read: nothing can be said of their reports.
    pub(crate) unread_rounds: Vec<String>,
    /// The folder and name of reports without a deadline.
    pub(crate) ad_hoc: Named,
    pub(crate) indicators: List<Indicator>,
    pub(crate) complaints: Complaints,
    pub(crate) holidays: Holidays,
    pub(crate) wording: Wording,
    /// What was open at the end of an earlier year.
    pub(crate) carried: Vec<Carried>,
    /// Last year's figures by the round to compare with.
    pub(crate) previous: Table<RoundRef, Previous>,
}

/// Reports ids that are given twice.
pub(crate) fn reject_duplicates<'i>(ids: impl Iterator<Item = (&'i str, Span)>, sink: &mut Sink) {
    let mut seen = HashMap::new();
    for (id, span) in ids {
        // Two files whose names differ in case alone are one on Windows.
        let first = *seen.entry(id.to_lowercase()).or_insert(span);
        if first != span {
            sink.push(
                Diagnostic::new(&DUPLICATE_ID, span, format!("mã “{id}” đã dùng cho mục khác"))
                    .hint("đặt mã khác cho một trong hai mục, hoặc bỏ mục thừa")
                    .related(first, "đã dùng ở đây"),
            );
        }
    }
}

/// `None` where an id cannot be the name of a file: with it a command would write nowhere, or elsewhere.
pub(crate) fn reject_unusable<'i>(ids: impl Iterator<Item = (&'i str, Span)>, sink: &mut Sink) -> Option<()> {
    let mut usable = Some(());
    for (id, span) in ids {
        if let Some(why) = unusable_id(id) {
            let message = format!("mã “{}” không dùng làm tên tệp được: {why}", cut(id, LONGEST_ID / 2));
            let hint = "đặt mã bằng chữ thường không dấu, chữ số và dấu -";
            sink.push(Diagnostic::new(&UNUSABLE_ID, span, message).hint(hint));
            usable = None;
        }
    }
    usable
}

/// So many letters of an id leave room in a file's name for what stands around it.
const LONGEST_ID: usize = 100;

fn unusable_id(id: &str) -> Option<&'static str> {
    match () {
        () if source::is_of_layout(id) => Some("tên này dành cho sổ theo dõi và các tệp khác trong thư mục của kỳ"),
        () if id.starts_with('-') => Some("mã bắt đầu bằng dấu - thì câu lệnh hiểu là tùy chọn"),
        () if id.len() > LONGEST_ID => Some("mã dài quá 100 chữ cái"),
        () => source::unusable_name(id),
    }
}

/// Reports peak days that are given twice or end before they begin.
pub(crate) fn peak_days(days: &[PeakDays], sink: &mut Sink) {
    reject_duplicates(days.iter().map(|peak| (peak.id.as_str(), peak.span)), sink);
    days.iter().for_each(|peak| rounds::in_order(Some(&peak.from), peak.to.as_ref(), sink));
}

/// Reports ids of a list that are given twice.
pub(crate) fn each_once(list: &[Named], sink: &mut Sink) {
    reject_duplicates(list.iter().map(|named| (named.id.as_str(), named.span)), sink);
}

/// What a report tells of together: the agencies of the province, each folded group, and who is only asked to report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Province,
    Folded(GroupId),
    Requested,
}

/// What an agency has to do with a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Leads,
    /// Named beside the leads, itself or with the group whose totals it gives.
    Beside,
    /// The plan also calls on agencies that it does not name.
    Open,
}

/// What a report is of, as a folder or the report itself names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum RoundRef {
    Of(RoundId),
    AdHoc,
    /// A place in the list of rounds that could not be read.
    Unread(usize),
}

impl Plan {
    /// Whose it is, inside a sentence: `tỉnh Sơn La`; a name in small letters says itself of what it is: `thành phố Huế`.
    pub(crate) fn place(&self) -> String {
        let says_itself = self.province.starts_with(char::is_lowercase);
        if says_itself { self.province.clone() } else { format!("tỉnh {}", self.province) }
    }

    /// The round, or what else reports are of, under this key.
    pub(crate) fn round_ref(&self, key: &str) -> Option<RoundRef> {
        if key == self.ad_hoc.id {
            return Some(RoundRef::AdHoc);
        }
        let unread = || self.unread_rounds.iter().position(|unread| unread == key).map(RoundRef::Unread);
        self.rounds.find(key).map(|round| RoundRef::Of(round.id)).or_else(unread)
    }

    /// What is to be filled in before there is a round, or all of them; none where nothing is.
    pub(crate) fn rounds_to_fill(&self) -> Option<String> {
        match (self.unread_rounds.as_slice(), self.rounds.first()) {
            ([], Some(_)) => None,
            ([], None) => {
                Some("Kế hoạch chưa có kỳ báo cáo nào: thêm kỳ dưới mục rounds trong plan/rounds.yaml".to_owned())
            }
            (keys, _) => Some(format!(
                "kỳ báo cáo {} chưa điền đủ hoặc điền sai: điền đúng hạn gửi và thời gian lấy số liệu của kỳ trong plan/rounds.yaml; \
                 “plan check plan/rounds.yaml” nêu từng chỗ",
                keys.join(", ")
            )),
        }
    }

    /// The rounds whose data begin with a round's and end before them.
    pub(crate) fn rounds_within(&self, round: &Round) -> impl Iterator<Item = &Round> {
        self.rounds.iter().filter(|other| other.data_from == round.data_from && other.data_to < round.data_to)
    }

    /// The rounds whose data are of days of a round's, and end before them.
    pub(crate) fn rounds_inside(&self, round: &Round) -> impl Iterator<Item = &Round> {
        self.rounds.iter().filter(|other| other.data_from >= round.data_from && other.data_to < round.data_to)
    }

    pub(crate) fn round_key(&self, round: RoundRef) -> &str {
        match round {
            RoundRef::Of(id) => &self[id].key,
            RoundRef::AdHoc => &self.ad_hoc.id,
            RoundRef::Unread(index) => &self.unread_rounds[index],
        }
    }

    /// The tasks of a round that an agency is asked about: what it leads, then where it takes part, then what the plan
    /// leaves open to anybody concerned.
    pub(crate) fn asked_tasks(&self, round: &Round, agency: AgencyId) -> Vec<(&Task, Part)> {
        let covered = self.tasks.iter().filter(|task| round.covers(task.id));
        let mut tasks: Vec<_> = covered.filter_map(|task| Some((task, self.part(task, agency)?))).collect();
        tasks.sort_by_key(|(_, part)| *part);
        tasks
    }

    /// Whether the agency is to report in a round.
    pub(crate) fn is_asked(&self, agency: &Agency, round: &Round) -> bool {
        agency.reporting != Reporting::None && self.is_active(agency, round)
    }

    /// Whether the agency is there on the last day that a report of the round is on time: asked on that day, not over
    /// the period of the data.
    pub(crate) fn is_active(&self, agency: &Agency, round: &Round) -> bool {
        agency.is_there(round.agencies.last_on_time(&self.holidays))
    }

    /// The agencies, gone by a round, whose figures its report's cumulative ones contain: all that lead to it.
    pub(crate) fn predecessors(&self, agency: AgencyId, round: &Round) -> impl Iterator<Item = &Agency> {
        let succeeded = self.succeeded.get(&agency).into_iter().flatten().map(|of| &self[*of]);
        succeeded.filter(|of| !self.is_active(of, round))
    }

    /// Whose figures since the first day of a round's data an agency's own contain, by name; none where it succeeds nobody.
    pub(crate) fn told_with(&self, agency: AgencyId, round: &Round) -> Option<String> {
        let since = |of: &&Agency| of.active.1.is_some_and(|until| until >= round.data_from);
        listed(self.predecessors(agency, round).filter(since).map(|of| &of.name), ", ")
    }

    /// Why an agency is not to report in a round, inside a sentence.
    pub(crate) fn why_unasked(&self, agency: &Agency, round: &Round) -> String {
        let last = round.agencies.last_on_time(&self.holidays);
        match agency.active {
            _ if self.is_active(agency, round) => "không phải báo cáo".to_owned(),
            (_, Some(until)) if until < last => format!("ngừng hoạt động sau ngày {}", date(until)),
            (from, _) => format!("hoạt động từ ngày {}", from.map(date).unwrap_or_default()),
        }
    }

    /// Who answers for whom beside its own: leads for those that they direct, parents for their units. What the first
    /// tells is added, so that it must not hold what the second tells.
    pub(crate) fn answering(&self) -> BTreeSet<(AgencyId, AgencyId)> {
        let directing = self.tasks.iter().flat_map(|task| task.directs.iter().copied());
        let above = |unit: &Agency| std::iter::successors(unit.parent, |above| self[*above].parent);
        let parents = self.agencies.iter().flat_map(|unit| above(unit).map(|above| (above, unit.id)));
        let is_added = |(who, whom): &(AgencyId, AgencyId)| who != whom && self[*who].control_total_of.is_none();
        directing.chain(parents).filter(is_added).collect()
    }

    /// Whether the plan names the agency for the task, or an office or a group that it answers for.
    pub(crate) fn takes_part(&self, task: &Task, agency: AgencyId) -> bool {
        self.part(task, agency).is_some_and(|part| part != Part::Open)
    }

    fn part(&self, task: &Task, agency: AgencyId) -> Option<Part> {
        if task.leads.contains(&agency) {
            return Some(Part::Leads);
        }
        // Whoever gives the totals of a group takes part where all of the group does.
        let group = self[agency].control_total_of.map(|group| &self[group].members);
        let with_group = |named: &IndexSet<AgencyId>| group.is_some_and(|members| members.is_subset(named));
        let takes_part = task.through.contains(&agency)
            || task.coordinators.contains(&agency)
            || with_group(&task.leads)
            || with_group(&task.coordinators);
        if takes_part { Some(Part::Beside) } else { task.open_to_others.then_some(Part::Open) }
    }

    /// The indicators of a task that an agency types, in the order of the plan.
    pub(crate) fn typed_indicators(&self, task: TaskId, agency: AgencyId) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().filter(move |indicator| {
            indicator.is_typed() && indicator.tasks.contains(&task) && indicator.allows(agency)
        })
    }

    /// Every part with its whole, once: as the plan says, and as a rate takes them.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (&Indicator, &Indicator)> {
        self.indicators.iter().filter_map(|indicator| match (indicator.aggregation, indicator.at_most) {
            (Aggregation::Percent(Some(rate)), _) => {
                let of = &self[rate.of];
                (of.at_most != Some(rate.over)).then_some((of, &self[rate.over]))
            }
            (_, whole) => Some((indicator, &self[whole?])),
        })
    }

    /// The group under whose name this agency is shown in one line with others.
    pub(crate) fn folding_group(&self, agency: AgencyId) -> Option<&Group> {
        self.groups.iter().find(|group| group.folded && group.members.contains(&agency))
    }

    pub(crate) fn level(&self, agency: &Agency) -> Level {
        match (agency.reporting, self.folding_group(agency.id)) {
            (Reporting::Required, Some(group)) => Level::Folded(group.id),
            (Reporting::Required, None) => Level::Province,
            (Reporting::Requested | Reporting::None, _) => Level::Requested,
        }
    }
}

impl Round {
    pub(crate) fn covers(&self, task: TaskId) -> bool {
        self.tasks.as_ref().is_none_or(|tasks| tasks.contains(&task))
    }
}
