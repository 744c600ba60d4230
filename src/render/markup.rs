//! Writes XML, HTML and SVG: elements close themselves, every text and every attribute is escaped, visible and in NFC.
//! Knows nothing of documents.

use std::fmt::Display;

use rayon::prelude::*;

use super::visible::Visible;
use crate::vietnamese::composed;

pub(super) type Attributes<'a> = &'a [(&'static str, &'a dyn Display)];

const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

pub(super) struct Markup(Visible);

impl Markup {
    /// A whole file behind its `opening`.
    pub(super) fn file(opening: &'static str, content: impl FnOnce(&mut Self)) -> Visible {
        let mut markup = Self(Visible::default());
        markup.0.mark(opening);
        content(&mut markup);
        markup.0
    }

    /// A part of an Office file.
    pub(super) fn part(root: &'static str, attributes: Attributes, content: impl FnOnce(&mut Self)) -> Visible {
        Self::file(DECLARATION, |markup| markup.element(root, attributes, content))
    }

    /// A part of an Office file that is hardly more than its `frame`.
    pub(super) fn framed(frame: &'static str, fill: impl FnMut(&mut Self, &str)) -> Visible {
        Self::file(DECLARATION, |markup| markup.frame(frame, fill))
    }

    /// Markup that never changes but for what stands in each `{name}`; its lines are for who reads the source.
    pub(super) fn frame(&mut self, frame: &'static str, mut fill: impl FnMut(&mut Self, &str)) {
        for line in frame.lines() {
            for (at, piece) in line.trim_start().split(['{', '}']).enumerate() {
                if at % 2 == 0 { self.0.mark(piece) } else { fill(self, piece) }
            }
        }
    }

    pub(super) fn element(&mut self, name: &'static str, attributes: Attributes, content: impl FnOnce(&mut Self)) {
        self.open(name, attributes, ">");
        content(self);
        self.close(name);
    }

    /// Some things one behind the other, written side by side.
    pub(super) fn each<T: Sync>(&mut self, of: &[T], write: impl Fn(&mut Self, usize, &T) + Sync) {
        let written = of.par_iter().enumerate().map(|(at, one)| {
            let mut markup = Self(Visible::default());
            write(&mut markup, at, one);
            markup.0
        });
        written.collect::<Vec<_>>().iter().for_each(|written| self.0.append(written));
    }

    /// An element that ends its line of the file.
    pub(super) fn block(&mut self, name: &'static str, attributes: Attributes, content: impl FnOnce(&mut Self)) {
        self.element(name, attributes, content);
        self.line();
    }

    /// An element of XML that holds nothing.
    pub(super) fn empty(&mut self, name: &'static str, attributes: Attributes) {
        self.open(name, attributes, "/>");
    }

    /// An element of HTML that has no end tag, such as `meta`.
    pub(super) fn void(&mut self, name: &'static str, attributes: Attributes) {
        self.open(name, attributes, ">\n");
    }

    /// An empty element of Word, most of which have nothing but `w:val`.
    pub(super) fn value(&mut self, name: &'static str, value: impl Display) {
        self.empty(name, &[("w:val", &value)]);
    }

    /// A style sheet; texts in it are quoted already.
    pub(super) fn style(&mut self, css: &str) {
        self.block("style", &[], |markup| {
            markup.line();
            markup.0 += css;
        });
    }

    pub(super) fn line(&mut self) {
        self.0.mark("\n");
    }

    pub(super) fn text(&mut self, text: &str) {
        let mut escaped = String::with_capacity(text.len());
        for c in composed(text).chars() {
            match c {
                '&' => escaped += "&amp;",
                '<' => escaped += "&lt;",
                '>' => escaped += "&gt;",
                '"' => escaped += "&quot;",
                '\'' => escaped += "&#39;",
                c if is_no_character(c) => escaped.extend(c.escape_unicode()),
                c => escaped.push(c),
            }
        }
        self.0 += &escaped;
    }

    fn close(&mut self, name: &'static str) {
        for mark in ["</", name, ">"] {
            self.0.mark(mark);
        }
    }

    fn open(&mut self, name: &'static str, attributes: Attributes, end: &'static str) {
        self.0.mark("<");
        self.0.mark(name);
        for (name, value) in attributes {
            self.0.mark(" ");
            self.0.mark(name);
            self.0.mark("=\"");
            self.text(&value.to_string());
            self.0.mark("\"");
        }
        self.0.mark(end);
    }
}

/// What Unicode sets aside, and XML and HTML forbid.
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
            ("\u{1b}[31m\u{85}\u{2028}\u{61c}", "\\u{1b}[31m\\u{85}\\u{2028}\\u{61c}"),
            ("\u{fdd0}\u{1ffff}", "\\u{fdd0}\\u{1ffff}"),
            ("Sở Y tế\tA", "Sở Y tế\tA"),
            ("Số:      /BC-SCT", "Số:      /BC-SCT"),
            ("Ho\u{300}a Bi\u{300}nh", "Hòa Bình"),
            ("Tho\u{e3}n 😀 \u{10fffd}", "Thoãn 😀 \u{10fffd}"),
        ] {
            let part = Markup::file("", |markup| {
                markup.element("p", &[("title", &text)], |markup| markup.text(text));
            });
            assert_eq!(&*part, format!("<p title=\"{escaped}\">{escaped}</p>"));
        }
    }

    #[test]
    fn elements_close_themselves() {
        let part = Markup::part("a", &[("n", &7)], |xml| xml.value("w:b", "x"));
        assert!(part.ends_with("?><a n=\"7\"><w:b w:val=\"x\"/></a>"), "{part}");
        let page = Markup::file("", |page| page.block("p", &[], |page| page.void("br", &[])));
        assert_eq!(&*page, "<p><br>\n</p>\n");
    }
}
