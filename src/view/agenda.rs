//! `plan calendar`: what falls on which day, to read, to count with, and for the calendars of others.

use chrono::NaiveDate;

use super::json::{HeadJson, head, values};
use super::{document, names, words};
use crate::agenda::{Deadline, Event, What, Whose};
use crate::doc::{self, Block, Document, Section, Shown, Table, Tone, as_json};
use crate::model::{Agency, Plan, Task};
use crate::vietnamese::{date, number, upper_first};

/// When the day is at work: alarms ring then.
const MORNING: i64 = 8;
/// A week before.
const WEEK: i64 = -7 * 24;

/// All that falls on days, or what falls on one agency's.
pub(crate) struct Agenda<'a, 'p> {
    pub(crate) plan: &'p Plan,
    pub(crate) events: &'a [Event<'p>],
    pub(crate) only: Option<&'p Agency>,
    pub(crate) as_of: NaiveDate,
    pub(crate) banner: Option<String>,
}

values! {
    CalendarJson<'j> = fn calendar(agenda: &'j Agenda<'_, '_>) {
        #[serde(flatten)]
        head: HeadJson = head(agenda.as_of, &agenda.banner),
        /// Whose own days alone they are.
        agency: Option<&'j str> = agenda.only.map(|agency| agency.key.as_str()),
        events: Vec<EventJson<'j>> = agenda.events.iter().map(|found| event(found, agenda)).collect(),
    }

    EventJson<'j> = fn event(event: &'j Event<'_>, agenda: &Agenda<'_, '_>) {
        /// The same in every calendar, whatever is reported or moved meanwhile.
        uid: String = uid(event, agenda.plan),
        /// `deadline`, `extension`, `last_working_day`, `peak` or `task`.
        kind: &'static str = kind(event).0,
        from: NaiveDate = event.days.0,
        to: NaiveDate = event.days.1,
        title: String = title(event),
        about: String = about(event, agenda.plan),
        /// Since when all was sent that is to be sent by a deadline.
        met: Option<NaiveDate> = deadline(event).and_then(|deadline| deadline.met),
        round: Option<&'j str> = deadline(event).map(|deadline| deadline.round.key.as_str()),
        /// Who sends by a deadline: `agencies`, or the `consolidator` to those above.
        level: Option<&'static str> = deadline(event).map(|deadline| level(&deadline.of)),
        /// Whose own deadline it is; empty for all.
        agencies: Vec<&'j str> = whose(event),
        task: Option<&'j str> = task(event).map(|task| task.key.as_str()),
    }
}

as_json!(Agenda<'_, '_>, it => calendar(it));

impl Shown for Agenda<'_, '_> {
    fn document(&self) -> Document {
        let mut blocks = vec![Block::body(self.summary())];
        let day = |event: &Event<'_>| match event.days {
            (first, last) if first == last => words::day(first),
            (first, last) => format!("{} – {}", date(first), date(last)),
        };
        let table = Table::of("events", self.events)
            .left("Ngày", 3, day)
            .left("Việc", 6, title)
            .left("Ghi chú", 7, |event| about(event, self.plan))
            .toned(|event| if event.days.1 < self.as_of || is_over(event) { Tone::Muted } else { Tone::Plain });
        let hint = "Ghi thành tệp lịch để nhập vào Outlook, điện thoại: plan calendar -o lich.ics";
        blocks.extend(table.any().into_iter().flat_map(|table| [table, Block::Hint(hint.to_owned())]));
        document(self.plan, &self.banner, self.title(), vec![Section::new("Lịch", blocks)])
    }

    fn rows(&self) -> Table {
        Table::of("events", self.events)
            .field("Từ ngày", |event| event.days.0)
            .field("Đến ngày", |event| event.days.1)
            .field("Loại", |event| kind(event).1)
            .field("Việc", title)
            .field("Ghi chú", |event| about(event, self.plan))
            .field("Kỳ", |event| deadline(event).map_or("", |deadline| &deadline.round.key))
            .field("Mã cơ quan", |event| whose(event).join(", "))
            .field("Nhiệm vụ", |event| task(event).map_or("", |task| &task.key))
            .field("Mã trong lịch", |event| uid(event, self.plan))
            .table()
    }

    fn entries(&self) -> Vec<doc::Entry> {
        let entries = self.events.iter().map(|event| doc::Entry {
            uid: uid(event, self.plan),
            stamp: event.since,
            sequence: event.moves,
            days: event.days,
            title: title(event),
            about: about(event, self.plan),
            category: kind(event).1,
            // Who is told on a day off that it is the last one can do nothing any more.
            alarms: match event.what {
                _ if is_over(event) => Vec::new(),
                What::Deadline(ref deadline) if deadline.working != event.days.0 => vec![WEEK + MORNING],
                What::Peak(_) => vec![WEEK + MORNING],
                What::Deadline(_) | What::TaskDue(..) => vec![WEEK + MORNING, MORNING],
            },
        });
        entries.collect()
    }
}

impl Agenda<'_, '_> {
    fn title(&self) -> String {
        let (year, place) = (self.plan.year, self.plan.place());
        match self.only {
            Some(agency) => format!("{}: lịch thực hiện Kế hoạch năm {year}", agency.name),
            None => format!("Lịch thực hiện Kế hoạch năm {year} {place}"),
        }
    }

    /// How many there are, or that there are none, and what is to be filled in before there are all.
    pub(crate) fn summary(&self) -> String {
        let counted = match (self.events.len(), self.only) {
            (0, Some(agency)) => format!("{} không có hạn hay nhiệm vụ có ngày nào trong Kế hoạch.", agency.name),
            (0, None) => "Kế hoạch chưa có hạn, đợt cao điểm hay nhiệm vụ có ngày nào.".to_owned(),
            (count, _) => format!("{} ngày, đợt trong lịch.", number(count as u128)),
        };
        let to_fill = self.plan.rounds_to_fill().map(|to_fill| format!(" {}.", upper_first(&to_fill)));
        counted + &to_fill.unwrap_or_default()
    }
}

fn uid(event: &Event<'_>, plan: &Plan) -> String {
    format!("{}.{}@{}", event.id(), plan.year, words::domain(plan))
}

/// For JSON, and for people.
fn kind(event: &Event<'_>) -> (&'static str, &'static str) {
    match &event.what {
        What::Deadline(_) if event.is_working_day() => ("last_working_day", "Ngày làm việc cuối"),
        What::Deadline(Deadline { of: Whose::Extended(_) | Whose::One(_, Some(_)), .. }) => {
            ("extension", "Gia hạn")
        }
        What::Deadline(_) => ("deadline", "Hạn báo cáo"),
        What::Peak(_) => ("peak", "Đợt cao điểm"),
        What::TaskDue(..) => ("task", "Hạn nhiệm vụ"),
    }
}

fn level(of: &Whose<'_>) -> &'static str {
    match of {
        Whose::Consolidator => "consolidator",
        Whose::Agencies | Whose::Extended(_) | Whose::One(..) => "agencies",
    }
}

fn deadline<'e, 'p>(event: &'e Event<'p>) -> Option<&'e Deadline<'p>> {
    if let What::Deadline(deadline) = &event.what { Some(deadline) } else { None }
}

/// Whether nothing is left to do by it.
fn is_over(event: &Event<'_>) -> bool {
    deadline(event).is_some_and(|deadline| deadline.met.is_some()) || matches!(event.what, What::TaskDue(_, true))
}

fn whose<'p>(event: &Event<'p>) -> Vec<&'p str> {
    match deadline(event).map(|deadline| &deadline.of) {
        None | Some(Whose::Agencies | Whose::Consolidator) => Vec::new(),
        Some(Whose::Extended(acts)) => acts.iter().map(|(agency, _)| agency.key.as_str()).collect(),
        Some(Whose::One(agency, _)) => vec![&agency.key],
    }
}

fn task<'p>(event: &Event<'p>) -> Option<&'p Task> {
    if let What::TaskDue(task, _) = event.what { Some(task) } else { None }
}

fn title(event: &Event<'_>) -> String {
    match &event.what {
        What::Peak(peak) => peak.name.clone(),
        What::TaskDue(task, is_done) => {
            let done = if *is_done { " – đã hoàn thành" } else { "" };
            format!("Hết hạn nhiệm vụ {}: {}{done}", task.key, task.short_title)
        }
        What::Deadline(deadline) if event.is_working_day() => deadline_title("Ngày làm việc cuối", deadline),
        What::Deadline(deadline) => deadline_title("Ngày cuối", deadline),
    }
}

/// Who sends what by a deadline, and that it is sent. `day`: which day before it is meant.
pub(super) fn deadline_title(day: &str, deadline: &Deadline<'_>) -> String {
    let round = &deadline.round.short_name;
    let title = match &deadline.of {
        Whose::Agencies => format!("{day} các cơ quan gửi báo cáo kỳ {round}"),
        Whose::Consolidator => format!("{day} gửi báo cáo tổng hợp kỳ {round}"),
        Whose::One(_, None) => format!("{day} gửi báo cáo kỳ {round}"),
        Whose::One(_, Some(_)) => format!("{day} gửi báo cáo kỳ {round} (đã gia hạn)"),
        Whose::Extended(acts) => {
            let who = match acts.len() {
                1..=3 => names::joined(acts.iter().map(|(agency, _)| *agency)),
                count => format!("{} cơ quan", number(count as u128)),
            };
            format!("{day} gửi báo cáo kỳ {round} (gia hạn): {who}")
        }
    };
    if deadline.met.is_some() { title + " – đã gửi" } else { title }
}

fn about(event: &Event<'_>, plan: &Plan) -> String {
    let deadline = match &event.what {
        What::Peak(peak) => {
            return peak.source.as_ref().map_or_else(String::new, |source| format!("Nguồn: {source}."));
        }
        What::TaskDue(task, _) => return format!("Chủ trì: {}.", task.leads_as_worded),
        What::Deadline(deadline) => deadline,
    };
    let usual = match deadline.of {
        Whose::Consolidator => &deadline.round.consolidated,
        _ => &deadline.round.agencies,
    };
    let other = match (deadline.working == deadline.last, event.is_working_day()) {
        (true, _) => "Cũng là ngày làm việc cuối.".to_owned(),
        (false, true) => format!("Ngày cuối còn đúng hạn là {}.", words::day(deadline.last)),
        (false, false) => format!("Ngày làm việc cuối là {}.", words::day(deadline.working)),
    };
    let mut told = vec![format!("Kế hoạch ghi: {}.", usual.worded(&plan.holidays)), other];
    let acts: &[_] = match &deadline.of {
        Whose::Extended(acts) => acts,
        Whose::One(agency, Some(act)) => &[(*agency, *act)],
        _ => &[],
    };
    told.extend(
        acts.iter().filter_map(|(agency, act)| Some(format!("{} {}.", agency.name, words::extension(act)?))),
    );
    told.join("\n")
}
