use std::path::Path;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Value, json};

use super::*;
use crate::check::{Clock, Depth};
use crate::measure::measures;
use crate::model::Spanned;
use crate::source::{self, Files};
use crate::status::derive;
use crate::view::template::Templates;
use crate::workspace::Workspace;
use crate::workspace::tests::day;

/// What stands at a place of the wording.
#[derive(Deserialize)]
struct Told {
    at: String,
    round: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    known: Value,
    told: String,
}

/// The plan as it is shipped, before anybody reports.
static SHIPPED: LazyLock<Workspace> = LazyLock::new(|| {
    let read = source::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let plan = read.iter().map(|(_, file)| file).filter(|file| file.path.starts_with("plan/"));
    let files = Files::from_memory(plan.map(|file| (file.path.clone(), file.text().as_bytes().to_vec())));
    Workspace::on(files, Clock::on(day("2026-12-03")), Depth::Reports).unwrap()
});

/// By round, what the paragraphs may name then.
fn nothing() -> BTreeMap<&'static str, Value> {
    let rounds = derive(&SHIPPED);
    let of = |current| {
        let told = scope(&Brief {
            plan: &SHIPPED.plan,
            status: current,
            measures: &measures(&SHIPPED, &rounds, current),
            rounds: &rounds,
            controls: &[],
            earlier: None,
            ad_hoc: &[],
            remarks: &[],
            changes: None,
            as_of: SHIPPED.as_of,
            banner: None,
            files: &SHIPPED.files,
        });
        (current.round.key.as_str(), serde_json::to_value(told.unwrap()).unwrap())
    };
    rounds.iter().map(of).collect()
}

/// The paragraphs of a place, as the cases name it.
fn place(at: &str) -> Vec<&'static Spanned<String>> {
    let wording = &SHIPPED.plan.wording;
    let number = |at: &str| at.parse::<usize>().unwrap();
    let section = |at: &str| &wording.outline[number(at)];
    match at.split('/').collect::<Vec<_>>()[..] {
        ["opening"] => wording.opening.iter().collect(),
        ["growth", which] => {
            let growth = wording.growth.as_ref().unwrap();
            let of = [
                ("after_number", &growth.after_number),
                ("in_list", &growth.in_list),
                ("of_both", &growth.of_both),
            ];
            of.into_iter().filter(|(name, _)| *name == which).map(|(_, of)| of).collect()
        }
        ["summary", item] => vec![&wording.summary_items[number(item)]],
        ["section", of] => section(of).text.iter().collect(),
        ["section", of, "opening"] => section(of).group_opening.iter().collect(),
        ["section", of, part] => section(of).parts[number(part)].text.iter().collect(),
        ["section", of, part, "closing"] => section(of).parts[number(part)].closing.iter().collect(),
        [group, which] => {
            let group = wording.groups.iter().find(|of| of.group.0 == group).unwrap();
            if which == "text" { group.text.iter().collect() } else { group.closing.iter().collect() }
        }
        _ => unreachable!("{at}"),
    }
}

/// Lays what a case tells over what there is.
fn lay(known: &mut Value, told: Value) {
    match (known, told) {
        (Value::Object(known), Value::Object(told)) => {
            told.into_iter().for_each(|(name, value)| lay(known.entry(name).or_insert(Value::Null), value));
        }
        (known, told) => *known = told,
    }
}

/// A total stands with its unit: what it is without follows from it.
fn numbers(totals: &Value) -> Value {
    let totals = totals.as_object().into_iter().flatten();
    let number = |(name, total): (&String, &Value)| {
        let number = total.as_str()?.split(' ').next()?.to_owned();
        let value: f64 = number.trim_end_matches('%').replace('.', "").replace(',', ".").parse().ok()?;
        Some((name.clone(), number, value as u64))
    };
    let numbers: Vec<_> = totals.filter_map(number).collect();
    let words: BTreeMap<_, _> = numbers.iter().map(|(name, number, _)| (name, number)).collect();
    let values: BTreeMap<_, _> = numbers.iter().map(|(name, _, value)| (name, value)).collect();
    json!({"numbers": words, "values": values})
}

#[test]
fn the_wording_says_what_is_known() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/view/report/template/wording");
    let files = ["opening.yaml", "results.yaml"].map(|name| std::fs::read_to_string(folder.join(name)).unwrap());
    let told: Vec<Told> = files.iter().flat_map(|text| serde_yaml::from_str::<Vec<Told>>(text).unwrap()).collect();
    let nothing = nothing();
    let mut wrong = Vec::new();
    for Told { at, round, cases } in &told {
        for Case { known, told } in cases {
            let mut scope = nothing[round.as_str()].clone();
            lay(&mut scope, numbers(&known["totals"]));
            lay(&mut scope, known.clone());
            let templates = Templates::new(scope);
            let said: Vec<String> = place(at).into_iter().map(|of| templates.render(of).unwrap()).collect();
            let said = said.into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>().join(" / ");
            if said != *told {
                wrong.push(format!("{at}: {known}\n  told {said}\n  not  {told}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
