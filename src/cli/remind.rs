//! `plan remind`: letters and messages to those who owe a report.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Result, bail};
use rayon::prelude::*;

use super::output::{self, Out};
use super::printing::{Letters, Printing};
use super::writing::Writing;
use super::{Call, Outcome, Session, known};
use crate::form::Form;
use crate::model::ActKind;
use crate::register::Line;
use crate::reminder::{Debt, Reminder, reminders};
use crate::render::{self, Bytes, Render, Visible};
use crate::vietnamese::{self, listed, number};
use crate::view::difficulties::REPORTS;
use crate::view::letter::{self, Occasion};
use crate::view::reminders::{Reminders, own_report, unaddressed};
use crate::{status, view, yaml};

/// Files of another time that are named; more are counted.
const NAMED: usize = 5;

/// Soạn công văn hoặc tin nhắn đôn đốc cơ quan chưa gửi báo cáo, có báo cáo phải bổ sung
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan remind [TÙY CHỌN] [CƠ_QUAN|NHÓM]...",
    after_help = "Ví dụ:\n  plan remind                        một công văn gửi các cơ quan quá hạn hoặc còn không quá 7 ngày\n  \
                  plan remind so-y-te ubnd-cap-xa    trong các cơ quan, nhóm này\n  \
                  plan remind --within 14            cả các cơ quan còn không quá 14 ngày\n  \
                  plan remind --each                 mỗi cơ quan một công văn, vào một thư mục\n  \
                  plan remind --format eml -o thu    thư nháp kèm biểu mẫu, mỗi cơ quan một thư; không tự gửi đi\n  \
                  plan remind --format text          tin nhắn ngắn để dán vào thư điện tử, tin nhắn\n  \
                  plan remind --format table         danh sách phải đôn đốc, chưa soạn gì"
)]
pub(super) struct Args {
    /// Chỉ các cơ quan, nhóm cơ quan này: mã hoặc tên
    #[arg(value_name = "CƠ_QUAN|NHÓM", help_heading = "Tham số")]
    agencies: Vec<String>,
    /// Kỳ báo cáo (mặc định: kỳ đang thu thập, tổng hợp)
    #[arg(long, value_name = "KỲ")]
    round: Option<String>,
    /// Đôn đốc trước khi đến hạn bao nhiêu ngày (mặc định: 7)
    #[arg(long, value_name = "SỐ_NGÀY", default_value_t = 7, hide_default_value = true, value_parser = days)]
    within: i64,
    /// Mỗi cơ quan một công văn, ghi vào một thư mục
    #[arg(long)]
    each: bool,
    #[command(flatten)]
    printing: Printing<Letters>,
}

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, err) = &mut call.open()?;
    let workspace = session.workspace(err)?;
    let plan = &workspace.plan;
    let Some(wording) = &plan.wording.reminder else {
        bail!(
            "chưa có mẫu công văn đôn đốc: thêm phần reminder vào plan/report.yaml\n\
             (plan schema wording cho biết phần đó gồm những gì)."
        );
    };
    let round = &status::round(&workspace, known::round_or_current(&workspace, args.round.as_deref(), err)?);
    let meant = known::members(plan, &args.agencies)?;
    let mut reminders = reminders(&workspace, round, args.within);
    reminders.retain(|reminder| args.agencies.is_empty() || meant.contains(&reminder.status.agency.id));
    // What two people of the office changed at once is no agency's to mend.
    let text = |file| workspace.files.get(file).text();
    let is_conflicted = |reminder: &mut Reminder<'_, '_>| {
        reminder.status.file.is_some_and(|file| yaml::conflicted(text(file)).is_some())
    };
    for conflicted in reminders.extract_if(.., is_conflicted) {
        let agency = &conflicted.status.agency;
        writeln!(
            err,
            "lưu ý: báo cáo của {} còn dấu xung đột của git, sửa tại đây rồi mới biết có phải đôn đốc không: \
             plan check reports/{}/{}.yaml",
            agency.name, round.round.key, agency.key
        )?;
    }
    let gone = |agency| view::gone(plan, agency, workspace.as_of);
    for left in reminders.extract_if(.., |reminder| gone(reminder.status.agency).is_some()) {
        let agency = left.status.agency;
        let why = gone(agency).unwrap_or_default();
        writeln!(err, "lưu ý: không đôn đốc {}: {why}.", agency.name)?;
    }
    // An office writes no letter to itself.
    let own = reminders.extract_if(.., |reminder| Some(reminder.status.agency.id) == plan.consolidator).next();
    let occasion = Occasion {
        plan,
        wording,
        status: round,
        as_of: workspace.as_of,
        banner: view::illustrative_banner(&workspace),
        files: &workspace.files,
    };
    let format = match args.each {
        true => args.printing.format_of_each(session.environment)?,
        false => args.printing.format(session.environment)?,
    };
    if args.each && !matches!(format.render, Render::Document(_) | Render::Mails) {
        bail!("--each lập mỗi cơ quan một tệp, không có dạng {}: bỏ --each, hoặc dùng --format docx.", format.name);
    }
    let list = Reminders { occasion, reminders, own };
    let located = |error| output::in_template(&error, list.occasion.files);
    match format.render {
        Render::Document(_) | Render::Messages | Render::Mails if list.reminders.is_empty() => writeln!(
            out,
            "Kỳ {}: {}không có cơ quan nào phải đôn đốc (quá hạn, còn không quá {} ngày, hoặc phải bổ sung báo cáo).",
            round.round.short_name,
            if args.agencies.is_empty() { "" } else { "trong các cơ quan được nêu, " },
            args.within
        )?,
        Render::Document(render) if args.each => {
            let letter =
                |reminder: &Reminder<'_, '_>| render(&letter::to_one(&list.occasion, reminder).map_err(located)?);
            let letters = each(&list, format.ending(), letter)?;
            write_each(args, &list, &letters, "công văn", session, (out, err))?;
            summary(&list.reminders, out)?;
        }
        Render::Document(render) => {
            let letter = render(&letter::to_all(&list.occasion, &list.reminders).map_err(located)?)?;
            write(args, &list, &letter, format.ending(), session, (out, err))?;
            summary(&list.reminders, out)?;
        }
        Render::Mails => {
            if args.printing.output.path(session.environment).is_some_and(|path| format.is_of(&path)) {
                bail!("mỗi cơ quan một thư thì phải ghi vào một thư mục: -o THƯ_MỤC --format eml.");
            }
            let mail = |reminder: &Reminder<'_, '_>| {
                let agency = reminder.status.agency;
                let before = workspace.report_before(round.round, agency.id);
                let form = Form::new(plan, round.round, agency, before.as_ref());
                let mail = letter::mail(&list.occasion, reminder).map_err(located)?;
                render::eml::render(&mail, (&form.file_name(), &render::form::render(&form)?))
            };
            write_each(args, &list, &each(&list, format.ending(), mail)?, "thư nháp", session, (out, err))?;
            summary(&list.reminders, out)?;
            unaddressed(&list).map_or(Ok(()), |words| writeln!(out, "{words}"))?;
        }
        Render::Messages => {
            args.printing.output.put(Visible::from(messages(&list)?), session.environment, out)?;
        }
        _ => {
            args.printing.print_anew(&list, session, out)?;
            return Ok(Outcome::Done);
        }
    }
    // A letter to others is no place for it.
    let told = own_report(&list).into_iter().chain(view::not_kept(REPORTS, &round.not_kept));
    told.into_iter().try_for_each(|words| writeln!(err, "{words}"))?;
    Ok(Outcome::Done)
}

/// The acts that are to be written down once the letters are there: to whom none was written that day.
fn acts(list: &Reminders<'_, '_>, writing: &Writing, session: &Session<'_>) -> Vec<Line> {
    let Occasion { status, as_of, .. } = &list.occasion;
    let new = list.reminders.iter().map(|reminder| reminder.status.agency).filter(|agency| {
        let mut acts = writing.workspace.register.about(status.round.id, agency.id);
        acts.all(|act| act.act != ActKind::Remind || act.date.value != *as_of)
    });
    let entered = session.environment.moment();
    new.map(|agency| Line::new(ActKind::Remind, Some(&agency.key), *as_of, &entered)).collect()
}

/// One letter to all; the register has it when it is there. A run that is killed in between is gone on with: a letter that
/// is there just as it is to be is not written again before it is registered.
fn write(
    args: &Args,
    list: &Reminders<'_, '_>,
    letter: &Bytes,
    ending: &str,
    session: &Session<'_>,
    (out, err): (&mut Out<'_>, &mut Out<'_>),
) -> Result<()> {
    let output = &args.printing.output;
    let Some(path) = output.target(&format!("{}.{ending}", name(list)), session.environment) else {
        return out.print(letter.clone());
    };
    let round = &list.occasion.status.round.key;
    let writing = Writing::open(session, err)?;
    let acts = acts(list, &writing, session);
    if acts.is_empty() || !output::holds(&path, letter) {
        output::write(&path, letter, output.force)?;
    }
    writing.record(round, acts, err)?;
    writeln!(out, "Đã ghi {}", output::shown(&path, session.environment))
}

/// One to each into a folder, otherwise as `write`; `what` they are.
fn write_each(
    args: &Args,
    list: &Reminders<'_, '_>,
    letters: &[(String, Bytes)],
    what: &str,
    session: &Session<'_>,
    (out, err): (&mut Out<'_>, &mut Out<'_>),
) -> Result<()> {
    let output = &args.printing.output;
    let Some(folder) = output.target(&name(list), session.environment) else {
        bail!("mỗi cơ quan một {what} thì phải ghi vào một thư mục: -o THƯ_MỤC.");
    };
    let round = &list.occasion.status.round.key;
    let writing = Writing::open(session, err)?;
    let acts = acts(list, &writing, session);
    let is_there = |(name, letter): &(String, Bytes)| output::holds(&folder.join(name), letter);
    let already = if !acts.is_empty() && letters.iter().all(is_there) {
        letters.len()
    } else {
        output::put_into(&folder, letters, output.force)?
    };
    writing.record(round, acts, err)?;
    let (shown, told) = (output::shown(&folder, session.environment), output::already(already));
    let written = number((letters.len() - already) as u128);
    writeln!(out, "Đã ghi {written} {what} vào {shown}{told}")?;
    let others = beside(&folder, letters);
    if !others.is_empty() {
        let more = vietnamese::others(others.len().saturating_sub(NAMED), "tệp");
        let named =
            listed([others[..others.len().min(NAMED)].join(", ")].into_iter().chain(more), " ").unwrap_or_default();
        writeln!(out, "Trong {shown} còn tệp không thuộc lần này, đừng gửi nhầm: {named}.")?;
    }
    Ok(())
}

/// The files of the same kinds that are in a folder beside those, by name.
fn beside(folder: &Path, files: &[(String, Bytes)]) -> Vec<String> {
    let kinds: BTreeSet<_> = files.iter().filter_map(|(name, _)| Path::new(name).extension()).collect();
    let there = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let of_kind = there.filter(|path| path.extension().is_some_and(|kind| kinds.contains(kind)));
    let names = of_kind.filter_map(|path| path.file_name().map(|name| name.to_string_lossy().into_owned()));
    let mut others: Vec<String> = names.filter(|there| files.iter().all(|(name, _)| name != there)).collect();
    others.sort();
    others
}

fn name(list: &Reminders<'_, '_>) -> String {
    format!("don-doc-{}-{}", list.occasion.status.round.key, list.occasion.plan.year)
}

/// What each agency is sent, by the name of its file.
fn each(
    list: &Reminders<'_, '_>,
    ending: &str,
    make: impl Fn(&Reminder<'_, '_>) -> Result<Bytes> + Sync,
) -> Result<Vec<(String, Bytes)>> {
    // The first that cannot be made is told, not the one that was tried first.
    let made: Vec<_> = list
        .reminders
        .par_iter()
        .map(|reminder| Ok((format!("{}.{ending}", reminder.status.agency.key), make(reminder)?)))
        .collect();
    made.into_iter().collect()
}

/// Messages to be sent, one after the other.
fn messages(list: &Reminders<'_, '_>) -> Result<String> {
    let messages = list.reminders.iter().map(|reminder| letter::message(&list.occasion, reminder));
    let messages: Vec<String> =
        messages.collect::<Result<_, _>>().map_err(|error| output::in_template(&error, list.occasion.files))?;
    let banner = list.occasion.banner.iter().map(|banner| format!("*** {banner} ***"));
    Ok(banner.chain(messages).collect::<Vec<_>>().join("\n\n") + "\n")
}

fn summary(reminders: &[Reminder<'_, '_>], out: &mut Out<'_>) -> Result<()> {
    let count = |wanted: fn(&Debt<'_>) -> bool| reminders.iter().filter(|reminder| wanted(&reminder.debt)).count();
    writeln!(
        out,
        "Đôn đốc {} cơ quan: {} quá hạn, {} sắp đến hạn, {} phải bổ sung báo cáo{}.",
        reminders.len(),
        count(|debt| matches!(debt, Debt::Overdue(_))),
        count(|debt| matches!(debt, Debt::Due { .. })),
        count(|debt| matches!(debt, Debt::Invalid(_))),
        match count(|debt| matches!(debt, Debt::Data)) {
            0 => String::new(),
            without => format!(", {without} mới có bản giấy"),
        }
    )?;
    Ok(())
}

fn days(written: &str) -> Result<i64, String> {
    let days = written.parse().ok().filter(|days| (0..=366).contains(days));
    days.ok_or_else(|| "viết số ngày từ 0 đến 366".to_owned())
}
