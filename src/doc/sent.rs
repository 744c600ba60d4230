//! What goes into the programs of others instead of being looked at: entries of calendars, mails. Finished words, as a
//! document has them.

use chrono::NaiveDate;

/// Something that takes whole days, ready for a calendar.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// The same in every calendar that holds it, and no other's.
    pub(crate) uid: String,
    /// The day of the data that it was made from.
    pub(crate) stamp: NaiveDate,
    /// How often it was moved; of two of one day the greater is the newer.
    pub(crate) sequence: usize,
    /// The first and the last day.
    pub(crate) days: (NaiveDate, NaiveDate),
    pub(crate) title: String,
    pub(crate) about: String,
    /// What kind of entry it is, one for all of the kind.
    pub(crate) category: &'static str,
    /// When it is told of, in hours from the beginning of its first day.
    pub(crate) alarms: Vec<i64>,
}

/// A mail for somebody to send, ready but for what is attached to it.
#[derive(Debug, Clone)]
pub(crate) struct Mail {
    /// Known to no other mail.
    pub(crate) id: String,
    pub(crate) day: NaiveDate,
    /// A name and an address.
    pub(crate) from: Option<(String, String)>,
    pub(crate) to: Vec<(String, String)>,
    pub(crate) subject: String,
    pub(crate) text: String,
}
