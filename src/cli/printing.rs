//! Where a command puts what it shows, and in which format: the options that such commands share.

use std::marker::PhantomData;
use std::path::PathBuf;

use anyhow::{Result, anyhow};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use indexmap::IndexSet;

use super::output::{self, Out};
use super::{Environment, Session};
use crate::doc::Shown;
use crate::render::terminal::Screen;
use crate::render::{self, Bytes, Format, Kind, Render, formats};
use crate::source;

/// Columns of a table in a file.
const FILE_WIDTH: u16 = 100;

#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct Output {
    /// Ghi vào tệp này; dấu - để in ra màn hình
    #[arg(short = 'o', long, value_name = "TỆP")]
    output: Option<PathBuf>,
    /// Ghi đè tệp đã có
    #[arg(long)]
    pub(super) force: bool,
}

impl Output {
    /// What `-o` names; `None` is standard output.
    pub(super) fn path(&self, environment: &Environment) -> Option<PathBuf> {
        self.output.as_deref().and_then(|path| output::target(path, environment))
    }

    /// What `-o` names, else a file of the usual name; `None` is standard output.
    pub(super) fn target(&self, usual: &str, environment: &Environment) -> Option<PathBuf> {
        output::target(self.output.as_deref().unwrap_or(usual.as_ref()), environment)
    }

    /// Says at once what `put` would say later.
    ///
    /// # Errors
    /// When nothing can be written there, or something is there already and may not be replaced.
    pub(super) fn may_write(&self, environment: &Environment) -> Result<()> {
        self.path(environment).map_or(Ok(()), |path| output::may_write(&path, self.force))
    }

    pub(super) fn screen(&self, environment: &Environment) -> Screen {
        match self.path(environment) {
            None => Screen { width: environment.width, height: environment.height, colour: environment.colour },
            Some(_) => Screen { width: FILE_WIDTH, height: None, colour: false },
        }
    }

    /// Prints, or writes what `-o` names.
    pub(super) fn put(&self, what: impl Into<Bytes>, environment: &Environment, out: &mut Out<'_>) -> Result<()> {
        output::put(self.path(environment).as_deref(), what.into(), self.force, environment, out)
    }
}

/// What a command shows, with the formats it has when nobody names one.
pub(super) trait Offer {
    const KIND: Kind;
    /// Where a person reads, and elsewhere.
    const DEFAULTS: [&'static str; 2];
}

/// Those that are listed, found by a check, compiled into a report, put into letters, listed or put into a letter, put into
/// a calendar.
macro_rules! offers {
    ($($name:ident $defaults:expr;)*) => {$(
        #[derive(Debug, Default)]
        pub(super) struct $name;

        impl Offer for $name {
            const KIND: Kind = Kind::$name;
            const DEFAULTS: [&'static str; 2] = $defaults;
        }
    )*};
}

offers! {
    Listing ["table"; 2];
    Problems ["full", "short"];
    Report ["docx"; 2];
    Letters ["docx"; 2];
    Remarks ["table"; 2];
    Days ["table", "ics"];
}

#[derive(Debug, Default, clap::Args)]
pub(super) struct Printing<O: Offer> {
    #[arg(long, value_name = "DẠNG", help = help::<O>(), value_parser = parser::<O>(), hide_possible_values = true)]
    format: Option<&'static Format>,
    #[command(flatten)]
    pub(super) output: Output,
    #[arg(skip)]
    offer: PhantomData<O>,
}

fn help<O: Offer>() -> String {
    let [person, other] = O::DEFAULTS;
    let mut names: Vec<String> = formats(O::KIND).map(|format| format.name.to_owned()).collect();
    names.sort_by_key(|name| ![person, other].contains(&name.as_str()));
    for name in &mut names {
        *name += match () {
            () if person == other && name == person => " (mặc định)",
            () if name == person => " (mặc định trên màn hình)",
            () if name == other => " (mặc định khi chuyển tiếp)",
            () => "",
        };
    }
    format!("Dạng kết quả: {}; không nêu thì theo đuôi tệp", names.join(", "))
}

fn parser<O: Offer>() -> impl TypedValueParser<Value = &'static Format> {
    let values =
        formats(O::KIND).map(|format| PossibleValue::new(format.name).aliases(format.endings).help(format.about));
    PossibleValuesParser::new(values)
        .try_map(|word| formats(O::KIND).find(|format| format.is_named(&word)).ok_or("không có dạng này"))
}

impl<O: Offer> Printing<O> {
    /// The same, of a list.
    ///
    /// # Errors
    /// When a format is asked for that lists do not have.
    pub(super) fn of_list(&self) -> Result<Printing<Listing>> {
        let known = |format: &&Format| formats(Listing::KIND).any(|other| other.name == format.name);
        match self.format.filter(|format| !known(format)) {
            Some(format) => {
                Err(anyhow!("biểu mẫu không có dạng {}: dùng table, json, csv, markdown, html.", format.name))
            }
            None => Ok(Printing { format: self.format, output: self.output.clone(), offer: PhantomData }),
        }
    }

    /// What `--format` says.
    pub(super) fn asked(&self) -> Option<&'static Format> {
        self.format
    }

    /// The format of a file or a screen: by `--format`, else by the ending of `-o`, else the usual one.
    ///
    /// # Errors
    /// When no format's files end so, or the file has no ending by which Windows would open it.
    pub(super) fn format(&self, environment: &Environment) -> Result<&'static Format> {
        let format = self.format_of_each(environment)?;
        // Devices and pipes are opened by nobody.
        let file = self.output.path(environment).filter(|path| path.is_file() || !path.exists());
        match file.filter(|path| self.format.is_none() && path.extension().is_none()) {
            Some(path) => Err(anyhow!(
                "tên tệp {0} chưa có đuôi, máy sẽ không biết mở bằng gì. Đặt tên có đuôi, ví dụ {0}.{1}; hoặc thêm --format DẠNG.",
                output::shown(&path, environment),
                format.endings.first().unwrap_or(&format.name)
            )),
            None => Ok(format),
        }
    }

    /// The format of files in the folder `-o`, or of a file whatever its name.
    ///
    /// # Errors
    /// When no format's files end so, or those of another than `--format` do.
    pub(super) fn format_of_each(&self, environment: &Environment) -> Result<&'static Format> {
        let named = self.output.path(environment).filter(|path| path.extension().is_some());
        if let Some(format) = self.format {
            // Whoever opens the file goes by its ending.
            let of_another =
                named.filter(|path| !format.is_of(path) && formats(O::KIND).any(|other| other.is_of(path)));
            return match of_another {
                Some(path) => Err(anyhow!(
                    "tên tệp {} trái với --format {}. Bỏ --format, hoặc đặt tên tệp có đuôi .{}.",
                    output::shown(&path, environment),
                    format.name,
                    format.endings.first().unwrap_or(&format.name)
                )),
                None => Ok(format),
            };
        }
        if let Some(path) = named {
            return formats(O::KIND).find(|format| format.is_of(&path)).ok_or_else(|| {
                // Two formats may share one.
                let known: IndexSet<&str> = formats(O::KIND).flat_map(|format| format.endings).copied().collect();
                anyhow!(
                    "không biết dạng của tệp {}. Các đuôi tệp dùng được: {}; hoặc thêm --format DẠNG.",
                    output::shown(&path, environment),
                    known.into_iter().collect::<Vec<_>>().join(", ")
                )
            });
        }
        let [person, other] = O::DEFAULTS;
        let usual = if environment.terminal && self.output.path(environment).is_none() { person } else { other };
        formats(O::KIND).find(|format| format.name == usual).ok_or_else(|| anyhow!("không có dạng {usual}"))
    }

    /// Says what is wrong where the reader does not see it in what is shown: that is a file, or a table for other programs.
    pub(super) fn tell_beside(&self, wrong: &[String], environment: &Environment, err: &mut Out<'_>) -> Result<()> {
        let is_page = matches!(self.format(environment)?.render, Render::Screen(_) | Render::Document(_));
        let is_seen = is_page && self.output.path(environment).is_none();
        let unseen = wrong.iter().filter(|_| !is_seen);
        unseen.into_iter().try_for_each(|line| writeln!(err, "lỗi: {line}"))
    }

    pub(super) fn print(&self, shown: &impl Shown, environment: &Environment, out: &mut Out<'_>) -> Result<()> {
        let bytes = render::shown(self.format(environment)?, shown, self.output.screen(environment))?;
        self.output.put(bytes, environment, out)
    }

    /// As `print`; a file of before that the program wrote itself and nobody changed since gives way.
    pub(super) fn print_anew(&self, shown: &impl Shown, session: &Session<'_>, out: &mut Out<'_>) -> Result<()> {
        let environment = session.environment;
        let bytes = render::shown(self.format(environment)?, shown, self.output.screen(environment))?;
        let Some(path) = self.output.path(environment) else { return out.print(bytes) };
        let force = self.output.force || (path.is_file() && output::is_own(&session.root, &path));
        output::may_write(&path, force)?;
        output::remember(&session.root, [source::sha256(&bytes)]);
        output::put(Some(&path), bytes, force, environment, out)
    }
}
