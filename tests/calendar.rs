//! `plan calendar`: what falls on which day, as a list and as a calendar.

use crate::common::{self, Run, Workspace};
use serde_json::Value as Json;

/// Kind, first day, title and agencies of every event.
fn events(run: &Run) -> Vec<(String, String, String, String)> {
    assert_eq!(run.code, 0, "{}", run.err);
    let json: Json = serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error} in {}", run.out));
    let events = json["events"].as_array().expect("events");
    let text = |event: &Json, key: &str| event[key].as_str().unwrap_or_default().to_owned();
    let told = |event: &Json| {
        let agencies = event["agencies"].as_array().expect("agencies");
        let agencies: Vec<&str> = agencies.iter().filter_map(Json::as_str).collect();
        (text(event, "kind"), text(event, "from"), text(event, "title"), agencies.join(" "))
    };
    events.iter().map(told).collect()
}

fn told<'e>(events: &'e [(String, String, String, String)], kind: &str) -> Vec<(&'e str, &'e str)> {
    let of_kind = events.iter().filter(|(found, ..)| found == kind);
    of_kind.map(|(_, day, title, _)| (day.as_str(), title.as_str())).collect()
}

#[test]
fn deadlines_of_both_levels_peaks_and_tasks_stand_on_their_days() {
    let events = events(&Workspace::without_reports().run("calendar --format json"));
    assert!(events.is_sorted_by_key(|(_, day, ..)| day), "{events:?}");
    assert_eq!(
        told(&events, "deadline"),
        [
            ("2026-06-09", "Ngày cuối các cơ quan gửi báo cáo kỳ Ngày 15/3"),
            ("2026-06-29", "Ngày cuối gửi báo cáo tổng hợp kỳ Ngày 15/3"),
            ("2026-11-29", "Ngày cuối các cơ quan gửi báo cáo kỳ Năm 2026"),
            ("2026-12-04", "Ngày cuối gửi báo cáo tổng hợp kỳ Năm 2026"),
        ]
    );
    // 29/11 is a Sunday; the other three are working days themselves.
    assert_eq!(
        told(&events, "last_working_day"),
        [("2026-11-27", "Ngày làm việc cuối các cơ quan gửi báo cáo kỳ Năm 2026")]
    );
    let days = |kind| told(&events, kind).into_iter().map(|(day, _)| day).collect::<Vec<_>>();
    assert_eq!(days("peak"), ["2026-01-01", "2026-02-14", "2026-03-01", "2026-03-15"]);
    assert_eq!(days("task"), ["2026-12-31"; 3], "I.4, IV.1, IV.2; the others have no day");
    assert_eq!(told(&events, "extension"), []);
}

#[test]
fn an_extension_is_an_event_and_moves_the_agencys_own_deadline_until_it_is_withdrawn() {
    let workspace = Workspace::without_reports();
    let all = |line: &str| events(&workspace.run(&format!("calendar --format json {line}")));
    let (before, own) = (all(""), all("--agency so-y-te"));
    assert_eq!(
        told(&own, "deadline"),
        [("2026-06-09", "Ngày cuối gửi báo cáo kỳ Ngày 15/3"), ("2026-11-29", "Ngày cuối gửi báo cáo kỳ Năm 2026"),],
        "what the department owes is not its own"
    );
    assert_eq!(
        workspace.run("extend so-y-te toa-an --until 2026-12-06 --number 12/SCT-QLTM --on 2026-11-20").code,
        0
    );
    let extended = all("");
    assert_eq!(
        told(&extended, "extension"),
        [("2026-12-06", "Ngày cuối gửi báo cáo kỳ Năm 2026 (gia hạn): Sở Y tế, Tòa án nhân dân tỉnh")]
    );
    assert_eq!(extended.iter().filter(|event| event.3 == "so-y-te toa-an").count(), 2, "with its last working day");
    assert_eq!(extended.len(), before.len() + 2);
    // As the plan bears no day, what it says is as old as its year; the rest as the newest paper about it.
    let ics = workspace.run("calendar --format ics").out.replace("\r\n ", "");
    for event in ics.split("BEGIN:VEVENT").skip(1) {
        let is_moved = event.contains("gia hạn") && event.contains("UID:round.annual.extended-so-y-te.");
        let stamp = if is_moved { "DTSTAMP:20261120T" } else { "DTSTAMP:20260101T" };
        assert_eq!(event.matches("DTSTAMP:").count(), event.matches(stamp).count(), "{event}");
    }
    let moved = all("--agency so-y-te");
    assert_eq!(moved.len(), own.len());
    assert_eq!(told(&moved, "extension"), [("2026-12-06", "Ngày cuối gửi báo cáo kỳ Năm 2026 (đã gia hạn)")]);
    assert_eq!(told(&moved, "last_working_day")[0].0, "2026-12-04");
    assert_eq!(all("--as-of 2026-11-19"), before, "the paper had not been written");
    assert_eq!(workspace.run("extend so-y-te toa-an --withdraw").code, 0);
    assert_eq!(all(""), before);
}

/// A calendar that is read again moves what it has: what is taken back is newer than what it takes back.
#[test]
fn what_is_moved_again_or_taken_back_is_the_same_event_and_the_newer_one() {
    let workspace = Workspace::without_reports();
    let stamps = |line: &str, uid: &str| {
        let ics = workspace.run(&format!("calendar --format ics {line}")).out.replace("\r\n ", "");
        let mut events = ics.split("BEGIN:VEVENT").filter(|event| event.contains(&format!("UID:{uid}.2026@")));
        let event = events.next()?.to_owned();
        let value =
            |key: &str| event.lines().find_map(|line| Some(line.strip_prefix(key)?.to_owned())).expect("a value");
        Some((value("DTSTAMP:"), value("SEQUENCE:"), value("DTSTART;VALUE=DATE:")))
    };
    let seen = |line: &str, uid: &str| stamps(line, uid).expect("an event");
    let (own, group) = ("round.annual.so-y-te", "round.annual.extended-so-y-te");
    let mut before = seen("--agency so-y-te", own);
    assert_eq!((before.1.as_str(), stamps("", group)), ("0", None));
    for (line, day) in [
        ("extend so-y-te --until 2026-12-02 --number 1/SCT --on 2026-11-20", "20261202"),
        ("extend so-y-te --until 2026-12-04 --number 2/SCT --on 2026-11-21", "20261204"),
        // On the day of the last one.
        ("extend so-y-te --withdraw --on 2026-11-21", "20261202"),
        ("extend so-y-te --withdraw --on 2026-11-23", "20261129"),
    ] {
        let run = workspace.run(line);
        assert_eq!(run.code, 0, "{line}: {}{}", run.out, run.err);
        let now = seen("--agency so-y-te", own);
        assert_eq!(now.2, day, "{line}");
        assert!(now.0 >= before.0 && now.1 > before.1, "{line}: {before:?}, {now:?}");
        before = now;
        let of_all = stamps("", group).map(|event| event.2);
        assert_eq!(of_all, Some(day.to_owned()).filter(|day| day != "20261129"), "{line}");
    }
    // Another agency's own is not moved by it.
    assert_eq!(seen("--agency so-noi-vu", "round.annual.so-noi-vu").1, "0");
}

#[test]
fn a_task_that_is_done_rings_no_more_and_one_of_an_agency_that_is_gone_is_nobodys() {
    let workspace = Workspace::of_repository();
    let tasks = |line: &str| -> Vec<(String, bool)> {
        let ics =
            workspace.run(&format!("--as-of 2026-12-03 calendar {line} --format ics")).out.replace("\r\n ", "");
        let events = ics.split("BEGIN:VEVENT").skip(1).filter(|event| event.contains("UID:task."));
        let told = |event: &str| (event.contains("– đã hoàn thành"), event.contains("BEGIN:VALARM"));
        events
            .map(|event| {
                (
                    event.split("UID:").nth(1).unwrap_or_default().split(".2026").next().unwrap_or_default(),
                    told(event),
                )
            })
            .map(|(uid, (done, rings))| {
                assert_ne!(done, rings, "{uid}");
                (uid.to_owned(), rings)
            })
            .collect()
    };
    assert!(tasks("").contains(&("task.I.4".to_owned(), false)), "{:?}", tasks(""));
    assert!(tasks("").iter().any(|(_, rings)| *rings), "{:?}", tasks(""));
    let of = "  - id: so-gddt\n";
    assert_eq!(tasks("--agency so-gddt").len(), 1);
    for (until, count) in [("2026-12-30", 0), ("2026-12-31", 1)] {
        let agencies = workspace.read("plan/agencies.yaml");
        workspace.edit("plan/agencies.yaml", of, &format!("{of}    active: {{until: {until}}}\n"));
        assert_eq!(tasks("--agency so-gddt").len(), count, "{until}");
        workspace.write("plan/agencies.yaml", agencies);
    }
}

/// Nobody is reminded of what is done.
#[test]
fn what_was_sent_is_told_with_its_deadline_and_rings_no_more() {
    let workspace = Workspace::of_repository();
    let titles = |line: &str| -> Vec<(String, bool)> {
        let ics =
            workspace.run(&format!("--as-of 2026-12-03 calendar {line} --format ics")).out.replace("\r\n ", "");
        let events = ics.split("BEGIN:VEVENT").skip(1).map(|event| {
            let title = event.lines().find_map(|line| line.strip_prefix("SUMMARY:")).expect("a title");
            (title.to_owned(), event.contains("BEGIN:VALARM"))
        });
        events.filter(|(title, _)| title.contains("gửi") && title.contains("Năm 2026")).collect()
    };
    let told = |titles: &[(&str, bool)]| {
        titles.iter().map(|(title, rings)| ((*title).to_owned(), *rings)).collect::<Vec<_>>()
    };
    let (all, sent) =
        ("Ngày cuối các cơ quan gửi báo cáo kỳ Năm 2026", "Ngày cuối gửi báo cáo tổng hợp kỳ Năm 2026");
    let working = "Ngày làm việc cuối các cơ quan gửi báo cáo kỳ Năm 2026";
    assert_eq!(titles(""), told(&[(working, true), (all, true), (sent, true)]));
    assert_eq!(workspace.run("--as-of 2026-12-03 issue annual --number 5/BC-SCT --date 2026-12-03").code, 0);
    assert_eq!(titles(""), told(&[(working, true), (all, true), (&format!("{sent} – đã gửi"), false)]));
    for (agency, is_sent) in [("so-y-te", true), ("so-noi-vu", false)] {
        let own = titles(&format!("--agency {agency}"));
        let is_told = own.iter().all(|(title, rings)| title.ends_with("– đã gửi") == is_sent && *rings != is_sent);
        assert!(own.len() == 2 && is_told, "{own:?}");
    }
}

/// Who is only asked to report keeps nobody waiting.
#[test]
fn a_deadline_is_met_as_soon_as_those_have_sent_who_have_to() {
    let workspace = Workspace::of_communes(0);
    workspace.edit("plan/agencies.yaml", "members: []", "members: [xa-muong-la]");
    let met = || {
        let run = workspace.run("calendar --format json");
        let json: Json = serde_json::from_str(&run.out).expect("JSON");
        let is_it =
            |event: &&Json| event["uid"].as_str().is_some_and(|uid| uid.starts_with("round.annual.agencies."));
        json["events"].as_array().and_then(|events| events.iter().find(is_it)).expect("the deadline")["met"].clone()
    };
    for (agency, like) in
        [("so-cong-thuong", "so-cong-thuong"), ("xa-muong-la", "xa-muong-la"), ("vptt-389", "xa-muong-la")]
    {
        assert_eq!(met(), Json::Null, "{agency}");
        let report =
            common::read(&common::repository().join(format!("tests/workspace/reports/annual/{like}.yaml")));
        workspace.write(&format!("reports/annual/{agency}.yaml"), report.replace(like, agency));
    }
    assert!(met().is_string(), "{}", met());
}

#[test]
fn an_agencys_own_calendar_holds_its_tasks_and_of_the_consolidator_what_it_sends() {
    let workspace = Workspace::without_reports();
    let own = |agency: &str| events(&workspace.run(&format!("calendar --format json --agency {agency}")));
    for (agency, count, sends) in [("so-cong-thuong", 4, true), ("so-y-te", 2, false)] {
        let own = own(agency);
        assert_eq!(told(&own, "deadline").len(), count, "{agency}");
        assert_eq!(own.iter().any(|event| event.2.contains("tổng hợp")), sends, "{agency}");
        assert_eq!(told(&own, "peak"), []);
    }
    assert_eq!(told(&own("so-gddt"), "task").len(), 1, "IV.2");
    // Whoever reports to nobody and has no task with a day has no calendar.
    let none = workspace.run("calendar --agency cong-ttdt --format ics");
    assert_eq!((none.code, none.out.lines().count()), (0, 1), "{}", none.out);
    assert!(none.out.contains("không có hạn"), "{}", none.out);
    let wrong = workspace.run("calendar --agency khong-co");
    assert_eq!((wrong.code, wrong.err.contains("không có cơ quan “khong-co”")), (2, true), "{}", wrong.err);
}

#[test]
fn a_calendar_is_written_once_the_same_whatever_day_it_is() {
    let workspace = Workspace::without_reports();
    let ics = |line: &str| workspace.run(&format!("calendar --format ics {line}")).out;
    let written = ics("");
    assert_eq!(written, ics("--as-of 2026-03-01"));
    assert_eq!(workspace.run("calendar").out, written, "what is not read by a person is a calendar");
    let uids: Vec<&str> = written.lines().filter(|line| line.starts_with("UID:round")).collect();
    assert_eq!(uids.iter().collect::<std::collections::BTreeSet<_>>().len(), 5, "{uids:?}");
    assert_eq!(written.matches("BEGIN:VEVENT").count(), 12);
    assert_eq!(workspace.run("calendar -o lich.ics").out, "Đã ghi lich.ics\n");
    assert_eq!(workspace.read("lich.ics"), written);
    let table = workspace.run("calendar --format table").out;
    assert!(table.contains("Chủ nhật 29/11") || table.contains("Chủ Nhật 29/11"), "{table}");
}
