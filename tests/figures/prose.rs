//! Every figure in the sentences of the body is one of the JSON, told in the words of what it counts.

use super::numbers::{counted, plain, read, rounded};
use super::*;

#[test]
fn every_figure_of_the_body_stands_in_the_json() {
    let workspace = Workspace::of_repository();
    let quoted = quoted();
    for round in ROUNDS {
        let (blocks, json) = report(&workspace, round);
        let (known, told) = (known(&json, &quoted), told(&json));
        let paragraphs = body(&blocks).iter().filter_map(|block| match block {
            Block::Paragraph(text) => Some(judge(text, &known, &told)),
            Block::Table(_) => None,
        });
        let (held, unknown): (Vec<_>, Vec<_>) = paragraphs.partition(Result::is_ok);
        let unknown: Vec<String> = unknown.into_iter().filter_map(Result::err).collect();
        assert_eq!(unknown, [] as [&str; 0], "{round}");
        let held: usize = held.into_iter().flatten().sum();
        assert!(held > 60, "{round}: {held}");
        for (text, is_told) in [
            ("Theo báo cáo của cơ quan chủ trì, 19/27 nhiệm vụ (70,4%) đã hoàn thành.", true),
            ("Theo báo cáo của cơ quan chủ trì, 19/27 nhiệm vụ (70,5%) đã hoàn thành.", false),
            ("Theo báo cáo của cơ quan chủ trì, 18/27 nhiệm vụ đã hoàn thành.", false),
            ("Kiểm tra 2.898 vụ.", true),
            ("Kiểm tra 2.898 cơ sở.", false),
            ("Kiểm tra 2.899 vụ.", false),
        ] {
            assert_eq!(judge(text, &known, &told).is_ok(), is_told && round == "annual", "{round}: {text}");
        }
    }
}

/// Judges a paragraph; how many figures it has.
fn judge(text: &str, known: &[String], told: &BTreeSet<String>) -> Result<usize, String> {
    let text = known.iter().fold(text.to_owned(), |text, words| text.replace(words, "§"));
    let text = unnumbered(&text);
    let (mut at, mut numbers, mut held) = (0, Vec::new(), 0);
    while let Some(found) = text[at..].find(|c: char| c.is_ascii_digit()) {
        at += found;
        let rest = &text[at..];
        let end = rest.find(|c: char| !c.is_ascii_digit() && !".,".contains(c)).unwrap_or(rest.len());
        let number = rest[..end].trim_end_matches(['.', ',']);
        let phrase =
            told.iter().filter(|phrase| rest.starts_with(phrase.as_str())).max_by_key(|phrase| phrase.len());
        match phrase {
            Some(phrase) => {
                let of_phrase = phrase.split([' ', '/']).filter_map(|word| {
                    read(word.strip_prefix('0').filter(|rest| !rest.is_empty()).unwrap_or(word))
                });
                numbers.extend(of_phrase);
                at += phrase.len();
            }
            // A share of what the sentence has told.
            None => {
                let is_share = |(part, whole): (&i128, &i128)| {
                    *whole > 0 && plain(&rounded(*part as u64 / 10_000, *whole as u64 / 1_000_000, 1)) == number
                };
                let mut pairs = numbers.iter().flat_map(|part| numbers.iter().map(move |whole| (part, whole)));
                if !rest[number.len()..].starts_with('%') || !pairs.any(is_share) {
                    return Err(format!("{rest} in {text}"));
                }
                at += number.len();
            }
        }
        held += 1;
    }
    Ok(held)
}

/// A paragraph without its own number.
fn unnumbered(text: &str) -> &str {
    let text = text.strip_prefix("Bảng ").unwrap_or(text);
    let number = text.split_once(". ").filter(|(number, _)| number.chars().all(|c| c.is_ascii_digit()));
    number.map_or(text, |(_, rest)| rest)
}

/// What is no figure of the report: the words of the plan and of the department's templates, what agencies are quoted
/// with, days and times; the longest first.
fn known(json: &Value, quoted: &[String]) -> Vec<String> {
    let mut known = quoted.to_vec();
    let days = regex_lite::Regex::new(r#""(\d{4})-(\d\d)-(\d\d)""#).expect("a pattern");
    for found in days.captures_iter(&json.to_string()) {
        let month = if &found[2] > "02" { found[2].trim_start_matches('0') } else { &found[2] };
        known.push(format!("{}/{month}/{}", &found[3], &found[1]));
    }
    known.sort_by_key(|words| std::cmp::Reverse(words.len()));
    known.dedup();
    known
}

fn quoted() -> Vec<String> {
    let mut quoted = Vec::new();
    let between = regex_lite::Regex::new(r"\{\{.*?\}\}|\{%.*?%\}").expect("a pattern");
    let indicators = yaml("plan/indicators.yaml");
    let units = list(&indicators["indicators"]).iter().filter_map(|indicator| indicator["unit"].as_str());
    let units: Vec<&str> = units.filter_map(|unit| unit.split([' ', ',']).next()).chain(["tấn", "tháng"]).collect();
    let one_digit = format!("(^|[ (])([1-9]) ({})", units.join("|"));
    let one_digit = regex_lite::Regex::new(&one_digit).expect("a pattern");
    let mut push = |words: &str| {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in between.split(&words) {
            let part = part.trim().trim_end_matches(['.', ';', ',']);
            if part.len() > 4 && part.contains(|c: char| c.is_ascii_digit()) && read(part).is_none() {
                let mut letters = part.chars();
                let first: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
                let lower = first + letters.as_str();
                // What the report quotes has a zero before counts of one digit.
                let bare = part.strip_prefix("Các ").unwrap_or(part).to_owned();
                for told in [part.to_owned(), lower, bare] {
                    quoted.extend([one_digit.replace_all(&told, "${1}0${2} ${3}").into_owned(), told]);
                }
            }
        }
    };
    for (path, file) in common::files(&repository().join("plan")) {
        let plan: Yaml =
            serde_yaml::from_str(&common::read(&file)).unwrap_or_else(|error| panic!("{path}: {error}"));
        every(&plan, &mut push);
    }
    for (path, file) in
        common::files(&repository().join("reports")).into_iter().filter(|(path, _)| path.contains('/'))
    {
        let report: Yaml =
            serde_yaml::from_str(&common::read(&file)).unwrap_or_else(|error| panic!("{path}: {error}"));
        let tasks = report["tasks"].as_mapping().into_iter().flatten().map(|(_, entry)| &entry["highlight"]);
        tasks
            .chain([&report["subject"], &report["difficulties"], &report["recommendations"], &report["next_steps"]])
            .for_each(|part| every(part, &mut push));
        for step in list(&report["next_steps"]) {
            push(&when(&step["when"]));
        }
    }
    let year = yaml("plan/plan.yaml")["year"].as_i64().expect("a year");
    quoted.extend([format!("năm {year}"), format!("năm {}", year - 1), format!("/{year}")]);
    quoted
}

/// The time of a step as sentences tell it.
fn when(written: &Yaml) -> String {
    let words =
        written.as_str().map(str::to_owned).or(written.as_i64().map(|year| year.to_string())).unwrap_or_default();
    match words.split_once('-') {
        Some((year, quarter)) if quarter.starts_with('Q') => {
            let roman = ["I", "II", "III", "IV"][quarter[1..].parse::<usize>().expect("a quarter") - 1];
            format!("quý {roman}/{year}")
        }
        Some((year, month)) => format!("tháng {}/{year}", month.trim_start_matches('0')),
        None => format!("năm {words}"),
    }
}

/// Every text in a value.
fn every(value: &Yaml, push: &mut impl FnMut(&str)) {
    match value {
        Yaml::String(text) => push(text),
        Yaml::Sequence(items) => items.iter().for_each(|item| every(item, push)),
        Yaml::Mapping(fields) => fields.iter().for_each(|(_, value)| every(value, push)),
        _ => {}
    }
}

/// What sentences may say of the figures of the JSON, each in the words of what it counts.
fn told(json: &Value) -> BTreeSet<String> {
    let mut told = BTreeSet::new();
    // A template may have words of its own for a unit.
    let worded = regex_lite::Regex::new(r"numbers\.(\w+) \}\}\s+(\S+)").expect("a pattern");
    for found in worded.captures_iter(&common::read(&repository().join("plan/report.yaml"))) {
        let measure = measures(json).find(|measure| measure["indicator"] == found[1]);
        let value = measure.and_then(|measure| measure["value"].as_u64());
        told.extend(value.map(|value| format!("{} {}", counted(value), &found[2])));
    }
    let number = |value: &Value| value.as_u64().map(counted);
    let indicators = yaml("plan/indicators.yaml");
    for measure in measures(json) {
        let unit = measure["unit"].as_str().expect("a unit");
        let whole = measure["value"].as_u64();
        let of_tasks = array(&measure["under_tasks"]).map(|task| &task["value"]);
        for value in of_tasks.chain([&measure["value"], &measure["most"]["value"]]).filter_map(Value::as_u64) {
            if unit == "đồng" {
                told.insert(format!("{} tỷ đồng", plain(&rounded(value, 1_000_000_000, 2))));
                told.insert(format!("{} triệu đồng", plain(&rounded(value, 1_000_000, 1))));
            } else {
                told.insert(format!("{} {unit}", counted(value)));
            }
            let share = whole.filter(|whole| *whole > value).map(|whole| rounded(value * 100, whole, 1));
            told.extend(share.map(|share| format!("{}%", plain(&share))));
        }
        let share = measure["share_per_mille"].as_u64().map(|share| rounded(share, 10, 1));
        told.extend(share.map(|share| format!("{}%", plain(&share))));
        // Of how many it is.
        let of = measure["answers"]["numbers"].as_u64();
        told.extend(of.map(|of| counted(of) + " cơ quan"));
        let since = array(&json["since"]).find(|since| since["indicator"] == measure["indicator"]);
        if let Some((since, whole)) = since.and_then(|since| since["value"].as_u64()).zip(whole) {
            told.insert(format!("{} {unit}", counted(since)));
            told.insert(format!("{}%", plain(&rounded(since * 100, whole, 1))));
        }
        // What another number of who gave most of it is less by.
        let parts = list(&indicators["indicators"])
            .iter()
            .filter(|of| of["at_most"].as_str() == measure["indicator"].as_str());
        for part in
            parts.filter_map(|of| measures(json).find(|part| part["indicator"].as_str() == of["id"].as_str()))
        {
            let own = array(&part["contributions"]).filter(|one| one["agency"] == measure["most"]["agency"]);
            let own: u64 = own.filter_map(|one| one["value"].as_u64()).sum();
            let beyond = measure["most"]["value"].as_u64().and_then(|most| most.checked_sub(own));
            told.extend(beyond.map(|value| format!("{} tỷ đồng", plain(&rounded(value, 1_000_000_000, 2)))));
        }
        // What is left of a rate.
        if let Some((part, whole)) =
            measure["rate"]["numerator"].as_u64().zip(measure["rate"]["denominator"].as_u64())
        {
            told.insert(format!("{} vụ", counted(whole - part)));
        }
    }
    // What may be counted twice.
    for gap in array(&json["gaps"]).filter(|gap| gap["kind"] == "overlap") {
        let number = gap["text"].as_str().and_then(|text| text.split_once(": ")?.1.split_once(" của"));
        let units = list(&indicators["indicators"]).iter().filter(|of| of["at_place"] == true);
        let units = units.filter_map(|of| of["unit"].as_str());
        told.extend(
            units.zip(std::iter::repeat(number)).filter_map(|(unit, number)| Some(format!("{} {unit}", number?.0))),
        );
    }
    let mut count = |value: &Value, words: &str| told.extend(number(value).map(|count| format!("{count} {words}")));
    let summary = &json["summary"];
    for (key, words) in [
        ("included", "báo cáo"),
        ("late", "báo cáo"),
        ("missing", "cơ quan"),
        ("requested", "cơ quan"),
        ("requested_received", "cơ quan"),
    ] {
        count(&summary["reports"][key], words);
    }
    count(&summary["days_overdue"], "ngày");
    count(&summary["ad_hoc"], "báo cáo đột xuất");
    count(&summary["funding_silent"], "báo cáo");
    for level in array(&summary["coverage"]) {
        count(&level["silent_ever"], "cơ quan");
        count(&level["missing"], "xã, phường");
    }
    for counts in array(&summary["task_groups"]).chain([&summary["tasks"]]) {
        ["total", "in_progress", "partly_reported", "not_started", "no_report"]
            .iter()
            .for_each(|key| count(&counts[*key], "nhiệm vụ"));
        for key in ["silent_leads", "silent_in_part"] {
            count(&array(&counts[key]).count().into(), "cơ quan, đơn vị cấp tỉnh");
        }
    }
    for (voiced, words) in [(&summary["difficulties"], "khó khăn"), (&summary["own_recommendations"], "đề xuất")]
    {
        count(&voiced["total"], words);
        count(&voiced["agencies"], "cơ quan");
    }
    let mut levels: Vec<&Value> = array(&summary["difficulties"]["themes"]).map(|theme| &theme["levels"]).collect();
    for body in array(&summary["recommendations"]) {
        count(&body["total"], "kiến nghị");
        count(&body["agencies"], "cơ quan");
        levels.extend(array(&body["themes"]).map(|theme| &theme["levels"]));
    }
    levels.into_iter().flat_map(Value::as_object).flatten().for_each(|(_, members)| count(members, "xã, phường"));
    summary["next_steps"].as_object().into_iter().flatten().for_each(|(_, givers)| count(givers, "đơn vị"));
    for steps in array(&summary["steps_by_time"]) {
        count(&steps["steps"], "việc");
        count(&steps["agencies"], "cơ quan");
    }
    array(&json["controls"]).for_each(|control| count(&array(&control["silent"]).count().into(), "thành viên"));
    for (status, count_of) in array(&json["tasks"]).flat_map(|task| task["declared"].as_object()).flatten() {
        let label = match status.as_str() {
            "done" => "hoàn thành",
            "in-progress" | "in_progress" => "đang thực hiện",
            "not-started" | "not_started" => "chưa thực hiện",
            "nothing-arose" | "nothing_arose" => "không phát sinh",
            _ => "không áp dụng",
        };
        count(count_of, label);
    }
    let mut of = |part: &Value, whole: &Value, words: &str| {
        // Of ten and more no zero stands before a count of one digit.
        let both = number(part).zip(number(whole));
        let both = both.map(|(part, whole)| {
            let part = if whole.starts_with('0') { &part } else { part.trim_start_matches('0') };
            format!("{part}/{whole} {words}")
        });
        told.extend(both);
    };
    for level in array(&summary["coverage"]) {
        let words: &[&str] =
            if level["level"].is_null() { &["cơ quan"] } else { &["đơn vị", "xã, phường"] };
        for words in words {
            of(&level["received"], &level["expected"], words);
            of(&level["missing"], &level["expected"], words);
        }
    }
    of(&summary["tasks"]["done"], &summary["tasks"]["total"], "nhiệm vụ");
    of(&summary["funding_reports"], &summary["reports"]["included"], "báo cáo");
    array(&json["tasks"]).for_each(|task| of(&task["reported"], &task["leads"], "cơ quan chủ trì"));
    told
}
