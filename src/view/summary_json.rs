//! What the text of the consolidated report counts beside measures: reports, tasks, difficulties, recommendations, as its
//! sentences and tables have them.

use std::collections::BTreeMap;

use super::json::values;
use super::report::{self, Brief, Covered, Steps, Theme};
use super::{level, level_id, words};
use crate::model::{Agency, Period, Plan, Task, TaskGroup, TaskStatus};
use crate::status::{Counts, TaskCounts, TaskState};

values! {
    SummaryJson<'j> = fn summary(brief: &Brief<'j, 'j>) where {
        let (plan, status) = (brief.plan, brief.status);
        let funding = report::funding(brief);
    } {
        reports: Counts = status.counts,
        /// Of those who must report: level by level, then all together.
        coverage: Vec<CoverageJson<'j>> =
            report::coverage(brief).iter().map(|covered| covered_by(plan, covered)).collect(),
        /// How long the first of those who did not report has been silent since the deadline.
        days_overdue: Option<i64> = report::silent(brief).days,
        tasks: TaskCounts = status.tasks.iter().collect(),
        task_groups: Vec<TaskGroupJson<'j>> = plan
            .task_groups
            .iter()
            .map(|group| task_group(brief, group, &status.tasks_of(group).collect::<Vec<_>>()))
            .filter(|group| group.counts.total > 0)
            .collect(),
        /// Task by task: who leads it, and what they declare.
        leads: Vec<LeadsJson<'j>> =
            status.tasks.iter().map(|state| leads_of(state.task, state.leads, &state.declared)).collect(),
        ad_hoc: usize = brief.ad_hoc.len(),
        /// What they alone recommended that means nothing any more on the day of the report.
        ad_hoc_expired: usize = report::expired_ad_hoc(brief).count(),
        /// Reports that give what was spent, and that do not.
        funding_reports: usize = funding.reports,
        funding_silent: usize = funding.silent,
        difficulties: VoicedJson<'j> = voiced(plan, &report::difficulty_themes(brief)),
        /// What is asked of who writes the report.
        own_recommendations: VoicedJson<'j> = voiced(plan, &report::own_themes(brief)),
        recommendations: Vec<AddressedJson<'j>> = report::addressed(brief)
            .into_iter()
            .map(|(to, name, themes)| addressed(to, name, voiced(plan, &themes)))
            .collect(),
        steps_by_time: Vec<StepsJson> = report::steps_by_time(brief).iter().map(of_time).collect(),
        /// By group whose members are counted: how many say what they will do.
        next_steps: BTreeMap<&'j str, usize> =
            report::step_givers(brief).into_iter().map(|(group, count)| (group.key.as_str(), count)).collect(),
    }

    /// What those that are named will do.
    StepsJson = fn of_time(told: &Steps<'_>) {
        /// `tháng 12/2026`; absent of what says no time.
        when: Option<String> = told.when.map(Period::words),
        steps: usize = told.steps.len(),
        agencies: usize = told.agencies.len(),
    }

    CoverageJson<'j> = fn covered_by(plan: &'j Plan, covered: &Covered) {
        /// `province` or the id of a folded group; absent where all are counted together.
        level: Option<&'j str> = covered.level.map(|of| level_id(plan, of)),
        name: Option<&'j str> = covered.level.map(|of| level(plan, of)),
        #[serde(flatten)]
        counts: Counts = covered.counts,
        /// Who reported neither in this round nor in any before; absent without one.
        silent_ever: Option<usize> = covered.silent_ever,
    }

    TaskGroupJson<'j> = fn task_group(brief: &Brief<'_, 'j>, group: &'j TaskGroup, tasks: &[&TaskState<'j>]) {
        id: &'j str = &group.key,
        short_title: &'j str = &group.short_title,
        #[serde(flatten)]
        counts: TaskCounts = tasks.iter().copied().collect(),
        /// Leads without a valid report, but for members of folded groups.
        silent_leads: Vec<&'j str> = words::keys(&report::silent_leads(brief, tasks)),
        /// Those of them that lead a task of which others reported.
        silent_in_part: Vec<&'j str> = words::keys(&report::silent_in_part(brief, tasks)),
    }

    LeadsJson<'j> = fn leads_of(task: &'j Task, leads: usize, declared: &[TaskStatus]) where {
        let count = |wanted: TaskStatus| declared.iter().filter(|status| **status == wanted).count();
    } {
        id: &'j str = &task.key,
        short_title: &'j str = &task.short_title,
        total: usize = leads,
        reported: usize = declared.len(),
        done: usize = count(TaskStatus::Done),
        in_progress: usize = count(TaskStatus::InProgress),
        not_started: usize = count(TaskStatus::NotStarted),
        nothing_arose: usize = count(TaskStatus::NothingArose),
        not_applicable: usize = count(TaskStatus::NotApplicable),
    }

    /// What is raised, and what it is put together into.
    VoicedJson<'j> = fn voiced(plan: &'j Plan, themes: &[Theme<'_, 'j>]) where {
        let agencies: BTreeMap<usize, &Agency> =
            themes.iter().flat_map(Theme::agencies).map(|agency| (agency.id.into(), agency)).collect();
    } {
        total: usize = themes.iter().map(|theme| theme.remarks.len()).sum(),
        agencies: usize = agencies.len(),
        themes: Vec<ThemeJson<'j>> = themes.iter().map(|found| theme(plan, found)).collect(),
    }

    /// A paragraph or an item of the report.
    ThemeJson<'j> = fn theme(plan: &'j Plan, theme: &Theme<'_, 'j>) where {
        let agencies: BTreeMap<usize, &'j Agency> =
            theme.agencies().map(|agency| (agency.id.into(), agency)).collect();
        let agencies: Vec<&'j Agency> = agencies.into_values().collect();
        let mut levels = BTreeMap::new();
        agencies.iter().for_each(|agency| *levels.entry(level_id(plan, plan.level(agency))).or_default() += 1);
    } {
        id: String = theme.id.clone(),
        name: &'j str = theme.name,
        total: usize = theme.remarks.len(),
        agencies: Vec<&'j str> = words::keys(&agencies),
        /// How many agencies of each level.
        levels: BTreeMap<&'j str, usize> = levels,
    }

    AddressedJson<'j> = fn addressed(to: &'j str, name: String, told: VoicedJson<'j>) {
        to: &'j str = to,
        name: String = name,
        #[serde(flatten)]
        told: VoicedJson<'j> = told,
    }
}
