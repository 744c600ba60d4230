//! A report to fill in, as YAML with the questions as comments: what `plan new` writes. Text, since no library writes
//! comments; a test reads every scaffold back. Pure.

use chrono::NaiveDate;

use crate::model::{Agency, Earlier, Indicator, Part, Plan, Report, Round, Task, TaskStatus};
use crate::record::{Field, Ids, Names, Record, Shape, Way};
use crate::vietnamese::{date, listed, lower_first, one_line, wrapped};

/// Longer lines of comments are broken.
const WIDTH: usize = 110;

/// A report of one agency for a round. `earlier` is what was reported in the round before, which stands beside the
/// fields; `schema` leads from the report's folder to the JSON Schema.
pub(crate) fn report(
    plan: &Plan,
    round: &Round,
    agency: &Agency,
    earlier: Option<&Earlier<'_>>,
    schema: &str,
) -> String {
    let mut scaffold = Scaffold::begin(plan, agency, schema, &format!("kỳ {}: {}", round.short_name, round.name));
    let both = plan.told_with(agency.id, round).map(|of| {
        format!(", gồm cả số của {of}; số của riêng cơ quan này thì ghi {{value: số, itself_alone: true}}")
    });
    scaffold.comment(
        "",
        &format!(
            "Gửi {} {}. Số liệu lũy kế từ ngày {} đến ngày {}{}.",
            plan.wording.issuer_name,
            round.agencies.in_full(&plan.holidays),
            date(round.data_from),
            date(round.data_to),
            both.unwrap_or_default()
        ),
    );
    let statuses = TaskStatus::ALL.iter().map(|status| format!("{} ({})", status.id(), status.label()));
    scaffold.comment("", &format!("Trạng thái (status): {}.", statuses.collect::<Vec<_>>().join(", ")));
    scaffold.comment(
        "",
        "Số liệu: viết liền các chữ số, tiền tính bằng đồng; không có thì ghi nothing-arose, not-applicable hoặc {reason: \"lý do\"}; số 0 \
         khác với không phát sinh. Nhiệm vụ phối hợp không có kết quả thì xóa cả mục.",
    );
    for field in Report::RECORD.fields {
        match field.shape {
            Shape::Table(Ids::Tasks, Shape::Record(account)) => scaffold.tasks(field, account, round, earlier),
            _ => scaffold.must(field, &round.key),
        }
    }
    scaffold.closing()
}

/// An ad hoc report of a day.
pub(crate) fn ad_hoc(plan: &Plan, agency: &Agency, day: NaiveDate, schema: &str) -> String {
    let mut scaffold = Scaffold::begin(plan, agency, schema, "báo cáo đột xuất");
    for field in Report::RECORD.fields {
        match (field.ask.way, field.shape) {
            (Way::AdHoc, Shape::Date) => scaffold.out += &format!("{}: {day}\n", field.key),
            (Way::AdHoc, _) => scaffold.line("", field),
            _ => scaffold.must(field, &plan.ad_hoc.id),
        }
    }
    scaffold.closing()
}

struct Scaffold<'p> {
    plan: &'p Plan,
    agency: &'p Agency,
    out: String,
}

impl<'p> Scaffold<'p> {
    fn begin(plan: &'p Plan, agency: &'p Agency, schema: &str, what: &str) -> Self {
        let out = format!("# yaml-language-server: $schema={schema}\n");
        let mut scaffold = Self { plan, agency, out };
        scaffold.comment("", &format!("{} – {what} (Kế hoạch năm {})", agency.name, plan.year));
        scaffold
            .comment("", "Điền sau dấu hai chấm; ngày viết năm-tháng-ngày, ví dụ 2026-11-20. Kiểm tra: plan check");
        scaffold
    }

    /// A field that every report has.
    fn must(&mut self, field: &Field, round: &str) {
        match (field.ask.way, field.shape) {
            (Way::Told, Shape::Id(Ids::Agencies)) => self.out += &format!("{}: {}\n", field.key, self.agency.key),
            (Way::Told, _) => self.out += &format!("{}: {round}\n", field.key),
            _ if field.begun => self.line("", field),
            _ => {}
        }
    }

    /// A field to fill in, with those that a record within must have.
    fn line(&mut self, indent: &str, field: &Field) {
        let Shape::Record(record) = field.shape else {
            let hint = self.hint(field);
            let hint = if hint.is_empty() { hint } else { format!("  # {hint}") };
            self.out += &format!("{indent}{}:{hint}\n", field.key);
            return;
        };
        self.out += &format!("{indent}{}:\n", field.key);
        record.fields.iter().filter(|field| field.begun).for_each(|field| self.line(&format!("{indent}  "), field));
    }

    fn hint(&self, field: &Field) -> String {
        let code = self.agency.document_code.as_deref().unwrap_or("…");
        let hint = field.ask.hint.map_or_else(|| lower_first(&field.description()), str::to_owned);
        hint.replace("{code}", code).replace("{issuer}", &self.plan.wording.issuer_name)
    }

    fn tasks(&mut self, field: &Field, account: &Record, round: &Round, earlier: Option<&Earlier<'_>>) {
        let more = account.fields.iter().filter(|field| !is_written_out(field));
        let more = more.map(|field| match field.shape {
            Shape::List(Shape::Record(item)) => {
                let keys: Vec<&str> = item.fields.iter().map(|field| field.key).collect();
                format!("{} ({}: {})", field.key, self.hint(field), keys.join(", "))
            }
            _ => format!("{} ({})", field.key, self.hint(field)),
        });
        let more: Vec<String> = more.collect();
        self.comment("", &format!("Từng nhiệm vụ còn có thể ghi thêm: {}.", more.join(", ")));
        self.out += &format!("{}:\n", field.key);
        let tasks = self.plan.asked_tasks(round, self.agency.id);
        // What is open to anybody concerned is for those that the plan names nowhere.
        let open = tasks.iter().all(|(_, part)| *part == Part::Open);
        if tasks.is_empty() {
            let is_named = self.plan.tasks.iter().any(|task| self.plan.takes_part(task, self.agency.id));
            let why = if is_named {
                "Kỳ này không có nhiệm vụ nào nêu tên cơ quan"
            } else {
                "Kế hoạch không nêu tên cơ quan trong nhiệm vụ nào"
            };
            self.comment("  ", &format!("{why}: ghi mã nhiệm vụ đã tham gia như trong Kế hoạch, và kết quả."));
        }
        for (heading, part) in [("CHỦ TRÌ", Part::Leads), ("PHỐI HỢP", Part::Beside), ("CÓ LIÊN QUAN", Part::Open)]
        {
            let of_kind = tasks.iter().filter(|(_, of)| *of == part && (part != Part::Open || open));
            for (index, (task, _)) in of_kind.enumerate() {
                if index == 0 {
                    self.out += &format!("\n  # {heading}\n");
                }
                self.task(account, task, earlier);
            }
        }
    }

    fn task(&mut self, account: &Record, task: &Task, earlier: Option<&Earlier<'_>>) {
        self.out.push('\n');
        for (index, paragraph) in task.content.iter().enumerate() {
            let number = if index == 0 { format!("{}. ", task.key) } else { String::new() };
            self.comment("  ", &format!("{number}{paragraph}"));
        }
        self.out += &format!("  {}:\n", task.key);
        let typed: Vec<&Indicator> = self.plan.typed_indicators(task.id, self.agency.id).collect();
        for field in account.fields.iter().filter(|field| is_written_out(field)) {
            if !matches!(field.shape, Shape::Table(..)) {
                self.line("    ", field);
                continue;
            }
            if !typed.is_empty() {
                self.out += &format!("    {}:\n", field.key);
            }
            for indicator in &typed {
                let before = earlier.and_then(|earlier| {
                    Some(format!("; kỳ {}: {}", earlier.round.short_name, earlier.told(task.id, indicator.id)?))
                });
                self.out += &format!(
                    "      {}:  # {} ({}){}\n",
                    indicator.key,
                    one_line(&indicator.label),
                    one_line(&indicator.unit),
                    before.unwrap_or_default()
                );
            }
        }
    }

    /// What a report may also tell; to be uncommented, since an empty item would be a mistake.
    fn closing(mut self) -> String {
        self.out += "\n# Các mục dưới đây nếu có thì bỏ dấu # đầu dòng và điền.\n";
        for field in Report::RECORD.fields {
            // Tasks, and what is begun, stand above; a table of which the plan names no row asks nothing.
            let is_told = matches!(field.shape, Shape::Table(ids, _) if *ids == Ids::Tasks || self.plan.known(*ids).is_empty());
            if field.is_asked() && !field.begun && !is_told {
                self.offer("", field, &self.hint(field));
            }
        }
        self.out
    }

    /// A field with an example of what it holds.
    fn offer(&mut self, indent: &str, field: &Field, hint: &str) {
        let key = field.key;
        match field.shape {
            Shape::Record(record) => {
                self.out += &format!("# {indent}{key}:\n");
                let heads = field.ask.heads.iter().map(|(_, head)| Some(*head)).chain(std::iter::repeat(None));
                for (field, head) in record.fields.iter().zip(heads) {
                    let hint = head.map_or_else(|| self.hint(field), lower_first);
                    self.offer(&format!("{indent}  "), field, &hint);
                }
            }
            list if let Some(item) = list.of_items() => {
                let known = item.fields.iter().filter_map(|field| match field.shape {
                    Shape::Id(ids) => self.known(*ids, field.key),
                    _ => None,
                });
                let known: String = known.collect();
                self.out += &format!("# {indent}{key}:  # {hint}{known}\n");
                let start = self.out.len();
                item.fields.iter().for_each(|field| self.offer(&format!("{indent}    "), field, &self.hint(field)));
                // The first line of an item begins with a dash.
                let dash = start + "# ".len() + indent.len() + "  ".len();
                self.out.replace_range(dash..=dash, "-");
            }
            Shape::List(_) => {
                let item =
                    field.ask.heads.first().map_or("…", |(_, head)| head.split(" (").next().unwrap_or(head));
                self.out += &format!("# {indent}{key}:  # {hint}\n# {indent}  - {}\n", lower_first(item));
            }
            Shape::Table(ids, _) => {
                let known = self.known(*ids, "mã").unwrap_or_default();
                let named = field.ask.heads.first().map_or_else(String::new, |(_, head)| lower_first(head));
                self.out += &format!("# {indent}{key}:  # {hint}{known}\n# {indent}  mã {named}: 0\n");
            }
            _ => self.out += &format!("# {indent}{key}: {hint}\n"),
        }
    }

    /// The ids of a short list.
    fn known(&self, ids: Ids, what: &str) -> Option<String> {
        let short = matches!(ids, Ids::FundingSources | Ids::ComplaintFields | Ids::Recipients | Ids::Themes);
        let known = self.plan.known(ids).into_iter().map(|(id, name)| format!("{id} ({})", one_line(name)));
        listed(known.filter(|_| short), ", ").map(|known| format!("; {what} là một trong: {known}"))
    }

    /// Comment lines of at most [`WIDTH`] characters.
    fn comment(&mut self, indent: &str, text: &str) {
        for line in wrapped(text, WIDTH - 1) {
            self.out += &format!("{indent}# {line}\n");
        }
    }
}

/// Whether a field of a task has a line of its own; the others are named once for all tasks.
fn is_written_out(field: &Field) -> bool {
    field.required || field.ask.hint.is_some() || matches!(field.shape, Shape::Table(..))
}
