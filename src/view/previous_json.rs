//! Last year's number beside this year's, as JSON: in the report and in a trace.

use super::json::{PlaceJson, RateJson, amount, place, values};
use super::words;
use crate::measure::{Comparison, LastYear, NotCompared, Unlike};
use crate::model::PreviousShare;
use crate::source::Files;

values! {
    PreviousJson<'j> = fn previous(of: &'j LastYear<'_>, files: &'j Files) where {
        let (value, rate, _) = amount(of.value);
    } {
        /// As last year had it, whoever it is of; absent for rates.
        value: Option<u128> = value,
        rate: Option<RateJson> = rate,
        /// In which it was counted.
        unit: &'j str = of.unit,
        /// The paper it stands in.
        source: &'j str = of.source,
        /// Its agencies, as far as they are known.
        agencies: Vec<PreviousPartJson<'j>> =
            of.agencies.iter().map(|(agency, value)| previous_part(&agency.key, *value)).collect(),
        /// Who gave a number in both years, and is left out of the comparison.
        unlike: Vec<UnlikeJson<'j>> = of.unlike.iter().map(|(agency, why)| unlike(&agency.key, why)).collect(),
        comparison: Option<ComparisonJson<'j>> = of.comparison.as_ref().ok().map(comparison),
        /// Why there is none.
        not_compared: Option<NotCompared> = of.comparison.as_ref().err().copied(),
        #[serde(flatten)]
        place: PlaceJson<'j> = place(files, of.span),
    }

    PreviousPartJson<'j> = fn previous_part(agency: &'j str, share: PreviousShare) {
        agency: &'j str = agency,
        value: u64 = share.value,
        /// Of a successor, without those that it succeeds.
        itself_alone: bool = share.itself_alone,
    }

    UnlikeJson<'j> = fn unlike(agency: &'j str, why: &'j Unlike<'_>) {
        agency: &'j str = agency,
        /// `itself_alone_then`, `itself_alone_now`, or `lacks`: this year's number contains those of agencies of which there is
        /// none of last year.
        why: &'j str = match why {
            Unlike::AloneThen(_) => "itself_alone_then",
            Unlike::AloneNow => "itself_alone_now",
            Unlike::Lacks(_) => "lacks",
        },
        /// The agencies of which last year's number is lacking, or of one alone.
        of: Vec<&'j str> = match why {
            Unlike::AloneThen(of) => vec![of.key.as_str()],
            Unlike::AloneNow => Vec::new(),
            Unlike::Lacks(of) => words::keys(of),
        },
    }

    /// Two numbers of the same days and agencies.
    ComparisonJson<'j> = fn comparison(of: &'j Comparison<'_>) where {
        let ((before, rate_before, _), (now, rate_now, _)) = (amount(of.before), amount(of.now));
    } {
        before: Option<u128> = before,
        now: Option<u128> = now,
        rate_before: Option<RateJson> = rate_before,
        rate_now: Option<RateJson> = rate_now,
        /// Those that gave a number in both years; absent where all are compared.
        agencies: Option<Vec<&'j str>> = of.both.as_deref().map(words::keys),
    }
}
