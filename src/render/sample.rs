//! One document with one of everything, for the tests of every format.

use chrono::NaiveDate;

use crate::doc::{
    Align, Audience, Block, Cell, Chart, Closing, Column, Document, Event, Letterhead, Mark, Picture, Row, Section,
    Series, Style, SumOf, Table, Tone, Value,
};

fn chart(picture: Picture) -> Chart {
    Chart {
        title: "Biểu đồ <1>".to_string(), description: "Sở & ngành: 26; UBND xã: 75.".to_string(), picture
    }
}

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
    let mut cells = cells;
    cells[1] = cells[1].clone().sum_of(SumOf {
        table: "sources",
        column: 1,
        matching: vec![(0, "inspections".to_string())],
    });
    let aligns = [Align::Left, Align::Center, Align::Right];
    let table = Table::new(
        "sample",
        (0..6).map(|n| Column::new(format!("Cột {n}"), n + 1, aligns[usize::from(n) % 3])).collect(),
        vec![Row::Group("I. Nhóm".to_string()), Row::Cells(cells.clone()), Row::Total(cells)],
    );
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
        text(Style::Example),
        Block::Hint("plan status".to_string()),
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
        Block::Charts(vec![chart(Picture::Bars {
            categories: vec!["Sở & ngành".to_string(), "UBND xã".to_string()],
            series: vec![
                Series { name: "Đúng hạn".to_string(), tone: Tone::Good, values: vec![26, 33] },
                Series { name: "Chưa gửi".to_string(), tone: Tone::Muted, values: vec![0, 42] },
            ],
        })]),
        Block::Table(table),
    ];
    let charts = [
        Picture::Strip(vec![Mark {
            label: "Mường La <1>".to_string(),
            state: "Đúng hạn".to_string(),
            tone: Tone::Good,
        }]),
        Picture::Timeline {
            today: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
            events: vec![Event {
                date: NaiveDate::from_ymd_opt(2026, 11, 29).unwrap(),
                label: "Hạn gửi".to_string(),
                tone: Tone::Warning,
            }],
        },
    ];
    let charts = charts.map(|picture| Block::Charts(vec![chart(picture)])).to_vec();
    let row = |id: &str, value: u32| Row::Cells(vec![Cell::text(id), Cell::number(value)]);
    let sources = Table::new(
        "sources",
        vec![Column::new("Mã", 2, Align::Left), Column::new("Số liệu", 1, Align::Right)],
        vec![row("inspections", 1000), row("inspections", 279), row("fines", 7)],
    );
    let section = |name: &str, audience, blocks| Section {
        name: name.to_string(),
        audience,
        landscape: name != "Báo cáo",
        blocks,
    };
    Document {
        title: "Báo cáo \u{1}".to_string(),
        author: "Sở Công Thương & bạn".to_string(),
        banner: Some("DỮ LIỆU MINH HỌA".to_string()),
        sections: vec![
            section("Báo cáo", Audience::Everyone, report),
            section("Phụ lục I", Audience::Everyone, annex),
            section("Biểu đồ", Audience::Screens, charts),
            section("Nguồn số liệu", Audience::Spreadsheets, vec![Block::Table(sources)]),
        ],
    }
}
