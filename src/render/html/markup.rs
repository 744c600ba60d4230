//! Writes HTML and SVG into a string: elements close themselves, every text and every attribute is escaped. Knows
//! nothing of documents.

use std::fmt::Display;

use crate::render::visible;

pub(super) type Attributes<'a> = &'a [(&'a str, &'a dyn Display)];

pub(super) struct Markup(String);

impl Markup {
    pub(super) fn document() -> Self {
        Self(String::from("<!doctype html>\n"))
    }

    pub(super) fn finish(self) -> String {
        self.0
    }

    /// An element inside a line of text.
    pub(super) fn inline(&mut self, name: &str, attributes: Attributes, content: impl FnOnce(&mut Self)) {
        self.open(name, attributes);
        content(self);
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// An element that ends its line of the file.
    pub(super) fn block(&mut self, name: &str, attributes: Attributes, content: impl FnOnce(&mut Self)) {
        self.inline(name, attributes, content);
        self.0.push('\n');
    }

    /// An element that has no end tag, such as `meta`.
    pub(super) fn void(&mut self, name: &str, attributes: Attributes) {
        self.open(name, attributes);
        self.0.push('\n');
    }

    /// A style sheet; texts in it are `css_string`s.
    pub(super) fn style(&mut self, css: &str) {
        self.block("style", &[], |markup| {
            markup.0.push('\n');
            markup.0.push_str(css);
        });
    }

    pub(super) fn line(&mut self) {
        self.0.push('\n');
    }

    pub(super) fn text(&mut self, text: &str) {
        for c in visible(text).chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                c if is_no_character(c) => self.0.extend(c.escape_unicode()),
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
        self.0.push('>');
    }
}

/// A text in quotes, as a style sheet takes it: nothing but plain letters and digits stands for itself.
pub(super) fn css_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in visible(text).chars() {
        if c.is_ascii_alphanumeric() { out.push(c) } else { out.push_str(&format!("\\{:x} ", u32::from(c))) }
    }
    out.push('"');
    out
}

/// What Unicode sets aside and HTML forbids.
fn is_no_character(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        for (text, escaped) in [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("\"onload='x'", "&quot;onload=&#39;x&#39;"),
            ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
            ("--><!--", "--&gt;&lt;!--"),
            ("</style></title>", "&lt;/style&gt;&lt;/title&gt;"),
            ("]]>", "]]&gt;"),
            ("a\u{202e}b\u{0}\r", "a\\u{202e}b\\u{0}\\u{d}"),
            ("\u{fdd0}\u{1ffff}", "\\u{fdd0}\\u{1ffff}"),
            ("Sở Y tế\tA", "Sở Y tế\tA"),
        ] {
            let mut markup = Markup(String::new());
            markup.inline("p", &[("title", &text)], |markup| markup.text(text));
            assert_eq!(markup.finish(), format!("<p title=\"{escaped}\">{escaped}</p>"));
        }
    }

    #[test]
    fn text_cannot_become_style() {
        for (text, escaped) in [
            ("DỮ LIỆU", r#""D\1eee \20 LI\1ec6 U""#),
            ("\"}</style>", r#""\22 \7d \3c \2f style\3e ""#),
            ("\\a\n", r#""\5c a\a ""#),
        ] {
            assert_eq!(css_string(text), escaped);
        }
    }
}
