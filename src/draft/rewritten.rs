//! A document with edits laid over its blocks, so that every format shows them. What an edit says is a paragraph; what a
//! block is – a heading, an item, a list of addressees – it stays.

use super::blocks::{folded, is_table, printed};
use super::change::{Fate, Laid, Placed};
use super::numbering::{items, number_anew};
use crate::doc::{Audience, Block, Document, Style};
use crate::model::EditKind;

/// `laid` over the lines that the document gives; its items are numbered in their order again.
pub(crate) fn rewritten(mut document: Document, laid: &Laid<'_>) -> Document {
    let items = items(&document);
    let blocks = document.sections_for(Audience::Everyone).flat_map(|section| &section.blocks);
    let hand = Hand { laid, lines: blocks.flat_map(shaped).collect() };
    let mut at = 0;
    for section in document.sections.iter_mut().filter(|section| section.audience == Audience::Everyone) {
        let mut blocks = if at == 0 { hand.put(0) } else { Vec::new() };
        for block in std::mem::take(&mut section.blocks) {
            let count = shaped(&block).len();
            hand.block(block, at, count, &mut blocks);
            at += count;
        }
        number_anew(&mut blocks, &items);
        section.blocks = blocks;
    }
    document
}

/// What a line is, for one that takes its place or stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Heading(u8),
    Paragraph(Style),
    Other,
}

impl Shape {
    fn block(self, text: &str) -> Block {
        let text = text.to_owned();
        match self {
            Self::Heading(level) => Block::Heading { level, text },
            Self::Paragraph(style) => Block::Paragraph { style, text },
            Self::Other => Block::Paragraph { style: Style::Body, text },
        }
    }
}

/// The lines that the block gives, each with what it is; that of a table has no text.
fn shaped(block: &Block) -> Vec<(Shape, String)> {
    let shape = match block {
        Block::Heading { level, .. } => Shape::Heading(*level),
        Block::Paragraph { style, .. } => Shape::Paragraph(*style),
        _ => Shape::Other,
    };
    let table = is_table(block).then(String::new);
    printed_lines(block).into_iter().chain(table).map(|text| (shape, text)).collect()
}

/// The paragraphs of a block that are not blank, as lines are counted.
fn printed_lines(block: &Block) -> Vec<String> {
    printed(block).into_iter().filter(|text| !folded(text).is_empty()).collect()
}

struct Hand<'l> {
    laid: &'l Laid<'l>,
    lines: Vec<(Shape, String)>,
}

impl Hand<'_> {
    /// What is put at a place: 0 is the beginning, others come after a line.
    fn put(&self, place: usize) -> Vec<Block> {
        let beside = place.checked_sub(1).map_or(Shape::Other, |line| self.lines[line].0);
        let placed = &self.laid.put[place];
        let behind = placed.iter().skip(1).map(|behind| Some(behind.text)).chain([self.below(place)]);
        placed.iter().zip(behind).map(|(placed, behind)| self.written(placed, behind, beside)).collect()
    }

    /// The paragraph of the document that comes next, as it is to be.
    fn below(&self, place: usize) -> Option<&str> {
        let mut left =
            (place..self.lines.len()).map(|at| (self.lines[at].0, became(&self.laid.fates[at], &self.lines[at].1)));
        let (shape, text) = left.find(|(_, text)| text.is_some())?;
        text.filter(|_| shape == Shape::Paragraph(Style::Body))
    }

    /// `behind`: the paragraph behind it.
    fn written(&self, placed: &Placed<'_>, behind: Option<&str>, beside: Shape) -> Block {
        let shape = match (placed.change.kind, placed.at, beside) {
            (EditKind::Move, Some(at), _) => self.lines[at].0,
            _ if placed.text.starts_with("- ") => Shape::Paragraph(Style::Item),
            _ if let Some(level) = heading(placed.text) => Shape::Heading(level),
            _ if behind.is_some_and(|behind| heads(placed.text, behind)) => Shape::Heading(2),
            (.., Shape::Paragraph(Style::Basis)) if placed.text.ends_with(';') => beside,
            (.., Shape::Paragraph(Style::Note)) => beside,
            _ => Shape::Paragraph(Style::Body),
        };
        shape.block(placed.text)
    }

    /// The block with its lines from `at` on as they are to be, and what is put after them.
    fn block(&self, block: Block, at: usize, count: usize, blocks: &mut Vec<Block>) {
        if count == 0 {
            return blocks.push(block);
        }
        let fates = &self.laid.fates[at..at + count];
        let between = (at + 1..at + count).any(|place| !self.laid.put[place].is_empty());
        let stays = fates.iter().all(|fate| *fate == Fate::Stays);
        let shape = self.lines[at].0;
        // Who is added under the last addressee is one too.
        let added = self.laid.put[at + count].iter().take_while(|placed| placed.text.starts_with("- ")).count();
        let added = if matches!(block, Block::Addressees(_)) { added } else { 0 };
        if stays && !between && added == 0 {
            blocks.push(block);
            blocks.extend(self.put(at + count));
        } else if shape == Shape::Other {
            blocks.push(self.composed(block, at, count, added));
            blocks.extend(self.put(at + count).into_iter().skip(added));
        } else {
            for (step, text) in printed_lines(&block).iter().enumerate() {
                blocks.extend(became(&fates[step], text).map(|text| shape.block(text)));
                blocks.extend(self.put(at + step + 1));
            }
        }
    }

    /// A block of several texts, each as it is to be, with what is put between them and the first `added` of what follows.
    fn composed(&self, block: Block, at: usize, count: usize, added: usize) -> Block {
        let mut place = at;
        let mut next = |text: &str| -> String {
            let mut said = Vec::new();
            for line in text.lines().filter(|line| !folded(line).is_empty()) {
                said.extend(became(&self.laid.fates[place], line));
                place += 1;
                let inside = if place < at + count { usize::MAX } else { added };
                said.extend(self.laid.put[place].iter().take(inside).map(|placed| placed.text));
            }
            said.join("\n")
        };
        match block {
            Block::Subject { kind, subject } => Block::Subject { kind: next(&kind), subject: next(&subject) },
            Block::AnnexTitle { number, title, reference } => {
                Block::AnnexTitle { number: next(&number), title: next(&title), reference: next(&reference) }
            }
            Block::Addressees(lines) => {
                let said = lines.iter().map(|line| next(line)).collect::<Vec<_>>().join("\n");
                Block::Addressees(said.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect())
            }
            other => other,
        }
    }
}

/// Longer than any heading, in words.
const LONG: usize = 25;

/// The level of what is numbered as headings are, or in capitals, and not closed as sentences and items are: `IV. KẾT LUẬN`,
/// `3. Phối hợp`, `TÓM TẮT` (Nghị định 30/2020/NĐ-CP, Phụ lục I).
fn heading(text: &str) -> Option<u8> {
    let (mark, title) = text.split_once(". ").unwrap_or(("", text));
    let is_open = is_open(title);
    let in_capitals = title.chars().any(char::is_alphabetic) && !title.contains(char::is_lowercase);
    let is_first = in_capitals && mark.bytes().all(|byte| b"IVX".contains(&byte));
    let is_number = matches!(mark.len(), 1..=2) && mark.bytes().all(|byte| byte.is_ascii_digit());
    let level = if is_first { 1 } else { 2 };
    (is_open && (is_first || is_number) && title.split(' ').count() <= LONG).then_some(level)
}

/// Longer than a heading that has no number, in words.
const LONG_ALONE: usize = 10;

/// Whether one line without a number heads the next: it is short and open, the next closed (`Kết luận`). What has a colon
/// tells something itself (`Nguồn: Sở Y tế`).
fn heads(text: &str, next: &str) -> bool {
    let is_short =
        text.starts_with(char::is_uppercase) && text.split(' ').count() <= LONG_ALONE && !text.contains(": ");
    is_short && is_open(text) && next.ends_with(['.', ';', ':'])
}

/// Whether it is not closed as sentences and items are.
fn is_open(text: &str) -> bool {
    text.ends_with(|last: char| last.is_alphanumeric() || last == ')')
}

fn became<'t>(fate: &'t Fate<'_>, text: &'t str) -> Option<&'t str> {
    match fate {
        Fate::Stays => Some(text),
        Fate::Becomes(text) => Some(text),
        Fate::Goes => None,
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::doc::{Cell, Column, Line, Row, Table, Written};
    use crate::draft::blocks::lines;
    use crate::draft::change::{Change, changes, lay};

    fn document() -> Document {
        let paragraph = |style, text: &str| Block::Paragraph { style, text: text.to_owned() };
        let table = Table::new(
            "t",
            vec![Column::new("Tên", 1, crate::doc::Align::Left)],
            [Row::Cells(vec![Cell::text("A")])],
        );
        Document::page(
            "Báo cáo",
            "Báo cáo",
            vec![
                Block::Subject { kind: "BÁO CÁO".to_owned(), subject: "Kết quả".to_owned() },
                Block::addressees(&["Bộ Công Thương".to_owned(), "UBND tỉnh".to_owned()]),
                paragraph(Style::Basis, "Căn cứ Luật;"),
                Block::Heading { level: 1, text: "I. CHUNG".to_owned() },
                Block::Id("I.1/a".to_owned()),
                paragraph(Style::Body, "Dòng một.\n\nDòng hai."),
                paragraph(Style::Item, "- Mục."),
                Block::Table(table),
                paragraph(Style::Note, "Ghi chú."),
                Block::AnnexTitle {
                    number: "Phụ lục I".to_owned(),
                    title: "BIỂU".to_owned(),
                    reference: "(Kèm theo)".to_owned(),
                },
            ],
        )
    }

    #[test]
    fn what_is_laid_over_a_document_is_what_its_lines_say_then() {
        let day = NaiveDate::default();
        let source = lines(&document(), day);
        // Every line in turn: written anew, taken away, something put after it, moved to the beginning and to the end.
        for at in (0..source.len()).filter(|at| !source[*at].table) {
            for hand in 0..5 {
                let given =
                    |Line { id, text, table }: &Line| Written { of: id.clone(), text: text.clone(), table: *table };
                let mut read: Vec<Written> = source.iter().map(given).collect();
                match hand {
                    0 => read[at].text = "Viết lại.".to_owned(),
                    1 => drop(read.remove(at)),
                    2 => read
                        .insert(at + 1, Written { of: String::new(), text: "Viết thêm.".to_owned(), table: false }),
                    3 => read[..=at].rotate_right(1),
                    _ => read[at..].rotate_left(1),
                }
                let changes: Vec<Change> = changes(&source, &read);
                let place = |id: &str| source.iter().position(|line| line.id == id);
                let placed = changes.iter().map(|change| Placed {
                    change,
                    at: place(&change.block),
                    after: change.after.as_deref().and_then(place),
                    text: &change.text,
                });
                let laid = lay(source.len(), placed);
                let shown = lines(&rewritten(document(), &laid), day);
                let texts: Vec<&str> = shown.iter().map(|line| line.text.as_str()).collect();
                assert_eq!(texts, read.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), "{at} {hand}");
            }
        }
    }

    #[test]
    fn blocks_stay_what_they_are() {
        let source = lines(&document(), NaiveDate::default());
        let change = |kind, at: usize, after: Option<usize>, text: &str| Change {
            block: source[at].id.clone(),
            kind,
            after: after.map(|after| source[after].id.clone()),
            under: None,
            base: source[at].text.clone(),
            text: text.to_owned(),
        };
        let at = |text: &str| source.iter().position(|line| line.text == text).unwrap();
        for (change, place, after, told) in [
            (
                change(EditKind::Replace, at("I. CHUNG"), None, "I. CHUNG CHUNG"),
                at("I. CHUNG"),
                None,
                "Heading { level: 1, text: \"I. CHUNG CHUNG\" }",
            ),
            (
                change(EditKind::Replace, at("Dòng hai."), None, "Dòng ba."),
                at("Dòng hai."),
                None,
                "Paragraph { style: Body, text: \"Dòng ba.\" }",
            ),
            (
                change(EditKind::Move, at("- Mục."), Some(at("I. CHUNG")), "- Mục."),
                at("- Mục."),
                Some(at("I. CHUNG")),
                "Paragraph { style: Item, text: \"- Mục.\" }",
            ),
            (
                change(EditKind::Replace, at("- UBND tỉnh."), None, "- UBND tỉnh Sơn La."),
                at("- UBND tỉnh."),
                None,
                "Addressees([\"Kính gửi:\", \"- Bộ Công Thương;\", \"- UBND tỉnh Sơn La.\"])",
            ),
            (
                change(EditKind::Replace, at("Kết quả"), None, "Kết quả năm"),
                at("Kết quả"),
                None,
                "Subject { kind: \"BÁO CÁO\", subject: \"Kết quả năm\" }",
            ),
        ] {
            let laid = lay(source.len(), [Placed { change: &change, at: Some(place), after, text: &change.text }]);
            let document = rewritten(document(), &laid);
            let blocks: Vec<String> =
                document.sections[0].blocks.iter().map(|block| format!("{block:?}")).collect();
            assert!(blocks.iter().any(|block| block == told), "{told}: {blocks:?}");
        }
        for (after, text, told) in [
            ("Căn cứ Luật;", "Căn cứ Nghị định;", "Paragraph { style: Basis, text: \"Căn cứ Nghị định;\" }"),
            ("Căn cứ Luật;", "Sở báo cáo như sau:", "Paragraph { style: Body, text: \"Sở báo cáo như sau:\" }"),
            ("I. CHUNG", "- Mục thêm.", "Paragraph { style: Item, text: \"- Mục thêm.\" }"),
            ("I. CHUNG", "1. Phối hợp liên ngành", "Heading { level: 2, text: \"1. Phối hợp liên ngành\" }"),
            ("- Mục.", "II. KẾT LUẬN", "Heading { level: 1, text: \"II. KẾT LUẬN\" }"),
            ("- Mục.", "KẾT LUẬN", "Heading { level: 1, text: \"KẾT LUẬN\" }"),
            ("- Mục.", "UBND TỈNH YÊU CẦU:", "Paragraph { style: Body, text: \"UBND TỈNH YÊU CẦU:\" }"),
            ("- Mục.", "2026", "Paragraph { style: Body, text: \"2026\" }"),
            ("- Mục.", "Kết luận", "Paragraph { style: Body, text: \"Kết luận\" }"),
            // Above a paragraph that stands there already.
            ("I. CHUNG", "Phối hợp", "Heading { level: 2, text: \"Phối hợp\" }"),
            ("Dòng một.", "Phối hợp", "Heading { level: 2, text: \"Phối hợp\" }"),
            ("I. CHUNG", "Phối hợp tốt.", "Paragraph { style: Body, text: \"Phối hợp tốt.\" }"),
            ("I. CHUNG", "Nguồn: Sở Y tế", "Paragraph { style: Body, text: \"Nguồn: Sở Y tế\" }"),
            ("Dòng hai.", "Phối hợp", "Paragraph { style: Body, text: \"Phối hợp\" }"),
            ("- Mục.", "II. Kết luận", "Paragraph { style: Body, text: \"II. Kết luận\" }"),
            ("- Mục.", "1. Đề nghị Bộ hướng dẫn;", "Paragraph { style: Body, text: \"1. Đề nghị Bộ hướng dẫn;\" }"),
            ("- Mục.", "2026. Năm sau", "Paragraph { style: Body, text: \"2026. Năm sau\" }"),
            (
                "- UBND tỉnh.",
                "- Bộ Y tế;",
                "Addressees([\"Kính gửi:\", \"- Bộ Công Thương;\", \"- UBND tỉnh.\", \"- Bộ Y tế;\"])",
            ),
            ("- UBND tỉnh.", "Sở báo cáo:", "Paragraph { style: Body, text: \"Sở báo cáo:\" }"),
            (
                "Phụ lục I",
                "THÊM",
                "AnnexTitle { number: \"Phụ lục I\\nTHÊM\", title: \"BIỂU\", reference: \"(Kèm theo)\" }",
            ),
            ("Ghi chú.", "Ghi chú thêm.", "Paragraph { style: Note, text: \"Ghi chú thêm.\" }"),
        ] {
            let change = change(EditKind::Insert, 0, Some(at(after)), text);
            let laid = lay(source.len(), [Placed { change: &change, at: None, after: Some(at(after)), text }]);
            let document = rewritten(document(), &laid);
            let blocks: Vec<String> =
                document.sections[0].blocks.iter().map(|block| format!("{block:?}")).collect();
            assert!(blocks.iter().any(|block| block == told), "{told}: {blocks:?}");
        }
        // What has no number and stands above a text of the same hand is a heading.
        for (first, second, told) in [
            ("Kết luận", "Kế hoạch cơ bản hoàn thành.", "Heading { level: 2, text: \"Kết luận\" }"),
            ("Kết luận", "Nguyễn Văn A", "Paragraph { style: Body, text: \"Kết luận\" }"),
            ("Kế hoạch xong.", "Hết.", "Paragraph { style: Body, text: \"Kế hoạch xong.\" }"),
        ] {
            let after = at("- Mục.");
            let changes = [first, second].map(|text| change(EditKind::Insert, 0, Some(after), text));
            let placed =
                changes.iter().map(|change| Placed { change, at: None, after: Some(after), text: &change.text });
            let document = rewritten(document(), &lay(source.len(), placed));
            let blocks: Vec<String> =
                document.sections[0].blocks.iter().map(|block| format!("{block:?}")).collect();
            assert!(blocks.iter().any(|block| block == told), "{told}: {blocks:?}");
        }
    }
}
