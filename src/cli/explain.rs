//! `plan explain`: what the rules are and why.

use anyhow::Result;

use super::check::known_rule;
use super::printing::{Listing, Printing};
use super::{Call, Outcome};
use crate::view::rules::Rules;

/// Giải thích các quy tắc kiểm tra, kèm ví dụ sai và đúng
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan explain [TÙY CHỌN] [QUY_TẮC]",
    after_help = "Ví dụ:\n  plan explain                    danh sách quy tắc\n  plan explain not-a-number       một quy tắc"
)]
pub(super) struct Args {
    /// Tên quy tắc; bỏ trống để xem danh sách
    #[arg(value_name = "QUY_TẮC", help_heading = "Tham số")]
    rule: Option<String>,
    #[command(flatten)]
    printing: Printing<Listing>,
}

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let Call { environment, out, .. } = call;
    let only = args.rule.as_deref().map(known_rule).transpose()?;
    args.printing.print(&Rules { only }, environment, out)?;
    Ok(Outcome::Done)
}
