//! What letters and the report of one agency may name.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Common, General};
use crate::model::{Plan, Round};
use crate::vietnamese::{date, lower_first, weekday};

/// What a letter that urges may name, and with an agency that is always there, a message.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Letter<A> {
    #[serde(flatten)]
    pub(crate) common: Common,
    /// None in a letter to several.
    pub(crate) agency: A,
    pub(crate) urged: Urged,
    pub(crate) deadline: Deadline,
    pub(crate) consolidated: Consolidated,
    pub(crate) contact: String,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Urgee {
    pub(crate) name: String,
    pub(crate) tasks: String,
    pub(crate) errors: usize,
    /// Number and day of the paper that came without its data.
    pub(crate) paper: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Urged {
    pub(crate) total: usize,
    pub(crate) missing: usize,
    pub(crate) invalid: usize,
    /// Whose paper came without its data.
    pub(crate) on_paper: usize,
    /// Who sent nothing and has a later day than the letter's.
    pub(crate) extended: usize,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Deadline {
    /// `trước ngày 30/11/2026`, `chậm nhất ngày 02/12/2026 theo gia hạn`
    worded: String,
    passed: bool,
    days: i64,
    last_day: String,
    last_working_day: String,
}

/// What became of the report that is made of those urged.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Consolidated {
    /// Whether its deadline is over.
    pub(crate) passed: bool,
    /// `số 512/BC-SCT ngày 03/12/2026`, once it was sent.
    pub(crate) issued: Option<String>,
}

/// What the letter on difficulties and recommendations may name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Petition {
    #[serde(flatten)]
    pub(crate) general: General,
    pub(crate) body: Body,
    pub(crate) raised: Raised,
    /// The day from which it tells what is new; none where it tells all that is open.
    pub(crate) since: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Body {
    pub(crate) name: String,
}

/// What the report of one agency may name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Paper {
    #[serde(flatten)]
    pub(crate) common: Common,
    pub(crate) agency: Body,
}

/// How much is told, each thing once whoever says it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Raised {
    pub(crate) recommendations: usize,
    /// Recommendations of ad hoc reports.
    pub(crate) urgent: usize,
    pub(crate) difficulties: usize,
    pub(crate) agencies: usize,
}

impl Deadline {
    /// Of a round; `extended` is the last on-time day of those who were given more time.
    pub(crate) fn new(plan: &Plan, round: &Round, extended: Option<NaiveDate>, as_of: NaiveDate) -> Self {
        let usual = round.agencies.last_on_time(&plan.holidays);
        let extended = extended.filter(|day| *day != usual);
        let last = extended.unwrap_or(usual);
        let day = |day: NaiveDate| format!("{}, ngày {}", lower_first(weekday(day)), date(day));
        Self {
            worded: extended.map_or_else(
                || round.agencies.worded(&plan.holidays),
                |day| format!("chậm nhất ngày {} theo gia hạn", date(day)),
            ),
            passed: last < as_of,
            days: (last - as_of).num_days().abs(),
            last_day: day(last),
            last_working_day: day(plan.holidays.last_working_day(last)),
        }
    }
}
