//! One document with one of everything, for the tests of every format.

use chrono::NaiveDate;

use crate::doc::{
    Align, Block, Cell, Closing, Column, Document, Letterhead, Row, Section, Style, Table, Tone, Value,
};

/// One of every block, row, value, tone and style.
pub(super) fn sample() -> Document {
    let text = |style| Block::Paragraph { style, text: "Dòng một\nDòng hai".to_string() };
    let heading = |level| Block::Heading { level, text: format!("{level}. Tiêu đề") };
    let values = [
        Value::Text("<w:br/> & \u{0}\u{202e}\nDòng hai".to_string()),
        Value::Number(1279),
        Value::Money(4_200_000_000),
        Value::Percent { part: 7, whole: 8 },
        Value::Date(NaiveDate::from_ymd_opt(2026, 6, 5).unwrap()),
        Value::Empty,
    ];
    let tones = [Tone::Plain, Tone::Good, Tone::Warning, Tone::Bad, Tone::Muted, Tone::Plain];
    let cells: Vec<Cell> = values.into_iter().zip(tones).map(|(value, tone)| Cell::new(value).tone(tone)).collect();
    let aligns = [Align::Left, Align::Center, Align::Right];
    let table = Table {
        columns: (0..6).map(|n| Column::new(format!("Cột {n}"), n + 1, aligns[usize::from(n) % 3])).collect(),
        rows: vec![Row::Group("I. Nhóm".to_string()), Row::Cells(cells.clone()), Row::Total(cells)],
    };
    let report = vec![
        Block::Letterhead(Letterhead {
            superior: Some("UBND TỈNH SƠN LA".to_string()),
            issuer: "SỞ CÔNG THƯƠNG".to_string(),
            number: "Số:      /BC-SCT".to_string(),
            summary: Some("V/v báo cáo kết quả".to_string()),
            place_and_date: "Sơn La, ngày      tháng      năm 2026".to_string(),
        }),
        Block::Subject { kind: "BÁO CÁO".to_string(), subject: "Kết quả thực hiện".to_string() },
        Block::Addressees(vec!["Bộ Công Thương".to_string()]),
        Block::Addressees(vec!["Bộ Công Thương".to_string(), "UBND tỉnh".to_string()]),
        text(Style::Basis),
        heading(1),
        heading(2),
        heading(3),
        text(Style::Body),
        text(Style::Item),
        text(Style::Note),
        Block::Closing(Closing {
            recipients: vec!["Như trên;".to_string(), "Lưu: VT, QLTM.".to_string()],
            authority: vec!["KT. GIÁM ĐỐC".to_string()],
            post: "PHÓ GIÁM ĐỐC".to_string(),
            name: Some("Người ký".to_string()),
        }),
    ];
    let annex = vec![
        Block::AnnexTitle {
            number: "Phụ lục I".to_string(),
            title: "BIỂU SỐ LIỆU".to_string(),
            reference: "(Kèm theo Báo cáo)".to_string(),
        },
        Block::Table(table),
    ];
    Document {
        title: "Báo cáo \u{1}".to_string(),
        author: "Sở Công Thương & bạn".to_string(),
        banner: Some("DỮ LIỆU MINH HỌA".to_string()),
        sections: vec![Section { landscape: false, blocks: report }, Section { landscape: true, blocks: annex }],
    }
}
