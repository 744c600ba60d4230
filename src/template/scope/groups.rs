//! What templates may name of a group of tasks.

use serde::Serialize;

use super::Report;

/// How many tasks are in each state.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct States {
    pub(crate) done: usize,
    pub(crate) in_progress: usize,
    /// By some of the leads alone.
    pub(crate) partly_reported: usize,
    pub(crate) not_started: usize,
    pub(crate) nothing_arose: usize,
    pub(crate) not_applicable: usize,
    pub(crate) no_report: usize,
}

#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Tasks {
    pub(crate) total: usize,
    #[serde(flatten)]
    pub(crate) states: States,
    pub(crate) overdue: usize,
}

/// How many tasks of a group are done.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct GroupDone {
    pub(crate) title: String,
    pub(crate) tasks: usize,
    pub(crate) done: usize,
}

/// What the opening of a group of tasks may name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct GroupOpening<'r> {
    #[serde(flatten)]
    pub(crate) report: &'r Report,
    pub(crate) group: Group,
}

#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Group {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) tasks: usize,
    #[serde(flatten)]
    pub(crate) states: States,
    pub(crate) leads: usize,
    pub(crate) reported: usize,
    pub(crate) overdue: usize,
    /// Leads without a valid report, those of folded groups counted.
    pub(crate) silent: Option<String>,
    /// Those of them that lead a task of which others reported, without those of folded groups.
    pub(crate) silent_in_part: Option<String>,
    /// Tasks that are neither done nor idle; those of which the same is to be said are one.
    pub(crate) open: Vec<OpenTask>,
    /// Tasks that some of their leads, but not all that reported, declare to be none of theirs.
    pub(crate) unconcerned: Vec<Unconcerned>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct OpenTask {
    /// Of several: `quán triệt và nhiệm vụ tập huấn`.
    pub(crate) title: String,
    pub(crate) tasks: usize,
    /// Of each of them, as `reported` and `declared`, where some leads have not reported.
    pub(crate) leads: usize,
    pub(crate) reported: usize,
    /// `in_progress`, `partly_reported`, `not_started` or `no_report`.
    pub(crate) state: &'static str,
    /// Leads without a valid report, those of folded groups counted.
    pub(crate) silent: String,
    pub(crate) overdue: bool,
    /// What the leads declare that have reported.
    pub(crate) declared: Declared,
}

/// How many leads declare each state of a task.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub(crate) struct Declared {
    pub(crate) done: usize,
    pub(crate) in_progress: usize,
    pub(crate) not_started: usize,
    pub(crate) nothing_arose: usize,
    pub(crate) not_applicable: usize,
}

/// How many leads of a task of which all have reported declare that it does not apply to them.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Unconcerned {
    pub(crate) task: String,
    pub(crate) agencies: usize,
}
