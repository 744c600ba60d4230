//! What an argument names in the plan, or what else it may have meant.

use std::borrow::Cow;
use std::collections::BTreeSet;

use anyhow::{Result, anyhow, bail};

use super::output::Out;
use crate::check;
use crate::lookup::{self, Item, Known};
use crate::model::{Agency, AgencyId, Named, Plan, Quantity, Round, Task};
use crate::record::suggest;
use crate::template::OF_INDICATORS;
use crate::vietnamese::{fold, others, unaccented};
use crate::view::count::Count;
use crate::workspace::Workspace;

/// The agencies that are written to.
#[derive(Debug, clap::Args)]
pub(super) struct Chosen {
    /// Mã hoặc tên cơ quan
    #[arg(
        value_name = "CƠ_QUAN",
        help_heading = "Tham số",
        required_unless_present = "all",
        conflicts_with = "all"
    )]
    agencies: Vec<String>,
    /// Mọi cơ quan phải gửi hoặc được đề nghị gửi báo cáo trong kỳ
    #[arg(long)]
    pub(super) all: bool,
}

impl Chosen {
    /// # Errors
    /// When nobody is known by a name, or several are.
    pub(super) fn of<'p>(&self, plan: &'p Plan, round: &Round) -> Result<Vec<&'p Agency>> {
        match self.all {
            true => Ok(plan.agencies.iter().filter(|agency| plan.is_asked(agency, round)).collect()),
            false => phrases(plan, &self.agencies).iter().map(|written| agency(plan, written)).collect(),
        }
    }
}

/// Says of whom nothing is asked in a round.
pub(super) fn tell_unasked(agencies: &[&Agency], plan: &Plan, round: &Round, err: &mut Out<'_>) -> Result<()> {
    for agency in agencies.iter().filter(|agency| !plan.is_asked(agency, round)) {
        let (name, why, of) = (&agency.name, plan.why_unasked(agency, round), &round.short_name);
        writeln!(err, "lưu ý: {name} {why}, nên báo cáo kỳ {of} của cơ quan này không được tính.")?;
    }
    Ok(())
}

/// How many candidates are listed; more say nothing.
const CANDIDATES: usize = 12;

/// The plan's round that the words mean: an id, a name or a short name, with or without accents.
///
/// # Errors
/// When they mean none or several, with the rounds there are.
pub(super) fn round<'p>(plan: &'p Plan, written: &str) -> Result<&'p Round> {
    let is_unread = plan.rounds.is_empty() || plan.unread_rounds.iter().any(|key| key == written);
    if let Some(to_fill) = plan.rounds_to_fill().filter(|_| is_unread) {
        bail!(to_fill);
    }
    let is_it = |round: &&Round| is_called(&round.key, &[&round.name, &round.short_name], written);
    let found: Vec<&Round> = plan.rounds.iter().filter(is_it).collect();
    if let [round] = found[..] {
        return Ok(round);
    }
    let known = plan.rounds.iter().map(|round| format!("{} ({})", round.key, round.short_name));
    let known = known.collect::<Vec<_>>().join(", ");
    if found.is_empty() {
        let rounds: Vec<Item<'_>> = plan.rounds.iter().map(Item::Round).collect();
        let by_part = match lookup::meant(&rounds, written, &plan.province).as_slice() {
            [round] => Some(format!("có phải “{}” ({})?", round.id(), round.name())),
            _ => None,
        };
        let by_slip = || suggest::among(written, rounds.iter().map(|round| (round.id(), round.name())));
        match by_part.or_else(by_slip) {
            Some(meant) => bail!("không có kỳ báo cáo “{written}”; {meant}"),
            None => bail!("không có kỳ báo cáo “{written}”. Các kỳ: {known}."),
        }
    }
    bail!("“{written}” có thể là nhiều kỳ báo cáo; hãy ghi mã. Các kỳ: {known}.")
}

/// The round that the words mean, or the one that is being worked on; says where that has passed and still waits.
///
/// # Errors
/// As `round`, and when the plan has no round.
pub(super) fn round_or_current<'p>(
    workspace: &'p Workspace,
    written: Option<&str>,
    err: &mut Out<'_>,
) -> Result<&'p Round> {
    if let Some(written) = written {
        return round(&workspace.plan, written);
    }
    let round = workspace.current_round()?;
    let last = round.consolidated.last_on_time(&workspace.plan.holidays);
    let is_next = |next: &Round| next.consolidated.last_on_time(&workspace.plan.holidays) > last;
    if last < workspace.as_of && workspace.is_waiting(round) && workspace.plan.rounds.iter().any(is_next) {
        let passed = "hạn gửi báo cáo tổng hợp đã qua mà sổ chưa ghi là đã gửi";
        writeln!(
            err,
            "lưu ý: làm với kỳ {}, {passed}.\nGửi rồi thì ghi: plan issue {} --number SỐ --date NGÀY; làm với kỳ khác thì thêm --round.",
            round.short_name, round.key
        )?;
    }
    Ok(round)
}

/// The agency that the words mean: an id, a name, an alias or a commune's code, with or without accents.
///
/// # Errors
/// When they mean none or several, with the candidates.
pub(super) fn agency<'p>(plan: &'p Plan, written: &str) -> Result<&'p Agency> {
    let agency = |item| if let Item::Agency(agency) = item { Some(agency) } else { None };
    one(plan, lookup::items(plan), "cơ quan", written, agency)
}

/// An agency or a group of agencies.
///
/// # Errors
/// As `agency`.
pub(super) fn party<'p>(plan: &'p Plan, written: &str) -> Result<Item<'p>> {
    let party = |item: &Item<'_>| match item {
        Item::Agency(_) => true,
        Item::Group(group) => !group.open,
        _ => false,
    };
    one(plan, lookup::items(plan), "cơ quan, nhóm cơ quan", written, |item| Some(item).filter(party))
}

/// The words as they are, or as one where together they name one thing: `Sở Y tế` typed without quotes.
pub(super) fn phrases<'w>(plan: &Plan, words: &'w [String]) -> Cow<'w, [String]> {
    let whole = words.join(" ");
    let found =
        if words.len() > 1 { lookup::meant(&lookup::items(plan), &whole, &plan.province) } else { Vec::new() };
    if found.is_empty() { words.into() } else { vec![whole].into() }
}

/// The agencies that are named, by themselves or by a group.
///
/// # Errors
/// As `agency`.
pub(super) fn members(plan: &Plan, written: &[String]) -> Result<BTreeSet<AgencyId>> {
    let mut members = BTreeSet::new();
    for written in &*phrases(plan, written) {
        match party(plan, written)? {
            Item::Agency(agency) => drop(members.insert(agency.id)),
            Item::Group(group) => members.extend(&group.members),
            _ => {}
        }
    }
    Ok(members)
}

/// # Errors
/// As `agency`.
pub(super) fn task<'p>(plan: &'p Plan, written: &str) -> Result<&'p Task> {
    one(plan, lookup::items(plan), "nhiệm vụ", written, |item| {
        if let Item::Task(task) = item { Some(task) } else { None }
    })
}

/// A group of agencies or of tasks.
///
/// # Errors
/// As `agency`.
pub(super) fn group<'p>(plan: &'p Plan, written: &str) -> Result<Item<'p>> {
    let group = |item| match item {
        Item::TaskGroup(_) => Some(item),
        Item::Group(group) if !group.open => Some(item),
        _ => None,
    };
    one(plan, lookup::items(plan), "nhóm", written, group)
}

/// A number of the consolidated report.
#[derive(Debug, Clone, Copy)]
pub(super) enum Traced<'p> {
    Quantity(Quantity<'p>),
    Count(&'p Count),
}

impl<'p> Known<'p> for Traced<'p> {
    fn id(self) -> Cow<'p, str> {
        match self {
            Self::Quantity(quantity) => quantity.id(),
            Self::Count(count) => count.key.as_str().into(),
        }
    }

    fn names(self) -> Vec<Cow<'p, str>> {
        match self {
            Self::Quantity(quantity) => quantity.names(),
            Self::Count(count) => {
                std::iter::once(count.label.as_str().into()).chain(count.names().map(Cow::Owned)).collect()
            }
        }
    }
}

/// What is reported, or what the report counts besides. An indicator's id is its own, whatever list is called so.
///
/// # Errors
/// As `agency`.
pub(super) fn traced<'p>(plan: &'p Plan, counts: &'p [Count], written: &str) -> Result<Traced<'p>> {
    let in_template = OF_INDICATORS.iter().find_map(|place| written.strip_prefix(place));
    if let Some(indicator) = plan.indicators.find(in_template.unwrap_or(written)) {
        return Ok(Traced::Quantity(Quantity::Indicator(indicator)));
    }
    let quantities = plan.quantities().into_iter().map(Traced::Quantity).collect::<Vec<_>>();
    let is_reported = !lookup::meant(&quantities, written, &plan.province).is_empty();
    let counts = counts.iter().filter(|_| !is_reported).map(Traced::Count);
    one(plan, quantities.into_iter().chain(counts).collect(), "chỉ tiêu, số đếm", written, Some)
}

/// The agency, task, group, indicator or round that the words mean.
///
/// # Errors
/// As `agency`.
pub(super) fn item<'p>(plan: &'p Plan, written: &str) -> Result<Item<'p>> {
    if plan.unread_rounds.iter().any(|key| key == written) {
        round(plan, written)?;
    }
    one(plan, lookup::items(plan), "cơ quan, nhiệm vụ, nhóm, chỉ tiêu hay kỳ báo cáo", written, Some)
}

/// The body that recommendations may be addressed to, by id or name, with or without accents.
///
/// # Errors
/// When there is none, with those there are.
pub(super) fn addressee<'p>(plan: &'p Plan, written: &str) -> Result<&'p Named> {
    let bodies = &plan.wording.recommend_to;
    bodies.iter().find(|body| is_called(&body.id, &[&body.name], written)).ok_or_else(|| {
        let known: Vec<String> = bodies.iter().map(|body| format!("{} ({})", body.id, body.name)).collect();
        anyhow!("không có nơi nhận kiến nghị “{written}”. Các nơi nhận: {}.", known.join(", "))
    })
}

/// Whether the words are an id or a whole name, with or without accents.
fn is_called(id: &str, names: &[&str], written: &str) -> bool {
    let written = written.trim();
    let folded = fold(written);
    let plain = unaccented(written) == folded;
    let is_it = |name: &&str| fold(name) == folded || (plain && unaccented(name) == folded);
    id.eq_ignore_ascii_case(written) || names.iter().any(is_it)
}

fn one<'p, K: Known<'p>, T>(
    plan: &Plan,
    mut items: Vec<K>,
    what: &str,
    written: &str,
    wanted: impl Fn(K) -> Option<T>,
) -> Result<T> {
    items.retain(|item| wanted(*item).is_some());
    let found = lookup::meant(&items, written, &plan.province);
    if let [item] = found.as_slice()
        && let Some(one) = wanted(*item)
    {
        return Ok(one);
    }
    if found.is_empty() {
        if let [other] = lookup::meant(&lookup::items(plan), written, &plan.province).as_slice() {
            let round = if let Item::Round(_) = other { " mà là kỳ báo cáo" } else { "" };
            bail!("“{written}” không phải {what}{round}. Xem: plan show {}", other.id());
        }
        if let Some((message, remedy)) = check::garbled(written) {
            bail!("{message}; {remedy}");
        }
        let names: Vec<_> = items.iter().map(|item| (item.id(), item.names())).collect();
        let candidates = names.iter().flat_map(|(id, names)| names.iter().map(move |name| (&**id, &**name)));
        match suggest::among(written, candidates.clone()).or_else(|| suggest::alike(written, candidates)) {
            Some(hint) => bail!("không có {what} “{written}”; {hint}"),
            None => bail!("không có {what} “{written}”. Xem danh sách: plan show"),
        }
    }
    let list = found.iter().take(CANDIDATES).map(|item| format!("\n  {:<24} {}", item.id(), item.names()[0]));
    let more = others(found.len().saturating_sub(CANDIDATES), "mục").map(|more| format!("\n  … {more}"));
    bail!("“{written}” có thể là nhiều mục; hãy ghi mã:{}", list.chain(more).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::is_called;

    #[test]
    fn a_whole_name_is_known_and_a_part_of_one_is_not() {
        for (written, is_it) in [
            ("annual", true),
            ("ANNUAL", true),
            ("Năm 2026", true),
            (" năm  2026 ", true),
            ("nam 2026", true),
            ("Công tác bảo vệ năm 2026", true),
            ("nam", false),
            ("Nắm 2026", false),
            ("2026", false),
            ("", false),
        ] {
            assert_eq!(is_called("annual", &["Công tác bảo vệ năm 2026", "Năm 2026"], written), is_it, "{written}");
        }
    }
}
