use super::*;
use crate::workspace::tests::fixture;

/// Two acts and more as lines of the annual round's register, and whether the commune's report counts as accepted.
#[test]
fn acts_count_by_their_day_and_whatever_line_they_stand_on() {
    const ACCEPT: &str = "- {act: accept, agency: xa-muong-la, date: 2026-11-21, content: v1-0123456789abcdef}";
    const WITHDRAW: &str = "- {act: withdraw, of: accept, agency: xa-muong-la, date: 2026-11-22}";
    let on = |act: &str, day: &str| act.replace("2026-11-21", day).replace("2026-11-22", day);
    let at = |act: &str, time: &str| act.replace("}", &format!(", entered: 2026-11-23T{time}}}"));
    for (what, lines, accepted) in [
        ("accepted", vec![ACCEPT.to_owned()], true),
        ("withdrawn on a later day", vec![ACCEPT.to_owned(), WITHDRAW.to_owned()], false),
        ("withdrawn on the same day", vec![ACCEPT.to_owned(), on(WITHDRAW, "2026-11-21")], false),
        ("another's withdrawn", vec![ACCEPT.to_owned(), WITHDRAW.replace("xa-muong-la", "toa-an")], true),
        ("another act withdrawn", vec![ACCEPT.to_owned(), WITHDRAW.replace("of: accept", "of: paper")], true),
        ("accepted again", vec![ACCEPT.to_owned(), WITHDRAW.to_owned(), on(ACCEPT, "2026-11-23")], true),
        (
            "accepted again within the day",
            vec![at(ACCEPT, "08:00:00"), at(&on(WITHDRAW, "2026-11-21"), "08:00:01"), at(ACCEPT, "08:00:01.001")],
            true,
        ),
        (
            "accepted for an earlier day after it was withdrawn",
            vec![at(ACCEPT, "08:00:00"), at(WITHDRAW, "08:00:01"), at(&on(ACCEPT, "2026-11-20"), "08:00:02")],
            true,
        ),
        (
            "withdrawn after both were written down",
            vec![at(ACCEPT, "08:00:00"), at(&on(ACCEPT, "2026-11-20"), "08:00:01"), at(WITHDRAW, "08:00:02")],
            false,
        ),
        ("of a day to come", vec![on(ACCEPT, "2026-11-26")], false),
        ("withdrawn on a day to come", vec![ACCEPT.to_owned(), on(WITHDRAW, "2026-11-26")], true),
        ("twice the same line", vec![ACCEPT.to_owned(), ACCEPT.to_owned()], true),
    ] {
        for turn in 0..lines.len() {
            for reversed in [false, true] {
                let mut lines = lines.clone();
                lines.rotate_left(turn);
                if reversed {
                    lines.reverse();
                }
                let text = lines.join("\n") + "\n";
                let workspace = fixture(&[("reports/annual/register.yaml", &text)], "2026-11-25", None);
                assert_eq!(workspace.reviews.len(), usize::from(accepted), "{what}: {text}");
                assert!(workspace.reviews.iter().all(|review| matches!(review.standing, Standing::Changed(_))));
            }
        }
    }
}

#[test]
fn what_is_written_is_read_again() {
    let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    let words = "Phòng “A”: \"B\" \\ C # D\n{e: f}";
    let line = Line::new(ActKind::Settle, Some("toa-an"), day, "2026-11-23T09:30:01.250")
        .plain("id", "0a1b2c3d")
        .words("by", Some(words))
        .words("note", None);
    let old = "# Ghi chú\n- {act: remind, agency: xa-muong-la, date: 2026-11-20}";
    let text = Line::added(Some(old), [line]);
    assert!(text.starts_with(old), "{text}");
    let workspace = fixture(&[("reports/annual/register.yaml", &text)], "2026-11-25", None);
    let [remind, settle] = &workspace.register.acts[..] else { panic!("two acts: {text}") };
    assert_eq!((remind.act.act, remind.act.entered.is_none()), (ActKind::Remind, true));
    assert_eq!(settle.act.by.as_deref(), Some(words));
    assert_eq!((settle.act.id.as_deref(), settle.act.date.value), (Some("0a1b2c3d"), day));
}

#[test]
fn of_any_number_of_papers_those_count_that_no_line_tells_again_with_more() {
    const MANY: usize = 20_000;
    let line = |at: usize, more: &str| {
        format!("- {{act: paper, agency: xa-muong-la, date: 2026-11-{:02}{more}}}\n", at % 20 + 1)
    };
    let mut text: String = (1..=MANY).map(|at| line(at, &format!(", number: {at}/BC-UBND"))).collect();
    text.extend((0..20).map(|at| line(at, "")));
    text += &line(20, ", number: 20/BC-UBND, signed: 2026-11-01");
    let workspace = fixture(&[("reports/annual/register.yaml", &text)], "2026-11-25", None);
    let plan = &workspace.plan;
    let (round, agency) = (plan.rounds.find("annual").unwrap(), plan.agencies.find("xa-muong-la").unwrap());
    assert_eq!(workspace.register.papers(round.id, agency.id).len(), MANY);
}

/// A line is one paper with another that tells all of it; with what contradicts it it is two.
#[test]
fn a_paper_is_told_once_by_the_line_that_tells_most() {
    let sha256 = "0".repeat(64);
    let marks = ["number: 1/BC-UBND".to_owned(), format!("sha256: {sha256}"), "signed: 2026-11-01".to_owned()];
    let line = |kept: usize, day: u32| {
        let told =
            marks.iter().enumerate().filter(|(at, _)| kept >> at & 1 == 1).map(|(_, mark)| format!(", {mark}"));
        format!("- {{act: paper, agency: xa-muong-la, date: 2026-11-{day:02}{}}}\n", told.collect::<String>())
    };
    let count = |text: &str| {
        let workspace = fixture(&[("reports/annual/register.yaml", text)], "2026-11-25", None);
        let plan = &workspace.plan;
        let (round, agency) = (plan.rounds.find("annual").unwrap(), plan.agencies.find("xa-muong-la").unwrap());
        workspace.register.papers(round.id, agency.id).len()
    };
    for one in 0..8 {
        for other in 0..8 {
            let is_told = one & other == one || one & other == other;
            let lines = line(one, 20) + &line(other, 20);
            assert_eq!(count(&lines), 2 - usize::from(is_told), "{lines}");
        }
        assert_eq!(count(&(line(one, 20) + &line(7, 19))), 2, "on two days");
        let another = line(7, 20).replace("1/BC", "2/BC");
        let names_it = one & 1 == 1;
        assert_eq!(count(&(line(one, 20) + &another)), 1 + usize::from(names_it), "{one}: {another}");
    }
}
