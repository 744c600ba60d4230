//! Events → fields. Knows places, goes on after a problem and collects every one; `None` always means that the
//! problem is recorded.

use std::borrow::Cow;

use super::instead::{Instead, instead, state};
use super::names::Names;
use super::rules::{MISSING_FIELD, RENAMED_KEY, UNKNOWN_KEY, UNKNOWN_STATUS, WRONG_SHAPE};
use super::{Field, Record, Shape, suggest};
use crate::diagnostic::{Diagnostic, Rule, Sink};
use crate::source::{FileId, SourceFile, Span};
use crate::yaml::{Events, Next};

/// A value of a file.
pub(crate) trait Read: Sized {
    const SHAPE: &'static Shape;

    /// Reads the value ahead, all of it and nothing more, whatever is wrong with it.
    fn read(reader: &mut Reader<'_, '_>) -> Option<Self>;
}

/// What a field of a record may be: something that must be there, something that may, a list, a table.
pub(crate) trait FieldType: Sized {
    /// As it is written.
    type Value: Read;

    const REQUIRED: bool = false;

    /// Whether what was read holds nothing.
    fn is_blank(_: &Self::Value) -> bool {
        false
    }

    /// `None` where the record cannot be without it.
    fn close(slot: Slot<Self>) -> Option<Self>;
}

/// What was read of a field so far.
pub(crate) struct Slot<F: FieldType> {
    pub(super) value: Option<F::Value>,
    /// Where its key is written.
    pub(super) key: Option<Span>,
    /// Something is written that could not be read.
    pub(super) unread: bool,
    /// What is written is blank.
    pub(super) blank: bool,
}

impl<F: FieldType> Default for Slot<F> {
    fn default() -> Self {
        Self { value: None, key: None, unread: false, blank: false }
    }
}

impl<F: FieldType> Slot<F> {
    /// Reads the value after the key at `span`.
    pub(crate) fn fill(&mut self, reader: &mut Reader<'_, '_>, key: &'static str, span: Span) -> Option<()> {
        if let Some(first) = self.key {
            return reader.events.twice(key, span, first);
        }
        self.key = Some(span);
        if !reader.null()? {
            reader.key = key;
            self.blank = reader.word_ahead()?.is_some_and(|word| word.trim().is_empty());
            self.value = F::Value::read(reader);
            self.unread = self.value.is_none();
        } else if reader.slipped {
            // Its value is a part of what was taken for the key.
            self.unread = true;
        }
        Some(())
    }

    pub(crate) fn is_written(&self) -> bool {
        self.value.is_some() || self.unread
    }

    /// Reports the field where it must be there and is not.
    pub(crate) fn miss(&self, reader: &mut Reader<'_, '_>, field: &Field, place: Span) {
        if field.required && !self.is_written() {
            if reader.meant.last().is_none_or(|meant| !meant.contains(&field.key)) {
                reader.miss(field.key, self.key, place);
            }
        } else if field.filled && self.value.as_ref().is_some_and(F::is_blank) {
            let message = format!("mục “{}” chưa có dòng nào", field.key);
            reader.problem::<()>(&MISSING_FIELD, self.key.unwrap_or(place), message, "thêm ít nhất một dòng “- …”");
        }
    }

    pub(crate) fn close(self) -> Option<F> {
        F::close(self)
    }
}

/// Reads a file as `T`; `None` where it is not YAML, or too much is missing. Every problem is in `sink`.
pub(crate) fn read<T: Read>(id: FileId, file: &SourceFile, names: &dyn Names, sink: &mut Sink) -> Option<T> {
    let mut reader = Reader {
        events: Events::new(id, file.text(), file.limits()),
        names,
        key: "",
        slipped: false,
        meant: Vec::new(),
    };
    let value = T::read(&mut reader);
    reader.events.finish(sink).then_some(value)?
}

/// A field that must be there; `key` is where it is written all the same, without a value.
pub(crate) fn missing(name: &str, key: Option<Span>, place: Span) -> Diagnostic {
    match key {
        None => Diagnostic::new(&MISSING_FIELD, place, format!("thiếu mục “{name}”"))
            .hint(format!("thêm dòng “{name}: …”")),
        Some(key) => Diagnostic::new(&MISSING_FIELD, key, format!("mục “{name}” còn để trống"))
            .hint("điền giá trị sau dấu hai chấm"),
    }
}

/// A word, and whether it is plain.
type Plainly<'a> = (Cow<'a, str>, bool);

pub(crate) struct Reader<'a, 'n> {
    pub(super) events: Events<'a>,
    pub(crate) names: &'n dyn Names,
    /// The field being read, for messages.
    pub(super) key: &'static str,
    /// Its key was written wrong, which is reported.
    slipped: bool,
    /// Of each record that is open the fields that were probably meant by keys that nobody knows.
    meant: Vec<Vec<&'static str>>,
}

impl<'a> Reader<'a, '_> {
    pub(crate) fn problem<T>(
        &mut self,
        rule: &'static Rule,
        span: Span,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Option<T> {
        self.push(Diagnostic::new(rule, span, message).hint(hint))
    }

    pub(crate) fn push<T>(&mut self, problem: Diagnostic) -> Option<T> {
        self.events.push(problem);
        None
    }

    /// Reports a field that must be there; `key` is where it is written all the same, without a value.
    pub(crate) fn miss(&mut self, name: &str, key: Option<Span>, place: Span) {
        self.push::<()>(missing(name, key, place));
    }

    /// Takes what stands ahead if it is nothing.
    pub(crate) fn null(&mut self) -> Option<bool> {
        let null = matches!(self.events.peek()?.0, Next::Null);
        if null {
            self.events.next()?;
        }
        Some(null)
    }

    /// Opens a mapping of named fields; gives where to point for what it lacks.
    pub(crate) fn open(&mut self, what: &str) -> Option<Span> {
        match self.events.peek()? {
            (Next::Mapping, span) => {
                let span = *span;
                self.events.next()?;
                self.meant.push(Vec::new());
                // A mapping's own span may run over many lines: its first key is the better place to point at.
                let (first, key) = self.events.peek()?;
                Some(if matches!(first, Next::End) { span } else { *key })
            }
            (Next::Null, span) => {
                let span = *span;
                self.events.next()?;
                let hint = "nhập nội dung, hoặc xóa nếu không dùng";
                self.problem(&MISSING_FIELD, span, format!("{what} còn trống"), hint)
            }
            (_, span) => {
                let span = *span;
                let slip = self.events.slip(span);
                self.events.skip()?;
                if let Some((at, message, hint)) = slip {
                    return self.problem(&WRONG_SHAPE, at, message, hint);
                }
                let hint = "viết mỗi mục một dòng: tên_mục, dấu hai chấm, giá trị";
                self.problem(&WRONG_SHAPE, span, format!("{what} phải gồm các mục có tên"), hint)
            }
        }
    }

    /// The next field of the record that is open, under the name it is declared by; `Some(None)` at the end.
    pub(crate) fn field(&mut self, record: &'static Record) -> Option<Option<(&'static str, Span)>> {
        while let Some((key, span)) = self.events.key()? {
            self.slipped = false;
            if let Some(field) = record.fields.iter().find(|field| field.key == key) {
                return Some(Some((field.key, span)));
            }
            if let Some(field) = record.fields.iter().find(|field| field.aliases.contains(&&*key)) {
                let message = format!("mục “{key}” nay mang tên “{}”", field.key);
                self.problem::<()>(&RENAMED_KEY, span, message, format!("đổi tên mục thành “{}”", field.key));
                return Some(Some((field.key, span)));
            }
            if let Some((at, message, hint)) = self.events.slip(span) {
                self.problem::<()>(&UNKNOWN_KEY, at, message, hint);
                let meant = |field: &&Field| {
                    let rest = key.strip_prefix(field.key);
                    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
                };
                if let Some(field) = record.fields.iter().find(meant) {
                    self.slipped = true;
                    return Some(Some((field.key, span)));
                }
                self.events.skip()?;
                continue;
            }
            if !self.events.problems().lists(&UNKNOWN_KEY, span.file) {
                self.problem::<()>(&UNKNOWN_KEY, span, String::new(), String::new());
                self.events.skip()?;
                continue;
            }
            let keys = || record.fields.iter().map(|field| field.key);
            if let [(only, _)] = suggest::nearest(&key, keys().map(|key| (key, key)))[..] {
                self.meant.last_mut()?.push(only);
            }
            let hint = suggest::among(&key, keys().map(|key| (key, key)))
                .unwrap_or_else(|| format!("các mục dùng được ở đây: {}", keys().collect::<Vec<_>>().join(", ")));
            let message = match key.trim() {
                "" => "trước dấu hai chấm không có tên mục".to_owned(),
                key => format!("không có mục “{key}”"),
            };
            self.problem::<()>(&UNKNOWN_KEY, span, message, hint);
            self.events.skip()?;
        }
        Some(None)
    }

    /// Holds that the fields are there of which one must be.
    pub(crate) fn judge_keys(&mut self, record: &Record, written: &[(&str, bool)], span: Span) {
        self.meant.pop();
        let count = |keys: &[&str]| written.iter().filter(|(key, there)| *there && keys.contains(key)).count();
        let list = |keys: &[&str]| keys.join(", ");
        if !record.any_of.is_empty() && count(record.any_of) == 0 {
            let message = format!("{} cần ít nhất một trong các mục: {}", record.what, list(record.any_of));
            self.problem::<()>(&WRONG_SHAPE, span, message, "điền một trong các mục đó");
        }
        if !record.one_of.is_empty() && count(record.one_of) != 1 {
            let message = format!("{} nêu đúng một trong các mục: {}", record.what, list(record.one_of));
            self.problem::<()>(&MISSING_FIELD, span, message, "giữ đúng một mục");
        }
    }

    /// The scalar ahead with whether it is plain, or only the place to point at of anything else.
    pub(crate) fn scalar(&mut self) -> Option<(Option<Plainly<'a>>, Span)> {
        if !matches!(self.events.peek()?.0, Next::Scalar { .. } | Next::Null) {
            return Some((None, self.events.skip()?));
        }
        match self.events.next()? {
            (Next::Scalar { text, plain }, span) => Some((Some((text, plain)), span)),
            (_, span) => Some((None, span)),
        }
    }

    /// Words on one or more lines; numbers and dates are words too where words are asked for.
    pub(crate) fn words(&mut self) -> Option<(Cow<'a, str>, Span)> {
        let hint = "nếu đoạn chữ có dấu hai chấm hoặc bắt đầu bằng “- ”, đặt cả đoạn trong dấu nháy: \"…\"";
        if !matches!(self.events.peek()?.0, Next::Scalar { .. } | Next::Null) {
            let place = self.events.skip()?;
            return self.problem(&WRONG_SHAPE, place, "chỗ này phải là một đoạn chữ", hint);
        }
        let (scalar, span) = self.scalar()?;
        match scalar {
            Some((text, _)) if !text.trim().is_empty() => Some((text, span)),
            _ => self.problem(&MISSING_FIELD, span, "giá trị còn để trống", "điền nội dung hoặc xóa cả mục"),
        }
    }

    /// A value of another shape than is wanted; words that say that there is none are no value to be put into it.
    pub(super) fn misshapen<T>(&mut self, message: String, hint: &'static str) -> Option<T> {
        let (said, place) = self.scalar()?;
        // “Không có kinh phí” is what somebody tells, “không có” is nothing.
        let is_none = |(text, _): &Plainly<'_>| {
            text.split_whitespace().count() <= 3
                && matches!(instead(text), Some(Instead::NothingArose | Instead::NotApplicable))
        };
        let hint = if said.as_ref().is_some_and(is_none) { "không có thì xóa mục này" } else { hint };
        self.problem(&WRONG_SHAPE, place, message, hint)
    }

    /// The items of a list that could be read; `None` where there are some and none could.
    pub(crate) fn list<T: Read>(&mut self) -> Option<Vec<T>> {
        if !matches!(self.events.peek()?.0, Next::List) {
            let message = match self.key {
                "" => "tệp này phải là danh sách".to_owned(),
                key => format!("mục “{key}” phải là danh sách"),
            };
            return self.misshapen(message, "viết mỗi giá trị một dòng, bắt đầu bằng “- ”");
        }
        self.events.next()?;
        let (mut items, mut is_blank) = (Vec::new(), true);
        while !matches!(self.events.peek()?.0, Next::End) {
            items.extend(T::read(self));
            is_blank = false;
        }
        self.events.next()?;
        (is_blank || !items.is_empty()).then_some(items)
    }

    /// Which of `words` is written.
    pub(crate) fn choice(
        &mut self,
        what: &str,
        rule: &'static Rule,
        words: &[(&'static str, &'static str)],
    ) -> Option<usize> {
        let (written, span) = self.words()?;
        let written = written.trim_end();
        if let Some(found) = words.iter().position(|(word, _)| *word == written) {
            return Some(found);
        }
        if what.is_empty() {
            let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let message = format!("giá trị “{written}” không có trong danh mục");
            return self.problem(rule, span, message, format!("chọn một trong: {}", all.join(", ")));
        }
        let meant = state(written).filter(|_| rule.name == UNKNOWN_STATUS.name);
        let meant = meant.and_then(|id| suggest::among(id, words.iter().copied().filter(|(word, _)| *word == id)));
        let hint = suggest::among(written, words.iter().copied()).or(meant).unwrap_or_else(|| {
            let all: Vec<String> = words.iter().map(|(word, label)| format!("{word} ({label})")).collect();
            format!("chọn một trong: {}", all.join(", "))
        });
        self.problem(rule, span, format!("không có {what} “{written}”"), hint)
    }

    /// The word that stands ahead, where it is a single one.
    pub(crate) fn word_ahead(&mut self) -> Option<Option<&str>> {
        Some(match &self.events.peek()?.0 {
            Next::Scalar { text, .. } => Some(text),
            _ => None,
        })
    }

    /// The file from the value ahead on.
    pub(crate) fn text_ahead(&mut self) -> Option<&'a str> {
        let start = self.events.peek()?.1.start as usize;
        self.events.text().get(start..)
    }

    pub(crate) fn mapping_ahead(&mut self) -> Option<bool> {
        Some(matches!(self.events.peek()?.0, Next::Mapping))
    }
}
