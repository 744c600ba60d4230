//! A day's register of what came in (sổ công văn đến) → the files and the papers that its rows name. All that is wrong with
//! it is told at once. Takes nothing in and writes nothing.

mod columns;
mod names;
mod subject;
mod table;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::super::Session;
use super::super::args::{day, visible};
use super::super::writing::scan;
use super::files::{Came, Found, Kind, of_name};
use super::judgement::{notice, of_problem};
use super::paper::{self, Paper, Told as ToldPaper};
use crate::check;
use crate::diagnostic::Severity;
use crate::form;
use crate::model::{Place, Report, Round};
use crate::register::Line;
use crate::vietnamese::{date, listed, number};
use crate::view::form::{Remark, Taken, TakenAs};
use crate::workspace::Workspace;
use columns::Column;
use names::Names;
use subject::{Topic, Why};
use table::Table;

/// So many rows that are wrong are told with all that is wrong in them, the others by their numbers.
const LISTED: usize = 100;

/// A paper that a row tells.
pub(super) struct Entered<'p> {
    /// The names of the register and of the row.
    place: [String; 2],
    paper: Paper<'p>,
    /// What is doubtful of what it is about.
    doubt: Option<Doubt>,
}

/// How bad it is, what is wrong and the remedy.
type Doubt = (Severity, String, &'static str);

/// The papers of an agency.
struct Held<'p> {
    /// Those that are written down, then those that rows told.
    papers: Vec<Paper<'p>>,
    /// Where the rows of these stand.
    rows: Vec<[String; 2]>,
    /// Each with the day on which it was taken back.
    withdrawn: Vec<(Paper<'p>, NaiveDate)>,
}

/// What registers tell.
#[derive(Default)]
pub(super) struct Told<'p> {
    /// The files that came, those that no register names as well.
    pub(super) found: Vec<Found>,
    pub(super) papers: Vec<Entered<'p>>,
    /// What is to be said of the registers themselves.
    pub(super) registers: Vec<Taken>,
}

/// Opens the registers that are named, and those in a folder that are called so: what else looks like one may be anybody's list, and
/// would tell of others that they sent their reports. What a register names is not received a second time as part of a folder.
pub(super) fn open<'p>(
    files: Vec<Found>,
    on: Option<NaiveDate>,
    round: &Round,
    workspace: &'p Workspace,
    session: &Session<'_>,
) -> Told<'p> {
    let mut told = Told::default();
    let (mut named, mut names) = (Vec::new(), Names::of(&workspace.plan));
    let topic = Topic::of(&workspace.plan);
    for file in files {
        match table::read(&file) {
            // Nothing is read from text that is no register.
            None if file.kind == Kind::Register => told.found.push(Found { kind: Kind::Other, ..file }),
            None => told.found.push(file),
            Some(Err(_)) if !file.is_meant_as_register() && file.kind == Kind::Register => {
                told.found.push(Found { kind: Kind::Other, ..file });
            }
            Some(_) if !file.is_meant_as_register() => {
                let message = "giống sổ công văn đến, không nhận từ thư mục: tệp của nơi khác gửi có thể kể cả cơ quan \
                               chưa gửi; sổ của cơ quan nhận thì nhận riêng tệp này";
                let notes = vec![notice(message.to_owned())];
                told.registers.push(Taken::new(&file.name, TakenAs::PassedOver, notes));
            }
            Some(Err(rejected)) => told.registers.push(Taken::new(&file.name, rejected.result, rejected.problems)),
            Some(Ok(tables)) => {
                let mut reader = Reader {
                    file: &file,
                    on,
                    round,
                    workspace,
                    session,
                    topic: topic.as_ref(),
                    names: &mut names,
                    named: &mut named,
                    told: &mut told,
                };
                let mut problems = Vec::new();
                tables.iter().for_each(|table| reader.table(table, &mut problems));
                let is_error = |problem: &Remark| problem.severity == Severity::Error.id();
                problems.sort_by_key(|problem| !is_error(problem));
                let wrong = problems.iter().any(is_error);
                let result = if wrong { TakenAs::Refused } else { TakenAs::Register };
                told.registers.push(Taken::new(&file.name, result, problems));
            }
        }
    }
    let paths: HashSet<&Path> = named.iter().map(|(path, _)| path.as_path()).collect();
    let is_named = |file: &Found| {
        file.content.is_none() && file.path.canonicalize().is_ok_and(|path| paths.contains(path.as_path()))
    };
    told.found.retain(|file| !is_named(file));
    told.found.extend(named.into_iter().filter_map(|(_, file)| file));
    told
}

const UNASKED: &str = "xem lại cơ quan, kỳ; của cơ quan kế thừa thì rút lại rồi ghi cho cơ quan đó";

/// What became of papers, and the lines that the register of their round gets; `entered` is the moment of writing. What came
/// beside them was `taken`.
pub(super) fn papers(
    papers: Vec<Entered<'_>>,
    taken: &[Taken],
    workspace: &Workspace,
    round: &Round,
    entered: &str,
) -> (Vec<Taken>, Vec<Line>) {
    let there = workspace.submissions.iter().filter_map(|found| match found.place {
        Place::Round { round: of, agency } if of == round.id && found.blank.is_none() => {
            Some((workspace.plan[agency].key.as_str(), found.report.as_ref()))
        }
        _ => None,
    });
    let there: HashMap<&str, Option<&Report>> = there.collect();
    let came = taken.iter().filter(|taken| taken.path.is_some() && taken.round.as_ref() == Some(&round.key));
    let came: HashSet<&str> = came.filter_map(|taken| taken.agency.as_deref()).collect();
    let (mut all, mut lines) = (Vec::new(), Vec::new());
    let mut known: HashMap<_, Held<'_>> = HashMap::new();
    for Entered { place, paper, doubt } in papers {
        let (agency, on) = (paper.agency, paper.on);
        let held = || Held {
            papers: Paper::held(&workspace.register, round.id, agency),
            rows: Vec::new(),
            withdrawn: Paper::withdrawn(&workspace.register, round.id, agency),
        };
        let known = known.entry(agency.id).or_insert_with(held);
        let (new_or_more, message) = match paper.against(&known.papers) {
            ToldPaper::Before(at) => {
                let register = &place[0];
                let message = match at.checked_sub(known.papers.len() - known.rows.len()).map(|at| &known.rows[at])
                {
                    None => "bản giấy này đã ghi trong sổ trước đây, bỏ qua".to_owned(),
                    Some([of, row]) if of == register => format!("trùng {row}, bỏ qua"),
                    Some([of, row]) => format!("trùng {of}, {row}, bỏ qua"),
                };
                (None, message)
            }
            ToldPaper::New(paper) if let Some(day) = paper.withdrawn_on(&known.withdrawn) => {
                let number = paper.number.as_ref().map(|number| format!(" --number \"{number}\""));
                let again = paper::record_day(&agency.key, on, &round.key) + &number.unwrap_or_default();
                let day = date(day);
                (None, format!("bản giấy này đã rút lại ngày {day}, bỏ qua; vẫn cần ghi thì ghi riêng: {again}"))
            }
            ToldPaper::More(paper) => {
                let on = date(paper.on);
                (Some(paper), format!("bản giấy ngày {on} đã ghi trong sổ, nay thêm số, ngày ký hoặc bản chụp"))
            }
            ToldPaper::New(paper) => {
                let on = date(paper.on);
                let report = there.get(agency.key.as_str());
                let number = paper.number.as_deref();
                let older = report.and_then(|report| check::newest_before(number, paper.on, (*report)?));
                let data = match older {
                    _ if came.contains(agency.key.as_str()) => "đã có số liệu".to_owned(),
                    Some(older) => format!("chưa có số liệu của văn bản này: đang dùng số liệu theo {older}"),
                    None if report.is_some() => "đã có số liệu".to_owned(),
                    None => "chưa nhập số liệu".to_owned(),
                };
                (Some(paper), format!("bản giấy nhận ngày {on}, {data}"))
            }
        };
        let doubts = new_or_more.iter().flat_map(|paper| {
            let number = paper.number.as_deref().and_then(check::odd_number);
            let number = number.map(|(message, remedy)| (Severity::Warning, message, remedy));
            let days = check::of_paper(paper.on, paper.signed, round, &workspace.plan);
            let plan = &workspace.plan;
            let unasked = (!plan.is_asked(agency, round)).then(|| {
                let why = plan.why_unasked(agency, round);
                (Severity::Notice, format!("{} {why}, nên không được tính", agency.name), UNASKED)
            });
            [number, paper.same_number(&known.papers), days, doubt.clone(), unasked].into_iter().flatten()
        });
        let doubts = doubts.map(|(severity, message, remedy)| {
            of_problem(form::Problem { place: None, message, remedy: remedy.to_owned() }, severity)
        });
        let problems = std::iter::once(notice(message)).chain(doubts).collect();
        let result = if new_or_more.is_none() { TakenAs::Seen } else { TakenAs::Paper };
        all.push(Taken {
            agency: Some(agency.key.clone()),
            agency_name: agency.name.clone(),
            round: Some(round.key.clone()),
            received: Some(new_or_more.as_ref().map_or(on, |paper| paper.on)),
            ..Taken::new(&place.join(", "), result, problems)
        });
        lines.extend(new_or_more.iter().map(|paper| paper.line(entered)));
        known.rows.extend(new_or_more.iter().map(|_| place.clone()));
        known.papers.extend(new_or_more);
    }
    (all, lines)
}

/// Reads the rows of one register.
struct Reader<'r, 'p, 'e> {
    file: &'r Found,
    /// When came what has no day of its own.
    on: Option<NaiveDate>,
    /// Of papers without data.
    round: &'r Round,
    workspace: &'p Workspace,
    session: &'r Session<'e>,
    /// Nothing where the plan's title does not tell.
    topic: Option<&'r Topic>,
    names: &'r mut Names<'p>,
    /// Where the files truly are that rows name, with those that something is received from: no scans.
    named: &'r mut Vec<(PathBuf, Option<Found>)>,
    told: &'r mut Told<'p>,
}

impl<'p> Reader<'_, 'p, '_> {
    fn table(&mut self, table: &Table, problems: &mut Vec<Remark>) {
        problems.extend(table.unread());
        problems.extend(table.wrong(self.on.is_some()));
        let (others, lines): (Vec<_>, Vec<_>) =
            table.lines().map(|line| (self.why_other(&line), line)).partition(|(why, _)| why.is_some());
        let others = others.iter().filter_map(|(why, line)| Some((line.number, why.as_ref()?)));
        problems.extend(subject::passed_over(&others.collect::<Vec<_>>(), self.topic));
        let wrong = lines.iter().filter_map(|(_, line)| Some((line.number, self.line(line).err()?)));
        let mut wrong = wrong.collect::<Vec<_>>().into_iter();
        problems.extend(wrong.by_ref().take(LISTED).flat_map(|(_, wrong)| wrong));
        let others: Vec<u32> = wrong.map(|(number, _)| number).collect();
        if !others.is_empty() {
            let rows = others.chunk_by(|one, next| one + 1 == *next).map(|rows| match rows {
                [first, .., last] => format!("{first}–{last}"),
                rows => rows[0].to_string(),
            });
            let rows = rows.collect::<Vec<_>>().join(", ");
            let message = format!("và {} dòng khác sai: dòng {rows}", number(others.len() as u128));
            problems.push(table::problem(None, message, "xem lại các dòng đó như các dòng trên"));
        }
    }

    /// Adds what a row names.
    ///
    /// # Errors
    /// All that is wrong with the row.
    fn line(&mut self, line: &table::Row<'_>) -> Result<(), Vec<Remark>> {
        let mut wrong: Vec<Remark> = line.overlong().into_iter().collect();
        let agency = match line.text(Column::Agency) {
            None => {
                wrong.push(line.problem(Column::Agency, "chưa ghi cơ quan gửi", "ghi mã hoặc tên cơ quan"));
                None
            }
            Some(written) => self
                .names
                .find(&written)
                .map_err(|message| {
                    let remedy = "ghi đúng mã hoặc tên; không phải cơ quan báo cáo theo Kế hoạch thì bỏ dòng này";
                    wrong.push(line.problem(Column::Agency, &message, remedy));
                })
                .ok(),
        };
        let mut days = [Column::Received, Column::Date].map(|column| {
            let written = line.text(column)?;
            let read = day(&written).map_err(|remedy| {
                wrong.push(line.problem(column, &format!("“{written}” không phải ngày hợp lệ"), &remedy));
            });
            Some(read.ok())
        });
        if days[0].is_none() {
            days[0] = self.on.map(Some);
        }
        if days[0].is_none() && line.has(Column::Received) {
            wrong.push(line.problem(Column::Received, "chưa ghi ngày nhận", "ghi ngày nhận, hoặc thêm --on NGÀY"));
        }
        let [on, signed] = days.map(Option::flatten);
        let today = self.session.clock.today.max(self.workspace.as_of);
        if let Some(on) = on.filter(|on| *on > today) {
            let message = format!("ngày nhận {} sau hôm nay", date(on));
            wrong.push(line.problem(Column::Received, &message, "xem lại ngày, tháng, năm"));
        }
        if let Some((signed, on)) = signed.zip(on).filter(|(signed, on)| signed > on) {
            let message = format!("ngày văn bản {} sau ngày nhận {}", date(signed), date(on));
            wrong.push(line.problem(Column::Date, &message, "xem lại hai ngày đó"));
        }
        let [number, subject, note] = [Column::Number, Column::Subject, Column::Note].map(|column| {
            let written = line.text(column)?;
            visible(&written).map_err(|why| wrong.push(line.problem(column, &why, "gõ lại ô này"))).ok()
        });
        let doubt = subject.as_deref().and_then(|subject| self.topic?.doubt_of(subject, self.round));
        let note = listed(subject.into_iter().chain(note), "; ");
        let path = line.text(Column::File).map(|written| {
            let (folder, path) = self.beside(&written);
            let is_below = || Some(path.canonicalize().ok()?.starts_with(folder.canonicalize().ok()?));
            let message = match (path.is_file(), is_below()) {
                (true, Some(true)) => None,
                (true, _) => Some(format!("tệp “{written}” nằm ngoài thư mục của sổ")),
                (false, _) => Some(format!("không có tệp “{written}” bên cạnh sổ")),
            };
            if let Some(message) = message {
                wrong.push(line.problem(
                    Column::File,
                    &message,
                    "sửa tên tệp, hoặc để tệp vào cùng thư mục với sổ",
                ));
            }
            (written, path)
        });
        let (Some(agency), Some(on), true) = (agency, on, wrong.is_empty()) else { return Err(wrong) };
        let place = [self.file.name.clone(), line.place()];
        if let Some((name, path)) = &path
            && let Some(kind) = told_by(path)
        {
            let came = Came { on, number, signed, by: Some(agency.key.clone()), senders: None };
            let name = format!("{}: {name}", place.join(", "));
            let found = Found { name, path: path.clone(), content: None, kind, named: false, came };
            self.named.push((truly(path), Some(found)));
            return Ok(());
        }
        if let Some((Severity::Error, message, remedy)) =
            check::of_paper(on, signed, self.round, &self.workspace.plan)
        {
            let column = if on < self.round.data_from { Column::Received } else { Column::Date };
            return Err(vec![line.problem(column, &message, remedy)]);
        }
        self.named.extend(path.iter().map(|(_, path)| (truly(path), None)));
        let scan = path.map(|(_, path)| scan(&path, self.session)).transpose();
        let scan =
            scan.map_err(|error| vec![line.problem(Column::File, &error.to_string(), "mở lại quyền đọc tệp")])?;
        self.told.papers.push(Entered {
            place,
            paper: Paper::new(agency, on, [number, note], signed, scan),
            doubt,
        });
        Ok(())
    }

    /// The folder of the register, and a file beside or below it.
    fn beside(&self, written: &str) -> (&Path, PathBuf) {
        let folder = self.file.path.parent().unwrap_or(Path::new(""));
        (folder, folder.join(written.replace('\\', "/")))
    }

    /// Why the paper of a row is none of the plan's reports. A file that is read tells itself what it is; of a scan what it is
    /// about is asked as of a paper.
    fn why_other(&mut self, line: &table::Row<'_>) -> Option<Why> {
        let number = line.text(Column::Number)?;
        let file = line.text(Column::File).map(|written| self.beside(&written).1);
        let agency = line.text(Column::Agency).and_then(|written| self.names.find(&written).ok());
        let own = agency.and_then(|agency| agency.document_code.as_deref());
        let by_kind = || check::other_kind(&number, own).map(Why::Kind);
        let by_subject = || {
            let is_scan = file.as_ref().is_none_or(|path| path.is_file() && told_by(path).is_none());
            let subject = line.text(Column::Subject).filter(|_| is_scan && subject::is_letter(&number))?;
            let is_other = !self.topic?.is_in(&subject);
            is_other.then(|| Why::Subject(number.clone()))
        };
        by_kind().filter(|_| file.is_none()).or_else(by_subject)
    }
}

fn truly(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// What a file is received as that a row names; nothing where it is a scan.
fn told_by(path: &Path) -> Option<Kind> {
    let kind = of_name(path)?;
    let is_form =
        || crate::source::open_plain(path).is_ok_and(|file| form::rows(std::io::BufReader::new(file)).is_err());
    match kind {
        Kind::Report | Kind::Mail => Some(kind),
        Kind::Form => is_form().then_some(kind),
        Kind::Register | Kind::Other => None,
    }
}
