//! Entries as a calendar (RFC 5545): whole days that keep nobody from other appointments, each with its alarms. Nothing of
//! it is made up: no clock, no random ids, so that the same entries give the same bytes and a calendar that is read again
//! changes what it has.

use chrono::{NaiveTime, TimeDelta};
use icalendar::{Alarm, Calendar, Component, Event, EventLike, Property};

use super::visible::Visible;
use crate::doc::{Document, Entry};

/// A calendar of this title; a warning that the data are illustrative stands in what the calendar says of itself.
pub(super) fn render(document: &Document, entries: &[Entry]) -> Visible {
    let mut calendar = Calendar::empty();
    let mut head = |key: &str, value: &str| {
        calendar.append_property(Property::new(key, value));
    };
    head("VERSION", "2.0");
    head("PRODID", "-//plan//plan//VI");
    head("CALSCALE", "GREGORIAN");
    head("X-WR-CALNAME", &Visible::from(document.title.as_str()));
    if let Some(banner) = &document.banner {
        head("X-WR-CALDESC", &Visible::from(banner.as_str()));
    }
    for entry in entries {
        calendar.push(event(entry));
    }
    let mut out = Visible::default();
    for line in calendar.to_string().split_terminator("\r\n") {
        out += line;
        out.mark("\r\n");
    }
    out
}

fn event(entry: &Entry) -> Event {
    let [title, about] = [&entry.title, &entry.about].map(|text| Visible::from(text.as_str()));
    let stamp = entry.stamp.and_time(NaiveTime::MIN).and_utc();
    let (first, last) = entry.days;
    let mut event = Event::new();
    event.uid(&entry.uid).timestamp(stamp).summary(&title).description(&about);
    event.add_property("SEQUENCE", entry.sequence.to_string());
    // The end is the first day after it.
    event.starts(first).ends(last.succ_opt().unwrap_or(last));
    event.add_property("CATEGORIES", entry.category).add_property("TRANSP", "TRANSPARENT");
    for (at, hours) in entry.alarms.iter().enumerate() {
        let mut alarm = Alarm::display(&title, TimeDelta::hours(*hours));
        // Where these two are not given, the library takes them from chance and from the clock.
        alarm.uid(&format!("alarm-{at}.{}", entry.uid)).timestamp(stamp);
        event.alarm(alarm);
    }
    event
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn lines_are_folded_by_octets_between_letters_and_texts_are_escaped() {
        let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
        let entry = Entry {
            uid: "round.annual.agencies@x".to_owned(),
            stamp: day(1, 1),
            sequence: 2,
            days: (day(12, 31), day(12, 31)),
            title: "Ngày cuối; gửi, \\ báo cáo \u{1b}[31m".to_owned(),
            about: "Ủy ban nhân dân các xã, phường ".repeat(40) + "\r\ndòng hai",
            category: "Hạn báo cáo",
            alarms: vec![-160, 8],
        };
        let text = render(&Document::page("Lịch, năm 2026", "", Vec::new()), &[entry.clone(), entry]);
        for (at, line) in text.split_terminator("\r\n").enumerate() {
            assert!(line.len() <= 75 && !line.contains(['\r', '\n', '\u{1b}']), "{at}: {line}");
        }
        let unfolded = text.replace("\r\n ", "");
        for line in [
            "X-WR-CALNAME:Lịch\\, năm 2026",
            "SUMMARY:Ngày cuối\\; gửi\\, \\\\ báo cáo \\\\u{1b}[31m",
            "DTSTART;VALUE=DATE:20261231",
            "DTEND;VALUE=DATE:20270101",
            "DTSTAMP:20260101T000000Z",
            "SEQUENCE:2",
            "TRIGGER:-PT576000S",
            "TRIGGER:PT28800S",
            "UID:alarm-1.round.annual.agencies@x",
        ] {
            assert!(unfolded.split("\r\n").any(|found| found == line), "{line} in {unfolded}");
        }
        assert!(unfolded.contains("phường \\\\u{d}\\ndòng hai\r\n"), "{unfolded}");
    }
}
