//! Where a template decides, and the template with each decision put through a filter that may take the other side.
//! Knows the tree of the language, which the engine offers without a promise: nothing else here does.

use std::ops::Range;

use minijinja::Error;
use minijinja::machinery::ast::{BinOpKind, CallArg, Expr, Stmt};
use minijinja::machinery::{Span, parse, parse_expr};
use minijinja::syntax::SyntaxConfig;

/// The filter that stands behind each decision: `{% if a %}` becomes `{% if (a)|__side(0) %}`. The engine looks a function up
/// among all values each time, a filter once.
pub(super) const SIDE: &str = "__side";

/// A condition, and the outcomes that lead to text of their own.
pub(super) struct Decision {
    at: Range<usize>,
    outcomes: &'static [bool],
    /// The names that it compares with others or with words, `round.id`; none where it does anything else.
    pub(super) compared: Vec<String>,
}

/// A template whose decisions can be told.
pub(super) struct Steered {
    pub(super) text: String,
    /// Each decision by its number, with an outcome that leads to text of its own.
    pub(super) sides: Vec<(usize, bool)>,
    /// By their numbers.
    pub(super) decisions: Vec<Decision>,
    /// What was put in: where in the template, and how many bytes.
    inserted: Vec<(usize, usize)>,
}

impl Steered {
    /// # Errors
    /// Of a template that does not parse.
    pub(super) fn new(template: &str) -> Result<Self, Error> {
        let mut decisions = Vec::new();
        statement(&parse(template, "", SyntaxConfig::default())?, template, &mut decisions);
        let mut pieces: Vec<(usize, String)> = Vec::new();
        pieces.extend(decisions.iter().map(|decision| (decision.at.start, "(".to_owned())));
        // What is put in at one place stays in order: of two that end there the inner, which was found later, comes first.
        for (number, decision) in decisions.iter().enumerate().rev() {
            pieces.push((decision.at.end, format!(")|{SIDE}({number})")));
        }
        pieces.sort_by_key(|(at, _)| *at);
        let (mut text, mut from) = (String::new(), 0);
        for (at, piece) in &pieces {
            text.push_str(&template[from..*at]);
            text.push_str(piece);
            from = *at;
        }
        text.push_str(&template[from..]);
        let sides = decisions.iter().enumerate();
        let sides = sides.flat_map(|(number, decision)| decision.outcomes.iter().map(move |side| (number, *side)));
        let (sides, inserted) = (sides.collect(), pieces.iter().map(|(at, piece)| (*at, piece.len())).collect());
        Ok(Self { text, sides, decisions, inserted })
    }

    /// A template as it is, whose decisions cannot be told apart from the text around them.
    pub(super) fn without_decisions(template: &str) -> Self {
        Self { text: template.to_owned(), sides: Vec::new(), decisions: Vec::new(), inserted: Vec::new() }
    }

    /// The range of the template that a range of the text stands for.
    pub(super) fn original(&self, range: Range<usize>) -> Range<usize> {
        // What fails in the filter is what it stands behind.
        let failed = self.text.get(range.clone()).and_then(|failed| failed.strip_prefix(SIDE));
        let number = failed.and_then(|call| call.strip_prefix('('));
        let number = number.and_then(|call| call.split(')').next()?.parse::<usize>().ok());
        if let Some(decision) = number.and_then(|number| self.decisions.get(number)) {
            return decision.at.clone();
        }
        let place = |place: usize| {
            let mut before = 0;
            for (at, length) in &self.inserted {
                if at + before + length > place {
                    return (place - before).min(*at);
                }
                before += length;
            }
            place - before
        };
        place(range.start)..place(range.end)
    }
}

fn statement(statement: &Stmt<'_>, template: &str, found: &mut Vec<Decision>) {
    let mut decide = |expr: &Expr<'_>, outcomes| decision(expr, outcomes, template, found);
    let (exprs, bodies): (Vec<&Expr<'_>>, [&[Stmt<'_>]; 2]) = match statement {
        Stmt::Template(whole) => (vec![], [&whole.children, &[]]),
        Stmt::EmitExpr(emit) => (vec![&emit.expr], [&[], &[]]),
        Stmt::EmitRaw(_) => return,
        Stmt::ForLoop(each) => {
            each.filter_expr.iter().for_each(|filter| decide(filter, &[true, false]));
            (std::iter::once(&each.iter).chain(&each.filter_expr).collect(), [&each.body, &each.else_body])
        }
        Stmt::IfCond(either) => {
            decide(&either.expr, &[true, false]);
            (vec![&either.expr], [&either.true_body, &either.false_body])
        }
        Stmt::WithBlock(with) => (with.assignments.iter().map(|(_, expr)| expr).collect(), [&with.body, &[]]),
        Stmt::Set(set) => (vec![&set.expr], [&[], &[]]),
        Stmt::SetBlock(set) => (set.filter.iter().collect(), [&set.body, &[]]),
        Stmt::AutoEscape(block) => (vec![&block.enabled], [&block.body, &[]]),
        Stmt::FilterBlock(block) => (vec![&block.filter], [&block.body, &[]]),
        Stmt::Do(call) => (call.call.args.iter().map(argument).collect(), [&[], &[]]),
    };
    exprs.into_iter().for_each(|expr| expression(expr, template, found));
    bodies.into_iter().flatten().for_each(|inner| self::statement(inner, template, found));
}

fn expression(expr: &Expr<'_>, template: &str, found: &mut Vec<Decision>) {
    match expr {
        Expr::IfExpr(either) => decision(&either.test_expr, &[true, false], template, found),
        Expr::BinOp(both) => match both.op {
            BinOpKind::ScAnd => decision(&both.left, &[true], template, found),
            BinOpKind::ScOr => decision(&both.left, &[false], template, found),
            _ => {}
        },
        _ => {}
    }
    children(expr).into_iter().for_each(|inner| expression(inner, template, found));
}

/// Notes a condition, unless its bounds in the text cannot be told.
fn decision(expr: &Expr<'_>, outcomes: &'static [bool], template: &str, found: &mut Vec<Decision>) {
    let mut at = extent(expr, template);
    // What begins in brackets is said to begin within them.
    while template[at.clone()].matches(')').count() > template[at.clone()].matches('(').count() {
        let Some(bracket) = template[..at.start].rfind('(') else { return };
        at.start = bracket;
    }
    if parse_expr(&template[at.clone()]).is_ok() {
        let mut compared = Vec::new();
        if !compares(expr) || !asks_only(expr, &mut compared) {
            compared.clear();
        }
        found.push(Decision { at, outcomes, compared });
    }
}

fn compares(expr: &Expr<'_>) -> bool {
    use BinOpKind::{Eq, Gt, Gte, In, Lt, Lte, Ne};
    let compared = match expr {
        Expr::Compare(_) => true,
        Expr::BinOp(both) => matches!(both.op, Eq | Ne | Lt | Lte | Gt | Gte | In),
        _ => false,
    };
    compared || children(expr).into_iter().any(compares)
}

/// Whether an expression does nothing with what it asks for but to compare it, with the names that it asks for.
fn asks_only(expr: &Expr<'_>, names: &mut Vec<String>) -> bool {
    match expr {
        Expr::Const(_) => true,
        Expr::Var(_) | Expr::GetAttr(_) => {
            let name = name(expr);
            names.extend(name.clone());
            name.is_some()
        }
        Expr::Compare(_) | Expr::UnaryOp(_) | Expr::BinOp(_) | Expr::List(_) | Expr::Tuple(_) => {
            children(expr).into_iter().all(|inner| asks_only(inner, names))
        }
        _ => false,
    }
}

fn name(expr: &Expr<'_>) -> Option<String> {
    match expr {
        Expr::Var(var) => Some(var.id.to_owned()),
        Expr::GetAttr(of) => Some(format!("{}.{}", name(&of.expr)?, of.name)),
        _ => None,
    }
}

/// From the first to the last byte of an expression: of one with parts the engine tells the end alone.
fn extent(expr: &Expr<'_>, template: &str) -> Range<usize> {
    let Span { start_offset, end_offset, .. } = expr.span();
    let own = start_offset as usize..end_offset as usize;
    let opens = |mark: &str| template[own.clone()].starts_with(mark);
    let first = match expr {
        Expr::UnaryOp(_) if opens("not") || opens("-") => None,
        Expr::List(_) | Expr::Tuple(_) | Expr::Map(_) => None,
        _ => children(expr).first().map(|first| extent(first, template)),
    };
    first.map_or(own.start, |first| first.start)..own.end
}

fn children<'e, 't>(expr: &'e Expr<'t>) -> Vec<&'e Expr<'t>> {
    match expr {
        Expr::Var(_) | Expr::Const(_) => Vec::new(),
        Expr::Slice(slice) => std::iter::once(&slice.expr)
            .chain([&slice.start, &slice.stop, &slice.step].into_iter().flatten())
            .collect(),
        Expr::UnaryOp(one) => vec![&one.expr],
        Expr::BinOp(both) => vec![&both.left, &both.right],
        Expr::Compare(compare) => {
            std::iter::once(&compare.expr).chain(compare.ops.iter().map(|other| &other.expr)).collect()
        }
        Expr::IfExpr(either) => {
            [&either.true_expr, &either.test_expr].into_iter().chain(&either.false_expr).collect()
        }
        Expr::Filter(filter) => filter.expr.iter().chain(filter.args.iter().map(argument)).collect(),
        Expr::Test(test) => std::iter::once(&test.expr).chain(test.args.iter().map(argument)).collect(),
        Expr::GetAttr(of) => vec![&of.expr],
        Expr::GetItem(of) => vec![&of.expr, &of.subscript_expr],
        Expr::Call(call) => std::iter::once(&call.expr).chain(call.args.iter().map(argument)).collect(),
        Expr::List(list) => list.items.iter().collect(),
        Expr::Tuple(list) => list.items.iter().collect(),
        Expr::Map(map) => map.keys.iter().chain(&map.values).collect(),
    }
}

fn argument<'e, 't>(argument: &'e CallArg<'t>) -> &'e Expr<'t> {
    match argument {
        CallArg::Pos(expr) | CallArg::Kwarg(_, expr) | CallArg::PosSplat(expr) | CallArg::KwargSplat(expr) => expr,
    }
}

#[cfg(test)]
mod tests {
    use super::Steered;

    #[test]
    fn every_decision_is_steered() {
        for (template, steered) in [
            ("{% if a %}b{% elif c == d %}e{% endif %}", "{% if (a⟩ %}b{% elif (c == d⟩ %}e{% endif %}"),
            ("{{ a or b }} {{ a and (b or c) }}", "{{ (a⟩ or b }} {{ (a⟩ and ((b⟩ or c) }}"),
            ("{{ x if (a or b) is true else y }}", "{{ x if (((a⟩ or b) is true⟩ else y }}"),
            ("{{ x if a is odd and b < 1 < 2 else y }}", "{{ x if ((a is odd⟩ and b < 1 < 2⟩ else y }}"),
            (
                "{% for p in ps if not p.q %}r{% else %}s{% endfor %}",
                "{% for p in ps if (not p.q⟩ %}r{% else %}s{% endfor %}",
            ),
            ("{{ (a.b[1] if c(2, k=d) else e) | f }}", "{{ (a.b[1] if (c(2, k=d)⟩ else e) | f }}"),
            ("{% if (a) or b %}chữ{% endif %}", "{% if (((a⟩) or b⟩ %}chữ{% endif %}"),
            (
                "{{ x if a.b[0].c not in d and not e.f else y }}",
                "{{ x if ((a.b[0].c not in d⟩ and not e.f⟩ else y }}",
            ),
            ("{% set x = a if b else c %}{{ 'if ( ' }}", "{% set x = a if (b⟩ else c %}{{ 'if ( ' }}"),
            ("{# if a #}{% raw %}{% if %}{% endraw %}", "{# if a #}{% raw %}{% if %}{% endraw %}"),
        ] {
            let mut text = Steered::new(template).unwrap().text;
            for number in 0..9 {
                text = text.replace(&format!(")|__side({number})"), "⟩");
            }
            assert_eq!(text, steered);
        }
    }

    #[test]
    fn a_place_in_the_steered_text_is_found_again() {
        let template = "chữ {{ zero }} {% if one == 1 or two %}{{ three }}{% endif %} {{ four }}";
        let steered = Steered::new(template).unwrap();
        for words in ["chữ", "zero", "one == 1", "two", "three", "four"] {
            let at = steered.text.find(words).unwrap();
            assert_eq!(&template[steered.original(at..at + words.len())], words);
        }
        let whole = steered.text.find("((one").unwrap()..steered.text.find(" %}{{ three").unwrap();
        assert_eq!(&template[steered.original(whole)], "one == 1 or two");
    }
}
