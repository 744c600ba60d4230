//! Writes XML into a string: elements close themselves, every text and attribute is escaped and in NFC. Knows nothing
//! of Word but that most of its values sit in `w:val`.

use std::fmt::Display;

use unicode_normalization::UnicodeNormalization;

pub(super) type Attributes<'a> = &'a [(&'a str, &'a dyn Display)];

pub(super) struct Xml(String);

impl Xml {
    /// A whole part: the declaration and the root element.
    pub(super) fn part(root: &str, attributes: Attributes, content: impl FnOnce(&mut Self)) -> String {
        let mut xml = Self(String::from(r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#));
        xml.element(root, attributes, content);
        xml.0
    }

    pub(super) fn element(&mut self, name: &str, attributes: Attributes, content: impl FnOnce(&mut Self)) {
        self.open(name, attributes);
        self.0.push('>');
        content(self);
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    pub(super) fn empty(&mut self, name: &str, attributes: Attributes) {
        self.open(name, attributes);
        self.0.push_str("/>");
    }

    /// An empty element with nothing but `w:val`.
    pub(super) fn value(&mut self, name: &str, value: impl Display) {
        self.empty(name, &[("w:val", &value)]);
    }

    pub(super) fn text(&mut self, text: &str) {
        for c in text.nfc() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                c if is_unsafe(c) => self.0.push(char::REPLACEMENT_CHARACTER),
                c => self.0.push(c),
            }
        }
    }

    fn open(&mut self, name: &str, attributes: Attributes) {
        self.0.push('<');
        self.0.push_str(name);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            self.text(&value.to_string());
            self.0.push('"');
        }
    }
}

/// What XML forbids, what Word takes for a break of its own, and what makes a line read in another order than
/// it is stored.
fn is_unsafe(c: char) -> bool {
    (c.is_control() && c != '\t')
        || matches!(
            c,
            '\u{61C}'
                | '\u{200E}'..='\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2066}'..='\u{2069}'
                | '\u{FFFE}'..='\u{FFFF}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_and_cleaned() {
        for (text, written) in [
            ("Số:      /BC-SCT", "Số:      /BC-SCT"),
            ("</w:t><w:br/>", "&lt;/w:t&gt;&lt;w:br/&gt;"),
            ("A & B \"C\" 'D'", "A &amp; B &quot;C&quot; 'D'"),
            ("&amp; ]]>", "&amp;amp; ]]&gt;"),
            ("một\thai", "một\thai"),
            ("\0\u{1b}[31m\r\n\u{7f}\u{85}", "��[31m����"),
            ("a\u{202e}b\u{202a}c\u{2066}d\u{2069}e\u{200e}f\u{200f}g", "a�b�c�d�e�f�g"),
            ("\u{2028}\u{2029}\u{61c}\u{ffff}\u{fffe}", "�����"),
            ("Ho\u{300}a Bi\u{300}nh", "Hòa Bình"),
            ("Tho\u{e3}n 😀 \u{10ffff}", "Thoãn 😀 \u{10ffff}"),
        ] {
            let part = Xml::part("t", &[], |xml| xml.text(text));
            assert!(part.ends_with(&format!("?><t>{written}</t>")), "{part}");
        }
    }

    #[test]
    fn attributes_are_escaped() {
        let part = Xml::part("a", &[("n", &7), ("s", &"\"<\u{1}")], |xml| xml.value("w:b", "x"));
        assert!(part.ends_with("?><a n=\"7\" s=\"&quot;&lt;�\"><w:b w:val=\"x\"/></a>"), "{part}");
    }
}
