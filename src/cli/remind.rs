//! `plan remind`: letters and messages to those who owe a report.

use std::path::PathBuf;

use anyhow::{Result, anyhow, bail};

use super::output::{self, Out};
use super::status::unusable_plan;
use super::{Outcome, Session, known};
use crate::doc::Document;
use crate::reminder::{Debt, Reminder, reminders};
use crate::render::{Bytes, FORMATS, Format, Visible};
use crate::view;
use crate::view::letter::{self, Occasion};
use crate::{check, source, status};

const TEXT: &str = "text";

/// Soạn công văn hoặc tin nhắn đôn đốc cơ quan chưa gửi báo cáo, có báo cáo phải bổ sung
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan remind [TÙY CHỌN]",
    after_help = "Ví dụ:\n  plan remind                        một công văn gửi các cơ quan quá hạn hoặc còn không quá 7 ngày\n  \
                  plan remind --within 14            cả các cơ quan còn không quá 14 ngày\n  \
                  plan remind --each                 mỗi cơ quan một công văn, vào một thư mục\n  \
                  plan remind --format text          tin nhắn ngắn để dán vào thư điện tử, tin nhắn"
)]
pub(super) struct Args {
    /// Kỳ báo cáo (mặc định: kỳ đang thu thập báo cáo)
    #[arg(long, value_name = "KỲ")]
    round: Option<String>,
    /// Đôn đốc trước khi đến hạn bao nhiêu ngày (mặc định: 7)
    #[arg(long, value_name = "SỐ_NGÀY", default_value_t = 7, hide_default_value = true, value_parser = days)]
    within: i64,
    /// Mỗi cơ quan một công văn
    #[arg(long)]
    each: bool,
    /// Dạng tệp: docx (mặc định), html, md; text là tin nhắn ngắn, in ra màn hình
    #[arg(long, value_name = "DẠNG")]
    format: Option<String>,
    /// Tệp ghi ra; với --each là thư mục
    #[arg(short = 'o', long, value_name = "TỆP")]
    output: Option<PathBuf>,
    /// Ghi đè tệp đã có
    #[arg(long)]
    force: bool,
}

pub(super) fn run(args: &Args, session: &Session<'_>, out: &mut Out<'_>) -> Result<Outcome> {
    let files = source::read(&session.root)?;
    let checked = check::run(&files, session.clock);
    let Some(plan) = &checked.plan else { return Err(unusable_plan()) };
    let Some(wording) = &plan.wording.reminder else {
        bail!(
            "chưa có mẫu công văn đôn đốc: thêm phần reminder vào plan/report.yaml\n\
             (plan schema wording cho biết phần đó gồm những gì)."
        );
    };
    let rounds = status::derive(plan, &checked, checked.as_of);
    let round = known::round_or_current(plan, &rounds, args.round.as_deref(), checked.as_of)?;
    let reminders = reminders(plan, &checked, round, checked.as_of, args.within);
    if reminders.is_empty() {
        writeln!(
            out,
            "Kỳ {}: không có cơ quan nào phải đôn đốc (quá hạn, còn không quá {} ngày, hoặc phải bổ sung báo cáo).",
            round.round.short_name, args.within
        )?;
        return Ok(Outcome::Done);
    }

    let occasion = Occasion {
        plan,
        wording,
        status: round,
        as_of: checked.as_of,
        banner: view::illustrative_banner(&checked),
        files: &files,
    };
    let located = |error| output::in_template(&error, &files);
    let current = &session.environment.current_dir;
    let name = format!("don-doc-{}-{}", round.round.key, plan.year);
    let format = args.format.as_deref().unwrap_or(FORMATS[0].name);
    if format == TEXT {
        let messages = reminders.iter().map(|reminder| letter::message(&occasion, reminder));
        let messages: Vec<String> = messages.collect::<Result<_, _>>().map_err(located)?;
        let banner = occasion.banner.iter().map(|banner| format!("*** {banner} ***"));
        let text = banner.chain(messages).collect::<Vec<_>>().join("\n\n") + "\n";
        let text = Bytes::from(Visible::from(text));
        match args.output.as_deref().and_then(|path| output::target(path, session.environment)) {
            Some(path) => {
                output::write(&path, &text, args.force)?;
                writeln!(out, "Đã ghi {}", output::shown(&path, session.environment))?;
            }
            None => out.print(text)?,
        }
        return Ok(Outcome::Done);
    }
    let format = letters().find(|known| known.name == format).ok_or_else(|| {
        let known: Vec<&str> = formats().collect();
        anyhow!("không soạn được công văn dạng “{format}”. Các dạng: {}.", known.join(", "))
    })?;
    let render = |document: Document| (format.render)(&document);
    if args.each {
        let folder = current.join(args.output.as_deref().unwrap_or(name.as_ref()));
        let letters = reminders.iter().map(|reminder| {
            let letter = letter::to_one(&occasion, reminder).map_err(located)?;
            Ok((format!("{}.{}", reminder.status.agency.key, format.name), render(letter)?))
        });
        let letters: Vec<(String, Bytes)> = letters.collect::<Result<_>>()?;
        output::write_into(&folder, &letters, |_| args.force)?;
        writeln!(out, "Đã ghi {} công văn vào {}", letters.len(), output::shown(&folder, session.environment))?;
    } else {
        let path = match &args.output {
            Some(path) => current.join(path),
            None => current.join(format!("{name}.{}", format.name)),
        };
        output::may_write(&path, args.force)?;
        output::write(&path, &render(letter::to_all(&occasion, &reminders).map_err(located)?)?, args.force)?;
        writeln!(out, "Đã ghi {}", output::shown(&path, session.environment))?;
    }
    summary(&reminders, out)?;
    Ok(Outcome::Done)
}

/// A spreadsheet is no letter.
fn letters() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(|known| known.name != "xlsx")
}

/// What `--format` takes.
pub(super) fn formats() -> impl Iterator<Item = &'static str> {
    letters().map(|known| known.name).chain([TEXT])
}

fn summary(reminders: &[Reminder<'_, '_>], out: &mut Out<'_>) -> Result<()> {
    let count = |wanted: fn(&Debt<'_>) -> bool| reminders.iter().filter(|reminder| wanted(&reminder.debt)).count();
    writeln!(
        out,
        "Đôn đốc {} cơ quan: {} quá hạn, {} sắp đến hạn, {} phải bổ sung báo cáo.",
        reminders.len(),
        count(|debt| matches!(debt, Debt::Overdue(_))),
        count(|debt| matches!(debt, Debt::Due(_))),
        count(|debt| matches!(debt, Debt::Invalid(_)))
    )?;
    Ok(())
}

fn days(written: &str) -> Result<i64, String> {
    let days = written.parse().ok().filter(|days| (0..=366).contains(days));
    days.ok_or_else(|| "viết số ngày từ 0 đến 366".to_owned())
}
