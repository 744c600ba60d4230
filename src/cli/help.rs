//! `plan help`: how the program or one of its commands is used, as `--help` says it.

use anyhow::Result;

use super::args;
use super::{Call, Outcome, misunderstood};

/// Xem cách dùng chương trình hoặc một lệnh
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan help [LỆNH]...",
    after_help = "Ví dụ:\n  plan help                   các lệnh\n  plan help form export       một lệnh"
)]
pub(super) struct Args {
    /// Lệnh cần xem
    #[arg(value_name = "LỆNH", help_heading = "Tham số")]
    command: Vec<String>,
}

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let words = [call.program.clone()].into_iter().chain(args.command.iter().map(Into::into));
    let words: Vec<_> = words.chain(["--help".into()]).collect();
    match args::parse(&words, call.environment) {
        Err(args::Stop::Help(text)) => call.out.print(text)?,
        Err(args::Stop::Wrong(error)) => return Err(misunderstood(&error, &words, call.environment)),
        Ok(_) => {}
    }
    Ok(Outcome::Done)
}
