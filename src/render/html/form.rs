//! The parts of an official document that the decree lays out side by side: the letterhead and the closing.

use crate::doc::{Closing, Letterhead, MOTTO, NATION};
use crate::render::markup::Markup;

pub(super) fn letterhead(markup: &mut Markup, letterhead: &Letterhead) {
    markup.block("div", &[("class", &"letterhead")], |markup| {
        markup.block("div", &[], |markup| {
            if let Some(superior) = &letterhead.superior {
                line(markup, "superior", superior);
            }
            line(markup, "issuer", &letterhead.issuer);
            line(markup, "number", &letterhead.number);
            if let Some(summary) = &letterhead.summary {
                line(markup, "number", summary);
            }
        });
        markup.block("div", &[], |markup| {
            line(markup, "nation", NATION);
            line(markup, "motto", MOTTO);
            line(markup, "place", &letterhead.place_and_date);
        });
    });
}

pub(super) fn addressees(markup: &mut Markup, lines: &[String]) {
    if let [sole] = lines {
        return line(markup, "addressee", sole);
    }
    markup.block("div", &[("class", &"addressees")], |markup| {
        for alike in lines.chunk_by(|one, next| one.starts_with("- ") == next.starts_with("- ")) {
            if alike[0].starts_with("- ") {
                markup.block("ul", &[], |markup| {
                    for item in alike {
                        markup.block("li", &[], |markup| markup.text(item.trim_start_matches("- ")));
                    }
                });
            } else {
                alike.iter().for_each(|line| markup.block("p", &[], |markup| markup.text(line)));
            }
        }
    });
}

pub(super) fn closing(markup: &mut Markup, closing: &Closing) {
    markup.block("div", &[("class", &"closing")], |markup| {
        markup.block("div", &[("class", &"recipients")], |markup| {
            line(markup, "lead", "Nơi nhận:");
            markup.block("ul", &[], |markup| {
                for recipient in &closing.recipients {
                    markup.block("li", &[], |markup| markup.text(recipient));
                }
            });
        });
        markup.block("div", &[("class", &"signature")], |markup| {
            for post in closing.authority.iter().chain([&closing.post]) {
                line(markup, "post", post);
            }
            // Without a name the room for the signature stays.
            line(markup, "signer", closing.name.as_deref().unwrap_or_default());
        });
    });
}

fn line(markup: &mut Markup, class: &str, text: &str) {
    markup.block("p", &[("class", &class)], |markup| markup.text(text));
}
