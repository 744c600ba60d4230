//! `plan man`: a manual page a command, from the same words as `--help`. clap_mangen writes the sections whose
//! headings are ours; those that it would head in English are written here.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::args;
use super::{COMMANDS, Call, Outcome, output};
use crate::render::{Bytes, Visible};

/// Ghi các trang hướng dẫn cho lệnh man, mỗi lệnh một tệp
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan man [TÙY CHỌN] <THƯ_MỤC>",
    after_help = "Ví dụ:\n  plan man ~/.local/share/man/man1\n  man plan-status"
)]
pub(super) struct Args {
    /// Thư mục ghi ra; chưa có thì được tạo
    #[arg(value_name = "THƯ_MỤC", help_heading = "Tham số")]
    folder: PathBuf,
    /// Ghi đè tệp đã có
    #[arg(long)]
    force: bool,
}

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let Call { environment, out, .. } = call;
    let mut command = args::command();
    command.build();
    let mut pages = Vec::new();
    collect(&command, &mut pages)?;
    let folder = environment.current_dir.join(&args.folder);
    let kept = output::put_into(&folder, &pages, args.force)?;
    let shown = output::shown(&folder, environment);
    writeln!(out, "Đã ghi {} trang hướng dẫn vào {shown}{}", pages.len() - kept, output::already(kept))?;
    Ok(Outcome::Done)
}

/// The pages of a command and of all below it, with the names of their files.
fn collect(command: &Command, pages: &mut Vec<(String, Bytes)>) -> Result<()> {
    let man = Man::new(command.clone());
    pages.push((man.get_filename(), page(command, &man)?));
    command.get_subcommands().try_for_each(|command| collect(command, pages))
}

fn page(command: &Command, man: &Man) -> Result<Bytes> {
    let mut page = Vec::new();
    let name = command.get_display_name().unwrap_or_else(|| command.get_name());
    // Without a day: the same sources give the same page. roff would leave an empty word out.
    writeln!(page, ".TH {name} 1 \"\" \"plan {}\" \"Hướng dẫn sử dụng\"", env!("CARGO_PKG_VERSION"))?;
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let usage = command.get_overridden_usage().map(ToString::to_string).unwrap_or_default();
    let program = name.replace('-', " ");
    let rest = usage.strip_prefix(&program).unwrap_or_default();
    Roff::new()
        .control("SH", ["TÊN"])
        .text([roman(format!("{name} - {about}"))])
        .control("SH", ["CÁCH DÙNG"])
        .text([bold(&program), roman(rest)])
        .to_writer(&mut page)?;
    man.render_options_section(&mut page)?;
    for group in groups(command) {
        group.render_subcommands_section(&mut page)?;
    }
    let notes = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    for note in notes.split("\n\n") {
        write_note(note).to_writer(&mut page)?;
    }
    Ok(Visible::from(String::from_utf8(page)?).into())
}

/// For every group of the commands below, the command as it is with those alone.
fn groups(command: &Command) -> Vec<Man> {
    let group = |below: &Command| {
        let known = COMMANDS.iter().find(|known| known.name == below.get_name());
        known.map_or("Lệnh", |known| known.group)
    };
    let mut groups: Vec<&str> = command.get_subcommands().map(group).collect();
    groups.dedup();
    let alone = |title: &str| {
        let command = command.clone().subcommand_help_heading(title.to_uppercase());
        Man::new(command.mut_subcommands(|below| {
            let other = group(&below) != title;
            below.hide(other)
        }))
    };
    groups.into_iter().map(alone).collect()
}

/// What follows the options, its lines as they are; examples and exit codes under headings of their own.
fn write_note(note: &str) -> Roff {
    let mut roff = Roff::new();
    let titled = note.split_once(':').filter(|(title, _)| matches!(*title, "Ví dụ" | "Mã thoát"));
    let text = match titled {
        Some((title, text)) => {
            roff.control("SH", [title.to_uppercase().as_str()]);
            text
        }
        None => {
            roff.control("PP", []);
            note
        }
    };
    roff.control("nf", []);
    for line in text.lines().filter(|line| !line.is_empty()) {
        roff.text([roman(line.trim_start_matches(' '))]);
    }
    roff.control("fi", []);
    roff
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_page_in_vietnamese() {
        let mut command = args::command();
        command.build();
        let mut pages = Vec::new();
        collect(&command, &mut pages).unwrap();
        let names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
        for name in ["plan.1", "plan-status.1", "plan-form-import.1"] {
            assert!(names.contains(&name), "{name} in {names:?}");
        }
        for (name, page) in &pages {
            let page = String::from_utf8_lossy(page.as_ref());
            for heading in ["TÊN", "\"CÁCH DÙNG\"", "\"VÍ DỤ\""] {
                assert!(page.contains(&format!("\n.SH {heading}\n")), "{heading} in {name}:\n{page}");
            }
            let english = ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "SUBCOMMANDS", "EXTRA", "Possible values"];
            assert_eq!(english.into_iter().find(|words| page.contains(words)), None, "{name}:\n{page}");
        }
    }
}
