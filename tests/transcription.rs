//! `plan/` says what the source document in `seeds/` says, word for word. The document is read here
//! by rules of its own, so that a slip of the transcription cannot repeat itself in its proof.

use crate::common;

use common::{list, texts, yaml};
use serde_yaml::Value;

const TASKS_IN_GROUPS: [(&str, usize); 8] =
    [("I", 4), ("II", 5), ("III", 9), ("IV", 2), ("V", 1), ("VI", 3), ("VII", 2), ("VIII", 1)];

/// The one document in `seeds/`.
struct Seed {
    text: String,
}

/// A group of the annex and its tasks.
struct AnnexGroup {
    id: String,
    title: String,
    tasks: Vec<AnnexTask>,
}

struct AnnexTask {
    id: String,
    /// Content, lead, coordinator, time; empty where the cell is.
    cells: [String; 4],
}

impl Seed {
    fn read() -> Self {
        let files = common::files(&common::repository().join("seeds"));
        let (_, path) = files.first_key_value().expect("a document in seeds/");
        Self { text: common::read(path) }
    }

    /// The lines under a heading of the body, up to the next heading.
    fn under(&self, heading: &str) -> Vec<String> {
        let mut lines =
            self.text.lines().skip_while(|line| !(line.starts_with('#') && heading_text(line) == heading));
        assert!(lines.next().is_some(), "the document has no heading {heading:?}");
        lines.take_while(|line| !line.starts_with('#')).map(plain).filter(|line| !line.is_empty()).collect()
    }

    /// The annex's table. Under the header that every page repeats, a row without a number is the rest
    /// of the row that the page break cut; right under a group's title it is the group's only task.
    fn annex(&self) -> Vec<AnnexGroup> {
        let mut groups: Vec<AnnexGroup> = Vec::new();
        for row in self.text.lines().filter(|line| line.contains('\t') && !line.starts_with("STT\t")) {
            let cells: Vec<String> = row.split('\t').map(plain).collect();
            let [number, cells @ ..] = <[String; 5]>::try_from(cells).expect("five cells in every row");
            if number.starts_with(['I', 'V']) {
                let [title, ..] = cells;
                groups.push(AnnexGroup { id: number, title, tasks: Vec::new() });
                continue;
            }
            let group = groups.last_mut().expect("a group above the first task");
            match group.tasks.last_mut() {
                Some(task) if number.is_empty() => {
                    for (cell, rest) in task.cells.iter_mut().zip(cells) {
                        *cell = format!("{cell} {rest}").trim().to_owned();
                    }
                }
                _ => {
                    let number = if number.is_empty() { "1".to_owned() } else { number };
                    group.tasks.push(AnnexTask { id: format!("{}.{number}", group.id), cells });
                }
            }
        }
        groups
    }
}

fn heading_text(line: &str) -> String {
    plain(line.trim_start_matches('#'))
}

/// Words without markup, with single blanks; none inside brackets, where the markup left some.
fn plain(text: &str) -> String {
    let mut text = text.replace('*', "");
    for tag in ["<p>", "</p>", "<b>", "</b>", "<i>", "</i>"] {
        text = text.replace(tag, "");
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "(").replace(" )", ")")
}

/// `10/6/2026` as `2026-06-10`.
fn iso(date: &str) -> Option<String> {
    let parts: Vec<u32> = date.split('/').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [day, month, year] = parts[..] else { return None };
    Some(format!("{year}-{month:02}-{day:02}"))
}

/// The transcribed groups, in the order of the annex.
fn groups() -> Vec<Value> {
    TASKS_IN_GROUPS.iter().map(|(id, _)| yaml(&format!("plan/tasks/{id}.yaml"))).collect()
}

fn ids(tasks: &Value) -> Vec<&str> {
    list(tasks).iter().filter_map(|task| task["id"].as_str()).collect()
}

#[test]
fn the_27_tasks_are_there_in_the_order_of_the_annex() {
    let annex = Seed::read().annex();
    let counts: Vec<(&str, usize)> = annex.iter().map(|group| (group.id.as_str(), group.tasks.len())).collect();
    assert_eq!(counts, TASKS_IN_GROUPS);

    for (group, transcribed) in annex.iter().zip(groups()) {
        assert_eq!(transcribed["id"].as_str(), Some(group.id.as_str()));
        let expected: Vec<&str> = group.tasks.iter().map(|task| task.id.as_str()).collect();
        assert_eq!(ids(&transcribed["tasks"]), expected, "group {}", group.id);
    }
    let files: Vec<String> = common::files(&common::repository().join("plan/tasks")).into_keys().collect();
    assert_eq!(files.len(), TASKS_IN_GROUPS.len(), "{files:?}");
}

#[test]
fn every_cell_of_every_task_is_word_for_word() {
    for (group, transcribed) in Seed::read().annex().iter().zip(groups()) {
        for (task, transcribed) in group.tasks.iter().zip(list(&transcribed["tasks"])) {
            let content = texts(&transcribed["content"]).join(" ");
            let written = [
                ("content", Some(content.as_str())),
                ("lead", transcribed["leads"]["as_worded"].as_str()),
                ("coordinator", transcribed["coordinators"]["as_worded"].as_str()),
                ("time", transcribed["time"]["as_worded"].as_str()),
            ];
            for (cell, (name, written)) in task.cells.iter().zip(written) {
                let expected = (!cell.is_empty()).then_some(cell.as_str());
                assert_eq!(written, expected, "{} {name}", task.id);
            }
        }
    }
}

#[test]
fn an_empty_cell_is_null_and_nothing_else() {
    for (group, transcribed) in Seed::read().annex().iter().zip(groups()) {
        for (task, transcribed) in group.tasks.iter().zip(list(&transcribed["tasks"])) {
            let [_, lead, coordinator, time] = &task.cells;
            for (key, cell) in [("leads", lead), ("coordinators", coordinator), ("time", time)] {
                assert_eq!(transcribed[key].is_null(), cell.is_empty(), "{} {key}", task.id);
            }
        }
    }
}

#[test]
fn only_a_time_that_names_the_year_is_a_due_date() {
    for task in groups().iter().flat_map(|group| list(&group["tasks"])) {
        let due = match task["time"]["as_worded"].as_str() {
            Some("Thường xuyên" | "Thường xuyên trong năm") => Some("no-deadline"),
            Some("Trong năm 2026") => Some("2026-12-31"),
            None => None,
            Some(other) => panic!("{:?}: {other:?} is not in the annex", task["id"]),
        };
        assert_eq!(task["time"]["due"].as_str(), due, "{:?}", task["id"]);
    }
}

#[test]
fn groups_keep_the_annex_wording_and_the_body_wording() {
    let seed = Seed::read();
    let body: Vec<(u64, String)> = seed
        .under("II. NỘI DUNG NHIỆM VỤ THỰC HIỆN")
        .iter()
        .filter_map(|line| line.split_once(". "))
        .filter_map(|(number, title)| Some((number.parse().ok()?, title.to_owned())))
        .collect();
    assert_eq!(body.len(), TASKS_IN_GROUPS.len(), "{body:?}");

    let mut numbers = Vec::new();
    for (group, transcribed) in seed.annex().iter().zip(groups()) {
        assert_eq!(transcribed["title"].as_str(), Some(group.title.as_str()), "group {}", group.id);
        let in_body = (
            transcribed["number_in_body"].as_u64().expect("a number"),
            transcribed["title_in_body"].as_str().expect("a title").to_owned(),
        );
        assert!(body.contains(&in_body), "group {}: the body has no {in_body:?}", group.id);
        numbers.push(in_body.0);
    }
    assert_eq!(numbers, [1, 2, 3, 4, 6, 5, 7, 8], "the body puts the database before the advisory systems");
}

#[test]
fn the_body_is_word_for_word() {
    let (seed, plan) = (Seed::read(), yaml("plan/plan.yaml"));
    let title = plan["title"].as_str().expect("a title");
    let bases: Vec<&str> = list(&plan["bases"]).iter().filter_map(|basis| basis["text"].as_str()).collect();
    for (heading, transcribed) in [
        (title, bases),
        ("1. Mục đích", texts(&plan["purposes"])),
        ("2. Yêu cầu", texts(&plan["requirements"])),
        ("3. Thời gian thực hiện", texts(&plan["peak_periods"])),
        ("III. KINH PHÍ THỰC HIỆN", plan["funding"]["text"].as_str().into_iter().collect()),
    ] {
        assert_eq!(transcribed, seed.under(heading), "{heading}");
    }
}

#[test]
fn the_nine_documents_carry_their_number_and_date() {
    let (seed, plan) = (Seed::read(), yaml("plan/plan.yaml"));
    let bases = seed.under(plan["title"].as_str().expect("a title")).join(" ");
    let words: Vec<&str> = bases.split(' ').collect();
    let mut cited: Vec<(String, String)> = Vec::new();
    for window in words.windows(4) {
        if let ["số", number, "ngày", date] = window {
            let date = iso(date.trim_end_matches('.')).unwrap_or_else(|| panic!("{number}: date {date}"));
            let document = ((*number).to_owned(), date);
            if !cited.contains(&document) {
                cited.push(document);
            }
        }
    }
    let transcribed: Vec<(String, String)> = list(&plan["bases"])
        .iter()
        .flat_map(|basis| list(&basis["documents"]))
        .filter_map(|document| {
            Some((document["number"].as_str()?.to_owned(), document["date"].as_str()?.to_owned()))
        })
        .collect();
    assert_eq!(cited.len(), 9, "{cited:?}");
    assert_eq!(transcribed, cited);
}

#[test]
fn what_the_document_does_not_say_is_null() {
    let plan = yaml("plan/plan.yaml");
    for key in ["number", "date"] {
        assert!(plan.get(key).is_some_and(Value::is_null), "{key}: {:?}", plan[key]);
    }
}

#[test]
fn the_four_deadlines_are_those_of_the_document() {
    let document = plain(&Seed::read().text);
    let rounds = yaml("plan/rounds.yaml");
    for (round, who, sentence) in [
        (
            "consumer-day",
            "agencies",
            "Báo cáo kết quả tổ chức các hoạt động hưởng ứng Ngày Quyền của người tiêu dùng Việt Nam 15/3 trước ngày 10/6/2026.",
        ),
        (
            "consumer-day",
            "consolidated",
            "gửi UBND tỉnh và Bộ Công Thương (trước 30/6/2026 đối với việc tổ chức các hoạt động hưởng ứng Ngày Quyền của người tiêu dùng Việt Nam 15/3",
        ),
        (
            "annual",
            "agencies",
            "bảo vệ quyền lợi người tiêu dùng năm 2026, gửi về Sở Công Thương trước ngày 30/11/2026.",
        ),
        (
            "annual",
            "consolidated",
            "và trước 05/12/2026 đối với việc tổ chức các hoạt động bảo vệ quyền lợi người tiêu dùng năm 2026)",
        ),
    ] {
        assert!(document.contains(sentence), "{round} {who}: the document has no {sentence:?}");
        let found = list(&rounds["rounds"]).iter().find(|other| other["id"].as_str() == Some(round));
        let transcribed = found.unwrap_or_else(|| panic!("no round {round}"));
        let worded = transcribed["as_worded"][who].as_str().expect("a wording");
        assert!(worded.starts_with("trước ") && sentence.contains(worded), "{round} {who}: {worded:?}");
        let date = worded.rsplit(' ').next().and_then(iso);
        assert_eq!(transcribed[format!("{who}_before")].as_str(), date.as_deref(), "{round} {who}");
    }
}

#[test]
fn recipients_and_signer_are_word_for_word() {
    let plan = yaml("plan/plan.yaml");
    let closing = Seed::read().under("Nơi nhận:");
    let (recipients, signer): (Vec<&str>, Vec<&str>) =
        closing.iter().map(String::as_str).partition(|line| line.starts_with("- "));
    let recipients: Vec<&str> =
        recipients.iter().map(|line| line.trim_start_matches("- ").trim_end_matches([';', '.'])).collect();
    assert_eq!(texts(&plan["recipients"]), recipients);

    let [authority, post, name] = ["authority", "post", "name"].map(|key| &plan["signer"][key]);
    let lines = texts(authority).into_iter().chain(post.as_str()).chain(name.as_str());
    assert_eq!(lines.collect::<Vec<_>>(), signer);
}

#[test]
fn the_75_communes_are_those_of_the_province() {
    let agencies = yaml("plan/agencies.yaml");
    let mut transcribed: Vec<(&str, &str)> = list(&agencies["agencies"])
        .iter()
        .filter(|agency| agency.get("commune_code").is_some())
        .map(|agency| {
            (agency["commune_code"].as_str().expect("a code in quotes"), agency["name"].as_str().expect("a name"))
        })
        .collect();
    transcribed.sort_unstable();
    let named =
        |kind: &'static str| move |&(code, name): &(&'static str, &str)| (code, format!("UBND {kind} {name}"));
    let mut expected: Vec<(&str, String)> =
        WARDS.iter().map(named("phường")).chain(COMMUNES.iter().map(named("xã"))).collect();
    expected.sort_unstable();
    assert_eq!(expected.len(), 75);
    for (transcribed, (code, name)) in transcribed.iter().zip(&expected) {
        assert_eq!(*transcribed, (*code, name.as_str()));
    }
    assert_eq!(transcribed.len(), expected.len());
}

#[test]
fn the_group_of_communes_holds_every_commune_once() {
    let agencies = yaml("plan/agencies.yaml");
    let communes = list(&agencies["agencies"]).iter().filter(|agency| agency.get("commune_code").is_some());
    let mut expected: Vec<&str> = communes.filter_map(|agency| agency["id"].as_str()).collect();
    let group = list(&agencies["groups"]).iter().find(|group| group["id"].as_str() == Some("ubnd-cap-xa"));
    let mut members = texts(&group.expect("the group of communes")["members"]);
    expected.sort_unstable();
    members.sort_unstable();
    assert_eq!(members, expected);
}

/// Codes of Quyết định 19/2025/QĐ-TTg, names of Nghị quyết 1681/NQ-UBTVQH15.
const WARDS: [(&str, &str); 8] = [
    ("03646", "Tô Hiệu"),
    ("03664", "Chiềng An"),
    ("03670", "Chiềng Cơi"),
    ("03679", "Chiềng Sinh"),
    ("03979", "Mộc Sơn"),
    ("03980", "Mộc Châu"),
    ("03982", "Thảo Nguyên"),
    ("04033", "Vân Sơn"),
];

const COMMUNES: [(&str, &str); 67] = [
    ("03688", "Mường Chiên"),
    ("03694", "Mường Giôn"),
    ("03703", "Quỳnh Nhai"),
    ("03712", "Mường Sại"),
    ("03721", "Thuận Châu"),
    ("03724", "Bình Thuận"),
    ("03727", "Mường É"),
    ("03754", "Chiềng La"),
    ("03757", "Mường Khiêng"),
    ("03760", "Mường Bám"),
    ("03763", "Long Hẹ"),
    ("03781", "Co Mạ"),
    ("03784", "Nậm Lầu"),
    ("03799", "Muổi Nọi"),
    ("03808", "Mường La"),
    ("03814", "Chiềng Lao"),
    ("03820", "Ngọc Chiến"),
    ("03847", "Mường Bú"),
    ("03850", "Chiềng Hoa"),
    ("03856", "Bắc Yên"),
    ("03862", "Xím Vàng"),
    ("03868", "Tà Xùa"),
    ("03871", "Pắc Ngà"),
    ("03880", "Tạ Khoa"),
    ("03892", "Chiềng Sại"),
    ("03901", "Suối Tọ"),
    ("03907", "Mường Cơi"),
    ("03910", "Phù Yên"),
    ("03922", "Gia Phù"),
    ("03943", "Mường Bang"),
    ("03958", "Tường Hạ"),
    ("03961", "Kim Bon"),
    ("03970", "Tân Phong"),
    ("03985", "Chiềng Sơn"),
    ("03997", "Tân Yên"),
    ("04000", "Đoàn Kết"),
    ("04006", "Song Khủa"),
    ("04018", "Tô Múa"),
    ("04045", "Lóng Sập"),
    ("04048", "Vân Hồ"),
    ("04057", "Xuân Nha"),
    ("04075", "Yên Châu"),
    ("04078", "Chiềng Hặc"),
    ("04087", "Yên Sơn"),
    ("04096", "Lóng Phiêng"),
    ("04099", "Phiêng Khoài"),
    ("04105", "Mai Sơn"),
    ("04108", "Chiềng Sung"),
    ("04117", "Mường Chanh"),
    ("04123", "Chiềng Mung"),
    ("04132", "Chiềng Mai"),
    ("04136", "Tà Hộc"),
    ("04144", "Phiêng Cằm"),
    ("04159", "Phiêng Pằn"),
    ("04168", "Sông Mã"),
    ("04171", "Bó Sinh"),
    ("04183", "Mường Lầm"),
    ("04186", "Nậm Ty"),
    ("04195", "Chiềng Sơ"),
    ("04204", "Chiềng Khoong"),
    ("04210", "Huổi Một"),
    ("04219", "Mường Hung"),
    ("04222", "Chiềng Khương"),
    ("04228", "Púng Bánh"),
    ("04231", "Sốp Cộp"),
    ("04240", "Mường Lèo"),
    ("04246", "Mường Lạn"),
];
