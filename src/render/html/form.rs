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

pub(super) fn addressees(markup: &mut Markup, bodies: &[String]) {
    match bodies {
        [] => {}
        [body] => line(markup, "addressee", &format!("Kính gửi: {body}")),
        [others @ .., last] => {
            markup.block("div", &[("class", &"addressees")], |markup| {
                markup.block("p", &[], |markup| markup.text("Kính gửi:"));
                markup.block("ul", &[], |markup| {
                    for body in others {
                        markup.block("li", &[], |markup| markup.text(&format!("{body};")));
                    }
                    markup.block("li", &[], |markup| markup.text(&format!("{last}.")));
                });
            });
        }
    }
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
