use super::*;
use crate::status::derive;
use crate::workspace::tests::fixture;

#[test]
fn what_was_done_by_an_earlier_round_is_not_late_in_a_later_one() {
    let tasks = include_str!("../../../tests/workspace/plan/tasks/I.yaml")
        .replace("{as_worded: Trong năm 2026, due: 2026-12-31}", "{as_worded: Trước 01/8/2026, due: 2026-07-31}");
    let rounds =
        include_str!("../../../tests/workspace/plan/rounds.yaml").replace("    tasks: [I.1, II.1, II.2]\n", "");
    let told = |round: &str, received: &str, status: &str| {
        if status.is_empty() {
            return String::new();
        }
        let others =
            ["I.1", "II.1", "II.2"].map(|task| format!("{task}: {{status: nothing-arose, reason: Không}}"));
        format!(
            "agency: so-cong-thuong\nround: {round}\ndocument: {{number: 9/BC-SCT, date: {received}}}\n\
             received: {received}\ntasks: {{I.2: {{status: {status}, results: Đã sửa Quy chế.}}, {}}}\n",
            others.join(", ")
        )
    };
    for (earlier, later, progress, pace) in [
        ("done", "", Progress::NoReport, Pace::InTime),
        ("in-progress", "", Progress::NoReport, Pace::Overdue),
        ("nothing-arose", "", Progress::NoReport, Pace::Overdue),
        ("", "", Progress::NoReport, Pace::Overdue),
        // Not valid.
        ("xong", "", Progress::NoReport, Pace::Overdue),
        ("done", "done", Progress::Done, Pace::InTime),
        ("in-progress", "done", Progress::Done, Pace::Overdue),
        ("in-progress", "in-progress", Progress::Ongoing, Pace::Overdue),
        // Its own day is the better known.
        ("done", "done, completed: 2026-08-01", Progress::Done, Pace::Overdue),
        // What is taken back was not done.
        ("done", "in-progress", Progress::Ongoing, Pace::Overdue),
    ] {
        let (earlier_told, later_told) =
            (told("consumer-day", "2026-06-05", earlier), told("annual", "2026-11-20", later));
        let files = [
            ("plan/tasks/I.yaml", tasks.as_str()),
            ("plan/rounds.yaml", &rounds),
            ("reports/consumer-day/so-cong-thuong.yaml", &earlier_told),
            ("reports/annual/so-cong-thuong.yaml", &later_told),
        ];
        let workspace = fixture(&files, "2026-11-23", None);
        let rounds = derive(&workspace);
        let state = rounds[1].tasks.iter().find(|state| state.task.key == "I.2").unwrap();
        assert_eq!((state.progress, state.pace), (progress, pace), "{earlier}, then {later}");
        // What was open then and is done by now is late no more.
        let first = rounds[0].tasks.iter().find(|state| state.task.key == "I.2").unwrap();
        if earlier == "in-progress" {
            let left = if later.starts_with("done") { Pace::InTime } else { Pace::Overdue };
            assert_eq!((first.progress, first.pace), (Progress::Ongoing, left), "{earlier}, before {later}");
        }
    }
}
