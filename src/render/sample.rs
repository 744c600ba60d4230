//! One document with one of everything, for the tests of every format.

use chrono::NaiveDate;

use crate::doc::{
    Align, Audience, Base, Block, Cell, Chart, Closing, Column, Document, Event, Letterhead, Line, Mark, Picture,
    Row, Section, Series, Style, SumOf, Table, Tone, Value, Written,
};

/// One of every block, row, value, tone and style.
pub(super) fn sample() -> Document {
    sample_ending("")
}

/// The sample with something at the end of every text.
pub(super) fn sample_ending(end: &str) -> Document {
    let t = |text: &str| format!("{text}{end}");
    let chart =
        |picture| Chart {
            title: t("Biểu đồ <1>"), description: t("Sở & ngành: 26; UBND xã: 75."), picture
        };
    let text = |style| Block::Paragraph { style, text: t("Dòng một\nDòng hai") };
    let heading = |level| Block::Heading { level, text: t(&format!("{level}. Tiêu đề")) };
    let values = [
        Value::Text(t("<w:br/> & \u{0}\u{202e}\nDòng hai")),
        Value::Number(1279),
        Value::Money(4_200_000_000),
        Value::Percent { part: 7, whole: 8 },
        Value::Date(NaiveDate::from_ymd_opt(2026, 6, 5).unwrap()),
        Value::Empty,
    ];
    let tones = [Tone::Plain, Tone::Good, Tone::Warning, Tone::Bad, Tone::Muted, Tone::Plain];
    let cells: Vec<Cell> = values.into_iter().zip(tones).map(|(value, tone)| Cell::new(value).tone(tone)).collect();
    let mut cells = cells;
    cells[1] =
        cells[1].clone().sum_of(SumOf { table: "sources", column: 1, matching: vec![(0, t("inspections"))] });
    let aligns = [Align::Left, Align::Center, Align::Right];
    let table = Table::new(
        "sample",
        (0..6).map(|n| Column::new(t(&format!("Cột {n}")), n + 1, aligns[usize::from(n) % 3])).collect(),
        vec![Row::Group(t("I. Nhóm")), Row::Cells(cells.clone()), Row::Total(cells)],
    );
    let report = vec![
        Block::Letterhead(Letterhead {
            superior: Some(t("UBND TỈNH SƠN LA")),
            issuer: t("SỞ CÔNG THƯƠNG"),
            number: t("Số:      /BC-SCT"),
            summary: Some(t("V/v báo cáo kết quả")),
            place_and_date: t("Sơn La, ngày      tháng      năm 2026"),
        }),
        Block::Subject { kind: t("BÁO CÁO"), subject: t("Kết quả thực hiện") },
        Block::addressees(&[t("Bộ Công Thương")]),
        Block::addressees(&[t("Bộ Công Thương"), t("UBND tỉnh")]),
        text(Style::Basis),
        heading(1),
        heading(2),
        heading(3),
        text(Style::Body),
        text(Style::Item),
        text(Style::Note),
        text(Style::Caption),
        text(Style::Example),
        Block::Hint(t("plan status")),
        Block::Id(t("III.5/so-y-te")),
        Block::Closing(Closing {
            recipients: vec![t("Như trên;"), t("Lưu: VT, QLTM.")],
            authority: vec![t("KT. GIÁM ĐỐC")],
            post: t("PHÓ GIÁM ĐỐC"),
            name: Some(t("Người ký")),
        }),
    ];
    let annex = vec![
        Block::AnnexTitle {
            number: t("Phụ lục I"), title: t("BIỂU SỐ LIỆU"), reference: t("(Kèm theo Báo cáo)")
        },
        Block::Charts(vec![chart(Picture::Bars {
            categories: vec![t("Sở & ngành"), t("UBND xã")],
            series: vec![
                Series { name: t("Đúng hạn"), tone: Tone::Good, values: vec![26, 33] },
                Series { name: t("Chưa gửi"), tone: Tone::Muted, values: vec![0, 42] },
            ],
        })]),
        Block::Table(table),
    ];
    let charts = [
        Picture::Strip(vec![Mark { label: t("Mường La <1>"), state: t("Đúng hạn"), tone: Tone::Good }]),
        Picture::Timeline {
            today: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
            events: vec![Event {
                date: NaiveDate::from_ymd_opt(2026, 11, 29).unwrap(),
                label: t("Hạn gửi"),
                tone: Tone::Warning,
            }],
        },
    ];
    let charts = charts.map(|picture| Block::Charts(vec![chart(picture)])).to_vec();
    let row = |id: &str, value: u32| Row::Cells(vec![Cell::text(t(id)), Cell::number(value)]);
    let sources = Table::new(
        "sources",
        vec![Column::new(t("Mã"), 2, Align::Left), Column::new(t("Số liệu"), 1, Align::Right)],
        vec![row("inspections", 1000), row("inspections", 279), row("fines", 7)],
    );
    let section =
        |name: &str, audience, blocks| Section { name: t(name), audience, landscape: name != "Báo cáo", blocks };
    Document {
        title: t("Báo cáo \u{1}"),
        author: t("Sở Công Thương & bạn"),
        banner: Some(t("DỮ LIỆU MINH HỌA")),
        sections: vec![
            section("Báo cáo", Audience::Everyone, report),
            section("Phụ lục I", Audience::Everyone, annex),
            section("Biểu đồ", Audience::Screens, charts),
            section("Nguồn số liệu", Audience::Spreadsheets, vec![Block::Table(sources)]),
        ],
        base: Some(Base {
            round: t("annual"),
            year: 2026,
            province: t("Sơn La"),
            as_of: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
            edits: vec![t("0a1b2c3d")],
            source: vec![Line { id: t("III.5/so-y-te"), text: t("Sở <Y tế> & bạn"), table: false }],
            written: vec![Written { of: t("III.5/so-y-te"), text: t("Sở Y tế"), table: false }],
            check: t("e1dcf651c1c707e804cf35dd476e6b971f407ccd23cb4fd4fc655695a8074d0a"),
        }),
    }
}
