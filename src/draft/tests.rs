//! Random hands over random reports: what was changed, laid over again, is what was written; a second round and a second
//! person lose nothing.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use self::dice::Dice;
use super::figures::figures;
use super::*;
use crate::model::EditKind;

mod dice;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, day).unwrap()
}

/// A draft written from what the data give and the edits that are known.
fn draft(source: &[Line], edits: &[Edit], as_of: NaiveDate) -> Base {
    let judged = judge(source, edits, as_of);
    let written = laid(source, &judged).written(source).into_iter();
    let printed = written.map(|Written { of, text, table }| Line { id: of, text, table }).collect();
    base(Of { round: "annual", year: 2026, province: "Sơn La", as_of }, source, &judged, printed)
}

fn taken(known: &[Edit], base: &Base, read: &[ReadLine], by: &str, date: NaiveDate) -> Merged {
    merge(known, Copy { base, by: Some(by), date }, &recognised(base, read))
}

fn texts(written: &[Written]) -> Vec<&str> {
    written.iter().filter(|line| !line.table).map(|line| line.text.as_str()).collect()
}

fn read_texts(read: &[ReadLine]) -> Vec<&str> {
    read.iter().filter(|line| !line.table).map(|line| line.text.as_str()).collect()
}

#[test]
fn what_was_changed_laid_over_again_is_what_was_edited() {
    let (mut right, mut lines) = (0, 0);
    for seed in 1..=200 {
        let mut dice = Dice(seed * 7919);
        let source = dice.report();
        let base = draft(&source, &[], day(3));
        let times = 1 + dice.roll(110);
        let read = dice.edited(&base.written, times);
        let edits = taken(&[], &base, &read, "A", day(3)).edits;
        let judged = judge(&source, &edits, day(3));
        assert!(
            judged.iter().all(|judged| judged.state == State::Applied && !judged.needs_a_look()),
            "seed {seed}"
        );
        assert_eq!(texts(&laid(&source, &judged).written(&source)), read_texts(&read), "seed {seed}");
        // What nobody touched is known again.
        let of = recognised(&base, &read);
        for line in source.iter().filter(|line| !line.table) {
            let untouched = read.iter().filter(|read| read.text == line.text).count() == 1;
            if untouched && source.iter().filter(|other| other.text == line.text).count() == 1 {
                lines += 1;
                right += usize::from(of.iter().any(|found| found.of == line.id && found.text == line.text));
            }
        }
    }
    assert_eq!(right, lines);
}

#[test]
fn a_second_round_after_late_reports_loses_nothing() {
    for seed in 1..=40 {
        let mut dice = Dice(seed * 104_729);
        let source = dice.report();
        let first = draft(&source, &[], day(3));
        let read = dice.edited(&first.written, 30);
        let known = taken(&[], &first, &read, "A", day(3)).edits;
        let source = dice.later(&source);
        let second = draft(&source, &known, day(4));
        let stood = judge(&source, &known, day(4));
        let read = dice.edited(&second.written, 20);
        let edits = taken(&known, &second, &read, "A", day(4)).edits;
        // What could not be laid over the new data is still known, whatever was edited meanwhile.
        for waiting in stood.iter().filter(|judged| judged.state.is_conflict()) {
            assert!(edits.iter().any(|edit| edit.change.id() == waiting.edit.change.id()), "seed {seed}");
        }
        let judged = judge(&source, &edits, day(4));
        let decided = judged.iter().all(|judged| !judged.state.is_conflict());
        let written = laid(&source, &judged).written(&source);
        if decided {
            assert_eq!(texts(&written), read_texts(&read), "seed {seed}");
        }
        // Every word of a person stands in the document or waits to be decided.
        let written: BTreeSet<&str> = texts(&written).into_iter().collect();
        let waiting: BTreeSet<&str> = edits.iter().map(|edit| edit.change.text.as_str()).collect();
        for text in read_texts(&read) {
            assert!(written.contains(text) || waiting.contains(text), "seed {seed}: {text}");
        }
    }
}

#[test]
fn nothing_changes_when_a_copy_comes_back_untouched() {
    for seed in 1..=20 {
        let mut dice = Dice(seed * 31);
        let source = dice.report();
        let first = draft(&source, &[], day(3));
        let read = dice.edited(&first.written, 30);
        let known = taken(&[], &first, &read, "A", day(3)).edits;
        let second = draft(&source, &known, day(3));
        let untouched = dice.edited(&second.written, 0);
        let again = taken(&known, &second, &untouched, "B", day(5));
        assert_eq!((again.new, again.contested, again.undone), (0, 0, 0), "seed {seed}");
        let ids =
            |edits: &[Edit]| edits.iter().map(|edit| (edit.change.id(), edit.by.clone())).collect::<BTreeSet<_>>();
        assert_eq!(ids(&again.edits), ids(&known), "seed {seed}");
    }
}

#[test]
fn what_two_people_touched_is_a_conflict_and_nothing_else_is() {
    let line = |id: &str, text: &str| Line { id: id.to_owned(), text: text.to_owned(), table: false };
    let source = [
        line("I", "I. CHUNG"),
        line("I/a", "Sở A báo cáo 12 vụ."),
        line("I/b", "Sở B báo cáo 15 vụ."),
        line("I/c", "Hết."),
    ];
    let base = draft(&source, &[], day(3));
    let copy = |changed: &[(usize, &str)]| -> Vec<ReadLine> {
        let text = |(at, line): (usize, &Line)| {
            let changed = changed.iter().find(|(of, _)| *of == at);
            ReadLine { text: changed.map_or(line.text.clone(), |(_, text)| (*text).to_owned()), table: false }
        };
        source.iter().enumerate().map(text).collect()
    };
    let one = taken(&[], &base, &copy(&[(1, "Sở A báo cáo 12 vụ lớn."), (3, "Đã hết.")]), "Lan", day(3));
    assert_eq!((one.new, one.contested), (2, 0));
    let two = taken(
        &one.edits,
        &base,
        &copy(&[(1, "Sở A có 12 vụ."), (2, "Sở B có 15 vụ."), (3, "Đã hết.")]),
        "Minh",
        day(4),
    );
    assert_eq!((two.new, two.contested), (2, 1));
    let judged = judge(&source, &two.edits, day(4));
    let states: Vec<_> = judged
        .iter()
        .map(|judged| (judged.edit.change.block.as_str(), judged.edit.by.as_deref(), judged.state.is_conflict()))
        .collect();
    assert_eq!(
        states,
        [
            ("I/a", Some("Lan"), true),
            ("I/a", Some("Minh"), true),
            ("I/b", Some("Minh"), false),
            ("I/c", Some("Lan"), false)
        ]
    );
    assert_eq!(
        texts(&laid(&source, &judged).written(&source)),
        ["I. CHUNG", "Sở A báo cáo 12 vụ.", "Sở B có 15 vụ.", "Đã hết."]
    );
    // Where the data moved meanwhile, what they give now is told beside both.
    let mut later = source.clone();
    later[1].text = "Sở A báo cáo 14 vụ.".to_owned();
    for (source, now) in [(&source, None), (&later, Some("Sở A báo cáo 14 vụ."))] {
        let judged = judge(source, &two.edits, day(4));
        let contested = judged.iter().filter(|judged| matches!(judged.state, State::Contested(_)));
        assert_eq!(contested.map(|judged| judged.state.now()).collect::<Vec<_>>(), [now, now]);
    }
}

#[test]
fn a_change_of_the_data_is_told_from_a_change_of_the_day() {
    let line = |id: &str, text: &str| Line { id: id.to_owned(), text: text.to_owned(), table: false };
    let edit = |kind, block: &str, base: &str, text: &str| Edit {
        change: Change {
            block: block.to_owned(),
            kind,
            after: None,
            under: None,
            base: base.to_owned(),
            text: text.to_owned(),
        },
        figures: figures(text),
        by: None,
        date: day(3),
        as_of: Some(day(3)),
        copy: None,
        span: None,
    };
    let source = [
        line("I/~00000000", "Tính đến ngày 04/12/2026 có 41 cơ quan."),
        line("I.1/a", "Sở A: 12 vụ."),
        line("I.1/b", "Kiểm tra 1.400 cơ sở./."),
        line("II/~11111111", "Sở B đề nghị cấp 500 triệu đồng mua thiết bị kiểm định."),
    ];
    for (edit, state, text, moved) in [
        (
            edit(
                EditKind::Replace,
                "I/~00000000",
                "Tính đến ngày 03/12/2026 có 41 cơ quan.",
                "Đến 03/12/2026 mới có 41 cơ quan.",
            ),
            "applied",
            "Đến 04/12/2026 mới có 41 cơ quan.",
            &[][..],
        ),
        (
            edit(EditKind::Replace, "I.1/a", "Sở A: 12 vụ.", "Sở A xử lý 12 vụ."),
            "applied",
            "Sở A xử lý 12 vụ.",
            &[][..],
        ),
        (edit(EditKind::Replace, "I.1/a", "Sở A: 11 vụ.", "Sở A xử lý 11 vụ."), "changed", "", &["11 vụ"][..]),
        (
            edit(EditKind::Replace, "I.1/b", "Kiểm tra 1.400 cơ sở.", "Đã kiểm tra 1.400 cơ sở."),
            "applied",
            "Đã kiểm tra 1.400 cơ sở.",
            &[][..],
        ),
        (
            edit(EditKind::Insert, "I.1/+22222222", "", "Trong 1.356 vụ có 12 vụ lớn."),
            "applied",
            "Trong 1.356 vụ có 12 vụ lớn.",
            &["1.356"][..],
        ),
        (
            edit(
                EditKind::Replace,
                "II/~33333333",
                "Sở B đề nghị cấp 400 triệu đồng mua thiết bị kiểm định.",
                "Sở B xin 400 triệu đồng.",
            ),
            "changed",
            "",
            &["400 triệu đồng"][..],
        ),
        (
            edit(EditKind::Replace, "II/~33333333", "Sở C chưa có ý kiến gì thêm về việc này.", "Sở C im lặng."),
            "gone",
            "",
            &[][..],
        ),
        (
            edit(EditKind::Delete, "II/~33333333", "Sở C chưa có ý kiến gì thêm về việc này.", ""),
            "moot",
            "",
            &[][..],
        ),
        (edit(EditKind::Replace, "IX.1/a", "Sở A: 12 vụ.", "Khác."), "gone", "", &[][..]),
    ] {
        let edits = [edit];
        let judged = judge(&source, &edits, day(4));
        let told = match &judged[0].state {
            State::Applied => "applied",
            State::Changed(_) => "changed",
            State::Gone => "gone",
            State::Contested(_) => "contested",
            State::Moot => "moot",
        };
        assert_eq!(
            (told, judged[0].moved.as_slice()),
            (state, &moved.iter().map(|f| (*f).to_owned()).collect::<Vec<_>>()[..]),
            "{edits:?}"
        );
        if state == "applied" {
            assert_eq!(judged[0].text, text);
        }
    }
}

#[test]
fn what_is_put_after_a_line_that_is_gone_stands_at_the_end_of_its_part_and_says_so() {
    let line = |id: &str| Line { id: id.to_owned(), text: format!("Đoạn {id}."), table: false };
    let source = [line("I.1/a"), line("I.1/b"), line("I.1/c"), line("I.2/a")];
    let base = draft(&source, &[], day(3));
    let mut read = Dice(1).edited(&base.written, 0);
    read.insert(2, ReadLine { text: "Viết thêm.".to_owned(), table: false });
    let edits = taken(&[], &base, &read, "A", day(3)).edits;
    assert_eq!(edits[0].change.after.as_deref(), Some("I.1/b"));
    let later = [line("I.1/a"), line("I.1/c"), line("I.2/a")];
    let judged = judge(&later, &edits, day(4));
    assert!(judged[0].displaced && judged[0].needs_a_look());
    assert_eq!(
        texts(&laid(&later, &judged).written(&later)),
        ["Đoạn I.1/a.", "Đoạn I.1/c.", "Viết thêm.", "Đoạn I.2/a."]
    );
}

#[test]
fn what_somebody_added_stays_under_its_heading_or_waits() {
    const REPORT: &[(&str, &str)] = &[
        ("II", "II. KẾT QUẢ"),
        ("II-1", "1. Kiểm tra"),
        ("III/text/0", "Đã kiểm tra 12 vụ."),
        ("III.5/so-y-te", "Sở Y tế kiểm tra 5 vụ."),
        ("II-2", "2. Đào tạo"),
        ("IV/text/0", "Đã mở 3 lớp."),
        ("IV/closing/0", "Có 2 lớp trùng."),
        ("III", "III. ĐÁNH GIÁ"),
        ("III/~00000001", "Theo báo cáo."),
        ("IV", "IV. KINH PHÍ"),
        ("IV/table", "Nguồn 5"),
        ("V", "V. KIẾN NGHỊ"),
        ("V/~00000002", "Xin thêm người."),
        ("V/table", "Nơi 1"),
        ("V/~00000003", "Trên đây là báo cáo./."),
        ("closing", "Nơi nhận"),
        ("annex-1/~00000004", "Phụ lục I"),
        ("table/tasks", "Việc 1"),
        ("annex-2/~00000005", "Phụ lục II"),
        ("table/others", "Việc 2"),
    ];
    let line = |id: &str, text: &str| {
        let table = id == "closing" || id.contains("table");
        Line { id: id.to_owned(), text: text.to_owned(), table }
    };
    // After what it was added, what is gone since, what goes by another number since, what it stands behind then, and where
    // the edit was taken in before headings were kept.
    const WAITS: &str = "";
    for (after, gone, renumbered, told, told_of_old) in [
        ("IV/closing/0", &[][..], &[][..], "Có 2 lớp trùng.", "Có 2 lớp trùng."),
        ("IV/closing/0", &["IV/closing/0"], &[], "Đã mở 3 lớp.", "Đã mở 3 lớp."),
        ("III/text/0", &["III/text/0"], &[], "Sở Y tế kiểm tra 5 vụ.", "Sở Y tế kiểm tra 5 vụ."),
        ("III.5/so-y-te", &["III.5/so-y-te"], &[], "Đã kiểm tra 12 vụ.", "Đã kiểm tra 12 vụ."),
        // The whole group, its heading too.
        ("IV/closing/0", &["II-2", "IV/text/0", "IV/closing/0"], &[], WAITS, WAITS),
        ("III/~00000001", &["III/~00000001"], &[], "III. ĐÁNH GIÁ", WAITS),
        ("V/~00000002", &["V/~00000002"], &[], "Nơi 1", WAITS),
        // A part before it is gone, and its number is another's.
        (
            "V/~00000002",
            &["IV", "IV/table", "V/~00000002"],
            &[("V", "IV", "IV. KIẾN NGHỊ"), ("V/table", "IV/table", "Nơi 1")],
            "Nơi 1",
            WAITS,
        ),
        ("IV", &["IV", "IV/table"], &[("V", "IV", "IV. KIẾN NGHỊ")], WAITS, WAITS),
        ("V", &["IV", "IV/table"], &[("V", "IV", "IV. KIẾN NGHỊ")], "IV. KIẾN NGHỊ", "IV. KIẾN NGHỊ"),
        ("V/~00000003", &["V", "V/~00000002"], &[], "Trên đây là báo cáo./.", "Trên đây là báo cáo./."),
        ("closing", &["V", "V/~00000002"], &[], "Nơi nhận", "Nơi nhận"),
        ("table/tasks", &[], &[], "Việc 1", "Việc 1"),
        ("table/tasks", &["annex-1/~00000004", "table/tasks"], &[], WAITS, WAITS),
    ] {
        let source: Vec<Line> = REPORT.iter().map(|(id, text)| line(id, text)).collect();
        let base = draft(&source, &[], day(3));
        let mut read = Dice(1).edited(&base.written, 0);
        let place = REPORT.iter().position(|(id, _)| *id == after).unwrap();
        read.insert(place + 1, ReadLine { text: "Viết thêm.".to_owned(), table: false });
        let edits = taken(&[], &base, &read, "A", day(3)).edits;
        let old = Edit { change: Change { under: None, ..edits[0].change.clone() }, ..edits[0].clone() };
        let kept = REPORT.iter().filter(|(id, _)| !gone.contains(id));
        let later: Vec<Line> = kept
            .map(|(id, text)| match renumbered.iter().find(|(was, ..)| was == id) {
                Some((_, id, text)) => line(id, text),
                None => line(id, text),
            })
            .collect();
        for (edit, told) in [(&edits[0], told), (&old, told_of_old)] {
            let edits = [edit.clone()];
            let judged = judge(&later, &edits, day(4));
            let written = laid(&later, &judged).written(&later);
            let stands = written.iter().position(|line| line.text == "Viết thêm.");
            let behind = stands.map_or(WAITS, |at| written[at - 1].text.as_str());
            assert_eq!(
                (behind, judged[0].state == State::Gone),
                (told, told == WAITS),
                "{edit:?} without {gone:?}"
            );
            // What somebody decides to keep stands, and nothing of it is to be looked at any more.
            let kept = keep(&judged, &later, day(4), |_| true);
            let again = &judge(&later, &kept, day(4))[0];
            assert!(again.state == State::Applied && !again.needs_a_look(), "{kept:?}");
        }
    }
}

#[test]
fn what_somebody_ends_the_text_with_stays_at_its_end() {
    let line = |id: &str, text: &str| Line { id: id.to_owned(), text: text.to_owned(), table: id == "closing" };
    let source = [line("VI/a", "- Kiến nghị A."), line("VI/b", "- Kiến nghị B./."), line("closing", "Nơi nhận")];
    let base = draft(&source, &[], day(3));
    let mut read = Dice(1).edited(&base.written, 0);
    read[1].text = "- Kiến nghị B.".to_owned();
    read.insert(2, ReadLine { text: "Sở trân trọng báo cáo./.".to_owned(), table: false });
    let edits = taken(&[], &base, &read, "A", day(3)).edits;
    let later = [
        line("VI/a", "- Kiến nghị A."),
        line("VI/b", "- Kiến nghị B."),
        line("VI/c", "- Kiến nghị C./."),
        line("closing", "Nơi nhận"),
    ];
    for (source, wanted) in [
        (&source[..], &["- Kiến nghị A.", "- Kiến nghị B.", "Sở trân trọng báo cáo./."][..]),
        (&later[..], &["- Kiến nghị A.", "- Kiến nghị B.", "- Kiến nghị C.", "Sở trân trọng báo cáo./."][..]),
    ] {
        let judged = judge(source, &edits, day(4));
        assert_eq!(texts(&laid(source, &judged).written(source)), wanted);
    }
}

#[test]
fn a_figure_of_a_person_stays_theirs_and_an_old_copy_takes_no_decision_back() {
    let line = |text: &str| [Line { id: "I/a".to_owned(), text: text.to_owned(), table: false }];
    let copy = |text: &str| [ReadLine { text: text.to_owned(), table: false }];
    let source = line("Sở A báo cáo 12 vụ.");
    let first = draft(&source, &[], day(3));
    let edits = taken(&[], &first, &copy("Sở A báo cáo 12 vụ, 777 tờ rơi."), "A", day(3)).edits;
    let second = draft(&source, &edits, day(3));
    let again = taken(&edits, &second, &copy("Sở A báo cáo 12 vụ và 777 tờ rơi."), "A", day(4)).edits;
    for edits in [&edits, &again] {
        assert_eq!(edits.len(), 1);
        assert_eq!(typed(&edits[0]).into_iter().map(|(figure, _)| figure).collect::<Vec<_>>(), ["777"]);
    }
    let later = line("Sở A báo cáo 15 vụ.");
    let kept = keep(&judge(&later, &again, day(5)), &later, day(5), |_| true);
    assert_eq!(judge(&later, &kept, day(5))[0].state, State::Applied);
    for text in ["Sở A báo cáo 12 vụ, 777 tờ rơi.", "Sở A báo cáo 12 vụ và 777 tờ rơi."] {
        let old = taken(&kept, &second, &copy(text), "B", day(6));
        assert_eq!((&old.edits, old.new), (&kept, 0), "{text}");
    }
}

#[test]
fn what_somebody_says_later_of_the_same_draft_stands_in_place_of_what_they_said_before() {
    let line = |id: &str, text: &str| Line { id: id.to_owned(), text: text.to_owned(), table: false };
    let read = |lines: &[&str]| -> Vec<ReadLine> {
        lines.iter().map(|text| ReadLine { text: (*text).to_owned(), table: false }).collect()
    };
    const ONE: &str = "Sở A báo cáo 12 vụ.";
    const TWO: &str = "Sở B đề nghị cấp kinh phí mua thiết bị.";
    let source = [line("I", "I. CHUNG"), line("I/a", ONE), line("I/b", TWO)];
    let base = draft(&source, &[], day(3));
    // What was edited first, then, by whom, how much is new, contested, withdrawn, unclear, and what is read in the report.
    for (first, then, (by, again), counts, written) in [
        (&[ONE, "Phạt 50 triệu.", TWO][..], &[ONE, "Phạt 60 triệu.", TWO][..], ("A", Some("A")), (1, 0, 1, 0), "="),
        (&[ONE, "Phạt 50 triệu.", TWO], &[ONE, TWO], ("A", Some("A")), (0, 0, 1, 0), "="),
        (&["Sở A báo cáo hơn 12 vụ.", TWO], &[ONE, TWO], ("A", Some("A")), (0, 0, 1, 0), "="),
        (&["Sở A báo cáo hơn 12 vụ.", TWO], &["Sở A báo cáo gần 12 vụ.", TWO], ("A", Some("A")), (1, 0, 0, 0), "="),
        (&[ONE], &[ONE, TWO], ("A", Some("A")), (0, 0, 1, 0), "="),
        (&[ONE, "Phạt 50 triệu.", TWO], &[ONE, "Phạt 50 triệu.", TWO], ("A", Some("A")), (0, 0, 0, 0), "="),
        // Of others nothing is taken away, nor where nobody says whose it is.
        (&[ONE, "Phạt 50 triệu.", TWO], &[ONE, TWO], ("A", Some("B")), (0, 0, 0, 0), "Phạt 50 triệu."),
        (&["Sở A báo cáo hơn 12 vụ.", TWO], &["Sở A báo cáo gần 12 vụ.", TWO], ("A", Some("B")), (1, 1, 0, 0), ONE),
        (&[ONE, "Phạt 50 triệu.", TWO], &[ONE, TWO], ("A", None), (0, 0, 0, 0), "Phạt 50 triệu."),
        (&[ONE, "Phạt 50 triệu.", TWO], &[ONE, TWO], ("", None), (0, 0, 0, 1), "Phạt 50 triệu."),
    ] {
        let lines = |of: &[&str]| read(&[&["I. CHUNG"], of].concat());
        let import = |known: &[Edit], of: &[&str], by: Option<&str>| {
            merge(known, Copy { base: &base, by, date: day(3) }, &recognised(&base, &lines(of)))
        };
        let known = import(&[], first, Some(by).filter(|by| !by.is_empty())).edits;
        let merged = import(&known, then, again);
        assert_eq!((merged.new, merged.contested, merged.withdrawn, merged.unclear), counts, "{first:?} {then:?}");
        let judged = judge(&source, &merged.edits, day(3));
        let laid = laid(&source, &judged).written(&source);
        match written {
            "=" => assert_eq!(texts(&laid), read_texts(&lines(then)), "{first:?} {then:?}"),
            text => assert!(texts(&laid).contains(&text), "{first:?} {then:?}"),
        }
    }
    // A copy of a later draft undoes what that was written with; a decision is no copy's to take back.
    let known = taken(&[], &base, &read(&["I. CHUNG", "Sở A báo cáo hơn 12 vụ.", TWO]), "A", day(3)).edits;
    let kept = keep(&judge(&source, &known, day(3)), &source, day(3), |_| true);
    let old = taken(&kept, &base, &read(&["I. CHUNG", ONE, TWO]), "A", day(4));
    assert_eq!((old.edits, old.withdrawn), (kept, 0));
    let second = draft(&source, &known, day(3));
    let again = taken(&known, &second, &read(&["I. CHUNG", "Sở A báo cáo chừng 12 vụ.", TWO]), "A", day(4)).edits;
    let back = taken(&again, &second, &read(&["I. CHUNG", "Sở A báo cáo hơn 12 vụ.", TWO]), "A", day(4));
    assert_eq!(back.edits[0].change, known[0].change);
    assert_eq!(back.edits.len(), 1);
}
