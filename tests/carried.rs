//! What is open at the end of a year goes into the next: `plan init --from`, and what comes of it there.

use crate::common;

use common::Workspace;
use serde_json::Value as Json;

/// A report of Sở Y tế that says nothing but these remarks.
fn report(round: &str, day: &str, remarks: &str) -> String {
    let entry = |task| format!("  {task}: {{status: nothing-arose, reason: Chưa có việc}}\n");
    let told = match round {
        "ad-hoc" => format!("date: {day}\nsubject: Tình hình khẩn\ntasks: {{}}\n"),
        _ => format!("tasks:\n{}", ["I.1", "I.3", "III.5", "VI.1"].map(entry).concat()),
    };
    format!(
        "agency: so-y-te\nround: {round}\ndocument: {{number: 12/BC-SYT, date: {day}}}\nreceived: {day}\n{told}{remarks}"
    )
}

/// A year with something settled, something urgent, something said twice; and the plan of the next year, filled in.
fn two_years() -> Workspace {
    let workspace = Workspace::without_reports();
    let june = "difficulties:\n  - {text: Thiếu người, cause: Chưa tuyển}\n  - {text: Thiếu xe, cause: Chưa mua}\n";
    workspace.write("reports/consumer-day/so-y-te.yaml", report("consumer-day", "2026-06-01", june));
    let urgent = "difficulties:\n  - {text: Hết thuốc, cause: Chưa mua}\nrecommendations:\n  - {to: ubnd-tinh, text: \"Cấp \\\"thuốc\\\": \\tkhẩn\\nTrước mùa đông.\", task: III.5}\n";
    workspace.write("reports/ad-hoc/2026-08-20-so-y-te.yaml", report("ad-hoc", "2026-08-20", urgent));
    workspace.write(
        "reports/annual/so-y-te.yaml",
        report("annual", "2026-11-18", "difficulties:\n  - {text: thiếu người., cause: Chưa thi tuyển}\n"),
    );
    let settled = id(&open(&workspace, "", ""), "Thiếu xe");
    assert_eq!(workspace.run(&format!("settle {settled} --note x")).code, 0);
    next_year(&workspace, "", "moi", 2027);
    workspace
}

/// Sets up a year after another, with its dates filled in.
fn next_year(workspace: &Workspace, from: &str, folder: &str, year: i32) {
    let (old, day) = (year - 1, format!("{}-12-20", year - 1));
    let from = if from.is_empty() { "." } else { from };
    let run = workspace.run(&format!("--as-of {day} init {folder} --year {year} --from {from}"));
    assert_eq!(run.code, 0, "{}", run.err);
    for file in ["plan.yaml", "rounds.yaml", "tasks/I.yaml", "tasks/IV.yaml"] {
        let filled = workspace.read(&format!("{from}/plan/{file}")).replace(&old.to_string(), &year.to_string());
        workspace.write(&format!("{folder}/plan/{file}"), filled);
    }
    let check = workspace.run(&format!("-C {folder} check --format short"));
    assert_eq!(check.code, 0, "{}", check.out);
}

fn open(workspace: &Workspace, folder: &str, options: &str) -> Vec<Json> {
    let folder = if folder.is_empty() { "." } else { folder };
    let run = workspace.run(&format!("-C {folder} difficulties --format json {options}"));
    assert_eq!(run.code, 0, "{}", run.err);
    let json: Json = serde_json::from_str(&run.out).expect("JSON");
    json["remarks"].as_array().cloned().unwrap_or_default()
}

fn id(remarks: &[Json], text: &str) -> String {
    let found = remarks.iter().find(|remark| remark["text"] == text);
    found.unwrap_or_else(|| panic!("{text}: {remarks:?}"))["id"].as_str().unwrap_or_default().to_owned()
}

/// What is open with the day from which it is, the year that it was carried over from, and how many reports say so.
fn told(remarks: &[Json]) -> Vec<(&str, &str, Option<i64>, usize)> {
    let told = remarks.iter().map(|remark| {
        let reports = remark["reports"].as_array().map_or(0, Vec::len);
        let words = |key: &str| remark[key].as_str().unwrap_or_default();
        (words("text"), words("since"), remark["carried"]["year"].as_i64(), reports)
    });
    told.collect()
}

const MEDICINE: &str = "Cấp \"thuốc\": \tkhẩn\nTrước mùa đông.";

#[test]
fn what_is_open_goes_into_the_next_year_with_its_age() {
    let workspace = two_years();
    let (before, after) = (open(&workspace, "", ""), open(&workspace, "moi", "--as-of 2027-01-15"));
    assert_eq!(
        told(&after),
        [
            ("Hết thuốc", "2026-08-20", Some(2026), 0),
            (MEDICINE, "2026-08-20", Some(2026), 0),
            ("thiếu người.", "2026-06-01", Some(2026), 0)
        ]
    );
    for text in [MEDICINE, "thiếu người."] {
        assert_eq!(id(&before, text), id(&after, text), "what it is settled by stays");
    }
    let (medicine, people) = (&after[1], &after[2]);
    assert_eq!((&medicine["kind"], &medicine["to"]), (&"recommendation".into(), &"ubnd-tinh".into()));
    assert_eq!((&medicine["task"], &medicine["carried"]["round"]), (&"III.5".into(), &"ad-hoc".into()));
    assert_eq!((&people["cause"], &people["carried"]["round"]), (&"Chưa thi tuyển".into(), &"consumer-day".into()));
    assert_eq!(people["file"], "plan/carried.yaml");
    let screen = workspace.run("-C moi difficulties --as-of 2027-01-15").out;
    assert!(screen.contains("NĂM TRƯỚC CHUYỂN SANG – KHÓ KHĂN, VƯỚNG MẮC: 2"), "{screen}");
    assert!(screen.contains("01/6/2026"), "{screen}");
    let csv = workspace.run("-C moi difficulties --as-of 2027-01-15 --format csv").out;
    assert!(csv.contains("năm trước chuyển sang,2026-06-01,so-y-te"), "{csv}");
    assert!(workspace.read("moi/RA-SOAT.md").contains("plan/carried.yaml: 3 khó khăn, kiến nghị còn mở"));
    // The letter tells it, with the difficulty that the same report told.
    let letter = workspace.run("-C moi difficulties --as-of 2027-01-15 --to ubnd-tinh --format md -o -");
    assert!(letter.out.contains("nêu từ ngày 20/8/2026") && letter.out.contains("Hết thuốc"), "{}", letter.out);
    assert!(letter.err.contains("Công văn gửi UBND tỉnh: 1 kiến nghị của 1 cơ quan."), "{}", letter.err);
    // Every round of the new year tells it until it is settled, without a report of the year.
    for round in ["consumer-day", "annual"] {
        let run = workspace.run(&format!("-C moi compile --round {round} --as-of 2027-12-20 --format md -o -"));
        assert!(
            run.out.contains("Sở Y tế (nêu từ ngày 01/6/2026) | Thiếu người."),
            "{round}: {}{}",
            run.out,
            run.err
        );
    }
    // It was not open before it was said.
    assert_eq!(told(&open(&workspace, "moi", "--as-of 2026-08-19")).len(), 1);
}

#[test]
fn what_is_said_again_is_one_with_what_was_carried_over_until_it_is_settled() {
    let workspace = two_years();
    let again =
        "difficulties:\n  - {text: THIẾU người, cause: Chưa có biên chế}\n  - {text: Thiếu xe, cause: Hỏng}\n";
    workspace.write("moi/reports/consumer-day/so-y-te.yaml", report("consumer-day", "2027-06-01", again));
    let found = open(&workspace, "moi", "--as-of 2027-06-20");
    assert_eq!(
        told(&found),
        [
            // Settled last year, said anew this year.
            ("Thiếu xe", "2027-06-01", None, 1),
            ("Hết thuốc", "2026-08-20", Some(2026), 0),
            (MEDICINE, "2026-08-20", Some(2026), 0),
            ("THIẾU người", "2026-06-01", Some(2026), 1),
        ]
    );
    assert_eq!(found[3]["cause"], "Chưa có biên chế");
    let settled = id(&found, "THIẾU người");
    let run = workspace.run(&format!("-C moi --as-of 2027-07-01 settle {settled} --note x"));
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(told(&open(&workspace, "moi", "--as-of 2027-06-30")).len(), 4, "the day of settling counts");
    assert_eq!(told(&open(&workspace, "moi", "--as-of 2027-07-01")).len(), 3);
    let check = workspace.run("-C moi --as-of 2027-07-01 check --format short").out;
    assert!(!check.contains("settlement-of-nothing"), "{check}");

    // The year after next gets what is open still, as old as it is.
    next_year(&workspace, "moi", "sau", 2028);
    assert_eq!(
        told(&open(&workspace, "sau", "--as-of 2028-01-15")),
        [
            ("Thiếu xe", "2027-06-01", Some(2027), 0),
            ("Hết thuốc", "2026-08-20", Some(2026), 0),
            (MEDICINE, "2026-08-20", Some(2026), 0)
        ]
    );
}

#[test]
fn what_is_asked_keeps_its_theme_and_its_last_day() {
    let workspace = Workspace::without_reports();
    let asked = |text: &str, more: &str| format!("  - {{to: ubnd-tinh, text: {text}{more}}}\n");
    let told = [
        asked("Cấp xe", ", theme: staff, expires: 2026-11-30"),
        asked("Cấp máy", ", expires: 2026-12-19"),
        asked("Cấp sổ", ", theme: staff, expires: 2026-12-20"),
        asked("Cấp mực", ", expires: 2027-03-01"),
        asked("Cấp giấy", ""),
    ];
    workspace.write(
        "reports/annual/so-y-te.yaml",
        report("annual", "2026-11-18", &format!("recommendations:\n{}", told.concat())),
    );
    next_year(&workspace, "", "moi", 2027);
    let carried = workspace.read("moi/plan/carried.yaml");
    assert_eq!(carried.matches("    theme: \"staff\"\n").count(), 2, "{carried}");
    let review = workspace.read("moi/RA-SOAT.md");
    assert!(review.contains("2 kiến nghị trong số đó đã hết hạn"), "{review}");
    let ends: Vec<Option<String>> = open(&workspace, "moi", "--as-of 2027-01-15")
        .iter()
        .map(|remark| remark["expires"].as_str().map(str::to_owned))
        .collect();
    let days = ["2026-11-30", "2026-12-19", "2026-12-20", "2027-03-01"];
    assert_eq!(ends, days.map(|day| Some(day.to_owned())).into_iter().chain([None]).collect::<Vec<_>>());

    // The letter and the report ask for what means something still.
    let told = |line: &str| {
        let run = workspace.run(&format!("-C moi {line} --format md -o -"));
        assert_eq!(run.code, 0, "{}", run.err);
        let found = ["xe", "máy", "sổ", "mực", "giấy"];
        let found = found.into_iter().filter(|what| run.out.to_lowercase().contains(&format!("cấp {what}")));
        (found.collect::<Vec<_>>().join(" "), run.err)
    };
    let (letter, err) = told("difficulties --to ubnd-tinh --as-of 2027-03-01");
    assert_eq!(letter, "mực giấy");
    assert!(err.contains("3 kiến nghị đã hết hạn không nêu."), "{err}");
    assert_eq!(told("difficulties --to ubnd-tinh --as-of 2027-03-02").0, "giấy");
    let (compiled, err) = told("compile --round consumer-day --as-of 2027-06-20");
    assert_eq!(compiled, "giấy", "{err}");
    assert!(err.contains("04 kiến nghị đã hết hạn (muộn nhất ngày 01/3/2027)"), "{err}");

    // Asked again after its last day, it is asked anew; before it, it ends as it would have.
    let again = format!("recommendations:\n{}{}", asked("Cấp xe", ""), asked("Cấp mực", ""));
    workspace.write("moi/reports/consumer-day/so-y-te.yaml", report("consumer-day", "2027-02-01", &again));
    assert_eq!(told("difficulties --to ubnd-tinh --as-of 2027-06-20").0, "xe giấy");
}

#[test]
fn nothing_open_carries_nothing_over_and_samples_stay_marked() {
    let workspace = Workspace::without_reports();
    next_year(&workspace, "", "moi", 2027);
    assert!(!workspace.path("moi/plan/carried.yaml").exists());
    assert!(!workspace.read("moi/RA-SOAT.md").contains("carried"));

    let samples = Workspace::of_repository();
    next_year(&samples, "", "moi", 2027);
    let screen = samples.run("-C moi status --as-of 2027-01-15").out;
    assert!(screen.contains("DỮ LIỆU MINH HỌA") && screen.contains("mẫu năm trước"), "{screen}");
    assert_eq!(open(&samples, "moi", "").len(), open(&samples, "", "--as-of 2026-12-20").len());
}

#[test]
fn the_file_is_read_like_the_others_of_the_plan() {
    let workspace = two_years();
    let carried = workspace.read("moi/plan/carried.yaml");
    for (from, to, rule) in [
        ("agency: so-y-te", "agency: so-y-tee", "unknown-agency"),
        ("to: ubnd-tinh", "to: ubnd", "unknown-value"),
        ("task: III.5", "task: III.55", "unknown-task"),
        ("    task: III.5\n", "    theme: stafff\n", "unknown-value"),
        ("    task: III.5\n", "    theme: staff\n    expires: 2026-12-31\n", ""),
        ("    task: III.5\n", "    expires: 31/12/2026\n", "not-a-date"),
        ("since: 2026-08-20", "since: 20/8/2026", "not-a-date"),
        ("kind: recommendation", "kind: request", "unknown-value"),
        ("    year: 2026\n    round: \"ad-hoc\"\n", "    round: \"ad-hoc\"\n", "missing-field"),
        ("  - id: \"", "  - id: \"x", "wrong-shape"),
        ("remarks:", "remark:", "unknown-key"),
        // Who mends the words of the text keeps the id.
        ("thiếu người.", "Thiếu nhân lực", ""),
    ] {
        workspace.write("moi/plan/carried.yaml", &carried);
        workspace.edit("moi/plan/carried.yaml", from, to);
        let check = workspace.run("-C moi check --format full");
        let found = common::problems(&check.out);
        let found: Vec<&str> = found
            .iter()
            .filter(|problem| problem.path.ends_with("carried.yaml"))
            .map(|p| p.rule.as_str())
            .collect();
        assert_eq!(found.first().copied().unwrap_or_default(), rule, "{from}: {}", check.out);
    }
}
