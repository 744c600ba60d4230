//! The one gate between words and what leaves the program. What is `Visible` holds no character that a reader does not
//! see or that a terminal acts on, but for marks and colours of our own; streams and files take nothing but `Bytes`, and
//! those are made of it alone: what forgets the gate does not compile.

use std::fmt::{self, Display};
use std::io::{Cursor, Read, Write};
use std::ops::{AddAssign, Deref};

use anyhow::Result;
use mail_builder::MessageBuilder;
use rust_xlsxwriter::{Workbook, XlsxError};
use serde::Serialize;
use zip::{DateTime, System, ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::characters::{hidden, is_plain};

/// Text with its hidden characters shown as `\u{…}`. Tabs and newlines stay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Visible(String);

impl Visible {
    /// What another program reads, indented, with a newline at its end.
    ///
    /// # Errors
    /// When the value has no form in JSON.
    pub(crate) fn json(value: &impl Serialize) -> Result<Self> {
        let mut json = Self::default();
        // Only a string of JSON can hold them, and it has a way of its own to write them.
        json.push(&serde_json::to_string_pretty(value)?, |c, shown| {
            for unit in c.encode_utf16(&mut [0; 2]) {
                *shown += &format!("\\u{unit:04x}");
            }
        });
        json.0.push('\n');
        Ok(json)
    }

    /// What a library coloured that was given visible text: sequences of colour (`ESC [ 1 ; 31 m`) stay.
    pub(crate) fn painted(text: &str) -> Self {
        let mut parts = text.split('\u{1b}');
        let mut painted = Self::from(parts.next().unwrap_or_default());
        for part in parts {
            let colour = part.find('m').filter(|&end| {
                let codes = part[..end].strip_prefix('[');
                codes.is_some_and(|codes| codes.bytes().all(|byte| byte.is_ascii_digit() || byte == b';'))
            });
            match colour {
                Some(_) => painted.0.push('\u{1b}'),
                None => painted += "\u{1b}",
            }
            painted += part;
        }
        painted
    }

    /// A mark of our own, whatever it holds: a byte order mark, the end of a line.
    pub(crate) fn mark(&mut self, mark: &'static str) {
        self.0 += mark;
    }

    pub(super) fn append(&mut self, other: &Self) {
        self.0 += &other.0;
    }

    pub(super) fn paint(&mut self, text: &str, style: anstyle::Style) {
        self.0 += &style.render().to_string();
        *self += text;
        self.0 += &style.render_reset().to_string();
    }

    /// Makes `write!` and `writeln!` take it.
    pub(crate) fn write_fmt(&mut self, arguments: fmt::Arguments<'_>) {
        *self += &arguments.to_string();
    }

    fn push(&mut self, text: &str, show: impl Fn(char, &mut String)) {
        for line in text.split_inclusive('\n') {
            let mut from = 0;
            let hidden = (!is_plain(line)).then(|| hidden(line));
            for (at, c) in hidden.into_iter().flatten() {
                self.0 += &line[from..at];
                show(c, &mut self.0);
                from = at + c.len_utf8();
            }
            self.0 += &line[from..];
        }
    }
}

impl From<&str> for Visible {
    fn from(text: &str) -> Self {
        let mut visible = Self::default();
        visible += text;
        visible
    }
}

impl From<String> for Visible {
    fn from(text: String) -> Self {
        if is_plain(&text) || hidden(&text).next().is_none() { Self(text) } else { Self::from(text.as_str()) }
    }
}

impl From<Visible> for String {
    fn from(visible: Visible) -> Self {
        visible.0
    }
}

impl AddAssign<&str> for Visible {
    fn add_assign(&mut self, text: &str) {
        self.push(text, |c, shown| shown.extend(c.escape_unicode()));
    }
}

impl Deref for Visible {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Display for Visible {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// What a stream or a file takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bytes(Vec<u8>);

impl Bytes {
    /// How files of Office are packed, from 1, the fastest, to 9: a tenth to a fifth larger than when packed well, in two fifths of the time.
    pub(super) const PACKED: u8 = 2;

    /// A zip of parts by their names. Stamps no time, so that the same parts give the same bytes.
    pub(super) fn archive(parts: impl IntoIterator<Item = (String, Visible)>) -> Result<Self> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            archive.start_file(name, packing())?;
            archive.write_all(content.as_bytes())?;
        }
        Ok(Self(archive.finish()?.into_inner()))
    }

    /// A zip with parts changed, each given by its name and content. What has none of the program's words, as `is_wordless`
    /// says, stays as it was packed.
    pub(super) fn changed(
        packed: &[u8],
        is_wordless: impl Fn(&str) -> bool,
        change: impl Fn(&str, String) -> Result<String>,
    ) -> Result<Self> {
        let mut parts = ZipArchive::new(Cursor::new(packed))?;
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for at in 0..parts.len() {
            let mut part = parts.by_index(at)?;
            let name = part.name()?.into_owned();
            if is_wordless(&name) {
                archive.raw_copy_file(part)?;
                continue;
            }
            let mut content = String::new();
            part.read_to_string(&mut content)?;
            let changed = Visible::from(change(&name, content)?);
            archive.start_file(name, packing())?;
            archive.write_all(changed.as_bytes())?;
        }
        Ok(Self(archive.finish()?.into_inner()))
    }

    /// A mail, whose texts are visible.
    pub(super) fn mail(mail: MessageBuilder<'_>) -> Result<Self> {
        Ok(Self(mail.write_to_vec()?))
    }

    /// A workbook, whose texts come through `xlsx::cells`: clippy.toml forbids the other ways.
    pub(super) fn workbook(workbook: &mut Workbook) -> Result<Self, XlsxError> {
        workbook.save_to_buffer().map(Self)
    }
}

/// The same bytes on every day and system.
fn packing() -> SimpleFileOptions {
    let options = SimpleFileOptions::default().last_modified_time(DateTime::DEFAULT).system(System::Unix);
    options.compression_level(Some(Bytes::PACKED.into()))
}

impl From<Visible> for Bytes {
    fn from(text: Visible) -> Self {
        Self(text.0.into_bytes())
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_terminals_act_on_becomes_visible() {
        for (text, shown) in [
            ("Sở Y tế\n\tmục", "Sở Y tế\n\tmục"),
            ("\u{1b}[31mđỏ", "\\u{1b}[31mđỏ"),
            ("a\u{202e}b\r", "a\\u{202e}b\\u{d}"),
            ("\u{9b}31m\u{e0041}", "\\u{9b}31m\\u{e0041}"),
            ("n\u{ad}íc ⚠️ a️", "n\\u{ad}íc ⚠️ a\\u{fe0f}"),
        ] {
            assert_eq!(&*Visible::from(text), shown);
            assert_eq!(&*Visible::from(text.to_owned()), shown);
        }
    }

    #[test]
    fn colours_stay_and_nothing_else_that_a_terminal_acts_on() {
        for (text, shown) in [
            ("\u{1b}[1m\u{1b}[38;5;9mlỗi\u{1b}[0m", "\u{1b}[1m\u{1b}[38;5;9mlỗi\u{1b}[0m"),
            ("\u{1b}[2J\u{1b}[Hm", "\\u{1b}[2J\\u{1b}[Hm"),
            ("\u{1b}]0;m\u{7}", "\\u{1b}]0;m\\u{7}"),
            ("\u{1b}", "\\u{1b}"),
        ] {
            assert_eq!(&*Visible::painted(text), shown);
        }
    }

    #[test]
    fn json_keeps_every_character() {
        let hostile = "\u{1b}\u{7f}\u{9b}\u{202e}\u{e0041} “–”";
        let json = Visible::json(&hostile).unwrap();
        assert_eq!(&*json, "\"\\u001b\\u007f\\u009b\\u202e\\udb40\\udc41 “–”\"\n");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), hostile);
    }
}
