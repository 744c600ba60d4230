//! A filled form → the report it tells, with the cell behind each part. Rows are found by their keys
//! and columns by their letters, so that rows and columns that were moved or inserted are still read;
//! what stands where nothing is read is refused, so that nothing is lost.

use std::collections::BTreeMap;

use super::read::{Place, Problem, SheetCells, Value, Workbook};
use super::{Content, Form, List, Places, Row, Sheet, Style, values};
use crate::written as w;

/// What a form tells.
#[derive(Debug)]
pub(crate) struct Filled {
    /// `received` and `corrections` are for the receiver to say.
    pub(crate) report: w::Report,
    pub(crate) places: Places,
    /// What could not be read; a report with any is not to be taken.
    pub(crate) problems: Vec<Problem>,
}

/// Reads the fields of `form` in a workbook. `number` is the paper's number where the receiver gives it.
pub(crate) fn fill(form: &Form, book: &Workbook, number: Option<&str>) -> Filled {
    let mut reader = Reader {
        form,
        book,
        fields: BTreeMap::new(),
        lists: BTreeMap::new(),
        places: Places::default(),
        problems: Vec::new(),
        item_at: None,
    };
    for sheet in &form.sheets {
        let found: Vec<&SheetCells> = book.sheets.iter().filter(|cells| cells.id == sheet.id).collect();
        match found[..] {
            [cells] => reader.sheet(sheet, cells),
            [] => {
                reader.problem(None, format!("thiếu trang “{}”", sheet.name), "gửi lại đủ các trang của biểu mẫu")
            }
            [..] => {
                reader.problem(None, format!("có hai bản của trang “{}”", sheet.name), "xóa bản thừa rồi gửi lại");
            }
        }
    }
    let untouched = reader.problems.is_empty() && reader.fields.is_empty() && reader.lists.is_empty();
    let report = reader.report(number);
    if untouched {
        // Whatever else it lacks follows from that.
        reader.problems.clear();
        reader.problem(None, "biểu mẫu chưa điền".to_owned(), "điền các ô nền vàng rồi gửi lại");
    }
    Filled { report, places: reader.places, problems: reader.problems }
}

/// What stands in a field.
struct Field<'b> {
    value: &'b Value,
    place: Place,
}

/// The fields of an item of a list, by column.
type Item<'b> = BTreeMap<char, Field<'b>>;

struct Reader<'b> {
    form: &'b Form,
    book: &'b Workbook,
    /// By row key and column; those left empty are absent.
    fields: BTreeMap<(String, char), Field<'b>>,
    lists: BTreeMap<String, Vec<Item<'b>>>,
    places: Places,
    problems: Vec<Problem>,
    /// Where the item of a list that is being read begins.
    item_at: Option<Place>,
}

impl<'b> Reader<'b> {
    fn problem(&mut self, place: Option<Place>, message: String, remedy: &str) {
        self.problems.push(Problem { place, message, remedy: remedy.to_owned() });
    }

    fn sheet(&mut self, sheet: &'b Sheet, cells: &'b SheetCells) {
        for (row, column) in &cells.formulas {
            self.problem(
                Some(cells.place(*row, *column)),
                "ô này là công thức, không phải giá trị đã nhập".to_owned(),
                "chép ô rồi dán lại bằng Dán đặc biệt – Giá trị (Paste Special – Values)",
            );
        }
        if !cells.formulas.is_empty() {
            return;
        }
        // The column that each letter of the layout is in now.
        let letters: BTreeMap<u32, char> = cells
            .cells
            .range((cells.key_row, 0)..=(cells.key_row, u32::MAX))
            .filter_map(|((_, column), value)| match value {
                Value::Text(text) if text.chars().count() == 1 => Some((*column, text.chars().next()?)),
                _ => None,
            })
            .collect();
        if letters.values().collect::<std::collections::BTreeSet<_>>().len() != sheet.widths.len() {
            let message = format!("trang “{}” thiếu hoặc thừa cột của biểu mẫu", cells.name);
            self.problem(None, message, "chép nội dung vào đúng trang của biểu mẫu đã phát");
            return;
        }
        let mut rows: BTreeMap<u32, Vec<(u32, &'b Value)>> = BTreeMap::new();
        for ((row, column), value) in &cells.cells {
            if *row != cells.key_row {
                rows.entry(*row).or_default().push((*column, value));
            }
        }
        let mut list: Option<&'b Row> = None;
        for (row, written) in rows {
            let key = cells.text(row, cells.key_column);
            let known = key.and_then(|key| sheet.rows.iter().find(|known| known.key == key));
            if key.is_some() {
                list = known.filter(|template| template.list.is_some());
            }
            // A row that somebody inserted after an item of a list is another item.
            match (key, known.or(list)) {
                (_, Some(template)) => self.row(template, row, &written, &letters, cells, sheet),
                (None, None) => {
                    for (column, _) in written {
                        self.problem(
                            Some(cells.place(row, column)),
                            "dòng này không thuộc biểu mẫu nên không được đọc".to_owned(),
                            "chuyển nội dung vào ô nền vàng; dòng chèn thêm chỉ dùng được ngay dưới các mục có đánh số",
                        );
                    }
                }
                // Titles differ with the plan and with what was reported before.
                (Some(key), None) if key.starts_with('#') => {}
                (Some(_), None) => self.problem(
                    Some(cells.place(row, cells.key_column + 1)),
                    "dòng này không còn trong Kế hoạch".to_owned(),
                    "phát lại biểu mẫu (plan form export) và điền vào biểu mẫu mới",
                ),
            }
        }
    }

    fn row(
        &mut self,
        template: &'b Row,
        row: u32,
        written: &[(u32, &'b Value)],
        letters: &BTreeMap<u32, char>,
        cells: &SheetCells,
        sheet: &Sheet,
    ) {
        let keyed = cells.text(row, cells.key_column).is_some();
        let mut item = Item::new();
        for (column, value) in written.iter().filter(|(column, _)| *column != cells.key_column) {
            let place = cells.place(row, *column);
            let letter = letters.get(column).copied();
            let within = |letter: char| {
                template.cells.iter().find(|cell| (cell.columns.0..=cell.columns.1).contains(&letter))
            };
            let cell = letter.and_then(within);
            match cell.map(|cell| (cell, &cell.content)) {
                Some((_, Content::Input(_))) => {
                    let letter = letter.unwrap_or_default();
                    item.insert(letter, Field { value, place });
                }
                Some((cell, Content::Label(Style::Question | Style::ColumnHead, _))) if keyed => {
                    let asked = self.book.questions.get(&(template.key.clone(), cell.columns.0));
                    let same = |words: &str| matches!(value, Value::Text(text) if folded(text) == folded(words));
                    if letter != Some(cell.columns.0) || !asked.is_some_and(|words| same(words)) {
                        self.problem(
                            Some(place),
                            "lời của biểu mẫu ở ô này đã bị đổi, không chắc dòng hoặc cột còn đúng chỗ".to_owned(),
                            "chép nội dung vào biểu mẫu đã phát",
                        );
                    }
                }
                Some((_, Content::Label(..))) => {}
                None => {
                    let remedy = format!("chuyển nội dung vào ô nền vàng của trang “{}”, hoặc xóa", sheet.name);
                    self.problem(Some(place), "ô này nằm ngoài các ô điền nên không được đọc".to_owned(), &remedy);
                }
            }
        }
        if item.is_empty() {
            return;
        }
        if let Some(list) = &template.list {
            self.lists.entry(list.clone()).or_default().push(item);
            return;
        }
        for (letter, field) in item {
            let key = (template.key.clone(), letter);
            if let Some(other) = self.fields.get(&key) {
                let message = format!("hai dòng cùng điền một mục: {} và ô này", other.place);
                self.problem(Some(field.place), message, "giữ một dòng, xóa dòng kia");
            } else {
                self.fields.insert(key, field);
            }
        }
    }

    fn take(&mut self, key: &str, column: char) -> Option<Field<'b>> {
        self.fields.remove(&(key.to_owned(), column))
    }

    /// What a reader of values says of a field, with its place in the report.
    fn read<T>(
        &mut self,
        field: Option<Field<'b>>,
        path: &[&str],
        read: impl FnOnce(&Value) -> Result<T, values::Wrong>,
    ) -> Option<T> {
        let field = field?;
        match read(field.value) {
            Ok(value) => {
                self.places.insert(path, field.place);
                Some(value)
            }
            Err((message, remedy)) => {
                self.problem(Some(field.place), message, remedy);
                None
            }
        }
    }

    fn words(&mut self, field: Option<Field<'b>>, path: &[&str]) -> Option<w::Words> {
        self.read(field, path, values::text).map(w::Words)
    }

    fn date(&mut self, field: Option<Field<'b>>, path: &[&str]) -> Option<w::Date> {
        let from_1904 = self.book.from_1904;
        self.read(field, path, |value| values::date(value, from_1904)).map(|date| w::Date(date.to_string()))
    }

    fn whole(&mut self, field: Option<Field<'b>>, path: &[&str]) -> Option<w::Whole> {
        self.read(field, path, values::whole).map(w::Whole)
    }

    fn choice(&mut self, field: Option<Field<'b>>, path: &[&str], list: List) -> Option<String> {
        let options = self.form.options(list);
        self.read(field, path, |value| values::choice(value, options))
    }

    fn report(&mut self, number: Option<&str>) -> w::Report {
        let mark = &self.form.mark;
        let mut report = w::Report {
            illustrative: false,
            agency: w::Agency(mark.agency.clone()),
            round: mark.round.clone(),
            date: None,
            subject: None,
            document: self.document(number),
            signer: self.signer(),
            contact: self.contact(),
            received: w::Date(String::new()),
            corrections: Vec::new(),
            tasks: BTreeMap::new(),
            funding: BTreeMap::new(),
            difficulties: Vec::new(),
            recommendations: Vec::new(),
            next_steps: Vec::new(),
            complaints_by_field: BTreeMap::new(),
            violators: Vec::new(),
            warnings: Vec::new(),
            accepted: Vec::new(),
        };
        for task in &self.form.tasks {
            if let Some(entry) = self.entry(task) {
                report.tasks.insert(task.key.clone(), entry);
            }
        }
        report.funding = self.amounts("funding", &self.form.funding);
        report.complaints_by_field = self.amounts("complaints_by_field", &self.form.complaint_fields);
        report.difficulties = self.items("difficulties", |reader, mut item, path| {
            let text = reader.required(&mut item, 'C', &path("text"), "khó khăn, vướng mắc");
            let cause = reader.words(item.remove(&'D'), &strs(&path("cause")));
            let task = reader.task(item.remove(&'E'), &path("task"));
            Some(w::Difficulty { text: text?, cause, task })
        });
        report.recommendations = self.items("recommendations", |reader, mut item, path| {
            let text = reader.required(&mut item, 'C', &path("text"), "nội dung kiến nghị");
            let to = reader.choice(item.remove(&'D'), &strs(&path("to")), List::Addressee);
            let task = reader.task(item.remove(&'E'), &path("task"));
            Some(w::Recommendation { to, text: text?, task })
        });
        report.next_steps = self
            .items("next_steps", |reader, mut item, path| reader.words(item.remove(&'C'), &strs(&path("")[..2])));
        report.violators = self.items("violators", |reader, mut item, path| {
            let name = reader.required(&mut item, 'C', &path("name"), "tên tổ chức, cá nhân");
            let address = reader.words(item.remove(&'D'), &strs(&path("address")));
            let violation = reader.required(&mut item, 'E', &path("violation"), "hành vi vi phạm");
            let decision = reader.decision(item.remove(&'F'), item.remove(&'G'), &path("decision"));
            let fine = reader.whole(item.remove(&'H'), &strs(&path("fine")));
            let published = reader.date(item.remove(&'I'), &strs(&path("published")));
            let published_on = reader.words(item.remove(&'J'), &strs(&path("published_on")));
            Some(w::Violator {
                name: name?,
                address,
                violation: violation?,
                decision,
                fine,
                published,
                published_on,
            })
        });
        report.warnings = self.items("warnings", |reader, mut item, path| {
            let subject = reader.required(&mut item, 'C', &path("subject"), "cảnh báo về việc gì");
            let content = reader.words(item.remove(&'D'), &strs(&path("content")));
            let channel = reader.words(item.remove(&'E'), &strs(&path("channel")));
            let issued = reader.date(item.remove(&'F'), &strs(&path("issued")));
            Some(w::Warning { subject: subject?, content, issued, channel })
        });
        report
    }

    fn document(&mut self, number: Option<&str>) -> w::Paper {
        let written = self.take("document.number", 'C');
        let numbered = number.is_some() || written.is_some();
        let written = self.words(written, &["document", "number"]);
        let number = number.map(|number| w::Words(number.to_owned())).or(written);
        let date = self.take("document.date", 'C');
        let dated = date.is_some();
        let date = self.date(date, &["document", "date"]);
        if !numbered {
            let place = self.place_of("document.number", 'C');
            self.problem(
                place,
                "chưa ghi số, ký hiệu văn bản".to_owned(),
                "điền ô này, hoặc thêm --number khi nhận biểu mẫu",
            );
        }
        if !dated {
            let place = self.place_of("document.date", 'C');
            self.problem(place, "chưa ghi ngày văn bản".to_owned(), "điền ngày/tháng/năm vào ô này");
        }
        w::Paper {
            number: number.unwrap_or_else(|| w::Words(String::new())),
            date: date.unwrap_or_else(|| w::Date(String::new())),
        }
    }

    fn signer(&mut self) -> Option<w::Signer> {
        let (post, name) = (self.take("signer.post", 'C'), self.take("signer.name", 'C'));
        let alone = post.is_none() && name.is_some();
        let post = self.words(post, &["signer", "post"]);
        let name = self.words(name, &["signer", "name"]);
        if alone {
            let place = self.place_of("signer.post", 'C');
            self.problem(place, "có người ký nhưng chưa ghi chức vụ".to_owned(), "điền chức vụ người ký");
        }
        post.map(|post| w::Signer { post, name })
    }

    fn contact(&mut self) -> Option<w::Contact> {
        let [unit, name, phone, email] = ["unit", "name", "phone", "email"].map(|field| {
            let written = self.take(&format!("contact.{field}"), 'C');
            self.words(written, &["contact", field])
        });
        let told = [&unit, &name, &phone, &email].into_iter().any(Option::is_some);
        told.then_some(w::Contact { unit, name, phone, email })
    }

    fn entry(&mut self, task: &super::FormTask) -> Option<w::Entry> {
        let id = task.key.as_str();
        let key = format!("tasks.{id}");
        let before = self.problems.len();
        let path = |field: &'static str| ["tasks", id, field];
        let status = self.take(&format!("{key}.status"), 'G');
        let chosen = status.is_some();
        let status = self.choice(status, &path("status"), List::Status);
        let results = self.take(&format!("{key}.results"), 'G');
        let results = self.words(results, &path("results"));
        let reason = self.take(&format!("{key}.reason"), 'G');
        let reason = self.words(reason, &path("reason"));
        let completed = self.take(&format!("{key}.completed"), 'G');
        let completed = self.date(completed, &path("completed"));
        let mut figures = BTreeMap::new();
        for indicator in &task.indicators {
            if let Some(figure) =
                self.figure(&format!("{key}.figures.{indicator}"), &["tasks", id, "figures", indicator])
            {
                figures.insert(indicator.clone(), Some(figure));
            }
        }
        let evidence = self.lists.remove(&format!("{key}.evidence")).unwrap_or_default();
        let evidence: Vec<w::Evidence> = evidence
            .into_iter()
            .enumerate()
            .filter_map(|(at, item)| self.evidence(item, &["tasks", id, "evidence", &at.to_string()]))
            .collect();
        let told = results.is_some()
            || reason.is_some()
            || completed.is_some()
            || !figures.is_empty()
            || !evidence.is_empty();
        let unread = self.problems.len() > before;
        if !chosen && (told || unread) {
            let place = self.place_of(&format!("{key}.status"), 'G');
            self.problem(
                place,
                format!("nhiệm vụ {id} có nội dung nhưng chưa chọn trạng thái"),
                "chọn trạng thái trong danh sách",
            );
        }
        if let Some(place) = self.place_of(&format!("{key}.status"), 'G') {
            self.places.insert(&["tasks", id], place);
        }
        let status = status_of(&status?)?;
        Some(w::Entry { status, completed, results, reason, figures, evidence })
    }

    fn figure(&mut self, key: &str, path: &[&str]) -> Option<w::Figure> {
        let (value, answer, reason) = (self.take(key, 'D'), self.take(key, 'E'), self.take(key, 'G'));
        let filled = [&value, &answer, &reason].into_iter().flatten().count();
        if filled > 1 {
            let place = value.or(answer).or(reason).map(|field| field.place);
            self.problem(
                place,
                "một chỉ tiêu chỉ có một câu trả lời: số liệu, hoặc không có số, hoặc lý do chưa có số".to_owned(),
                "giữ một ô, xóa các ô kia; nếu cần giải thích số liệu thì viết vào ô kết quả thực hiện",
            );
            return None;
        }
        if let Some(reason) = reason {
            let reason = self.words(Some(reason), path)?;
            return Some(w::Figure::Unanswered(w::Unanswered { reason }));
        }
        let options = self.form.options(List::NoFigure);
        let of_words = |value: &Value| values::choice(value, options).ok().and_then(|id| answer_of(&id));
        if let Some(answer) = answer {
            let id = self.choice(Some(answer), path, List::NoFigure)?;
            return answer_of(&id).map(w::Figure::Answer);
        }
        // The words are as good in the field of the number: they can mean nothing else.
        if let Some(answer) = value.as_ref().and_then(|field| of_words(field.value)) {
            self.places.insert(path, value?.place);
            return Some(w::Figure::Answer(answer));
        }
        self.whole(value, path).map(w::Figure::Value)
    }

    fn evidence(&mut self, mut item: Item<'b>, path: &[&str]) -> Option<w::Evidence> {
        let at = item.values().next().map(|field| field.place.clone());
        let named = item.contains_key(&'G');
        let date = self.date(item.remove(&'F'), &[path, &["date"]].concat());
        let text = self.words(item.remove(&'G'), path);
        if !named {
            self.problem(
                at,
                "có ngày nhưng chưa ghi tên, số ký hiệu văn bản".to_owned(),
                "điền tên văn bản hoặc xóa ngày",
            );
        }
        let text = text?;
        let link = text.0.starts_with("http://") || text.0.starts_with("https://");
        let (document, link) = if link { (None, Some(text)) } else { (Some(text), None) };
        Some(w::Evidence { document, date, link })
    }

    fn decision(
        &mut self,
        number: Option<Field<'b>>,
        date: Option<Field<'b>>,
        path: &[String],
    ) -> Option<w::Paper> {
        let at = number.as_ref().or(date.as_ref()).map(|field| field.place.clone());
        let both = number.is_some() == date.is_some();
        let path = strs(path);
        let number = self.words(number, &[&path[..], &["number"]].concat());
        let date = self.date(date, &[&path[..], &["date"]].concat());
        if !both {
            self.problem(
                at,
                "quyết định xử phạt cần cả số và ngày".to_owned(),
                "điền đủ hai ô, hoặc để trống cả hai",
            );
        }
        Some(w::Paper { number: number?, date: date? })
    }

    fn task(&mut self, field: Option<Field<'b>>, path: &[String]) -> Option<w::Task> {
        self.choice(field, &strs(path), List::Task).map(w::Task)
    }

    /// Words without which an item says nothing.
    fn required(&mut self, item: &mut Item<'b>, column: char, path: &[String], what: &str) -> Option<w::Words> {
        let field = item.remove(&column);
        if field.is_none() {
            let place = self.item_at.clone();
            self.problem(place, format!("dòng này chưa ghi {what}"), "điền ô đó, hoặc xóa cả dòng");
        }
        self.words(field, &strs(path))
    }

    /// The items of a list that can be read; `read` gets the path of a field by its name.
    fn items<T>(
        &mut self,
        list: &str,
        mut read: impl FnMut(&mut Self, Item<'b>, &dyn Fn(&str) -> Vec<String>) -> Option<T>,
    ) -> Vec<T> {
        let items = self.lists.remove(list).unwrap_or_default();
        let mut read_items = Vec::new();
        for item in items {
            self.item_at = item.values().next().map(|field| field.place.clone());
            let at = read_items.len().to_string();
            let path = |field: &str| vec![list.to_owned(), at.clone(), field.to_owned()];
            read_items.extend(read(self, item, &path));
        }
        read_items
    }

    fn amounts(&mut self, key: &str, ids: &[String]) -> BTreeMap<String, w::Whole> {
        let mut amounts = BTreeMap::new();
        for id in ids {
            let field = self.take(&format!("{key}.{id}"), 'D');
            amounts.extend(self.whole(field, &[key, id]).map(|amount| (id.clone(), amount)));
        }
        amounts
    }

    /// Where the field of a row is, filled in or not.
    fn place_of(&self, key: &str, letter: char) -> Option<Place> {
        self.book.sheets.iter().find_map(|cells| {
            let mut keys = cells.cells.iter().filter(|((_, column), _)| *column == cells.key_column);
            let ((row, _), _) = keys.find(|(_, value)| matches!(value, Value::Text(text) if text == key))?;
            let mut heads = cells.cells.range((cells.key_row, 0)..=(cells.key_row, u32::MAX));
            let ((_, column), _) =
                heads.find(|(_, value)| matches!(value, Value::Text(text) if text.chars().eq([letter])))?;
            Some(cells.place(*row, *column))
        })
    }
}

fn strs(path: &[String]) -> Vec<&str> {
    path.iter().map(String::as_str).collect()
}

/// Words as they are compared: a spreadsheet may have moved blanks and line ends.
fn folded(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn status_of(id: &str) -> Option<w::Status> {
    [
        w::Status::NotStarted,
        w::Status::InProgress,
        w::Status::Done,
        w::Status::NothingArose,
        w::Status::NotApplicable,
    ]
    .into_iter()
    .zip(crate::model::TaskStatus::ALL)
    .find_map(|(status, known)| (known.id() == id).then_some(status))
}

fn answer_of(id: &str) -> Option<w::Answer> {
    match id {
        "nothing-arose" => Some(w::Answer::NothingArose),
        "not-applicable" => Some(w::Answer::NotApplicable),
        _ => None,
    }
}
