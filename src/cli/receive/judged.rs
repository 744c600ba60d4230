//! What is known of a file while it is received.

use chrono::NaiveDate;

use crate::arrivals::Moved;
use crate::form::{Path, Places, Told};
use crate::view::form::{Remark, TakenAs};

/// Whose a file is, and what it tells.
pub(super) struct Read {
    pub(super) agency: String,
    pub(super) round: String,
    /// Where the copy in force is.
    pub(super) report: String,
    pub(super) told: Told,
    pub(super) places: Places,
    /// Why who sent it is not known to be the agency.
    pub(super) stranger: Option<String>,
    /// What the receiver should know, whatever becomes of it.
    pub(super) notes: Vec<Remark>,
}

/// A file that cannot be taken, with its agency and round where it tells them.
pub(super) struct Rejected {
    pub(super) of: Option<(String, String)>,
    pub(super) result: TakenAs,
    pub(super) problems: Vec<Remark>,
    /// What could be read of a form of which not all could.
    pub(super) rest: Option<Box<Rest>>,
}

/// What a form tells of which some parts of the report could not be read.
pub(super) struct Rest {
    pub(super) read: Read,
    /// None where it may be any.
    pub(super) unread: Option<Vec<Path>>,
}

/// What became of a file so far.
pub(super) enum Judged {
    Rejected(Rejected),
    /// Nothing new; `of_these`: since another of these files came.
    Known {
        read: Read,
        result: TakenAs,
        note: Remark,
        of_these: bool,
    },
    /// Came before, on a day, and was replaced since: by what was kept at `newest` in the end.
    Seen {
        read: Read,
        on: NaiveDate,
        newest: String,
    },
    Taken(Read, TakenAs, Vec<Moved>),
}
