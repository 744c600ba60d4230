//! Groups of tasks as templates may meet them.

use crate::template::scope::{Declared, Group, OpenTask, States, Unconcerned};

/// A group with so many tasks in each state.
pub(super) fn group(counts: [usize; 7]) -> Group {
    let (tasks, states) = (counts.iter().sum(), states(counts));
    let of_state = [
        (states.in_progress, "in_progress"),
        (states.partly_reported, "partly_reported"),
        (states.not_started, "not_started"),
        (states.no_report, "no_report"),
    ];
    let open = of_state.into_iter().flat_map(|(count, state)| {
        let silent = if state == "no_report" { "Sở Công Thương".to_owned() } else { String::new() };
        let task = OpenTask {
            title: "quán triệt".to_owned(),
            tasks: 1,
            leads: 9,
            reported: 8,
            state,
            silent,
            overdue: count > 1,
            declared: Declared {
                done: 1,
                in_progress: 2,
                not_started: count / 2,
                nothing_arose: count,
                not_applicable: 0,
            },
        };
        std::iter::repeat_n(task, count)
    });
    Group {
        id: "I".to_owned(),
        title: "Công tác chỉ đạo".to_owned(),
        tasks,
        leads: tasks + states.partly_reported,
        reported: tasks - states.no_report,
        overdue: states.no_report / 2,
        silent: (states.no_report > 0).then(|| "Sở Công Thương".to_owned()),
        silent_in_part: (states.partly_reported > 0).then(|| "Sở Công Thương".to_owned()),
        open: open.collect(),
        unconcerned: vec![
            Unconcerned { task: "quán triệt".to_owned(), agencies: states.not_applicable };
            usize::from(states.not_applicable > 1)
        ],
        states,
    }
}

pub(super) fn states(counts: [usize; 7]) -> States {
    let [done, in_progress, partly_reported, not_started, nothing_arose, not_applicable, no_report] = counts;
    States { done, in_progress, partly_reported, not_started, nothing_arose, not_applicable, no_report }
}
