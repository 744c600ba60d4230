//! A document as one HTML page that needs no network and no script: light and dark, on a phone, on paper, by
//! keyboard and read aloud. Text from reports cannot become markup, and the page forbids itself whatever it does
//! not need.

mod charts;
mod form;
mod table;

use super::markup::Markup;
use super::visible::Visible;
use crate::doc::{Audience, Block, Document, Section, Style, Tone};

const STYLE: &str = include_str!("html/style.css");
/// Nothing is fetched and nothing runs. The icon is there, and empty, lest browsers ask the server for one.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

pub(crate) fn render(document: &Document) -> Visible {
    let sections: Vec<&Section> = document.sections_for(Audience::Screens).collect();
    Markup::file("<!doctype html>\n", |markup| {
        markup.block("html", &[("lang", &"vi")], |markup| {
            markup.line();
            markup.block("head", &[], |markup| head(markup, document));
            markup.block("body", &[], |markup| body(markup, document, &sections));
        });
    })
}

fn head(markup: &mut Markup, document: &Document) {
    markup.line();
    markup.void("meta", &[("charset", &"utf-8")]);
    markup.void("meta", &[("http-equiv", &"Content-Security-Policy"), ("content", &POLICY)]);
    markup.void("meta", &[("name", &"viewport"), ("content", &"width=device-width, initial-scale=1")]);
    markup.void("meta", &[("name", &"color-scheme"), ("content", &"light dark")]);
    markup.void("meta", &[("name", &"author"), ("content", &document.author)]);
    markup.block("title", &[], |markup| markup.text(&document.title));
    markup.void("link", &[("rel", &"icon"), ("href", &"data:,")]);
    markup.style(STYLE);
    markup.style(&margins(document.banner.as_deref()));
}

/// The number of every page but the first above its text, the banner of every page below it.
fn margins(banner: Option<&str>) -> String {
    let banner = css_string(banner.unwrap_or_default());
    format!(
        "@page {{\n  \
           @top-center {{ content: counter(page); font: 14pt \"Times New Roman\", serif; }}\n  \
           @bottom-center {{ content: {banner}; color: #ab1510; font: bold 11pt \"Times New Roman\", serif; }}\n\
         }}\n\
         @page :first {{ @top-center {{ content: none; }} }}\n"
    )
}

/// A text in quotes, as a style sheet takes it: nothing but plain letters and digits stands for itself.
fn css_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in Visible::from(text).chars() {
        if c.is_ascii_alphanumeric() { out.push(c) } else { out += &format!("\\{:x} ", u32::from(c)) }
    }
    out + "\""
}

fn body(markup: &mut Markup, document: &Document, sections: &[&Section]) {
    markup.line();
    markup.block("a", &[("class", &"skip"), ("href", &"#main")], |markup| markup.text("Đến nội dung"));
    if let Some(banner) = &document.banner {
        markup.block("aside", &[("class", &"banner"), ("aria-label", &"Lưu ý")], |markup| markup.text(banner));
    }
    charts::patterns(markup);
    markup.block("nav", &[("aria-label", &"Mục lục")], |markup| contents(markup, sections));
    markup.block("main", &[("id", &"main")], |markup| {
        markup.line();
        let has = |wanted: fn(&Block) -> bool| sections.iter().any(|section| section.blocks.iter().any(wanted));
        // A report says what it is in its own form; a letter leaves that to the eye.
        if !has(|block| matches!(block, Block::Subject { .. })) {
            let class = if has(|block| matches!(block, Block::Letterhead(_))) { "unseen" } else { "title" };
            markup.block("h1", &[("class", &class)], |markup| markup.text(&document.title));
        }
        markup.each(sections, |markup, index, section| self::section(markup, section, index));
    });
}

/// What the style sheet calls a tone.
fn name(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Good => "good",
        Tone::Warning => "warning",
        Tone::Bad => "bad",
        Tone::Muted => "muted",
    }
}

/// The ids of a section and of a block, by their places: never by a text.
fn section_id(section: usize) -> String {
    format!("s{section}")
}

fn block_id(section: usize, block: usize) -> String {
    format!("s{section}-{block}")
}

fn contents(markup: &mut Markup, sections: &[&Section]) {
    let link = |markup: &mut Markup, id: String, text: &str| {
        markup.element("a", &[("href", &format!("#{id}"))], |markup| markup.text(text));
    };
    markup.block("ul", &[], |markup| {
        for (index, section) in sections.iter().enumerate() {
            markup.block("li", &[], |markup| {
                let annex = section.blocks.iter().find_map(|block| match block {
                    Block::AnnexTitle { title, .. } => Some(format!("{}. {title}", section.name)),
                    _ => None,
                });
                link(markup, section_id(index), annex.as_deref().unwrap_or(&section.name));
                let headings: Vec<(usize, &str)> = headings(section).collect();
                // A single heading says what the name of the section says.
                if headings.len() > 1 {
                    markup.block("ul", &[], |markup| {
                        for (block, text) in headings {
                            markup.block("li", &[], |markup| link(markup, block_id(index, block), text));
                        }
                    });
                }
            });
        }
    });
}

/// The headings of level 1 and their places.
fn headings(section: &Section) -> impl Iterator<Item = (usize, &str)> {
    section.blocks.iter().enumerate().filter_map(|(index, block)| match block {
        Block::Heading { level: 1, text } => Some((index, text.as_str())),
        _ => None,
    })
}

fn section(markup: &mut Markup, section: &Section, index: usize) {
    let title =
        section.blocks.iter().position(|block| matches!(block, Block::Subject { .. } | Block::AnnexTitle { .. }));
    let label = match title {
        Some(block) => ("aria-labelledby", block_id(index, block)),
        None => ("aria-label", section.name.clone()),
    };
    let page = if section.landscape { "wide" } else { "upright" };
    let form = if section.blocks.iter().any(|block| matches!(block, Block::Letterhead(_))) { " form" } else { "" };
    let class = format!("{page}{form}");
    markup.block("section", &[("id", &section_id(index)), ("class", &class), (label.0, &label.1)], |markup| {
        markup.line();
        // What a table is about is what stands above it.
        let mut about = section.name.as_str();
        let mut tables = 0;
        for (place, block) in section.blocks.iter().enumerate() {
            match block {
                Block::Heading { text, .. } | Block::AnnexTitle { title: text, .. } => about = text,
                Block::Table(_) => tables += 1,
                _ => {}
            }
            let id = block_id(index, place);
            let label = format!("Bảng {tables}: {about}");
            self::block(markup, block, &id, &label);
        }
    });
}

/// `label` is what a table is called by who cannot see where it stands.
fn block(markup: &mut Markup, block: &Block, id: &str, label: &str) {
    match block {
        Block::Letterhead(letterhead) => form::letterhead(markup, letterhead),
        Block::Subject { kind, subject } => markup.block("h1", &[("id", &id), ("class", &"subject")], |markup| {
            markup.element("span", &[("class", &"kind")], |markup| markup.text(kind));
            markup.text(" ");
            markup.element("span", &[], |markup| markup.text(subject));
        }),
        Block::Addressees(lines) => form::addressees(markup, lines),
        Block::Heading { level, text } => {
            let name = match level {
                1 => "h2",
                2 => "h3",
                _ => "h4",
            };
            markup.block(name, &[("id", &id)], |markup| markup.text(text));
        }
        Block::Paragraph { style: Style::Example, text } => {
            markup.block("pre", &[], |markup| markup.text(text));
        }
        Block::Paragraph { style, text } => {
            let class = match style {
                Style::Body | Style::Example => "body",
                Style::Basis => "basis",
                Style::Item => "item",
                Style::Note => "note",
                Style::Caption => "caption",
            };
            for line in text.lines() {
                markup.block("p", &[("class", &class)], |markup| markup.text(line));
            }
        }
        Block::Files(names) => markup.block("p", &[("class", &"note")], |markup| {
            markup.text("Tệp dữ liệu:");
            for name in names {
                markup.text(" ");
                markup.element("a", &[("href", name)], |markup| markup.text(name));
            }
        }),
        Block::Hint(_) | Block::Id(_) => {}
        Block::AnnexTitle { number, title, reference } => {
            markup.block("h2", &[("id", &id), ("class", &"annex")], |markup| {
                markup.element("span", &[], |markup| markup.text(number));
                markup.text(" ");
                markup.element("span", &[], |markup| markup.text(title));
            });
            markup.block("p", &[("class", &"reference")], |markup| markup.text(reference));
        }
        Block::Table(table) => table::write(markup, table, id, label),
        Block::Charts(charts) => markup.block("div", &[("class", &"charts")], |markup| {
            for (index, chart) in charts.iter().enumerate() {
                charts::write(markup, chart, &format!("{id}-{index}"));
            }
        }),
        Block::Closing(closing) => form::closing(markup, closing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_document_is_a_page_too() {
        let empty = Document::new("", Vec::new());
        assert!(render(&empty).ends_with("</html>\n"));
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
