use std::collections::BTreeMap;

use super::*;

/// The fixtures' workspace with some files in the place of its own, without those whose text is empty.
pub(crate) fn fixture(files: &[(&str, &str)], today: &str, as_of: Option<&str>) -> Workspace {
    let shared = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/workspace"));
    let read = source::read(shared).unwrap();
    let mut texts: BTreeMap<&str, &str> = read.iter().map(|(_, file)| (file.path.as_str(), file.text())).collect();
    texts.extend(files.iter().copied());
    let texts = texts.into_iter().filter(|(_, text)| !text.is_empty());
    let files = Files::from_memory(texts.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())));
    Workspace::on(files, Clock { today: day(today), as_of: as_of.map(day) }, Depth::All).unwrap()
}

pub(crate) fn day(written: &str) -> NaiveDate {
    written.parse().unwrap()
}

/// A report of the commune, with everything but what is told in `lines`.
fn commune(round: &str, lines: &str) -> String {
    format!("agency: xa-muong-la\nround: {round}\ndocument: {{number: 1/BC-UBND, date: 2026-03-02}}\n{lines}\n")
}

#[test]
fn a_report_is_there_from_the_day_it_came_on() {
    const TOLD: &str = "tasks: {I.1: {status: done, results: Đã ban hành văn bản., figures: {directives: 1}}}";
    const ANNUAL: &str = "reports/annual/xa-muong-la.yaml";
    const AD_HOC: &str = "reports/ad-hoc/2026-11-10-xa-muong-la.yaml";
    let round = |received: &str| (ANNUAL, commune("annual", &format!("received: {received}\n{TOLD}")));
    let ad_hoc = |received: &str| {
        let lines = format!("date: 2026-11-10\nsubject: Giá cả\nreceived: {received}\n{TOLD}");
        (AD_HOC, commune("ad-hoc", &lines))
    };
    for (what, (path, text), as_of, there, dated) in [
        ("the day before", round("2026-11-23"), Some("2026-11-22"), false, true),
        ("on the day", round("2026-11-23"), Some("2026-11-23"), true, true),
        ("today", round("2026-11-25"), None, true, true),
        // What nobody can have received yet has come, and is dated wrong.
        ("tomorrow", round("2026-11-26"), None, true, false),
        ("tomorrow, on an earlier day", round("2026-11-26"), Some("2026-11-20"), true, false),
        ("tomorrow, on that day", round("2026-11-26"), Some("2026-11-26"), true, true),
        ("after a later day", round("2026-11-27"), Some("2026-11-26"), true, false),
        ("no day", round("hôm qua"), Some("2026-11-01"), true, false),
        ("ad hoc, the day before", ad_hoc("2026-11-10"), Some("2026-11-09"), false, true),
        ("ad hoc, on the day", ad_hoc("2026-11-10"), Some("2026-11-10"), true, true),
        ("ad hoc, received later", ad_hoc("2026-11-11"), Some("2026-11-10"), false, true),
        ("ad hoc, received then", ad_hoc("2026-11-11"), Some("2026-11-11"), true, true),
    ] {
        let workspace = fixture(&[(path, &text)], "2026-11-25", as_of);
        let of_file = |found: &&Submission| workspace.files.get(found.file).path == path;
        let [came, later] = [&workspace.submissions, &workspace.later];
        let found = came.iter().find(of_file);
        assert_eq!((found.is_some(), later.iter().any(|other| of_file(&other))), (there, !there), "{what}");
        if let Some(report) = found.and_then(|found| found.report.as_ref()) {
            assert_eq!(report.received.is_some(), dated, "{what}");
            assert_eq!(workspace.errors_in(report.span.file) > 0, !dated, "{what}");
        }
    }
}

#[test]
fn an_ad_hoc_report_of_a_day_to_come_is_there_to_be_mended() {
    let text =
        commune("ad-hoc", "date: 2027-08-06\nsubject: Giá cả\nreceived: 2027-08-06\nnext_steps: [Kiểm tra.]");
    for (as_of, right) in [(None, false), (Some("2026-11-20"), false), (Some("2027-08-06"), true)] {
        let workspace = fixture(&[("reports/ad-hoc/2027-08-06-xa-muong-la.yaml", &text)], "2026-11-25", as_of);
        let of_day =
            |found: &&Submission| matches!(found.place, Place::AdHoc { date, .. } if date == day("2027-08-06"));
        let found = workspace.submissions.iter().find(of_day).unwrap();
        assert_eq!(workspace.errors_in(found.file) == 0, right, "{as_of:?}");
    }
}

#[test]
fn corrections_and_acceptances_are_there_from_their_day() {
    let sha256 = "0".repeat(64);
    let accepted = format!("accepted: [{{agency: so-cong-thuong, date: 2026-11-21, sha256: \"{sha256}\"}}]\n");
    for (as_of, corrections, reviews) in
        [("2026-11-19", 0, 0), ("2026-11-20", 1, 0), ("2026-11-21", 1, 1), ("2026-11-22", 1, 1)]
    {
        let workspace = fixture(&[("reports/annual/accepted.yaml", &accepted)], "2026-11-25", Some(as_of));
        let reports = workspace.submissions.iter().filter_map(|submission| submission.report.as_ref());
        assert_eq!(reports.map(|report| report.corrections.len()).sum::<usize>(), corrections, "{as_of}");
        assert_eq!(workspace.reviews.len(), reviews, "{as_of}");
    }
}

#[test]
fn the_round_worked_on_is_the_first_still_to_be_consolidated() {
    let plan = fixture(&[], "2026-11-25", None).plan;
    let [early, annual] = plan.rounds.iter().collect::<Vec<_>>()[..] else { panic!("two rounds") };
    let [of_early, of_annual] = [(early, true), (annual, true)];
    let sent = |round| (round, false);
    for (what, rounds, on, expected) in [
        ("the first day", vec![of_early, of_annual], "2026-01-01", Some(early)),
        ("the last day for agencies", vec![of_early, of_annual], "2026-06-09", Some(early)),
        ("the last day", vec![of_early, of_annual], "2026-06-29", Some(early)),
        ("sent before its last day", vec![sent(early), of_annual], "2026-06-25", Some(annual)),
        ("the day after it, not sent", vec![of_early, of_annual], "2026-06-30", Some(early)),
        ("the day after it, sent", vec![sent(early), of_annual], "2026-06-30", Some(annual)),
        // The data of the next end on 20/11.
        ("the next far off", vec![of_early, of_annual], "2026-11-12", Some(early)),
        ("the next at hand", vec![of_early, of_annual], "2026-11-13", Some(annual)),
        ("the next sent already", vec![of_early, sent(annual)], "2026-06-30", Some(early)),
        ("the last day of the last", vec![of_early, of_annual], "2026-12-03", Some(annual)),
        ("after all", vec![of_early, of_annual], "2027-01-15", Some(annual)),
        ("after all, all sent", vec![sent(early), sent(annual)], "2026-06-20", Some(annual)),
        ("after all, the last alone sent", vec![of_early, sent(annual)], "2027-01-15", Some(annual)),
        ("out of order", vec![of_annual, of_early], "2026-06-29", Some(early)),
        ("out of order, after all", vec![of_annual, of_early], "2027-01-15", Some(annual)),
        ("one alone", vec![of_early], "2027-01-15", Some(early)),
        ("none", vec![], "2026-06-09", None),
    ] {
        let found = current(rounds.into_iter(), &plan.holidays, day(on));
        assert_eq!(found.map(|round| &round.id), expected.map(|round| &round.id), "{what}");
    }
}

#[test]
fn the_report_before_is_the_one_whose_data_end_last_before() {
    let rounds = include_str!("../../tests/workspace/plan/rounds.yaml");
    for (what, rounds, as_of, before) in [
        ("of the earlier round", rounds.to_owned(), "2026-11-23", Some("2026-06-11")),
        ("not there yet", rounds.to_owned(), "2026-06-10", None),
        // Both rounds tell of the same time: neither is before the other.
        ("of equal data", rounds.replace("data_to: 2026-05-31", "data_to: 2026-11-20"), "2026-11-23", None),
        ("of later data", rounds.replace("data_to: 2026-05-31", "data_to: 2026-11-21"), "2026-11-23", None),
    ] {
        let workspace = fixture(&[("plan/rounds.yaml", &rounds)], "2026-11-25", Some(as_of));
        let Plan { agencies, rounds, .. } = &workspace.plan;
        let commune = agencies.find("xa-muong-la").unwrap().id;
        let found = workspace.report_before(rounds.find("annual").unwrap(), commune);
        let received = found.and_then(|found| found.reports[0].received());
        assert_eq!(received, before.map(day), "{what}");
    }
}
