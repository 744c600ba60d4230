//! Writing into a workspace, one writer at a time: a lock of the operating system, which ends with its process, on an empty
//! file. What was read may still have been changed by an editor, which locks nothing: it is looked at again before it is replaced.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, anyhow, bail};
use chrono::NaiveDate;

use super::Session;
use super::output::{self, Out};
use crate::check::{self, Clock, Depth};
use crate::model::Act;
use crate::register::Line;
use crate::render::Visible;
use crate::source::{self, Limits, REGISTER};
use crate::vietnamese::{date, number};
use crate::workspace::Workspace;

/// Beside `plan/`; kept out of git.
pub(super) const LOCK_FILE: &str = ".plan.lock";

/// How often, a tenth of a second apart, another writer is waited for: ten seconds.
const TRIES: usize = 100;

/// A workspace that nobody else writes into meanwhile.
pub(super) struct Writing {
    pub(super) workspace: Workspace,
    root: PathBuf,
    /// The last day that anything can have been done or have come on.
    latest: NaiveDate,
    _lock: Lock,
}

impl Writing {
    /// Waits for whoever is writing, and reads the workspace then.
    ///
    /// # Errors
    /// When another writes for ten seconds, or the workspace cannot be read.
    pub(super) fn open(session: &Session<'_>, err: &mut Out<'_>) -> Result<Self> {
        let lock = Lock::of(&session.root, err)?;
        output::sweep_below(&session.root.join("reports"));
        Self::with(lock, session)
    }

    /// To see what would be written; nothing may be.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub(super) fn preview(session: &Session<'_>) -> Result<Self> {
        Self::with(Lock(None), session)
    }

    fn with(_lock: Lock, session: &Session<'_>) -> Result<Self> {
        // Whatever day is looked at: what is written takes the place of what is there, not of a version of that day.
        let workspace =
            Workspace::on(source::read(&session.root)?, session.clock, Depth::All)?.whole("reports/")?.judged()?;
        let latest = session.clock.today.max(workspace.as_of);
        Ok(Self { workspace, root: session.root.clone(), latest, _lock })
    }

    /// The workspace as it was known on a day that is past.
    ///
    /// # Errors
    /// When it cannot be read, or what was kept of that day is not as it came.
    pub(super) fn as_of(&self, day: NaiveDate) -> Result<Workspace> {
        let clock = Clock { today: self.latest, as_of: Some(day) };
        Workspace::open(&self.root, clock, Depth::Errors)?.whole("reports/")
    }

    /// The day that something was done or came on: the one that is named, or today.
    ///
    /// # Errors
    /// When that day has not come.
    pub(super) fn day(&self, named: Option<NaiveDate>) -> Result<NaiveDate> {
        let Workspace { as_of, on_day_of_samples, .. } = self.workspace;
        // What is done beside samples alone is in force on their day, or not at all.
        not_after(named.unwrap_or(as_of), if on_day_of_samples { as_of } else { self.latest })
    }

    /// The day that a report came on.
    ///
    /// # Errors
    /// As `day`.
    pub(super) fn may_come(&self, day: NaiveDate) -> Result<NaiveDate> {
        not_after(day, self.latest)
    }

    /// # Errors
    /// When what was done on a later day would be taken back: it would stand all the same.
    pub(super) fn may_withdraw(&self, act: &Act, on: NaiveDate) -> Result<()> {
        if on < act.date.value {
            bail!(
                "rút lại ngày {} thì trước ngày {} của việc được rút; chưa ghi gì.",
                date(on),
                date(act.date.value)
            );
        }
        Ok(())
    }

    /// Adds acts to the register in a folder of `reports/`, and says what is doubtful of them.
    ///
    /// # Errors
    /// As `add`.
    pub(super) fn record(&self, folder: &str, lines: Vec<Line>, err: &mut Out<'_>) -> Result<()> {
        let doubts = self.add(folder, lines)?;
        doubts.iter().try_for_each(|doubt| writeln!(err, "cảnh báo: {doubt}."))?;
        Ok(())
    }

    /// Adds acts to the register in a folder of `reports/`: what is doubtful of them.
    ///
    /// # Errors
    /// When the register has errors, or cannot be written; nothing is written then.
    pub(super) fn add(&self, folder: &str, lines: Vec<Line>) -> Result<Vec<String>> {
        if lines.is_empty() {
            return Ok(Vec::new());
        }
        let path = register(folder);
        let old = self.workspace.files.find(&path).map(|(_, file)| file.text());
        let text = Line::added(old, lines);
        self.replace(&path, &text)?;
        let from = old.map_or(0, str::len);
        Ok(check::doubts_of_added(&path, &text, from, &self.workspace.plan, self.latest))
    }

    /// Puts a file of the workspace in the place of what was read there, or of nothing.
    ///
    /// # Errors
    /// When what is there has errors, it cannot be written, or nobody could read it again; nothing is written then.
    pub(super) fn replace(&self, path: &str, text: &str) -> Result<()> {
        self.may_replace(path)?;
        let old = self.workspace.files.find(path).map(|(_, file)| file.text());
        let (text, limits) = (Visible::from(text), Limits::of(path));
        let size = text.len() as u64;
        if size > limits.bytes {
            bail!(
                "{path} sẽ có {} KB, lớn đến mức lần sau không đọc lại được; chưa ghi gì.\nChỉ ghi được khi {}.",
                number(u128::from(size.div_ceil(1000))),
                limits.remedy
            );
        }
        output::replace(&self.root.join(path), &text.into(), old)
    }

    /// # Errors
    /// When what is there has errors.
    fn may_replace(&self, path: &str) -> Result<()> {
        let old = self.workspace.files.find(path);
        if old.is_some_and(|(file, _)| self.workspace.errors_in(file) > 0) {
            bail!("tệp {path} có lỗi nên chưa ghi được.\nChạy “plan check {path}” để xem lỗi và cách sửa.");
        }
        Ok(())
    }
}

fn not_after(day: NaiveDate, latest: NaiveDate) -> Result<NaiveDate> {
    if day > latest {
        bail!("ngày {} chưa đến, hôm nay là ngày {}; chưa ghi gì.", date(day), date(latest));
    }
    Ok(day)
}

/// The register in a folder of `reports/`.
pub(super) fn register(folder: &str) -> String {
    format!("reports/{folder}/{REGISTER}")
}

/// The name and the SHA-256 of a scan or a signed paper, which the register keeps.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn scan(path: &Path, session: &Session<'_>) -> Result<(String, String)> {
    let full = session.environment.current_dir.join(path);
    let sha256 = source::sha256_of(&full).map_err(|error| {
        anyhow!("không đọc được tệp {}: {}", path.display(), source::reason(source::kind_of(&error)))
    })?;
    Ok((full.file_name().unwrap_or_default().to_string_lossy().into_owned(), sha256))
}

/// Held until it is dropped.
pub(super) struct Lock(#[expect(dead_code, reason = "an open file is what holds a lock")] Option<File>);

impl Lock {
    /// Waits for whoever is writing in the workspace.
    ///
    /// # Errors
    /// When another writes for ten seconds, or the file cannot be made.
    pub(super) fn of(root: &Path, err: &mut Out<'_>) -> Result<Self> {
        let path = root.join(LOCK_FILE);
        // A pipe would be waited for.
        let is_plain = path.symlink_metadata().map_or(true, |found| found.is_file());
        if !is_plain {
            bail!("{} không phải tệp; xóa đi rồi chạy lại.", path.display());
        }
        let opened = File::options().create(true).append(true).open(&path);
        let file = match opened {
            Ok(file) => file,
            Err(error) => {
                bail!("không ghi được vào thư mục {}: {}", root.display(), source::reason(source::kind_of(&error)))
            }
        };
        for _ in 0..TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(Self(Some(file))),
                Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(100)),
                Err(TryLockError::Error(_)) => {
                    writeln!(
                        err,
                        "lưu ý: ổ đĩa này không khóa được tệp; đừng để hai người cùng ghi một lúc vào thư mục {}.",
                        root.display()
                    )?;
                    return Ok(Self(None));
                }
            }
        }
        bail!(
            "có người khác đang ghi vào thư mục {}; đã chờ 10 giây, chưa ghi gì.\nChạy lại sau ít phút.",
            root.display()
        )
    }
}
