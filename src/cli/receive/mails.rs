//! Mails among what came → the files that came with them, as if these lay in a folder: from whom, on which day. What an
//! attachment is called is told, and is no place; nothing is written here.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, TimeDelta};

use super::super::writing::Writing;
use super::files::{Came, Found, Kind, of_name};
use super::judgement::{notice, of_refusal};
use crate::form::Refusal;
use crate::mail::{self, Attachment, Left, Mail, Sender};
use crate::model::{Agency, Plan};
use crate::vietnamese::{date, number};
use crate::view::form::{Remark, Taken, TakenAs};

/// How deep mails are looked for in mails.
const MAX_DEPTH: usize = 3;
/// Of all attachments that may be reports together, in bytes.
const MAX_KEPT: usize = 150_000_000;

/// What is to be done about a mail that breaks off, of a day.
fn whole(day: NaiveDate) -> String {
    format!(
        "lưu lại thư đó (.eml) hoặc lưu riêng tệp kèm theo từ phần mềm thư rồi nhận, thêm --on {day}; vẫn thiếu thì đề nghị nơi gửi gửi lại"
    )
}

/// The files, those of mails in their place, and what is to be said of the mails. `on` is the day that the receiver names; a
/// register names one for each.
pub(super) fn open(files: Vec<Found>, on: Option<NaiveDate>, writing: &Writing) -> (Vec<Found>, Vec<Taken>) {
    let (mut found, mut mails, mut kept) = (Vec::new(), Vec::new(), 0);
    let mut waiting: Vec<(Found, usize)> = files.into_iter().rev().map(|file| (file, 0)).collect();
    while let Some((file, depth)) = waiting.pop() {
        if file.kind != Kind::Mail {
            found.push(file);
            continue;
        }
        let opened = opened(&file, depth).and_then(|mail| {
            kept += mail
                .attachments
                .iter()
                .filter(|of| of_name(Path::new(&of.name)).is_some())
                .map(|of| of.bytes.len())
                .sum::<usize>();
            let too_many = || {
                Refusal::new(
                    "các thư có quá nhiều tệp kèm theo để nhận một lần",
                    "nhận các thư còn lại bằng lệnh sau",
                )
            };
            (kept <= MAX_KEPT).then_some(mail).ok_or_else(too_many)
        });
        let mail = match opened {
            Ok(mail) => mail,
            Err(refusal) => {
                mails.push(Taken::new(&file.name, TakenAs::Refused, vec![of_refusal(refusal)]));
                continue;
            }
        };
        // Reports are of the plan's year; a day that has not come is none that a mail can have come on.
        let first = NaiveDate::from_ymd_opt(writing.workspace.plan.year, 1, 1).unwrap_or_default();
        let on = file.came.by.as_ref().map(|_| file.came.on).or(on);
        let (day, doubt) = day(&mail, on, file.came.on, |day| day >= first && writing.may_come(day).is_ok());
        let mut problems = vec![notice(told(&mail, day))];
        problems.extend(doubt.map(notice));
        // Whoever forwards a mail attaches it; whoever is late may attach one of an earlier day.
        problems.extend((depth > 0 && day < file.came.on).then(|| {
            let [own, outer] = [day, file.came.on].map(date);
            notice(format!(
                "thư ghi ngày {own}, kèm trong thư ngày {outer}: cơ quan chỉ gửi ngày {outer} thì nhận với --on {}",
                file.came.on
            ))
        }));
        let cut = || notice(format!("thư bị cắt dở, có thể thiếu tệp kèm theo: {}", whole(day)));
        problems.extend(mail.is_cut.then(cut));
        let senders: Vec<String> = mail.senders.iter().map(|sender| sender.address.clone()).collect();
        let came = Came { on: day, senders: Some(senders), ..file.came.clone() };
        mails.push(Taken {
            sender: came.sender(),
            received: Some(day),
            ..Taken::new(&file.name, TakenAs::Mail, problems)
        });
        let mut before: HashMap<String, usize> = HashMap::new();
        let mut told = |name: &str| {
            let count = before.entry(name.to_owned()).or_default();
            *count += 1;
            // Several may be called the same.
            let which = if *count > 1 { format!(" ({count})") } else { String::new() };
            format!("{}: {name}{which}", file.name)
        };
        if let Some(left) = mail.left {
            let (name, refusal) = left_behind(left, day);
            mails.push(Taken::new(&told(name), TakenAs::Refused, vec![of_refusal(refusal)]));
        }
        let mut readable = Vec::new();
        for attachment in mail.attachments {
            let name = told(&attachment.name);
            match unread(&attachment, day) {
                Some(refusal) => mails.push(Taken::new(&name, TakenAs::Refused, vec![of_refusal(refusal)])),
                None => readable.push((name, attachment)),
            }
        }
        waiting.extend(readable.into_iter().rev().map(|(name, attachment)| {
            let path = PathBuf::from(&attachment.name);
            // A register names files that lie beside it.
            let kind = of_name(&path).filter(|kind| *kind != Kind::Register).unwrap_or(Kind::Other);
            let content = if kind == Kind::Other { Vec::new() } else { attachment.bytes };
            (Found { name, path, content: Some(content), kind, named: file.named, came: came.clone() }, depth + 1)
        }));
    }
    (found, mails)
}

/// Why an attachment is not what was sent, in a mail of a day.
fn unread(attachment: &Attachment, day: NaiveDate) -> Option<Refusal> {
    let is_wanted = of_name(Path::new(&attachment.name)).is_some();
    match &attachment.odd_letters {
        _ if attachment.is_cut => Some(Refusal::new("thư bị cắt dở nên tệp kèm theo này không đủ", whole(day))),
        Some(letters) if is_wanted => Some(Refusal::new(
            format!("tệp kèm theo ghi kiểu mã hóa lạ ({letters}) nên không đọc được"),
            format!(
                "lưu riêng tệp này từ phần mềm thư rồi nhận, thêm --on {day}; không mở được thì đề nghị nơi gửi gửi lại"
            ),
        )),
        _ => None,
    }
}

/// What stands in a mail of a day and is not read: what it is called, why, and what can be done.
fn left_behind(left: Left, day: NaiveDate) -> (&'static str, Refusal) {
    match left {
        Left::Mails => (
            "các thư sau",
            Refusal::new(
                "tệp này chứa nhiều thư, mới đọc thư đầu",
                "mở bằng phần mềm thư, lưu riêng từng thư còn lại ra tệp .eml rồi nhận",
            ),
        ),
        Left::File => (
            "tệp trong lời thư",
            Refusal::new(
                "thư có tệp nằm ngoài các phần đính kèm nên không đọc được",
                format!(
                    "mở bằng phần mềm thư, lưu riêng tệp đó rồi nhận, thêm --on {day}; không mở được thì đề nghị nơi gửi gửi lại"
                ),
            ),
        ),
        Left::Report => (
            "lời thư",
            Refusal::new(
                "lời thư chép nội dung báo cáo (agency, round), chưa được đọc",
                format!("lưu đoạn đó thành tệp .yaml rồi nhận, thêm --on {day}"),
            ),
        ),
    }
}

/// What to say with a file of a mail that is refused: saved out of the mail it has no day of its own.
pub(super) fn saved(file: &Found, taken: &Taken) -> Option<Remark> {
    let is_within = file.content.is_some() && taken.result == TakenAs::Refused;
    let on = file.came.on;
    is_within.then(|| notice(format!("tệp nằm trong thư: lưu ra rồi kiểm tra, nhận thì thêm --on {on}")))
}

fn opened(file: &Found, depth: usize) -> Result<Mail, Refusal> {
    if depth > MAX_DEPTH {
        return Err(Refusal::new("thư nằm trong quá nhiều lớp thư khác", "lưu riêng thư này ra tệp .eml rồi nhận"));
    }
    mail::read(&file.bytes(&mail::LIMITS)?)
}

/// So much before it was sent a mail may come, by clocks that go wrong.
const CLOCKS: TimeDelta = TimeDelta::days(1);

/// When a mail came: on the day that the receiver names, but not before it was sent; else when the last server had it, or, as
/// it says itself, was sent. With what is doubtful in it.
fn day(
    mail: &Mail,
    on: Option<NaiveDate>,
    otherwise: NaiveDate,
    is_possible: impl Fn(NaiveDate) -> bool,
) -> (NaiveDate, Option<String>) {
    let only = mail.sent.first().copied().filter(|_| mail.sent.len() == 1);
    let [sent, arrived] = [only, mail.arrived].map(|day| day.filter(|day| is_possible(*day)));
    let written = match mail.sent[..] {
        [day] if sent.is_none() => format!("thư ghi ngày gửi {}, không thể đúng", date(day)),
        [day] => format!("thư ghi ngày gửi {}", date(day)),
        [] => "thư không ghi ngày gửi, hoặc ghi không đọc được".to_owned(),
        [..] => {
            let days: Vec<String> = mail.sent.iter().copied().map(date).collect();
            format!("thư ghi nhiều ngày gửi: {}", days.join(", "))
        }
    };
    match (on, arrived.or(sent)) {
        (Some(on), Some(came)) if on < came => {
            let [on, shown] = [on, came].map(date);
            (came, Some(format!("{written}, đến sau ngày nhận đã nêu {on}: ghi nhận ngày {shown}")))
        }
        (Some(on), _) => (on, None),
        (None, Some(came)) if sent == Some(came) => (came, None),
        (None, Some(came)) if sent.is_some_and(|sent| came + CLOCKS < sent) => {
            let sent = sent.unwrap_or(came);
            let told = format!(
                "{written}, máy chủ thư nhận ngày {} là trước đó: ghi nhận ngày {}",
                date(came),
                date(sent)
            );
            (sent, Some(told))
        }
        (None, Some(came)) => {
            (came, Some(format!("{written}; máy chủ thư nhận ngày {0}: ghi nhận ngày {0}", date(came))))
        }
        (None, None) => {
            let shown = date(otherwise);
            (otherwise, Some(format!("{written}: ghi nhận ngày {shown}; nhận ngày khác thì thêm --on NGÀY")))
        }
    }
}

fn told(mail: &Mail, day: NaiveDate) -> String {
    let told = |sender: &Sender| match &sender.name {
        Some(name) => format!("{name} ({})", sender.address),
        None => sender.address.clone(),
    };
    let senders: Vec<String> = mail.senders.iter().map(told).collect();
    let sender = match senders.len() {
        0 => "thư không rõ người gửi".to_owned(),
        1 => format!("thư của {}", senders[0]),
        count => format!("thư ghi {count} người gửi: {}", senders.join(", ")),
    };
    let attached = match mail.attachments.len() {
        0 if mail.left.is_some() => "không có tệp kèm theo nào đọc được".to_owned(),
        0 => "không có tệp kèm theo".to_owned(),
        count => format!("{} tệp kèm theo", number(count as u128)),
    };
    format!("{sender}, ghi nhận ngày {}; {attached}", date(day))
}

/// Of a report of an agency in a mail that was sent from elsewhere, as far as the plan knows whose addresses are whose.
pub(super) fn of_stranger(senders: Option<&[String]>, agency: &str, plan: &Plan) -> Option<String> {
    let (agency, senders) = (plan.agencies.find(agency)?, senders?);
    if senders.is_empty() && !agency.emails.is_empty() {
        return Some(format!("thư không rõ người gửi, {} đã khai địa chỉ", agency.name));
    }
    senders.iter().find_map(|sender| {
        let is_of = |agency: &&Agency| agency.emails.iter().any(|email| email.eq_ignore_ascii_case(sender));
        let other = plan.agencies.iter().find(is_of);
        match other {
            _ if is_of(&agency) => None,
            Some(other) => Some(format!("thư gửi từ địa chỉ của {} ({sender})", other.name)),
            None if agency.emails.is_empty() => None,
            None => Some(format!("thư gửi từ {sender}, không phải địa chỉ đã khai của {}", agency.name)),
        }
    })
}

/// Why nothing is read from a file of this name, and what can be done; `day`: of the mail that it came in.
pub(super) fn why_passed_over(path: &Path, day: Option<NaiveDate>) -> String {
    let hint = what_to_do(path);
    // What is taken out of a mail is received as of today if nobody says otherwise.
    let is_taken_out = hint.ends_with("rồi nhận") || hint.ends_with("rồi nhận các tệp bên trong");
    let hint = match day {
        Some(day) if is_taken_out => format!("{hint}, thêm --on {day}"),
        Some(day) => hint.replace("--on NGÀY", &format!("--on {day}")),
        None => hint.to_owned(),
    };
    format!("{NOTHING_READ}{}{hint}", if hint.is_empty() { "" } else { "; " })
}

pub(super) const NOTHING_READ: &str = "không phải biểu mẫu (.xlsx) hay báo cáo (.yaml)";

/// Why nothing is read from a file whose name says what it is; `None` of what may be text.
pub(in crate::cli) fn why_not_read(path: &Path) -> Option<String> {
    (!what_to_do(path).is_empty()).then(|| why_passed_over(path, None))
}

/// With a file that is none of those, by its name; empty of what nobody knows.
pub(super) fn what_to_do(path: &Path) -> &'static str {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    match ending.as_str() {
        "pdf" | "png" | "jpg" | "jpeg" | "tif" | "tiff" => {
            "bản chụp thì ghi nhận bản giấy: plan receive CƠ_QUAN --on NGÀY --file TỆP"
        }
        "doc" | "docx" | "odt" | "rtf" => {
            "văn bản Word thì đề nghị cơ quan gửi biểu mẫu đã điền; bản đã ký thì ghi nhận bản giấy: plan receive CƠ_QUAN --on \
             NGÀY --file TỆP; dự thảo báo cáo tổng hợp đã sửa thì: plan draft import TỆP"
        }
        "xls" | "xlsb" | "ods" => "mở bằng phần mềm bảng tính, lưu lại dạng .xlsx",
        "ppt" | "pptx" => "đề nghị cơ quan gửi biểu mẫu đã điền",
        "eml" => "thư thì xem trước và nhận bằng: plan receive TỆP --dry-run",
        "p7s" => "đây là chữ ký số của thư",
        "p7m" => "thư ký số đóng gói thì mở bằng phần mềm thư, lưu tệp kèm theo ra thư mục rồi nhận",
        "zip" | "rar" | "7z" => "tệp nén thì giải nén rồi nhận các tệp bên trong",
        "msg" => "thư lưu dạng .msg thì mở bằng Outlook, lưu lại dạng .eml",
        "csv" => {
            "biểu mẫu lưu dạng .csv thì gửi lại dạng .xlsx; sổ công văn đến thì ghi tên cột ở dòng đầu, gửi kèm thư thì lưu ra \
             thư mục rồi nhận riêng"
        }
        "dat" => "gói winmail.dat của Outlook thì đề nghị nơi gửi gửi lại, chọn định dạng HTML",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_came_when_it_says_unless_that_cannot_be() {
        let of = |day: &str| crate::record::parse_date(day);
        let today = of("2026-12-03").unwrap();
        let possible = |day: NaiveDate| day >= of("2026-01-01").unwrap() && day <= today;
        for (sent, arrived, on, day, doubt) in [
            ("2026-11-18", "", "", "2026-11-18", ""),
            ("2026-11-18", "2026-11-18", "", "2026-11-18", ""),
            // Written back by whoever was late, or by a clock that runs ahead.
            ("2026-11-29", "2026-12-01", "", "2026-12-01", "máy chủ thư nhận ngày 01/12/2026"),
            ("2026-11-30", "2026-11-29", "", "2026-11-29", "máy chủ thư nhận ngày 29/11/2026"),
            ("2026-11-20", "2026-10-01", "", "2026-11-20", "nhận ngày 01/10/2026 là trước đó"),
            ("2027-11-18", "2026-11-20", "", "2026-11-20", "không thể đúng"),
            ("", "2026-11-20", "", "2026-11-20", "không ghi ngày gửi"),
            ("", "", "", "2026-12-03", "thêm --on NGÀY"),
            ("2026-12-04", "", "", "2026-12-03", "ngày gửi 04/12/2026, không thể đúng"),
            ("1970-01-01", "", "", "2026-12-03", "không thể đúng"),
            ("2026-11-18 2026-11-30", "", "", "2026-12-03", "nhiều ngày gửi: 18/11/2026, 30/11/2026"),
            ("2026-11-18 2026-11-30", "2026-11-30", "", "2026-11-30", "nhiều ngày gửi"),
            // What the receiver says counts where it is the later.
            ("2026-11-18", "", "2026-11-20", "2026-11-20", ""),
            ("", "", "2026-11-20", "2026-11-20", ""),
            ("2026-11-18", "", "2026-11-18", "2026-11-18", ""),
            ("2026-11-18", "", "2026-11-16", "2026-11-18", "đến sau ngày nhận đã nêu 16/11/2026"),
            ("2027-11-18", "", "2026-11-16", "2026-11-16", ""),
        ] {
            let sent_on = sent.split(' ').filter_map(of).collect();
            let mail = Mail {
                senders: Vec::new(),
                sent: sent_on,
                arrived: of(arrived),
                attachments: Vec::new(),
                is_cut: false,
                left: None,
            };
            let (found, told) = super::day(&mail, of(on), today, possible);
            assert_eq!(found.to_string(), day, "{sent} {arrived} {on}");
            let told = told.unwrap_or_default();
            assert!(told.contains(doubt) && (told.is_empty() == doubt.is_empty()), "{sent} {arrived} {on}: {told}");
        }
    }
}
