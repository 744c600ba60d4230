//! `plan/report.yaml` → `model::Wording`. Templates are kept as written; `view` renders them.

use super::fields::{Fields, choice, text};
use super::plan::named_list;
use crate::diagnostic::Sink;
use crate::model::{
    AnnexContent, AnnexWording, OutlineContent, OutlinePart, OutlineSection, PartContent, ReminderWording, Wording,
};
use crate::yaml::Node;

pub(super) fn wording(node: &Node<'_>, sink: &mut Sink) -> Option<Wording> {
    let mut fields = Fields::new(node, "mẫu báo cáo", sink)?;
    fields.optional_text("source", sink);
    let superior = fields.optional_text("superior", sink);
    let issuer = fields.required_text("issuer", sink);
    let issuer_name = fields.required_text("issuer_name", sink);
    let number_code = fields.required_text("number_code", sink);
    let place = fields.required_text("place", sink);
    let kind = fields.required_text("kind", sink);
    let addressees = fields.texts("addressees", sink);
    let recommend_to = named_list(&mut fields, "recommend_to", "name", sink);
    let bases = fields.list("bases", sink, text);
    let opening = fields.list("opening", sink, text);
    let outline = fields.list("outline", sink, section);
    let annexes = fields.list("annexes", sink, annex);
    let signer = fields.required("signer", sink).and_then(|node| {
        let mut fields = Fields::new(node, "người ký", sink)?;
        let authority = fields.texts("authority", sink);
        let post = fields.required_text("post", sink);
        let name = fields.optional_text("name", sink);
        fields.finish(sink);
        Some((authority, post?, name))
    });
    let recipients = fields.texts("recipients", sink);
    let reminder = fields.optional("reminder").and_then(|node| reminder(node, sink));
    fields.finish(sink);
    let (authority, post, signer) = signer?;
    Some(Wording {
        superior,
        issuer: issuer?,
        issuer_name: issuer_name?,
        number_code: number_code?,
        place: place?,
        kind: kind?,
        addressees,
        recommend_to,
        bases,
        opening,
        outline,
        annexes,
        authority,
        post,
        signer,
        recipients,
        reminder,
    })
}

fn reminder(node: &Node<'_>, sink: &mut Sink) -> Option<ReminderWording> {
    let mut fields = Fields::new(node, "mẫu công văn đôn đốc", sink)?;
    let number_code = fields.required_text("number_code", sink);
    let summary = fields.required("summary", sink).and_then(|node| text(node, sink));
    let body = fields.list("text", sink, text);
    let closing = fields.list("closing", sink, text);
    let list_title = fields.required_text("list_title", sink);
    let message = fields.required("message", sink).and_then(|node| text(node, sink));
    let contact = fields.required_text("contact", sink);
    let recipients = fields.texts("recipients", sink);
    fields.finish(sink);
    Some(ReminderWording {
        number_code: number_code?,
        summary: summary?,
        text: body,
        closing,
        list_title: list_title?,
        message: message?,
        contact: contact?,
        recipients,
    })
}

fn section(node: &Node<'_>, sink: &mut Sink) -> Option<OutlineSection> {
    let mut fields = Fields::new(node, "phần của báo cáo", sink)?;
    let content = fields.required("content", sink).and_then(|node| {
        let words = [
            ("text", OutlineContent::Text),
            ("results", OutlineContent::Results),
            ("funding", OutlineContent::Funding),
            ("next-steps", OutlineContent::NextSteps),
            ("recommendations", OutlineContent::Recommendations),
        ];
        choice(node, &words, sink)
    });
    let title = fields.required_text("title", sink);
    let text = fields.list("text", sink, text);
    let group_opening = fields.optional("group_opening").and_then(|node| self::text(node, sink));
    let parts = fields.list("parts", sink, part);
    fields.finish(sink);
    Some(OutlineSection { content: content?, title: title?, text, group_opening, parts })
}

fn part(node: &Node<'_>, sink: &mut Sink) -> Option<OutlinePart> {
    let mut fields = Fields::new(node, "mục của báo cáo", sink)?;
    let content = fields.required("content", sink).and_then(|node| {
        let words = [
            ("text", PartContent::Text),
            ("difficulties", PartContent::Difficulties),
            ("causes", PartContent::Causes),
        ];
        choice(node, &words, sink)
    });
    let title = fields.required_text("title", sink);
    let text = fields.list("text", sink, text);
    fields.finish(sink);
    Some(OutlinePart { content: content?, title: title?, text })
}

fn annex(node: &Node<'_>, sink: &mut Sink) -> Option<AnnexWording> {
    let mut fields = Fields::new(node, "phụ lục", sink)?;
    let content = fields.required("content", sink).and_then(|node| choice(node, &AnnexContent::ALL, sink));
    let title = fields.required_text("title", sink);
    fields.finish(sink);
    Some(AnnexWording { content: content?, title: title? })
}
