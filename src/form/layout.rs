//! The sheets of a form, row by row: a question on the left, the answer on the right.

use super::{Cell, Content, FormTask, Input, List, Row, Sheet, Style};
use crate::model::{Agency, Answer, Part, Plan, Report, Round, TaskStatus};
use crate::vietnamese::{date, number};

/// Items of a list that are there from the start; more rows can be inserted.
const ITEMS: usize = 10;
const VIOLATORS: usize = 20;
const EVIDENCE_OF_LEAD: usize = 3;
const EVIDENCE_OF_OTHERS: usize = 2;

pub(super) fn sheets(
    plan: &Plan,
    round: &Round,
    agency: &Agency,
    tasks: &[FormTask],
    earlier: Option<(&Round, &Report)>,
) -> Vec<Sheet> {
    vec![
        identity(plan, round, agency),
        results(plan, round, agency, tasks, earlier),
        remarks(plan, round, agency),
        violations(plan, round, agency),
    ]
}

/// Builds the rows of one sheet.
struct Rows(Vec<Row>);

impl Rows {
    fn push(&mut self, key: impl Into<String>, cells: Vec<Cell>) -> &mut Row {
        self.0.push(Row { key: key.into(), list: None, cells, lines: 1 });
        let last = self.0.len() - 1;
        &mut self.0[last]
    }

    /// A row of locked words over several columns.
    fn words(&mut self, style: Style, columns: (char, char), words: impl Into<String>) {
        // Within a sheet, what is of one style has the same columns.
        self.push(format!("#{style:?}"), vec![label(style, columns, words)]);
    }

    fn blank(&mut self) {
        self.push("#", vec![label(Style::Wording, ('B', 'B'), "")]);
    }

    fn head(&mut self, key: &str, columns: &[(char, &str)]) {
        let cells = columns.iter().map(|(column, words)| label(Style::ColumnHead, (*column, *column), *words));
        self.push(format!("#{key}"), cells.collect());
    }

    /// Numbered blank items of a list.
    fn items(&mut self, list: &str, count: usize, lines: u16, inputs: &[(char, Input)]) {
        for item in 1..=count {
            let number = label(Style::Aside, ('B', 'B'), item.to_string());
            let cells = inputs.iter().map(|(column, kind)| input((*column, *column), *kind));
            let row = self.push(format!("{list}.{item}"), std::iter::once(number).chain(cells).collect());
            (row.list, row.lines) = (Some(list.to_owned()), lines);
        }
    }

    /// The title that every sheet begins with, and that every printed page repeats.
    fn title(&mut self, last: char, title: &str, plan: &Plan, round: &Round, agency: &Agency) {
        self.words(Style::Title, ('B', last), title);
        let line = format!("{} – kỳ báo cáo: {}", agency.name, round.short_name);
        let line = if round.short_name.contains(&plan.year.to_string()) {
            line
        } else {
            format!("{line} năm {}", plan.year)
        };
        self.words(Style::Subtitle, ('B', last), line);
    }
}

fn label(style: Style, columns: (char, char), words: impl Into<String>) -> Cell {
    Cell { columns, content: Content::Label(style, words.into()) }
}

fn input(columns: (char, char), kind: Input) -> Cell {
    Cell { columns, content: Content::Input(kind) }
}

fn identity(plan: &Plan, round: &Round, agency: &Agency) -> Sheet {
    let mut rows = Rows(Vec::new());
    rows.title('D', "BIỂU MẪU BÁO CÁO", plan, round, agency);
    rows.words(Style::Subtitle, ('B', 'D'), round.title.clone());
    rows.words(
        Style::Warning,
        ('B', 'D'),
        format!(
            "Gửi về {} {}. Số liệu tính từ ngày {} đến ngày {}.",
            plan.wording.issuer_name,
            round.agencies.as_worded,
            date(round.data_from),
            date(round.data_to)
        ),
    );
    rows.blank();
    rows.words(Style::Section, ('B', 'D'), "HƯỚNG DẪN ĐIỀN");
    for (index, step) in [
        "Chỉ điền vào các ô nền vàng. Các ô khác đã khóa; không đổi tên cột, không xóa cột, không gộp thêm ô.",
        "Điền trang “Kết quả” trước: chọn trạng thái từng nhiệm vụ, viết kết quả và ghi số liệu. Chỉ chọn trạng thái mà không \
         viết kết quả hoặc lý do thì chưa phải là báo cáo.",
        "Số liệu là số nguyên, lũy kế từ đầu kỳ đến ngày chốt; tiền ghi đủ số đồng (1,5 triệu đồng ghi 1500000).",
        "Bốn câu trả lời khác nhau: số 0 (có thực hiện nhưng kết quả bằng 0), “Không phát sinh”, “Không áp dụng”, và để trống kèm \
         lý do chưa có số.",
        "Ngày ghi ngày/tháng/năm, đủ bốn chữ số của năm, ví dụ 05/6/2026.",
        "Không dùng công thức: nếu chép từ bảng khác, chọn Dán đặc biệt – Giá trị. Thiếu dòng thì chèn thêm dòng ngay dưới dòng \
         cuối của mục đó.",
        "Lưu dạng .xlsx, không đặt mật khẩu, gửi tệp này kèm văn bản đã ký về cơ quan tổng hợp.",
    ]
    .into_iter()
    .enumerate()
    {
        rows.words(Style::Wording, ('B', 'D'), format!("{}. {step}", index + 1));
    }
    rows.blank();
    rows.words(Style::Section, ('B', 'D'), "THÔNG TIN VỀ BÁO CÁO");
    let name = rows.push("agency", vec![label(Style::Question, ('B', 'B'), "Cơ quan báo cáo")]);
    name.cells.push(label(Style::Aside, ('C', 'D'), agency.name.as_str()));
    let period = rows.push("round", vec![label(Style::Question, ('B', 'B'), "Kỳ báo cáo")]);
    period.cells.push(label(Style::Aside, ('C', 'D'), round.name.clone()));
    for (key, question, note, kind) in [
        ("document.number", "Số, ký hiệu văn bản", "Bắt buộc. Ví dụ: 12/BC-UBND", Input::Code),
        ("document.date", "Ngày văn bản", "Bắt buộc. Ngày/tháng/năm", Input::Date),
        ("signer.post", "Chức vụ người ký", "Ví dụ: Phó Chủ tịch UBND xã", Input::Text),
        ("signer.name", "Họ và tên người ký", "", Input::Text),
        ("contact.unit", "Đơn vị đầu mối", "Phòng, bộ phận trực tiếp theo dõi", Input::Text),
        ("contact.name", "Người liên hệ", "", Input::Text),
        ("contact.phone", "Điện thoại", "", Input::Code),
        ("contact.email", "Thư điện tử", "", Input::Code),
    ] {
        let cells = vec![
            label(Style::Question, ('B', 'B'), question),
            input(('C', 'C'), kind),
            label(Style::Aside, ('D', 'D'), note),
        ];
        rows.push(key, cells);
    }
    Sheet { id: "info", name: "Thông tin", widths: &[30, 58, 40], rows: rows.0 }
}

fn results(
    plan: &Plan,
    round: &Round,
    agency: &Agency,
    tasks: &[FormTask],
    earlier: Option<(&Round, &Report)>,
) -> Sheet {
    let mut rows = Rows(Vec::new());
    rows.title('G', "KẾT QUẢ THỰC HIỆN NHIỆM VỤ VÀ SỐ LIỆU", plan, round, agency);
    if earlier.is_some_and(|(_, report)| report.illustrative) {
        let words = "DỮ LIỆU MINH HỌA – số đã báo kỳ khác lấy từ báo cáo mẫu, không phải số liệu thật";
        rows.words(Style::Warning, ('B', 'G'), words);
    }
    let mut part = "";
    for asked in tasks {
        let task = &plan[asked.id];
        let leads = asked.part == Part::Leads;
        let title = match asked.part {
            Part::Leads => "NHIỆM VỤ CƠ QUAN CHỦ TRÌ (bắt buộc báo cáo)",
            Part::Beside => {
                "NHIỆM VỤ CƠ QUAN PHỐI HỢP (báo cáo phần việc của cơ quan; để trống nếu không tham gia)"
            }
            Part::Open => "NHIỆM VỤ KHÁC CÓ LIÊN QUAN (để trống nếu không tham gia)",
        };
        if title != part {
            rows.blank();
            rows.words(Style::Section, ('B', 'G'), title);
            part = title;
        }
        let key = format!("tasks.{}", task.key);
        rows.push(
            format!("#{key}"),
            vec![
                label(Style::Task, ('B', 'B'), task.key.as_str()),
                label(Style::Task, ('C', 'G'), task.short_title.clone()),
            ],
        );
        rows.words(Style::Wording, ('C', 'G'), task.content.join("\n"));
        rows.words(Style::Wording, ('C', 'G'), format!("Chủ trì: {}", task.leads_as_worded));
        for (field, question, kind, lines) in [
            ("status", "Trạng thái (chọn trong danh sách)", Input::Choice(List::Status), 1),
            (
                "results",
                "Kết quả thực hiện: việc đã làm, kết quả chính, địa bàn; viết như trong báo cáo",
                Input::Text,
                5,
            ),
            ("reason", "Lý do, nếu chưa thực hiện, không phát sinh hoặc không áp dụng", Input::Text, 2),
            ("completed", "Ngày hoàn thành, nếu đã hoàn thành", Input::Date, 1),
        ] {
            let cells = vec![label(Style::Question, ('C', 'F'), question), input(('G', 'G'), kind)];
            rows.push(format!("{key}.{field}"), cells).lines = lines;
        }
        figures(&mut rows, &key, asked, plan, earlier);
        let head = [
            (('C', 'E'), "Tài liệu kiểm chứng"),
            (('F', 'F'), "Ngày văn bản"),
            (('G', 'G'), "Tên, số ký hiệu văn bản hoặc đường dẫn"),
        ];
        let head = head.into_iter().map(|(columns, words)| label(Style::ColumnHead, columns, words));
        rows.push(format!("#{key}.evidence"), head.collect());
        let count = if leads || task.through.contains(&agency.id) { EVIDENCE_OF_LEAD } else { EVIDENCE_OF_OTHERS };
        for item in 1..=count {
            let cells = vec![
                label(Style::Aside, ('C', 'E'), format!("Tài liệu {item}")),
                input(('F', 'F'), Input::Date),
                input(('G', 'G'), Input::Text),
            ];
            rows.push(format!("{key}.evidence.{item}"), cells).list = Some(format!("{key}.evidence"));
        }
    }
    Sheet { id: "tasks", name: "Kết quả", widths: &[7, 38, 14, 17, 20, 62], rows: rows.0 }
}

fn figures(rows: &mut Rows, key: &str, asked: &FormTask, plan: &Plan, earlier: Option<(&Round, &Report)>) {
    if asked.indicators.is_empty() {
        return;
    }
    let told = match earlier {
        Some((round, _)) => format!("Đã báo kỳ {}", round.short_name),
        None => "Đã báo kỳ khác".to_owned(),
    };
    rows.head(
        &format!("{key}.figures"),
        &[
            ('C', "Chỉ tiêu (đơn vị tính)"),
            ('D', "Số liệu"),
            ('E', "Nếu không có số"),
            ('G', "Lý do, nếu chưa có số"),
        ],
    );
    if let Some(head) = rows.0.last_mut() {
        head.cells.push(Cell { columns: ('F', 'F'), content: Content::Label(Style::ColumnHead, told) });
    }
    for indicator in asked.indicators.iter().filter_map(|key| plan.indicators.find(key)) {
        let before = earlier.and_then(|(_, report)| report.entry(asked.id)?.figure(indicator.id));
        let before = before.map_or_else(String::new, |figure| match &figure.value {
            Answer::Value(value) => number(u128::from(*value)),
            Answer::NothingArose => TaskStatus::NothingArose.label().to_owned(),
            Answer::NotApplicable => TaskStatus::NotApplicable.label().to_owned(),
            Answer::Unanswered(_) => String::new(),
        });
        let cells = vec![
            label(Style::Question, ('C', 'C'), format!("{} ({})", indicator.label, indicator.unit)),
            input(('D', 'D'), Input::Whole),
            input(('E', 'E'), Input::Choice(List::NoFigure)),
            label(Style::Aside, ('F', 'F'), before),
            input(('G', 'G'), Input::Text),
        ];
        rows.push(format!("{key}.figures.{}", indicator.key), cells);
    }
}

fn remarks(plan: &Plan, round: &Round, agency: &Agency) -> Sheet {
    let mut rows = Rows(Vec::new());
    rows.title('E', "KHÓ KHĂN, KIẾN NGHỊ, PHƯƠNG HƯỚNG, KINH PHÍ", plan, round, agency);
    rows.blank();
    rows.words(Style::Section, ('B', 'E'), "1. KHÓ KHĂN, VƯỚNG MẮC VÀ NGUYÊN NHÂN");
    rows.head(
        "difficulties",
        &[('B', "TT"), ('C', "Khó khăn, vướng mắc"), ('D', "Nguyên nhân"), ('E', "Thuộc nhiệm vụ (nếu có)")],
    );
    let task = Input::Choice(List::Task);
    rows.items("difficulties", ITEMS, 2, &[('C', Input::Text), ('D', Input::Text), ('E', task)]);
    rows.blank();
    rows.words(Style::Section, ('B', 'E'), "2. KIẾN NGHỊ, ĐỀ XUẤT");
    rows.head(
        "recommendations",
        &[('B', "TT"), ('C', "Nội dung kiến nghị"), ('D', "Gửi tới"), ('E', "Thuộc nhiệm vụ (nếu có)")],
    );
    let addressee = Input::Choice(List::Addressee);
    rows.items("recommendations", ITEMS, 2, &[('C', Input::Text), ('D', addressee), ('E', task)]);
    rows.blank();
    rows.words(Style::Section, ('B', 'E'), "3. PHƯƠNG HƯỚNG, NHIỆM VỤ KỲ TỚI");
    rows.head("next_steps", &[('B', "TT"), ('C', "Việc sẽ làm (mỗi việc một dòng)")]);
    rows.items("next_steps", ITEMS, 1, &[('C', Input::Text)]);
    rows.blank();
    rows.words(Style::Section, ('B', 'E'), "4. KINH PHÍ ĐÃ SỬ DỤNG");
    rows.head("funding", &[('B', "TT"), ('C', "Nguồn kinh phí"), ('D', "Số tiền (đồng)")]);
    amounts(&mut rows, "funding", &plan.funding_sources);
    Sheet { id: "remarks", name: "Khó khăn, kiến nghị", widths: &[5, 64, 46, 32], rows: rows.0 }
}

fn amounts(rows: &mut Rows, key: &str, named: &[crate::model::Named]) {
    for (index, source) in named.iter().enumerate() {
        let cells = vec![
            label(Style::Aside, ('B', 'B'), (index + 1).to_string()),
            label(Style::Question, ('C', 'C'), source.name.clone()),
            input(('D', 'D'), Input::Whole),
        ];
        rows.push(format!("{key}.{}", source.id), cells);
    }
}

fn violations(plan: &Plan, round: &Round, agency: &Agency) -> Sheet {
    let mut rows = Rows(Vec::new());
    rows.title('J', "VI PHẠM ĐÃ CÔNG BỐ, CẢNH BÁO, PHẢN ÁNH THEO LĨNH VỰC", plan, round, agency);
    rows.words(
        Style::Wording,
        ('B', 'J'),
        "Chỉ điền khi có; để trống nếu cơ quan không công bố vi phạm, không phát hành cảnh báo.",
    );
    rows.blank();
    rows.words(Style::Section, ('B', 'J'), "1. TỔ CHỨC, CÁ NHÂN VI PHẠM ĐÃ CÔNG BỐ CÔNG KHAI");
    rows.head(
        "violators",
        &[
            ('B', "TT"),
            ('C', "Tên tổ chức, cá nhân"),
            ('D', "Địa chỉ"),
            ('E', "Hành vi vi phạm"),
            ('F', "Số quyết định xử phạt"),
            ('G', "Ngày quyết định"),
            ('H', "Tiền phạt (đồng)"),
            ('I', "Ngày công bố"),
            ('J', "Nơi công bố"),
        ],
    );
    rows.items(
        "violators",
        VIOLATORS,
        1,
        &[
            ('C', Input::Text),
            ('D', Input::Text),
            ('E', Input::Text),
            ('F', Input::Code),
            ('G', Input::Date),
            ('H', Input::Whole),
            ('I', Input::Date),
            ('J', Input::Text),
        ],
    );
    rows.blank();
    rows.words(Style::Section, ('B', 'J'), "2. CẢNH BÁO ĐÃ PHÁT HÀNH");
    rows.head(
        "warnings",
        &[
            ('B', "TT"),
            ('C', "Cảnh báo về việc gì"),
            ('D', "Nội dung"),
            ('E', "Kênh phát hành"),
            ('F', "Ngày phát hành"),
        ],
    );
    let inputs = [('C', Input::Text), ('D', Input::Text), ('E', Input::Text), ('F', Input::Date)];
    rows.items("warnings", ITEMS, 1, &inputs);
    rows.blank();
    rows.words(Style::Section, ('B', 'J'), "3. PHẢN ÁNH, YÊU CẦU, KHIẾU NẠI THEO LĨNH VỰC");
    rows.head("complaints", &[('B', "TT"), ('C', "Lĩnh vực"), ('D', "Số vụ")]);
    amounts(&mut rows, "complaints_by_field", &plan.complaints.fields);
    Sheet {
        id: "violations",
        name: "Vi phạm, cảnh báo",
        widths: &[5, 26, 24, 34, 17, 13, 15, 13, 20],
        rows: rows.0,
    }
}
