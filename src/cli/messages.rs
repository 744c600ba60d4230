//! clap's errors in Vietnamese: what is wrong, what was probably meant, where to read on.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::record::suggest;

/// A whole message without a prefix: what is wrong, the lines that were probably meant, the help to read, that of the command
/// `path` (`form import`; empty of the program).
pub(super) fn explain(error: &clap::Error, path: &str, meant: &[String]) -> String {
    let command = format!("plan {path}");
    let command = command.trim_end();
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(ContextValue::StyledStrs(texts)) => {
            texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        }
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let what = match error.kind() {
        ErrorKind::UnknownArgument if !argument.starts_with('-') => format!("thừa “{argument}” ở cuối câu lệnh"),
        ErrorKind::UnknownArgument => format!("không có tùy chọn “{argument}”"),
        ErrorKind::InvalidSubcommand => format!("không có lệnh “{}”", context(ContextKind::InvalidSubcommand)),
        ErrorKind::InvalidValue if value.is_empty() => format!("tùy chọn “{argument}” thiếu giá trị"),
        ErrorKind::InvalidValue => format!("giá trị “{value}” không dùng được cho “{argument}”"),
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(|source| format!(": {source}")).unwrap_or_default();
            format!("giá trị “{value}” không dùng được cho “{argument}”{reason}")
        }
        ErrorKind::ArgumentConflict => {
            let prior = context(ContextKind::PriorArg);
            if prior.is_empty() || prior == argument {
                format!("tùy chọn “{argument}” chỉ được dùng một lần")
            } else {
                format!("tùy chọn “{argument}” không dùng cùng “{prior}”")
            }
        }
        // One of a few options is.
        ErrorKind::MissingRequiredArgument if argument.starts_with("<-") => {
            format!("thiếu {}", argument[1..].strip_suffix('>').unwrap_or_default().replace('|', " hoặc "))
        }
        ErrorKind::MissingRequiredArgument => format!("thiếu {argument}"),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            format!("số giá trị của “{argument}” không đúng")
        }
        kind if lacks_subcommand(kind) => format!("“{command}” còn thiếu lệnh con"),
        ErrorKind::NoEquals => format!("sau “{argument}” cần dấu ="),
        ErrorKind::InvalidUtf8 => "câu lệnh có ký tự không đọc được".to_owned(),
        _ => "câu lệnh không đúng".to_owned(),
    };
    let mut lines = vec![what];
    let allowed = context(ContextKind::ValidValue);
    if !allowed.is_empty() {
        lines.push(format!("Các giá trị dùng được: {allowed}."));
    }
    match meant {
        [] => {}
        [line] => lines.push(format!("Có phải lệnh này: {line}")),
        several if lacks_subcommand(error.kind()) => {
            lines.push(format!("Các lệnh con:\n  {}", several.join("\n  ")))
        }
        several => lines.push(format!("Có phải một trong các lệnh này:\n  {}", several.join("\n  "))),
    }
    let written = [ContextKind::InvalidSubcommand, ContextKind::InvalidValue, ContextKind::InvalidArg].map(context);
    let written = written.into_iter().find(|word| !word.is_empty()).unwrap_or_default();
    let suggested =
        [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue].map(context);
    // clap takes `print` for `remind`; its nearest is the last.
    let is_near = |word: &&str| !suggest::nearest(bare(&written), std::iter::once((bare(word), *word))).is_empty();
    let near = suggested.iter().flat_map(|words| words.rsplit(", ")).filter(|word| !word.is_empty()).find(is_near);
    if let Some(word) = near.filter(|_| meant.is_empty()) {
        lines.push(format!("Có phải “{word}”?"));
    }
    lines.push(format!("Xem cách dùng: {command} --help"));
    lines.join("\n")
}

/// A word without the dashes that make it an option.
fn bare(word: &str) -> &str {
    word.trim_start_matches('-')
}

/// Whether a command was named that only has commands below it.
pub(super) fn lacks_subcommand(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand)
}
