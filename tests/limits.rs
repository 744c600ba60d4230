//! How much is read of a file: a report is small, a plan may tell of every agency of a big province.

use std::fmt::Write;

use crate::common::{TODAY, Workspace, problems};

const AGENCIES: &str = "plan/agencies.yaml";

/// The plan with so many communes more, each a member of the communes' group.
fn with_communes(count: usize) -> Workspace {
    let workspace = Workspace::without_reports();
    let (mut agencies, mut members) = (String::new(), String::new());
    for at in 0..count {
        let _ = writeln!(
            agencies,
            "  - id: xa-so-{at}\n    name: Ủy ban nhân dân xã mới số {at}\n    short_name: xã số {at}\n    \
             document_code: UBND\n    commune_code: \"{at:05}\"\n    reporting: required"
        );
        let _ = write!(members, "xa-so-{at}, ");
    }
    workspace.edit(AGENCIES, "\ngroups:", &format!("\n{agencies}groups:"));
    let text = workspace.read(AGENCIES);
    let (before, after) = text.split_once("id: ubnd-cap-xa").expect("the communes' group");
    workspace.write(
        AGENCIES,
        format!("{before}id: ubnd-cap-xa{}", after.replacen("members: [", &format!("members: [{members}"), 1)),
    );
    workspace
}

#[test]
fn a_plan_of_thousands_of_agencies_is_read_and_so_are_their_acceptances() {
    let workspace = with_communes(3_500);
    let mut accepted = "accepted:\n".to_owned();
    for at in 0..3_500 {
        let _ = writeln!(
            accepted,
            "  - {{agency: xa-so-{at}, date: {TODAY}, sha256: {at:064x}, by: Phòng Quản lý thương mại}}"
        );
    }
    let check = workspace.run("check");
    assert_eq!(check.code, 0, "{}{}", check.out, check.err);
    let status = workspace.run("status --round annual");
    assert!(status.out.contains("3.600"), "{}", status.out);

    workspace.write("reports/annual/accepted.yaml", accepted);
    let check = workspace.run("check --format short");
    assert_eq!(
        check.code,
        0,
        "nothing but acceptances without a report: {}",
        &check.out[..check.out.len().min(500)]
    );
    assert!(check.out.contains("acceptance-without-report"), "{}", check.out);
}

#[test]
fn what_is_larger_than_anybody_writes_is_named_with_its_own_limit() {
    let report = "reports/annual/so-y-te.yaml";
    let head =
        "agency: so-y-te\nround: annual\ndocument: {number: 1/BC-SYT, date: 2026-11-18}\nreceived: 2026-11-18\n";
    let told = format!("{head}tasks: {{}}\nnext_steps:\n");
    // Five values for the head’s keys and four for theirs, the document, the lists: the rest are lines.
    for (path, text, rule, remedy) in [
        (report, format!("{told}{}", "- a\n".repeat(19_000)), None, ""),
        (report, format!("{told}{}", "- a\n".repeat(20_001)), Some("not-yaml"), "một báo cáo chỉ có vài trăm mục"),
        (report, format!("{told}- {}\n", "a".repeat(900_000)), None, ""),
        (report, format!("{told}- {}\n", "a".repeat(1_000_000)), Some("unreadable-file"), "không quá 1.000 KB"),
        (AGENCIES, format!("{}#{}\n", Workspace::of_repository().read(AGENCIES), "a".repeat(15_000_000)), None, ""),
        (AGENCIES, format!("#{}\n", "a".repeat(16_000_000)), Some("unreadable-file"), "không quá 16.000 KB"),
    ] {
        let workspace = Workspace::of_repository();
        workspace.write(path, text);
        let check = workspace.run("check --format full");
        let of_content = ["lead-without-entry", "earlier-figure-dropped"];
        let found = problems(&check.out)
            .into_iter()
            .find(|found| found.path == path && !of_content.contains(&found.rule.as_str()));
        assert_eq!(found.as_ref().map(|found| found.rule.as_str()), rule, "{}", check.out);
        assert!(check.out.contains(remedy), "{remedy}: {}", check.out);
    }
}

#[test]
fn however_many_problems_a_report_has_what_is_printed_of_them_is_short() {
    const BYTES: usize = 100_000;
    let report = "reports/annual/so-y-te.yaml";
    let told = "agency: so-y-te\nround: annual\ndocument: {number: 1/BC-SYT, date: 2026-11-18}\nreceived: 2026-11-18\n\
                tasks: {III.5: {status: done, results: \"";
    let workspace = Workspace::without_reports();
    for odd in ["[", "(", "{{", "<", "\u{ad}", "a\u{200b} ", "aа ", "e\u{301} ", "BÕp ", "XX ", "12 vụ, trong đó "]
    {
        workspace.write(report, format!("{told}{}\"}}}}\n", odd.repeat(BYTES / odd.len())));
        for format in ["full", "json"] {
            let check = workspace.run(&format!("check --alone --format {format} {report}"));
            assert!(check.out.len() < 2 * BYTES, "{odd} {format}: {} bytes", check.out.len());
        }
    }
}

#[test]
fn nothing_is_written_that_could_not_be_read_again() {
    let register = "reports/annual/register.yaml";
    for (size, code) in [(15_999_000, 0), (15_999_990, 2)] {
        let workspace = Workspace::of_communes(1);
        let act = "- {act: extend, agency: xa-01, date: 2026-11-20, until: 2026-12-01}";
        let before = format!("{act}\n#{}\n", "a".repeat(size - act.len()));
        workspace.write(register, &before);
        let extend = workspace.run("extend xa-01 --round annual --until 2026-12-02");
        assert_eq!(extend.code, code, "{size}: {}", extend.err);
        assert_eq!(extend.err.contains("chưa ghi gì"), code == 2, "{size}: {}", extend.err);
        assert_eq!(workspace.read(register) == before, code == 2, "{size}");
        assert_eq!(workspace.run("status").code, 0, "{size}");
    }
}

#[test]
fn groups_within_groups_are_each_looked_at_once_however_deep_they_stand() {
    // Both of a level in both above it: as many ways down as two to the power of the levels.
    let within = |level: usize| match level {
        0 => "so-y-te".to_owned(),
        above => format!("a-{0}, b-{0}", above - 1),
    };
    let crossed: String = (0..60)
        .flat_map(|level| ["a", "b"].map(|half| (half, level)))
        .map(|(half, level)| format!("  - {{id: {half}-{level}, name: {half}, members: [{}]}}\n", within(level)))
        .collect();
    let deep: String = (1..30_000)
        .rev()
        .map(|at| format!("  - {{id: n-{at}, name: n, members: [n-{}]}}\n", at - 1))
        .chain(["  - {id: n-0, name: n, members: [so-y-te]}\n".to_owned()])
        .collect();
    for (groups, last) in [(crossed, "a-59"), (deep, "n-29999")] {
        let workspace = Workspace::without_reports();
        workspace.edit(AGENCIES, "\ngroups:\n", &format!("\ngroups:\n{groups}"));
        let status = workspace.run(&format!("status --group {last} --round annual"));
        assert!(status.code == 0 && status.out.contains("Sở Y tế"), "{last}: {}{}", status.out, status.err);
    }
}
