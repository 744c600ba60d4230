//! Tables add up by row and column, and hold what the JSON holds.

use super::numbers::{grouped, read, rounded};
use super::*;

/// Tables that are no sums, by their first heads, and why.
const NOT_ADDED: [(&str, &str); 6] = [
    ("STT|Chỉ tiêu", "each row counts something else"),
    ("Mã|Nhiệm vụ", "states of tasks"),
    ("STT|Cơ quan, đơn vị", "a list; its groups are counted below"),
    ("STT|Cảnh báo", "a list of texts"),
    ("Cơ quan, đơn vị|Trạng thái", "a list of texts"),
    ("Cơ quan, đơn vị|Khó khăn, vướng mắc và nguyên nhân", "a list of texts"),
];
/// Columns of rates, which no sum is made of.
const RATES: [&str; 1] = ["Tỷ lệ giải quyết"];

/// The tables with numbers to add, each by its heads: not those that place letterhead and signature.
fn tables(blocks: &[Block]) -> Vec<(String, &[Vec<String>])> {
    let tables = blocks.iter().filter_map(|block| match block {
        Block::Table(rows) => {
            Some((rows[0].iter().take(2).cloned().collect::<Vec<_>>().join("|"), rows.as_slice()))
        }
        Block::Paragraph(_) => None,
    });
    tables.filter(|(heads, _)| !heads.contains('\n')).collect()
}

fn total(rows: &[Vec<String>]) -> Option<usize> {
    rows.iter().position(|row| row.iter().find(|cell| !cell.is_empty()).is_some_and(|cell| cell == "Tổng cộng"))
}

/// What a cell adds; a mark or a blank adds nothing.
fn adds(cell: &str) -> i128 {
    read(cell).unwrap_or(0)
}

#[test]
fn every_table_adds_up() {
    let workspace = Workspace::of_repository();
    let mut held = BTreeMap::new();
    for round in ROUNDS {
        let (blocks, _) = report(&workspace, round);
        for (heads, rows) in tables(&blocks) {
            if NOT_ADDED.iter().any(|(known, _)| *known == heads) {
                assert_eq!(total(rows), None, "{round}: {heads}");
                continue;
            }
            let across = across(rows);
            let down = down(rows, &format!("{round}: {heads}"));
            assert!(across + down > 0, "{round}: nothing says why {heads} does not add up: {rows:?}");
            *held.entry(round).or_insert(0) += across + down;
        }
    }
    assert!(held.values().all(|sums| *sums > 40), "{held:?}");
}

/// Judges what is added in a column; how many sums.
fn down(rows: &[Vec<String>], what: &str) -> usize {
    let starts = |row: &[String], word: &str| row[0].starts_with(word);
    let find = |word: &str| rows.iter().position(|row| starts(row, word));
    let (members, total) = (find("Cộng "), total(rows));
    let (given, difference) = (find("Đối chiếu: số của "), find("Chênh lệch so với các thành viên"));
    let mut sums = 0;
    for (at, head) in rows[0].iter().enumerate().skip(1).filter(|(_, head)| !RATES.contains(&head.as_str())) {
        let cell = |row: usize| rows[row].get(at).map_or("", String::as_str);
        let parts = |to: usize| -> i128 {
            (1..to).filter(|row| Some(*row) != members && rows[*row].len() > 1).map(|row| adds(cell(row))).sum()
        };
        if let Some(members) = members {
            assert!(starts(&rows[members], &format!("Cộng {:02} thành viên", members - 1)), "{what}");
            assert_eq!(read(cell(members)), Some(parts(members)), "{what}: {head}");
            sums += 1;
        }
        if let Some(total) = total.filter(|total| read(cell(*total)).is_some()) {
            assert_eq!(read(cell(total)), Some(parts(total)), "{what}: {head}");
            sums += 1;
        }
        if let (Some(given), Some(difference)) = (given, difference)
            && let Some(given) = read(cell(given))
        {
            let of_members = members.or(total).map_or(0, |row| adds(cell(row)));
            assert_eq!(read(cell(difference)), Some(given - of_members), "{what}: {head}");
            sums += 1;
        }
    }
    sums
}

/// Judges what is added in a row: the whole beside its parts; how many sums.
fn across(rows: &[Vec<String>]) -> usize {
    let column = |head: &str| rows[0].iter().position(|of| of == head);
    let (whole, parts) = match (column("Cộng"), column("Phải gửi")) {
        (Some(whole), _) => (whole, (1..whole).collect::<Vec<_>>()),
        (_, Some(whole)) => {
            (whole, ["Đã gửi đúng hạn", "Gửi muộn", "Chưa gửi"].map(|head| column(head).expect(head)).to_vec())
        }
        _ => return 0,
    };
    for row in &rows[1..] {
        assert_eq!(read(&row[whole]), Some(parts.iter().map(|part| adds(&row[*part])).sum()), "{row:?}");
    }
    rows.len() - 1
}

#[test]
fn lists_are_numbered_and_their_groups_counted() {
    let workspace = Workspace::of_repository();
    for round in ROUNDS {
        let (blocks, _) = report(&workspace, round);
        let all = tables(&blocks);
        let (_, rows) = all.iter().find(|(heads, _)| heads == "STT|Cơ quan, đơn vị").expect("who reported");
        let numbers: Vec<usize> =
            rows[1..].iter().filter(|row| row.len() > 1).map(|row| row[0].parse().expect("a number")).collect();
        assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>(), "{round}");
        for group in rows[1..].split(|row| row.len() > 1).filter(|group| !group.is_empty()) {
            let at = rows.iter().position(|row| *row == group[0]).expect("a group");
            let told: usize =
                group[0][0].rsplit(": ").next().and_then(|count| count.parse().ok()).expect("a count");
            assert_eq!(rows[at + 1..].iter().take_while(|row| row.len() > 1).count(), told, "{round}: {group:?}");
        }
    }
}

#[test]
fn tables_print_what_the_json_holds() {
    let workspace = Workspace::of_repository();
    for round in ROUNDS {
        let (blocks, json) = report(&workspace, round);
        let mut held = 0;
        for (heads, rows) in tables(&blocks) {
            if heads == "STT|Chỉ tiêu" {
                for (row, total) in rows[1..].iter().zip(array(&json["totals"])) {
                    assert_eq!((&row[1], &row[2]), (&text(&total["label"]), &text(&total["unit"])), "{round}");
                    held += usize::from(is_told(&row[3], total, 1));
                }
                assert_eq!(rows.len() - 1, array(&json["totals"]).count(), "{round}");
            }
            for (at, head) in rows[0].iter().enumerate().skip(1) {
                let Some(measure) = measures(&json).find(|measure| is_head(head, measure, &rows[0])) else {
                    continue;
                };
                for row in rows[1..].iter().filter(|row| row.len() > at && !row[at].is_empty()) {
                    let unit = if text(&measure["unit"]) == "đồng" { 1_000_000 } else { 1 };
                    let of = of_row(&row[0], &json, measure);
                    assert!(is_told(&row[at], &of, unit), "{round}: {head}: {row:?} is not {of}");
                    held += 1;
                }
            }
        }
        assert!(held > 60, "{round}: {held}");
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Whether a column is of a measure.
fn is_head(head: &str, measure: &Value, heads: &[String]) -> bool {
    let label = text(&measure["label"]);
    let of_funding = heads.iter().any(|head| head == "Cộng");
    match text(&measure["indicator"]).as_str() {
        "funding" => of_funding && head == "Cộng",
        key if key.starts_with("funding.") => of_funding && label == format!("Kinh phí – {head}"),
        _ => {
            let head = head.strip_suffix(" (triệu đồng)").unwrap_or(head).to_lowercase();
            !of_funding && label.strip_prefix("Số ").unwrap_or(&label).to_lowercase() == head
        }
    }
}

/// What the JSON has of the agencies of a row.
fn of_row(row: &str, json: &Value, measure: &Value) -> Value {
    let compared = &measure["comparisons"][0];
    let value = |value: &Value| serde_json::json!({"value": value});
    match row {
        "Tổng cộng" => return measure.clone(),
        row if row.starts_with("Cộng ") => {
            let of_members = array(&measure["contributions"]).filter(|part| part["use"] == "added");
            let members = &yaml("plan/agencies.yaml")["groups"];
            let group = list(members)
                .iter()
                .find(|group| group["id"] == json["controls"][0]["group"].as_str().expect("a group"));
            let members = texts(&group.expect("a group")["members"]);
            let sum: u64 = of_members
                .filter(|part| members.contains(&part["agency"].as_str().expect("an agency")))
                .filter_map(|part| part["value"].as_u64())
                .sum();
            return value(&sum.into());
        }
        row if row.starts_with("Đối chiếu") => return value(&compared["value"]),
        row if row.starts_with("Chênh lệch") => return value(&compared["difference"]),
        _ => {}
    }
    let name = row.rsplit_once(" (").map_or(row, |(name, _)| name);
    if let Some(level) = array(&measure["levels"]).find(|level| level["name"] == name) {
        return level.clone();
    }
    let names: BTreeMap<String, String> =
        array(&json["submissions"]).map(|of| (text(&of["agency"]), text(&of["name"]))).collect();
    let is_row = |part: &&Value| {
        let name = &names[&text(&part["agency"])];
        row == name || row.ends_with(&format!(" ({name})"))
    };
    let given = |key: &str| {
        let of = measures(json).find(|measure| measure["indicator"] == key).expect(key);
        let parts = array(&of["contributions"]).filter(|part| part["use"] == "added").filter(is_row);
        parts.filter_map(|part| part["value"].as_u64()).reduce(|sum, value| sum + value)
    };
    if text(&measure["indicator"]) == "resolution_rate" {
        return serde_json::json!({"rate": {"numerator": given("complaints_resolved"), "denominator": given("complaints_received")}});
    }
    if let Some(sum) = given(&text(&measure["indicator"])) {
        return value(&sum.into());
    }
    let other = array(&measure["others"]).find(is_row).expect("an answer");
    serde_json::json!({"unknown": other["answer"]})
}

/// Whether a cell prints a value of the JSON, in a unit.
fn is_told(cell: &str, of: &Value, unit: u64) -> bool {
    if let Some(rate) = of.get("rate").filter(|rate| !rate.is_null()) {
        let [part, whole] = ["numerator", "denominator"].map(|key| rate[key].as_u64().expect("a number"));
        return cell == format!("{}%", rounded(part * 100, whole, 1));
    }
    match (&of["value"], of["unknown"].as_str()) {
        (Value::Number(value), _) => match value.as_u64() {
            Some(value) if unit == 1 => cell == grouped(value),
            Some(value) => (1..=6).any(|places| cell == rounded(value, unit, places)),
            None => false,
        },
        (_, Some("nothing_arose")) => ["KPS", "không phát sinh"].contains(&cell),
        (_, Some("not_applicable")) => ["–", "không áp dụng"].contains(&cell),
        (_, why) => why.is_some() && read(cell).is_none(),
    }
}
