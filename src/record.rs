//! One declaration a field. From the lines of [`records`] and [`choices`] come the reading of a file with its places and
//! every problem, the JSON Schema, the order when written, and what people read about a field. What is declared where:
//! `model`. Knows no clock and no disk, and repairs nothing.

mod ask;
mod email;
mod instead;
mod kinds;
mod names;
mod read;
pub(crate) mod rules;
mod scalars;
pub(crate) mod schema;
mod slips;
pub(crate) mod suggest;

pub(crate) use ask::{Ask, Way};
pub(crate) use email::Email;
pub(crate) use instead::{Instead, MAX_WHOLE, instead};
pub(crate) use kinds::{Items, OneOrMore, Row, Table, Written};
pub(crate) use names::{Id, Ids, Later, Names};
pub(crate) use read::{FieldType, Read, Reader, Slot, missing, read};
pub(crate) use scalars::{
    CommuneCode, Fingerprint, Moment, Period, RemarkId, Roman, Sha256, Telling, Year, date_as_written, figure,
    month_first, no_such_day, parse_date,
};
pub(crate) use slips::number_hint;

/// What a value looks like, as far as a schema, a form or a scaffold must know.
#[derive(Debug)]
pub(crate) enum Shape {
    /// Words on one or more lines, not blank.
    Words,
    /// Words of a form of their own: what they are, as a regular expression and in words.
    Pattern(&'static str, &'static str),
    Date,
    /// A whole number from the first to the last.
    Number(u64, u64),
    Flag,
    /// One of a few words, each with what people read; what the words are about.
    Choice(&'static str, &'static [(&'static str, &'static str)]),
    Id(Ids),
    Record(&'static Record),
    List(&'static Shape),
    /// A mapping with ids of a list as keys.
    Table(Ids, &'static Shape),
    /// What fits one of several shapes; what it is about.
    Either(&'static str, &'static [&'static Shape]),
    /// Nothing written where something could be.
    Nothing,
}

impl Shape {
    /// The record that the items of a list are, where they may be its first field alone too.
    pub(crate) fn of_items(&self) -> Option<&'static Record> {
        match self {
            Self::List(Self::Record(record) | Self::Either(_, [_, Self::Record(record)])) => Some(record),
            _ => None,
        }
    }

    /// What stands under a key of it, and the field that the key names in a record.
    pub(crate) fn under(&'static self, key: &str) -> Option<(&'static Self, Option<&'static Field>)> {
        match self {
            Self::Record(record) => record.field(key).map(|field| (field.shape, Some(field))),
            Self::List(item) | Self::Table(_, item) => Some((item, None)),
            Self::Either(_, shapes) => shapes.iter().find_map(|shape| shape.under(key)),
            _ => None,
        }
    }
}

/// A mapping of named fields.
#[derive(Debug)]
pub(crate) struct Record {
    /// The type’s name.
    pub(crate) name: &'static str,
    /// In messages: “báo cáo”, “nhiệm vụ”.
    pub(crate) what: &'static str,
    pub(crate) doc: &'static str,
    /// In the order when written.
    pub(crate) fields: &'static [Field],
    /// Of these fields at least one is there.
    pub(crate) any_of: &'static [&'static str],
    /// Of these fields exactly one is there.
    pub(crate) one_of: &'static [&'static str],
}

/// A field of a record, as declared.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) key: &'static str,
    /// Keys of before that are still read, with a notice.
    pub(crate) aliases: &'static [&'static str],
    pub(crate) doc: &'static str,
    pub(crate) required: bool,
    /// Whether a report to fill in has its line, though it may be absent.
    pub(crate) begun: bool,
    /// Whether a list must hold something.
    pub(crate) filled: bool,
    pub(crate) shape: &'static Shape,
    pub(crate) ask: Ask,
}

impl Field {
    pub(crate) const fn new(key: &'static str, doc: &'static str, required: bool, shape: &'static Shape) -> Self {
        Self { key, aliases: &[], doc, required, begun: required, filled: false, shape, ask: Ask::WITHIN }
    }

    /// Keys of before, still read, with a notice.
    #[cfg_attr(not(test), expect(dead_code, reason = "no key was renamed yet"))]
    pub(crate) const fn renamed_from(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }

    /// Missed where it is absent, without keeping the record from being read.
    pub(crate) const fn must(self) -> Self {
        Self { required: true, begun: true, ..self }
    }

    /// A line of a report to fill in all the same: what is not known yet comes later.
    pub(crate) const fn begun(self) -> Self {
        Self { begun: true, ..self }
    }

    /// A list that must be there and hold something.
    pub(crate) const fn filled(self) -> Self {
        Self { filled: true, required: true, begun: true, ..self }
    }
}

impl Record {
    pub(crate) const fn new(
        name: &'static str,
        what: &'static str,
        doc: &'static str,
        fields: &'static [Field],
    ) -> Self {
        Self { name, what, doc, fields, any_of: &[], one_of: &[] }
    }

    /// The field under a key of today or of before.
    pub(crate) fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.key == key || field.aliases.contains(&key))
    }

    pub(crate) const fn any_of(self, keys: &'static [&'static str]) -> Self {
        Self { any_of: keys, ..self }
    }

    pub(crate) const fn one_of(self, keys: &'static [&'static str]) -> Self {
        Self { one_of: keys, ..self }
    }
}

/// Declares records: documentation, name in messages, type, fields with documentation and type.
///
/// * `name: T` must be there, or the record is not read; `name: Option<T>`, `Vec<T>`, `bool`, [`Table`], [`Written`] may
///   be absent. What stands in brackets after a name follows on [`Field::new`], after a record's name on [`Record::new`].
/// * `=> function` judges the whole of a record that was read.
/// * Every record has a `span`: where to point for what it lacks.
macro_rules! records {
    ($(
        $(#[doc = $doc:literal])*
        $what:literal $name:ident $([$($more:tt)*])? $(=> $judge:path)? {
            $($(#[doc = $field_doc:literal])* $field:ident $([$($meta:tt)*])?: $kind:ty),* $(,)?
        }
    )*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug)]
        #[allow(dead_code, reason = "what no code asks for is declared all the same, to be checked and described")]
        pub(crate) struct $name {
            $($(#[doc = $field_doc])* pub(crate) $field: $kind,)*
            /// Where to point for what it lacks.
            pub(crate) span: $crate::source::Span,
        }

        impl $name {
            /// As declared.
            pub(crate) const RECORD: &'static $crate::record::Record = {
                const FIELDS: &[$crate::record::Field] = &[$(
                    $crate::record::Field::new(
                        stringify!($field),
                        concat!($($field_doc, " ",)* ""),
                        <$kind as $crate::record::FieldType>::REQUIRED,
                        <<$kind as $crate::record::FieldType>::Value as $crate::record::Read>::SHAPE,
                    )$($($meta)*)?,
                )*];
                &$crate::record::Record::new(stringify!($name), $what, concat!($($doc, " ",)* ""), FIELDS)$($($more)*)?
            };
        }

        impl $crate::record::Read for $name {
            const SHAPE: &'static $crate::record::Shape = &$crate::record::Shape::Record(Self::RECORD);

            fn read(reader: &mut $crate::record::Reader<'_, '_>) -> Option<Self> {
                let span = reader.open(Self::RECORD.what)?;
                $(let mut $field = $crate::record::Slot::<$kind>::default();)*
                while let Some((key, at)) = reader.field(Self::RECORD)? {
                    match key {
                        $(stringify!($field) => $field.fill(reader, key, at)?,)*
                        _ => {}
                    }
                }
                let mut fields = Self::RECORD.fields.iter();
                $($field.miss(reader, fields.next()?, span);)*
                reader.judge_keys(Self::RECORD, &[$((stringify!($field), $field.is_written())),*], span);
                let record = Self { $($field: $field.close()?,)* span };
                $($judge(&record, reader);)?
                Some(record)
            }
        }
    )*};
}

/// Declares what is one of a few words: documentation, name in messages, rule that is broken by others, type, and each
/// variant with the word as written and as people read it.
macro_rules! choices {
    ($(
        $(#[doc = $doc:literal])*
        $what:literal $rule:ident $name:ident {
            $($(#[doc = $variant_doc:literal])* $variant:ident $word:literal $label:literal),* $(,)?
        }
    )*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum $name {
            $($(#[doc = $variant_doc])* $variant,)*
        }

        #[allow(dead_code, reason = "not every list of words is shown")]
        impl $name {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// As written.
            pub(crate) fn id(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// As people read it.
            pub(crate) fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),* }
            }
        }

        impl $crate::record::Read for $name {
            const SHAPE: &'static $crate::record::Shape =
                &$crate::record::Shape::Choice(concat!($($doc, " ",)* ""), &[$(($word, $label)),*]);

            fn read(reader: &mut $crate::record::Reader<'_, '_>) -> Option<Self> {
                let chosen = reader.choice($what, &$crate::record::rules::$rule, &[$(($word, $label)),*])?;
                Self::ALL.get(chosen).copied()
            }
        }
    )*};
}

pub(crate) use {choices, records};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Sink;
    use crate::source::Files;

    records! {
        /// A record of a test.
        "mẫu" Sample {
            phone_number [.renamed_from(&["phone"])]: Option<String>,
        }
    }

    struct Nobody;

    impl Names for Nobody {
        fn find(&self, _: Ids, _: &str) -> Option<usize> {
            None
        }
        fn known(&self, _: Ids) -> Vec<(&str, &str)> {
            Vec::new()
        }
        fn has_gaps(&self, _: Ids) -> bool {
            false
        }
        fn of_plan(&self) -> bool {
            true
        }
    }

    #[test]
    fn a_renamed_key_is_read_under_both_names() {
        for (text, rules) in [
            ("phone_number: \"0912\"", &[][..]),
            ("phone: \"0912\"", &["renamed-key"][..]),
            ("phone: \"0912\"\nphone_number: \"0913\"", &["renamed-key", "duplicate-key"][..]),
            ("fone: \"0912\"", &["unknown-key"][..]),
        ] {
            let files = Files::from_memory([("a.yaml".to_owned(), text.as_bytes().to_vec())]);
            let (id, file) = files.find("a.yaml").unwrap();
            let mut sink = Sink::default();
            let sample = read::<Sample>(id, file, &Nobody, &mut sink).unwrap();
            let found: Vec<&str> = sink.into_diagnostics().iter().map(|problem| problem.rule.name).collect();
            assert_eq!(found, rules, "{text}");
            assert_eq!(sample.phone_number.is_some(), !rules.contains(&"unknown-key"), "{text}");
        }
    }
}
