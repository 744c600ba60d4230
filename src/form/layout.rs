//! The sheets of a form, row by row: a question on the left, the answer on the right. What is asked, and in which words,
//! is declared with the fields of a report; here is where on a sheet it stands.

use super::cells::{answer, of_items, of_values};
use super::{Cell, Content, Path, Row, Sheet, Style};
use crate::model::{Agency, Earlier, Named, Part, Plan, Report, Round, Task, TaskId};
use crate::record::{Field, Ids, Names, Record, Shape, Way};
use crate::vietnamese::date;

const STEPS: [&str; 7] = [
    "Chỉ điền vào các ô nền vàng. Các ô khác đã khóa; không đổi tên cột, không xóa cột, không gộp thêm ô.",
    "Điền trang “Kết quả” trước: chọn trạng thái từng nhiệm vụ, viết kết quả và ghi số liệu. Chỉ chọn trạng thái mà không \
     viết kết quả hoặc lý do thì chưa phải là báo cáo.",
    "Số liệu là số nguyên, lũy kế từ đầu kỳ đến ngày chốt; tiền ghi đủ số đồng (1,5 triệu đồng ghi 1500000). Vụ việc năm trước \
     chuyển sang ghi ở cột riêng, không cộng vào số liệu.",
    "Bốn câu trả lời khác nhau: số 0 (có thực hiện nhưng kết quả bằng 0), “Không phát sinh”, “Không áp dụng”, và để trống kèm \
     lý do chưa có số.",
    "Ngày ghi ngày/tháng/năm, đủ bốn chữ số của năm, ví dụ 05/6/2026.",
    "Không dùng công thức: nếu chép từ bảng khác, chọn Dán đặc biệt – Giá trị. Thiếu dòng thì chèn thêm dòng ngay dưới dòng \
     cuối của mục đó.",
    "Lưu dạng .xlsx, không đặt mật khẩu, gửi tệp này kèm văn bản đã ký về cơ quan tổng hợp.",
];

/// Where the rows of a sheet hold a question and its answer, and what stands beside.
struct Columns {
    question: (char, char),
    answer: char,
    note: Option<char>,
}

const OF_INFO: Columns = Columns { question: ('B', 'B'), answer: 'C', note: Some('D') };
const OF_TASKS: Columns = Columns { question: ('C', 'F'), answer: 'G', note: None };

/// A part of the report with the keys of its row: as they are written now, then as they were.
#[derive(Clone)]
struct Spot {
    path: Path,
    keys: Vec<String>,
}

/// What a form is made from.
pub(super) struct Layout<'p> {
    pub(super) plan: &'p Plan,
    pub(super) round: &'p Round,
    pub(super) agency: &'p Agency,
    pub(super) tasks: Vec<(&'p Task, Part)>,
    pub(super) earlier: Option<&'p Earlier<'p>>,
}

/// Builds the rows of one sheet.
struct Rows(Vec<Row>);

impl Spot {
    fn report() -> Self {
        Self { path: Vec::new(), keys: vec![String::new()] }
    }

    fn field(&self, field: &Field) -> Self {
        let names = || std::iter::once(&field.key).chain(field.aliases);
        let keys = self.keys.iter().flat_map(|key| names().map(move |name| joined(key, name)));
        Self { path: [&self.path[..], &[field.key.to_owned()]].concat(), keys: keys.collect() }
    }

    fn id(&self, id: &str) -> Self {
        let keys = self.keys.iter().map(|key| joined(key, id));
        Self { path: [&self.path[..], &[id.to_owned()]].concat(), keys: keys.collect() }
    }

    /// The keys of the row with the heads.
    fn heads(&self, field: &Field) -> Vec<String> {
        match field.ask.head_key {
            Some(key) => vec![format!("#{key}")],
            None => self.keys.iter().map(|key| format!("#{key}")).collect(),
        }
    }
}

fn joined(key: &str, name: &str) -> String {
    if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") }
}

impl Rows {
    fn push(&mut self, keys: Vec<String>, cells: Vec<Cell>) -> &mut Row {
        self.0.push(Row { keys, path: Vec::new(), item: false, heads: Vec::new(), cells, lines: 1 });
        let last = self.0.len() - 1;
        &mut self.0[last]
    }

    /// A row of locked words over several columns.
    fn words(&mut self, style: Style, columns: (char, char), words: impl Into<String>) {
        // Within a sheet, what is of one style has the same columns.
        self.push(vec![format!("#{style:?}")], vec![label(style, columns, words)]);
    }

    fn blank(&mut self) {
        self.push(vec!["#".to_owned()], vec![label(Style::Wording, ('B', 'B'), "")]);
    }

    /// A row that asks for one thing.
    fn asks(&mut self, spot: Spot, cells: Vec<Cell>) -> &mut Row {
        let row = self.push(spot.keys, cells);
        row.path = spot.path;
        row
    }

    /// A question for each field of a record, and of the records within it.
    fn questions(&mut self, record: &'static Record, spot: &Spot, columns: &Columns) {
        for field in in_order(record) {
            let spot = spot.field(field);
            match (field.ask.way, field.shape) {
                (Way::Row, _) => {
                    let words = field.ask.words;
                    let question = label(Style::Question, columns.question, words);
                    let mut cells = vec![question, answer(columns.answer, words, Vec::new(), field)];
                    cells.extend(columns.note.map(|note| label(Style::Aside, (note, note), field.ask.note)));
                    self.asks(spot, cells).lines = field.ask.lines;
                }
                (Way::Within, Shape::Record(inner)) => self.questions(inner, &spot, columns),
                _ => {}
            }
        }
    }

    /// A list: its title above the numbers of its items, heads, blank items.
    fn list(&mut self, spot: &Spot, field: &'static Field, title: &str, columns: (char, char), count: usize) {
        let inputs = of_items(field);
        let heads = std::iter::once(label(Style::ColumnHead, columns, title)).chain(inputs.iter().map(head));
        self.push(spot.heads(field), heads.collect());
        for item in 1..=count {
            let number = format!("{} {item}", field.ask.note);
            let number = label(Style::Aside, columns, number.trim_start());
            let cells = std::iter::once(number).chain(inputs.iter().cloned());
            let row = self.push(spot.id(&item.to_string()).keys, cells.collect());
            (row.path, row.item, row.heads) = (spot.path.clone(), true, spot.heads(field));
            row.lines = field.ask.lines;
        }
    }

    /// A table: heads, with one more before and after; a row for each id with its question, what is shown beside, and whether
    /// more is told beside the answer.
    fn table(
        &mut self,
        spot: &Spot,
        field: &'static Field,
        more: [Option<Cell>; 2],
        rows: impl Iterator<Item = (String, String, Cell, bool)>,
    ) {
        let (Shape::Table(_, value), [(letter, words), heads @ ..]) = (field.shape, field.ask.heads) else {
            return;
        };
        let inputs = of_values(value, heads);
        let [before, after] = more;
        let named = label(Style::ColumnHead, (*letter, *letter), *words);
        let heads = before.into_iter().chain([named]).chain(inputs.iter().map(head)).chain(after);
        self.push(spot.heads(field), heads.collect());
        for (id, question, aside, beside) in rows {
            let inputs = inputs.iter().filter(|cell| beside || !cell.is_beside()).cloned();
            let question = label(Style::Question, (*letter, *letter), question);
            let mut cells: Vec<Cell> = [question, aside].into_iter().chain(inputs).collect();
            cells.sort_by_key(|cell| cell.columns);
            self.asks(spot.id(&id), cells).heads = spot.heads(field);
        }
    }
}

/// The fields of a record as a form asks for them.
fn in_order(record: &'static Record) -> Vec<&'static Field> {
    let mut fields: Vec<&Field> = record.fields.iter().collect();
    fields.sort_by_key(|field| field.ask.last);
    fields
}

fn label(style: Style, columns: (char, char), words: impl Into<String>) -> Cell {
    Cell { columns, content: Content::Label(style, words.into()) }
}

/// The head above a cell.
fn head(cell: &Cell) -> Cell {
    let words = match &cell.content {
        Content::Label(_, words) => words,
        Content::Input(_, target) => target.words,
    };
    label(Style::ColumnHead, cell.columns, words)
}

impl Layout<'_> {
    pub(super) fn sheets(&self) -> Vec<Sheet> {
        let told = |title: &str, more: &str, of: &[Named]| title.to_owned() + if of.is_empty() { "" } else { more };
        let title = told("KHÓ KHĂN, KIẾN NGHỊ, PHƯƠNG HƯỚNG", ", KINH PHÍ", &self.plan.funding_sources);
        let mut remarks = self.begin('G', &title);
        self.sections("remarks", 'G', &mut remarks);
        let fields = &self.plan.complaints.fields;
        let title = told("VI PHẠM ĐÃ CÔNG BỐ, CẢNH BÁO", ", PHẢN ÁNH THEO LĨNH VỰC", fields);
        let mut violations = self.begin('N', &title);
        let words = "Chỉ điền khi có; để trống nếu cơ quan không công bố vi phạm, không phát hành cảnh báo.";
        violations.words(Style::Wording, ('B', 'N'), words);
        self.sections("violations", 'N', &mut violations);
        let sheet = |id, name, widths, rows: Rows| Sheet { id, name, widths, rows: rows.0 };
        vec![
            sheet("info", "Thông tin", &[30, 58, 40], self.identity()),
            sheet("tasks", "Kết quả", &[7, 38, 14, 17, 20, 62, 20], self.results()),
            sheet("remarks", "Khó khăn, kiến nghị", &[5, 58, 46, 24, 28, 17], remarks),
            sheet(
                "violations",
                "Vi phạm, cảnh báo",
                &[5, 26, 48, 48, 17, 13, 15, 13, 20, 13, 20, 13, 13],
                violations,
            ),
        ]
    }

    /// The title that every sheet begins with, and that every printed page repeats.
    fn begin(&self, last: char, title: &str) -> Rows {
        let mut rows = Rows(Vec::new());
        rows.words(Style::Title, ('B', last), title);
        let line = format!("{} – kỳ báo cáo: {}", self.agency.name, self.round.short_name);
        let line = if self.round.short_name.contains(&self.plan.year.to_string()) {
            line
        } else {
            format!("{line} năm {}", self.plan.year)
        };
        rows.words(Style::Subtitle, ('B', last), line);
        rows
    }

    /// Whose figures the agency's contain, by name.
    fn both(&self) -> Option<String> {
        self.plan.told_with(self.agency.id, self.round)
    }

    fn identity(&self) -> Rows {
        let mut rows = self.begin('D', "BIỂU MẪU BÁO CÁO");
        rows.words(Style::Subtitle, ('B', 'D'), self.round.title.clone());
        rows.words(
            Style::Warning,
            ('B', 'D'),
            format!(
                "Gửi về {} {}. Số liệu tính từ ngày {} đến ngày {}{}.",
                self.plan.wording.issuer_name,
                self.round.agencies.in_full(&self.plan.holidays),
                date(self.round.data_from),
                date(self.round.data_to),
                self.both().map(|of| format!(", gồm cả số của {of}")).unwrap_or_default()
            ),
        );
        rows.blank();
        rows.words(Style::Section, ('B', 'D'), "HƯỚNG DẪN ĐIỀN");
        for (index, step) in STEPS.iter().enumerate() {
            rows.words(Style::Wording, ('B', 'D'), format!("{}. {step}", index + 1));
        }
        rows.blank();
        rows.words(Style::Section, ('B', 'D'), "THÔNG TIN VỀ BÁO CÁO");
        for field in Report::RECORD.fields.iter().filter(|field| field.ask.way == Way::Told) {
            let told = match field.shape {
                Shape::Id(Ids::Agencies) => &self.agency.name,
                _ => &self.round.name,
            };
            let question = label(Style::Question, OF_INFO.question, field.ask.words);
            rows.push(Spot::report().field(field).keys, vec![question, label(Style::Aside, ('C', 'D'), told)]);
        }
        rows.questions(Report::RECORD, &Spot::report(), &OF_INFO);
        rows
    }

    fn results(&self) -> Rows {
        let mut rows = self.begin('H', "KẾT QUẢ THỰC HIỆN NHIỆM VỤ VÀ SỐ LIỆU");
        if self.earlier.is_some_and(Earlier::is_illustrative) {
            let words = "DỮ LIỆU MINH HỌA – số đã báo kỳ khác lấy từ báo cáo mẫu, không phải số liệu thật";
            rows.words(Style::Warning, ('B', 'H'), words);
        }
        if let Some(of) = self.both() {
            let words = format!(
                "Số liệu, kể cả cột số đã báo kỳ khác, gồm cả số của {of}: không ghi riêng số của cơ quan mình."
            );
            rows.words(Style::Warning, ('B', 'H'), words);
        }
        for field in Report::RECORD.fields {
            let Shape::Table(Ids::Tasks, Shape::Record(account)) = field.shape else { continue };
            let mut part = "";
            for (task, of) in &self.tasks {
                let title = match of {
                    Part::Leads => "NHIỆM VỤ CƠ QUAN CHỦ TRÌ (bắt buộc báo cáo)",
                    Part::Beside => {
                        "NHIỆM VỤ CƠ QUAN PHỐI HỢP (báo cáo phần việc của cơ quan; để trống nếu không tham gia)"
                    }
                    Part::Open => "NHIỆM VỤ KHÁC CÓ LIÊN QUAN (để trống nếu không tham gia)",
                };
                if title != part {
                    rows.blank();
                    rows.words(Style::Section, ('B', 'H'), title);
                    part = title;
                }
                self.task(&mut rows, &Spot::report().field(field).id(&task.key), account, task, *of);
            }
        }
        rows
    }

    fn task(&self, rows: &mut Rows, spot: &Spot, account: &'static Record, task: &Task, of: Part) {
        let number = label(Style::Task, ('B', 'B'), task.key.as_str());
        let title = label(Style::Task, ('C', 'G'), task.short_title.clone());
        rows.push(spot.keys.iter().map(|key| format!("#{key}")).collect(), vec![number, title]);
        rows.words(Style::Wording, ('C', 'G'), task.content.join("\n"));
        rows.words(Style::Wording, ('C', 'G'), format!("Chủ trì: {}", task.leads_as_worded));
        rows.questions(account, spot, &OF_TASKS);
        for field in account.fields {
            let spot = spot.field(field);
            match (field.ask.way, field.shape) {
                (Way::Within, Shape::Table(Ids::Indicators, _)) => self.figures(rows, &spot, field, task.id),
                (Way::Within, Shape::List(_)) => {
                    // Those that only take part have fewer papers to name.
                    let acts = of == Part::Leads || task.through.contains(&self.agency.id);
                    let count = field.ask.items.saturating_sub(usize::from(!acts));
                    rows.list(&spot, field, field.ask.words, ('C', 'E'), count);
                }
                _ => {}
            }
        }
    }

    fn figures(&self, rows: &mut Rows, spot: &Spot, field: &'static Field, task: TaskId) {
        let mut asked = self.plan.typed_indicators(task, self.agency.id).peekable();
        if asked.peek().is_none() {
            return;
        }
        let told = self.earlier.map_or("khác", |earlier| &earlier.round.short_name);
        let told = label(Style::ColumnHead, ('F', 'F'), format!("Đã báo kỳ {told}"));
        let asked = asked.map(|indicator| {
            let before = self.earlier.and_then(|earlier| earlier.told(task, indicator.id)).unwrap_or_default();
            let question = format!("{} ({})", indicator.label, indicator.unit);
            let is_whole = self.plan.parts().any(|(_, whole)| whole.id == indicator.id);
            (indicator.key.clone(), question, label(Style::Aside, ('F', 'F'), before), is_whole)
        });
        rows.table(spot, field, [None, Some(told)], asked);
    }

    /// The lists and tables of a sheet, each under its title.
    fn sections(&self, sheet: &str, last: char, rows: &mut Rows) {
        // A table of which the plan names no row asks nothing.
        let asks = |field: &Field| !matches!(field.shape, Shape::Table(ids, _) if self.plan.known(*ids).is_empty());
        let fields = in_order(Report::RECORD).into_iter().filter(|field| field.ask.sheet == sheet && asks(field));
        for (index, field) in fields.enumerate() {
            rows.blank();
            rows.words(Style::Section, ('B', last), format!("{}. {}", index + 1, field.ask.words));
            let spot = Spot::report().field(field);
            let at = ('B', 'B');
            let Shape::Table(ids, _) = field.shape else {
                rows.list(&spot, field, "TT", at, field.ask.items);
                continue;
            };
            let named = self.plan.known(*ids).into_iter().enumerate().map(|(index, (id, name))| {
                (id.to_owned(), name.to_owned(), label(Style::Aside, at, (index + 1).to_string()), false)
            });
            rows.table(&spot, field, [Some(label(Style::ColumnHead, at, "TT")), None], named);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_goes_by_every_key_that_its_field_had() {
        let contact = Field::new("contact", "", false, &Shape::Words).renamed_from(&["person"]);
        let phone = Field::new("phone_number", "", false, &Shape::Words).renamed_from(&["phone"]);
        let spot = Spot::report().field(&contact).field(&phone);
        assert_eq!(spot.path, ["contact", "phone_number"]);
        assert_eq!(spot.keys, ["contact.phone_number", "contact.phone", "person.phone_number", "person.phone"]);
        assert_eq!(spot.id("1").heads(&phone)[1], "#contact.phone.1");
    }
}
