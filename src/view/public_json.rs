//! `plan publish --format json`, and the file of each list beside the page. Whom something is held back of is in none.

use chrono::NaiveDate;

use super::json::{HeadJson, PlaceJson, RateJson, amount, head, place, values};
use super::public::{FIGURES, PAGE, Site, address, anchor, held_id};
use super::report_json::{PaperJson, paper};
use crate::doc::as_json;
use crate::measure::{self, Measure, Unknown};
use crate::model::{Agency, Indicator, PaperRef, Plan, PublicList, Violator, Warning};
use crate::public::{Item, Public, Unheard, hides_address};
use crate::source::{Files, Span};
use crate::status::RoundStatus;

as_json!(Site<'_, '_>, it => publish(it, None));

values! {
    PublishJson<'j> = fn publish(site: &'j Site<'_, '_>, only: Option<&str>) where {
        let wanted = |list: &str| only.is_none_or(|only| only == list);
        let has = |list: PublicList| wanted(list.id()) && site.lists().any(|made| made == list);
        let violators = || site.violators().map(|item| violator(site.plan, item)).collect();
        let warnings = || site.warnings().map(warning).collect();
        let hotlines = || site.public.hotlines.iter().map(|(agency, number)| hotline(agency, number)).collect();
    } {
        #[serde(flatten)]
        head: HeadJson = head(site.as_of, &site.banner),
        /// A list that no task of the plan makes is absent; the file of one list has no other.
        #[serde(skip_serializing_if = "Option::is_none")]
        violators: Option<Vec<PublicViolatorJson<'j>>> = has(PublicList::Violators).then(violators),
        #[serde(skip_serializing_if = "Option::is_none")]
        warnings: Option<Vec<PublicWarningJson<'j>>> = has(PublicList::Warnings).then(warnings),
        #[serde(skip_serializing_if = "Option::is_none")]
        hotlines: Option<Vec<HotlineJson<'j>>> = has(PublicList::Hotlines).then(hotlines),
        #[serde(skip_serializing_if = "Option::is_none")]
        figures: Option<Vec<PublicRoundJson<'j>>> = wanted(FIGURES).then(|| {
            site.rounds.iter().zip(site.measures).map(|(status, measures)| figures(status, measures)).collect()
        }),
        /// What is held back, without names: not in the files of the site.
        #[serde(skip_serializing_if = "Option::is_none")]
        withheld: Option<Vec<WithheldJson<'j>>> = only.is_none().then(|| withheld(site)),
        /// Reports with errors, and those that nobody asked for and that tell something: that is in no list.
        #[serde(skip_serializing_if = "Option::is_none")]
        unheard: Option<Vec<UnheardJson<'j>>> = only.is_none().then(|| {
            site.public.unheard.iter().map(|report| unheard(site.files, report)).collect()
        }),
    }

    PublicViolatorJson<'j> = fn violator(plan: &Plan, item: &'j Item<'_, Violator>) where {
        let found = item.found;
    } {
        /// Eight hexadecimal digits, the same as others come.
        id: &'j str = &item.id,
        address_on_page: String = format!("{PAGE}#{}", anchor(PublicList::Violators.id(), &item.id)),
        agency: &'j str = &item.agency.key,
        agency_name: &'j str = &item.agency.name,
        name: &'j str = &found.name.value,
        /// Never of a person.
        address: Option<&'j str> = address(plan, item).map(|text| text.value.as_str()),
        violation: &'j str = &found.violation.value,
        decision: Option<PaperJson<'j>> = item.decision().map(PaperRef::from).map(paper),
        /// Đồng.
        fine: Option<u64> = found.fine.as_ref().map(|fine| fine.value),
        published: Option<NaiveDate> = item.published().map(|day| day.value),
        published_on: Option<&'j str> = found.published_on.as_ref().map(|text| text.value.as_str()),
        /// The last day that it is for everyone.
        until: Option<NaiveDate> = item.until().map(|day| day.value),
        /// Why it is held back: `not_allowed`, `not_yet`, `over` or `personal_number`; never on the page.
        #[serde(skip_serializing_if = "Option::is_none")]
        held: Option<&'static str> = item.held.map(held_id),
    }

    PublicWarningJson<'j> = fn warning(item: &'j Item<'_, Warning>) where {
        let found = item.found;
    } {
        /// As of a violator.
        id: &'j str = &item.id,
        address_on_page: String = format!("{PAGE}#{}", anchor(PublicList::Warnings.id(), &item.id)),
        agency: &'j str = &item.agency.key,
        agency_name: &'j str = &item.agency.name,
        subject: &'j str = &found.subject.value,
        content: Option<&'j str> = found.content.as_ref().map(|text| text.value.as_str()),
        issued: Option<NaiveDate> = item.issued().map(|day| day.value),
        channel: Option<&'j str> = found.channel.as_ref().map(|text| text.value.as_str()),
        /// As of a violator.
        #[serde(skip_serializing_if = "Option::is_none")]
        held: Option<&'static str> = item.held.map(held_id),
    }

    HotlineJson<'j> = fn hotline(agency: &'j Agency, hotline: &'j str) {
        address_on_page: String = format!("{PAGE}#{}", anchor(PublicList::Hotlines.id(), &agency.key)),
        agency: &'j str = &agency.key,
        agency_name: &'j str = &agency.name,
        hotline: &'j str = hotline,
    }

    PublicRoundJson<'j> = fn figures(status: &'j RoundStatus<'_>, measures: &'j [Measure<'_>]) where {
        let of = |(of, total)| indicator(status, of, total);
    } {
        round: &'j str = &status.round.key,
        name: &'j str = &status.round.name,
        data_from: NaiveDate = status.round.data_from,
        data_to: NaiveDate = status.round.data_to,
        /// How many agencies must report, and how many of them have a valid report.
        expected: usize = status.counts.expected,
        reported: usize = status.counts.complete,
        indicators: Vec<PublicIndicatorJson<'j>> = measure::indicators(measures).map(of).collect(),
    }

    PublicIndicatorJson<'j> = fn indicator(status: &RoundStatus<'_>, of: &'j Indicator, total: &Measure<'_>) where {
        let (value, rate, unknown) = amount(total.value);
    } {
        indicator: &'j str = &of.key,
        address_on_page: String = format!("{PAGE}#{}", anchor(FIGURES, &format!("{}-{}", status.round.key, of.key))),
        label: &'j str = &of.label,
        unit: &'j str = &of.unit,
        value: Option<u128> = value,
        rate: Option<RateJson> = rate,
        /// Why there is neither.
        unknown: Option<Unknown> = unknown,
        /// How many agencies gave a number.
        agencies: usize = total.answers.numbers,
    }

    PublishedJson<'j> = fn published(plan: &Plan, public: &'j Public<'_>, list: PublicList) where {
        let is = |of| list == of;
        let violators = public.violators.iter().filter(|_| is(PublicList::Violators));
        let warnings = public.warnings.iter().filter(|_| is(PublicList::Warnings));
        let hotlines = public.hotlines.iter().filter(|_| is(PublicList::Hotlines));
    } {
        /// `violators`, `warnings` or `hotlines`: which of the next is filled.
        list: &'static str = list.id(),
        violators: Vec<PublicViolatorJson<'j>> = violators.map(|item| violator(plan, item)).collect(),
        warnings: Vec<PublicWarningJson<'j>> = warnings.map(warning).collect(),
        hotlines: Vec<HotlineJson<'j>> = hotlines.map(|(agency, number)| hotline(agency, number)).collect(),
    }

    UnheardJson<'j> = fn unheard(files: &'j Files, report: &'j Unheard<'_>) {
        agency: Option<&'j str> = report.agency.map(|agency| agency.key.as_str()),
        file: &'j str = &files.get(report.file).path,
        /// `invalid`, or `unasked`: of an agency that is not to report in the round.
        reason: &'static str = if report.unasked.is_some() { "unasked" } else { "invalid" },
        /// How many violators, warnings and hotlines it tells, where it can be read.
        items: Option<usize> = report.items,
    }

    WithheldJson<'j> = fn held(list: PublicList, why: &'static str, files: &'j Files, span: Span) {
        list: &'static str = list.id(),
        /// `not_allowed`, `not_yet`, `over` or `personal_number`; `personal_address` where that alone is held back; `gone` of a
        /// hotline of an agency that is there no more.
        reason: &'static str = why,
        #[serde(flatten)]
        place: PlaceJson<'j> = place(files, span),
    }
}

fn withheld<'j>(site: &'j Site<'_, '_>) -> Vec<WithheldJson<'j>> {
    let violators = site.public.violators.iter().map(|item| {
        let hidden = || hides_address(site.plan, item).then_some("personal_address");
        (PublicList::Violators, item.held.map(held_id).or_else(hidden), item.found.name.span)
    });
    let warnings = site.public.warnings.iter();
    let warnings = warnings.map(|item| (PublicList::Warnings, item.held.map(held_id), item.found.subject.span));
    let hotlines = site.public.hotlines_held.iter();
    let hotlines =
        hotlines.map(|(_, hotline, held)| (PublicList::Hotlines, Some(held.map_or("gone", held_id)), hotline.span));
    violators
        .chain(warnings)
        .chain(hotlines)
        .filter_map(|(list, why, span)| Some(held(list, why?, site.files, span)))
        .collect()
}
