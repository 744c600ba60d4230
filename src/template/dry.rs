//! Every template of `plan/report.yaml` rendered before there are reports: in each case that its place may come to, and
//! once along every branch that no case takes. Finds what is wrong; never what a document would say.

mod told;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use minijinja::value::ValueKind;
use minijinja::{Error, Template, Value};
use rayon::prelude::*;

use self::told::{failed, found, lacking, part, usable};
use super::branches::{SIDE, Steered};
use super::places::{PLACES, Place, Sample};
use super::sample::{self, Scope};
use super::{Engine, OF_INDICATORS, Problem, size};
use crate::model::{Plan, Spanned};

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
        engine.0.add_filter(SIDE, move |value: Value, number: usize| {
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
        let without = figures.filter_map(|id| scope.without(id, &names));
        let cases: Vec<Value> = scope.possible.iter().cloned().chain(without).collect();

        let possible: Vec<Rendering<'_>> =
            cases.iter().map(|case| self.render(&template, case, Decisions::default())).collect();
        let forced = self.branches(steered, &template, &possible, &scope.full);
        let otherwise = possible.iter().flat_map(|rendering| self.otherwise(steered, &template, rendering));
        let otherwise: Vec<Rendering<'_>> = otherwise.collect();
        let mut problems: Vec<Problem> = possible
            .iter()
            .chain(&forced)
            .chain(&otherwise)
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

    /// The same case where words that it has are others: whatever a round is called, there may be nothing to tell in it.
    fn otherwise<'c>(
        &self,
        steered: &Steered,
        template: &Template<'_, '_>,
        of: &Rendering<'c>,
    ) -> Vec<Rendering<'c>> {
        let is_word = |name: &String| part(of.case, name).is_some_and(|value| value.kind() == ValueKind::String);
        let compares_words = |number: usize| {
            let names = &steered.decisions[number].compared;
            !names.is_empty() && names.iter().all(is_word)
        };
        let sides: Vec<_> = steered.sides.iter().copied().filter(|(number, _)| compares_words(*number)).collect();
        let mut known = Known::default();
        known.note(&of.taken);
        if sides.is_empty() { Vec::new() } else { self.explored(&sides, template, &mut known, of.case, false) }
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
        let many = self.explored(&steered.sides, template, &mut together, full, true);
        // Hardly any template has something against many new ways at once. What has may fail only because of what the other ways
        // left out: then each is gone by itself.
        if many.iter().all(|rendering| rendering.text.is_ok()) {
            *known = together;
            return many;
        }
        self.explored(&steered.sides, template, known, full, false)
    }

    /// Renderings of one case until each of some decisions that is reached has gone every way, each rendering along one new
    /// way or along as many as it meets.
    fn explored<'c>(
        &self,
        sides: &[(usize, bool)],
        template: &Template<'_, '_>,
        known: &mut Known,
        case: &'c Value,
        at_once: bool,
    ) -> Vec<Rendering<'c>> {
        let (mut explored, mut forced) = (Vec::new(), BTreeMap::new());
        let mut open: BTreeSet<_> = sides.iter().copied().collect();
        open.retain(|side| !known.outcomes.contains(side));
        for _ in 0..=sides.len() {
            let wanted = if at_once { open.clone() } else { BTreeSet::new() };
            let rendering = self.render(template, case, Decisions { forced, wanted, taken: Vec::new() });
            known.note(&rendering.taken);
            rendering.taken.iter().for_each(|side| _ = open.remove(side));
            explored.push(rendering);
            let way = |side: &(usize, bool)| Some(known.ways.get(&side.0)?.iter().chain([side]).copied().collect());
            let Some(way) = open.iter().find_map(way) else { break };
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
