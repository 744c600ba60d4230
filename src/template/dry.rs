//! Every template of `plan/report.yaml` rendered before there are reports: in each case that its place may come to, and
//! once along every branch that no case takes. Finds what is wrong; never what a document would say.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use minijinja::value::ValueKind;
use minijinja::{Error, ErrorKind, Template, Value};
use rayon::prelude::*;

use super::branches::{SIDE, Steered};
use super::places::{PLACES, Place, Sample};
use super::sample::{self, Scope};
use super::{Engine, OF_INDICATORS, Problem, size};
use crate::model::{Plan, Spanned};
use crate::record::suggest;
use crate::vietnamese::upper_first;

/// More names than these are not listed: a plan has dozens of indicators.
const LISTED: usize = 20;

/// The indicator that a path of names is about.
pub(crate) fn indicator(path: &str) -> Option<&str> {
    OF_INDICATORS.iter().find_map(|of| path.strip_prefix(of))?.split('.').next()
}

/// What is wrong with the plan's templates, each with its template.
pub(crate) fn problems(plan: &Plan) -> Vec<(&Spanned<String>, Problem)> {
    let scopes = scopes(plan);
    let templates = |(place, scope): (&'static Place, _)| {
        let templates = (place.templates)(&plan.wording).into_iter();
        templates.filter(|template| template.value.contains('{')).map(move |template| (place, scope, template))
    };
    let templates: Vec<_> = places(&scopes).flat_map(templates).collect();
    let found = templates.into_par_iter().with_min_len(8).map_init(
        || Dry::new(&scopes),
        |dry, (place, scope, template)| (template, dry.check(&template.value, place, scope)),
    );
    let found: Vec<(&Spanned<String>, Vec<Problem>)> = found.collect();
    let each =
        |(template, problems): (_, Vec<Problem>)| problems.into_iter().map(move |problem| (template, problem));
    found.into_iter().flat_map(each).collect()
}

type Scopes = [Option<Scope>; PLACES.len()];

/// What the templates of each place may name.
fn scopes(plan: &Plan) -> Scopes {
    let report = sample::report(plan);
    PLACES.map(|(sample, _)| match sample {
        Sample::Plan(make) => make(plan),
        Sample::Report(make) => report.as_ref().map(make),
    })
}

/// Every place in which something is written.
fn places(scopes: &Scopes) -> impl Iterator<Item = (&'static Place, &Scope)> {
    let scopes = PLACES.into_iter().zip(scopes);
    scopes.flat_map(|((_, places), scope)| places.iter().zip(scope.iter().cycle()))
}

/// The decisions of a template in one rendering.
#[derive(Default)]
struct Decisions {
    forced: BTreeMap<usize, bool>,
    /// Outcomes that are taken as soon as their decision is reached, once each.
    wanted: BTreeSet<(usize, bool)>,
    taken: Vec<(usize, bool)>,
}

impl Decisions {
    fn take(&mut self, number: usize, natural: bool) -> bool {
        let wanted = || [natural, !natural].into_iter().find(|outcome| self.wanted.remove(&(number, *outcome)));
        let taken = self.forced.get(&number).copied().or_else(wanted).unwrap_or(natural);
        self.taken.push((number, taken));
        taken
    }
}

/// One rendering in one case.
struct Rendering<'c> {
    case: &'c Value,
    taken: Vec<(usize, bool)>,
    text: Result<String, Error>,
}

/// The decisions that renderings came to.
#[derive(Clone, Default)]
struct Known {
    /// What was decided before each, the first time.
    ways: BTreeMap<usize, Vec<(usize, bool)>>,
    outcomes: BTreeSet<(usize, bool)>,
}

impl Known {
    fn note(&mut self, taken: &[(usize, bool)]) {
        for (at, decision) in taken.iter().enumerate() {
            if self.outcomes.insert(*decision) {
                self.ways.entry(decision.0).or_insert_with(|| taken[..at].to_vec());
            }
        }
    }
}

struct Dry<'s> {
    scopes: &'s Scopes,
    engine: Engine,
    decisions: Arc<Mutex<Decisions>>,
}

impl<'s> Dry<'s> {
    fn new(scopes: &'s Scopes) -> Self {
        let decisions = Arc::new(Mutex::new(Decisions::default()));
        let mut engine = Engine::new();
        let shared = Arc::clone(&decisions);
        engine.0.add_function(SIDE, move |number: usize, value: Value| {
            let natural = value.is_true();
            let taken = lock(&shared).take(number, natural);
            if taken == natural { value } else { Value::from(taken) }
        });
        Self { scopes, engine, decisions }
    }

    /// What is wrong with one template, in the order of its text.
    fn check(&self, text: &str, place: &Place, scope: &Scope) -> Vec<Problem> {
        let whole = Steered::without_decisions(text);
        let steered =
            size::check(text).and_then(|()| Steered::new(text).map_err(|error| Problem::of(&error, text)));
        let steered = match steered {
            Ok(steered) => steered,
            Err(problem) => return vec![problem],
        };
        let (steered, template) = match self.compiled(&steered).or_else(|_| self.compiled(&whole)) {
            Ok(compiled) => compiled,
            Err(error) => return vec![Problem::of(&error, text)],
        };
        let names = self.engine.names(&template);
        let unknown = names.iter().filter(|name| part(&scope.full, name).is_none());
        let unknown: Vec<Problem> = unknown.map(|name| self.unknown(text, name, scope)).collect();
        if !unknown.is_empty() {
            return unknown;
        }
        let mut seen = BTreeSet::new();
        let figures = names.iter().filter_map(|name| indicator(name)).filter(|id| seen.insert(*id));
        let without = figures.filter_map(|id| scope.without(id));
        let cases: Vec<Value> = scope.possible.iter().cloned().chain(without).collect();

        let possible: Vec<Rendering<'_>> =
            cases.iter().map(|case| self.render(&template, case, Decisions::default())).collect();
        let forced = self.branches(steered, &template, &possible, &scope.full);
        let mut problems: Vec<Problem> = possible
            .iter()
            .chain(&forced)
            .filter_map(|rendering| {
                Some(failed(rendering.text.as_ref().err()?, steered, text, rendering.case, scope))
            })
            .collect();
        problems.sort_by_key(|problem| problem.at.start);
        problems.dedup_by_key(|problem| problem.at.start);
        if problems.is_empty() {
            problems.extend(bare(text, place, &possible, &forced));
        }
        problems
    }

    fn compiled<'t>(&'t self, steered: &'t Steered) -> Result<(&'t Steered, Template<'t, 't>), Error> {
        Ok((steered, self.engine.0.template_from_str(&steered.text)?))
    }

    fn render<'c>(&self, template: &Template<'_, '_>, case: &'c Value, decisions: Decisions) -> Rendering<'c> {
        *lock(&self.decisions) = decisions;
        let text = template.render(case);
        Rendering { case, taken: std::mem::take(&mut lock(&self.decisions).taken), text }
    }

    /// Renderings along the branches that no case took: each follows a case up to the decision and goes the other way
    /// there, with all there is, so that it cannot fail for what the case lacks.
    fn branches<'c>(
        &self,
        steered: &Steered,
        template: &Template<'_, '_>,
        possible: &[Rendering<'_>],
        full: &'c Value,
    ) -> Vec<Rendering<'c>> {
        let mut known = Known::default();
        possible.iter().for_each(|rendering| known.note(&rendering.taken));
        let mut forced = self.forced(steered, template, &mut known, full);
        // A case that took a branch may have had nothing to go on with there.
        if !steered.sides.iter().all(|side| known.outcomes.contains(side)) {
            let mut of_full = Known::default();
            forced.iter().for_each(|rendering| of_full.note(&rendering.taken));
            forced.extend(self.forced(steered, template, &mut of_full, full));
        }
        forced
    }

    /// Renderings with all there is, until each decision that is reached has gone every way that leads to text of its own.
    fn forced<'c>(
        &self,
        steered: &Steered,
        template: &Template<'_, '_>,
        known: &mut Known,
        full: &'c Value,
    ) -> Vec<Rendering<'c>> {
        let mut together = known.clone();
        let many = self.explored(steered, template, &mut together, full, true);
        // Hardly any template has something against many new ways at once. What has may fail only because of what the other ways
        // left out: then each is gone by itself.
        if many.iter().all(|rendering| rendering.text.is_ok()) {
            *known = together;
            return many;
        }
        self.explored(steered, template, known, full, false)
    }

    /// The same, each rendering along one new way or along as many as it meets.
    fn explored<'c>(
        &self,
        steered: &Steered,
        template: &Template<'_, '_>,
        known: &mut Known,
        full: &'c Value,
        at_once: bool,
    ) -> Vec<Rendering<'c>> {
        let (mut explored, mut forced) = (Vec::new(), BTreeMap::new());
        for _ in 0..=steered.sides.len() {
            let open = |known: &Known| {
                let open = steered.sides.iter().filter(|side| !known.outcomes.contains(side));
                open.copied().collect::<BTreeSet<_>>()
            };
            let wanted = if at_once { open(known) } else { BTreeSet::new() };
            let rendering = self.render(template, full, Decisions { forced, wanted, taken: Vec::new() });
            known.note(&rendering.taken);
            explored.push(rendering);
            let way = |side: &(usize, bool)| Some(known.ways.get(&side.0)?.iter().chain([side]).copied().collect());
            let Some(way) = open(known).iter().filter_map(way).next() else { break };
            forced = way;
        }
        explored
    }

    fn unknown(&self, text: &str, name: &str, scope: &Scope) -> Problem {
        let name = lacking(&scope.full, name).unwrap_or(name);
        let message = format!("không có biến “{name}”");
        let at = found(text, name).unwrap_or(0..text.len());
        let Some((owner, _)) = name.rsplit_once('.') else {
            let has = |scope: &Scope| part(&scope.full, name).is_some();
            let elsewhere = places(self.scopes).filter(|(_, scope)| has(scope));
            let elsewhere: Vec<&str> = elsewhere.map(|(place, _)| place.name).collect();
            let message = match elsewhere.as_slice() {
                [] => message,
                places => format!("biến “{name}” chỉ dùng được trong {}", places.join("; ")),
            };
            return Problem { at, message, hint: usable(name, "", &scope.full) };
        };
        let names = part(&scope.full, owner).and_then(|owned| usable(name, &format!("{owner}."), &owned));
        let hint = names.or(Some(format!("“{owner}” là một giá trị, bên trong không có gì")));
        Problem { at, message, hint }
    }
}

fn lock(decisions: &Mutex<Decisions>) -> MutexGuard<'_, Decisions> {
    decisions.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a path of names leads to.
fn part(value: &Value, path: &str) -> Option<Value> {
    let mut names = path.split('.');
    names.try_fold(value.clone(), |value, name| value.get_attr(name).ok().filter(|value| !value.is_undefined()))
}

/// The beginning of a path at which there is nothing.
fn lacking<'n>(value: &Value, path: &'n str) -> Option<&'n str> {
    let ends = path.match_indices('.').map(|(at, _)| at).chain([path.len()]);
    ends.map(|end| &path[..end]).find(|begun| part(value, begun).is_none_or(|value| value.is_none()))
}

/// Where a name stands in a template.
fn found(text: &str, name: &str) -> Option<Range<usize>> {
    let within_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let places = text.match_indices(name).map(|(at, _)| at..at + name.len());
    let mut whole = places.filter(|at| {
        !text[..at.start].ends_with(within_word) && !text[at.end..].starts_with(|c| c != '.' && within_word(c))
    });
    whole.next()
}

/// What was probably meant by a name, and what there is instead.
fn usable(name: &str, prefix: &str, owner: &Value) -> Option<String> {
    let names = owner.try_iter().ok().filter(|_| owner.kind() == ValueKind::Map)?;
    let names: Vec<String> = names.map(|key| format!("{prefix}{key}")).collect();
    let meant = suggest::among(name, names.iter().map(|name| (name.as_str(), name.as_str())));
    let listed = match names.len() {
        0 => return meant,
        1..=LISTED => format!("ở đây dùng được: {}", names.join(", ")),
        _ if prefix.is_empty() => "các biến dùng được nêu ở đầu tệp plan/report.yaml mà plan init tạo".to_owned(),
        _ => format!("sau “{prefix}” ghi mã chỉ tiêu có trong plan/indicators.yaml"),
    };
    Some(meant.map_or(listed.clone(), |meant| format!("{meant} {}", upper_first(&listed))))
}

/// Why a rendering failed.
fn failed(error: &Error, steered: &Steered, text: &str, case: &Value, scope: &Scope) -> Problem {
    let mut at = error.range().map_or(0..text.len(), |range| steered.original(range));
    // The engine names what is undefined, and points at what it was doing with it.
    let undefined = error.detail().and_then(|detail| detail.split_once("` is undefined")?.0.rsplit('`').next());
    at = undefined.and_then(|name| found(text, name)).unwrap_or(at);
    let problem = Problem::at(error, text, at);
    if undefined.is_none() && error.kind() != ErrorKind::UndefinedError {
        return problem;
    }
    let name = text.get(problem.at.clone()).unwrap_or_default();
    let is_path = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'));
    match lacking(case, name).filter(|_| is_path) {
        Some(absent) if part(&scope.full, absent).is_some() => Problem {
            message: match absent.strip_prefix("annex.") {
                Some(kind) => format!("“{absent}” không có giá trị: annexes không có phụ lục {kind}"),
                None => format!("“{absent}” có khi không có giá trị"),
            },
            hint: Some(format!("đặt đoạn này trong {{% if {absent} %}} … {{% endif %}}")),
            ..problem
        },
        Some(_) => {
            let message = format!("không có biến “{name}”");
            Problem { message, hint: of_items(name, &scope.full), ..problem }
        }
        None => Problem::undefined(name, problem.at.clone()),
    }
}

/// What an item of a list has, for a misspelt part of the name that a loop gives it.
fn of_items(name: &str, full: &Value) -> Option<String> {
    let (item, _) = name.rsplit_once('.')?;
    let lists = full.try_iter().ok()?.filter_map(|key| full.get_item(&key).ok());
    let mut items =
        lists.filter(|value| value.kind() == ValueKind::Seq).filter_map(|list| list.get_item_by_index(0).ok());
    items.find_map(|first| usable(name, &format!("{item}."), &first))
}

/// A template without a mistake that prints nothing where something must stand, or a value that is no text.
fn bare(text: &str, place: &Place, possible: &[Rendering<'_>], forced: &[Rendering<'_>]) -> Option<Problem> {
    let problem = |message: String, hint: &str| Problem { at: 0..text.len(), message, hint: Some(hint.to_owned()) };
    let printed = |renderings: &[Rendering<'_>]| -> Vec<String> {
        renderings
            .iter()
            .filter_map(|rendering| rendering.text.as_ref().ok())
            .map(|text| text.trim().to_owned())
            .collect()
    };
    let (possible, forced) = (printed(possible), printed(forced));
    const FOREIGN: [&str; 3] = ["none", "true", "false"];
    let foreign = |word: &&str| FOREIGN.iter().any(|foreign| word.eq_ignore_ascii_case(foreign));
    // Hardly any has one, and letters are told from marks one by one.
    let may_have = possible.iter().filter(|printed| {
        let printed = printed.to_ascii_lowercase();
        FOREIGN.iter().any(|foreign| printed.contains(foreign))
    });
    let mut words = may_have.flat_map(|printed| printed.split(|c: char| !c.is_alphanumeric())).filter(foreign);
    if let Some(word) = words.find(|word| !text.contains(word)) {
        return Some(problem(
            format!("có khi in ra chữ “{word}”: một giá trị không có, hoặc đúng/sai, đứng giữa câu"),
            "đặt giá trị đó trong {% if … %} … {% endif %}",
        ));
    }
    if place.may_be_empty {
        let never = possible.iter().chain(&forced).all(String::is_empty);
        return never
            .then(|| problem("không bao giờ in ra chữ nào".to_owned(), "ghi nội dung, hoặc xóa câu mẫu này"));
    }
    let empty = possible.iter().any(String::is_empty);
    empty.then(|| {
        problem("có khi không in ra chữ nào".to_owned(), "ghi nội dung cho mọi trường hợp, thêm {% else %}")
    })
}

#[cfg(test)]
mod tests;
