//! What fields are made of: values with and without their places, lists, tables with ids as keys.

use std::ops::Deref;

use super::Shape;
use super::names::Id;
use super::read::{FieldType, Read, Reader, Slot};
use super::rules::WRONG_SHAPE;
use crate::source::{Span, Spanned};
use crate::yaml::{Next, Seen};

/// A single word or text.
pub(crate) trait Scalar: Sized {
    const SHAPE: &'static Shape;

    /// The value ahead with its place.
    fn scalar(reader: &mut Reader<'_, '_>) -> Option<(Self, Span)>;
}

impl<T: Scalar> Read for T {
    const SHAPE: &'static Shape = T::SHAPE;

    fn read(reader: &mut Reader<'_, '_>) -> Option<Self> {
        T::scalar(reader).map(|(value, _)| value)
    }
}

impl<T: Scalar> Read for Spanned<T> {
    const SHAPE: &'static Shape = T::SHAPE;

    fn read(reader: &mut Reader<'_, '_>) -> Option<Self> {
        T::scalar(reader).map(|(value, span)| Self { value, span })
    }
}

impl<T: Read> FieldType for T {
    type Value = T;

    const REQUIRED: bool = true;

    fn close(slot: Slot<Self>) -> Option<Self> {
        slot.value
    }
}

impl<T: Read> FieldType for Option<T> {
    type Value = T;

    fn close(slot: Slot<Self>) -> Option<Self> {
        Some(slot.value)
    }
}

impl<T: Read> FieldType for Vec<T> {
    type Value = Items<T>;

    fn is_blank(items: &Items<T>) -> bool {
        items.0.is_empty()
    }

    fn close(slot: Slot<Self>) -> Option<Self> {
        Some(slot.value.map_or_else(Vec::new, |items| items.0))
    }
}

impl FieldType for bool {
    type Value = Flag;

    fn close(slot: Slot<Self>) -> Option<Self> {
        Some(slot.value.is_some_and(|flag| flag.0))
    }
}

/// `true` or `false`.
pub(crate) struct Flag(bool);

impl Read for Flag {
    const SHAPE: &'static Shape = &Shape::Flag;

    fn read(reader: &mut Reader<'_, '_>) -> Option<Self> {
        let key = reader.key;
        match reader.scalar()? {
            (Some((text, true)), _) if text == "true" => Some(Self(true)),
            (Some((text, true)), _) if text == "false" => Some(Self(false)),
            (_, span) => {
                let message = format!("mục “{key}” chỉ nhận true (có) hoặc false (không)");
                reader.problem(&WRONG_SHAPE, span, message, "viết true hoặc false")
            }
        }
    }
}

/// A field that may be absent, and what is known of it all the same.
#[derive(Debug)]
pub(crate) struct Written<T> {
    value: Option<T>,
    /// Where its key is written.
    pub(crate) key: Option<Span>,
    /// Something is written that could not be read: a problem of its own.
    pub(crate) unread: bool,
}

impl<T> Written<T> {
    pub(crate) fn into_value(self) -> Option<T> {
        self.value
    }

    /// Whether nothing is written that could be read or not.
    pub(crate) fn is_missing(&self) -> bool {
        self.value.is_none() && !self.unread
    }
}

impl<T> From<Option<T>> for Written<T> {
    fn from(value: Option<T>) -> Self {
        Self { value, key: None, unread: false }
    }
}

impl<T> Deref for Written<T> {
    type Target = Option<T>;

    fn deref(&self) -> &Option<T> {
        &self.value
    }
}

impl<T: Read> FieldType for Written<T> {
    type Value = T;

    fn close(slot: Slot<Self>) -> Option<Self> {
        Some(Self { value: slot.value, key: slot.key, unread: slot.unread && !slot.blank })
    }
}

/// A list whose absence says something else than its emptiness.
#[derive(Debug)]
pub(crate) struct Items<T>(pub(crate) Vec<T>);

impl<T: Read> Read for Items<T> {
    const SHAPE: &'static Shape = &Shape::List(T::SHAPE);

    fn read(reader: &mut Reader<'_, '_>) -> Option<Self> {
        reader.list().map(Self)
    }
}

/// A value, or several of them as a list.
#[derive(Debug)]
pub(crate) struct OneOrMore<T>(pub(crate) Vec<T>);

impl<T: Read> Read for OneOrMore<T> {
    const SHAPE: &'static Shape =
        &Shape::Either("Một giá trị, hoặc danh sách", &[T::SHAPE, &Shape::List(T::SHAPE)]);

    fn read(reader: &mut Reader<'_, '_>) -> Option<Self> {
        match reader.events.peek()?.0 {
            Next::List => reader.list().map(Self),
            _ => T::read(reader).map(|one| Self(vec![one])),
        }
    }
}

/// A mapping with ids as keys, in the order written.
#[derive(Debug)]
pub(crate) struct Table<K, V> {
    rows: Vec<Row<K, V>>,
    /// Ids of rows of which the id or the value could not be read; absent ones nobody knows.
    pub(crate) unread: Vec<Option<K>>,
    /// Where its key is written.
    pub(crate) key: Option<Span>,
    missing: bool,
}

/// An id and what is said of it.
#[derive(Debug)]
pub(crate) struct Row<K, V> {
    pub(crate) key: Spanned<K>,
    pub(crate) value: V,
    /// Of the value where it is one word, else of the key.
    pub(crate) span: Span,
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self { rows: Vec::new(), unread: Vec::new(), key: None, missing: true }
    }
}

impl<K, V> Deref for Table<K, V> {
    type Target = [Row<K, V>];

    fn deref(&self) -> &[Row<K, V>] {
        &self.rows
    }
}

impl<'t, K, V> IntoIterator for &'t Table<K, V> {
    type Item = &'t Row<K, V>;
    type IntoIter = std::slice::Iter<'t, Row<K, V>>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}

impl<K, V> Deref for Row<K, V> {
    type Target = V;

    fn deref(&self) -> &V {
        &self.value
    }
}

impl<K: PartialEq, V> Table<K, V> {
    /// Whether nothing is written that could be read or not.
    pub(crate) fn is_missing(&self) -> bool {
        self.missing
    }

    pub(crate) fn row(&self, key: K) -> Option<&Row<K, V>> {
        self.rows.iter().find(|row| row.key.value == key)
    }
}

impl<K: Id, V: Read> FieldType for Table<K, V> {
    type Value = Rows<K, V>;

    fn close(slot: Slot<Self>) -> Option<Self> {
        let missing = !slot.is_written();
        let Rows { rows, unread } = slot.value.unwrap_or(Rows { rows: Vec::new(), unread: Vec::new() });
        Some(Self { rows, unread, key: slot.key, missing })
    }
}

/// The rows of a table as they are written.
pub(crate) struct Rows<K, V> {
    rows: Vec<Row<K, V>>,
    unread: Vec<Option<K>>,
}

impl<K: Id, V: Read> Read for Rows<K, V> {
    const SHAPE: &'static Shape = &Shape::Table(K::IDS, V::SHAPE);

    fn read(reader: &mut Reader<'_, '_>) -> Option<Self> {
        if !matches!(reader.events.peek()?.0, Next::Mapping) {
            let message = format!("mục “{}” phải gồm các dòng “tên: giá trị” thụt vào bên dưới", reader.key);
            return reader.misshapen(message, "viết mỗi giá trị một dòng, thụt vào 2 dấu cách");
        }
        reader.events.next()?;
        let (mut rows, mut unread) = (Vec::new(), Vec::new());
        let mut seen = Seen::default();
        while let Some((key, at)) = reader.events.key()? {
            if let Some(first) = seen.add(&key, at) {
                reader.events.twice(&key, at, first)?;
                continue;
            }
            let id = K::find(reader.names, &key, at, reader.events.problems()).map_err(|problem| {
                let Some(problem) = problem else { return };
                match reader.events.slip(at) {
                    Some((at, message, hint)) => {
                        reader.problem::<()>(problem.rule, at, message, hint);
                    }
                    None => reader.events.push(*problem),
                }
            });
            let id = id.ok();
            let span = match reader.events.peek()? {
                (Next::Scalar { .. }, span) => *span,
                _ => at,
            };
            match (id, V::read(reader)) {
                (Some(id), Some(value)) => rows.push(Row { key: Spanned { value: id, span: at }, value, span }),
                _ => unread.push(id),
            }
        }
        Some(Self { rows, unread })
    }
}
