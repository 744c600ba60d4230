//! Papers and their dates: numbers, codes, days that cannot be.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, NaiveDate};

use super::Check;
use super::deadlines::is_year_mistyped;
use super::scope::{All, One, Scope};
use crate::diagnostic::{Diagnostic, Rule, Sink};
use crate::model::{ActKind, Correction, Plan, Report, RoundId};
use crate::source::Span;
use crate::vietnamese::{date, fold, paper_number};

pub(super) const CHECKS: &[Check] = &[
    Check::warning(
        "report-without-number",
        "Báo cáo chưa có số, ký hiệu văn bản",
        Scope::All(without_number),
        "\
Biểu mẫu số liệu có khi đến trước văn bản. Số liệu được tính ngay; văn bản đến thì ghi số, ngày để tra lại được báo cáo. Điền số không tính là một
lần bổ sung.

Sai: văn bản đã đến mà báo cáo vẫn chưa ghi số
  document: {date: 2026-11-18}
Đúng: ghi vào báo cáo, hoặc ghi văn bản đã nhận vào sổ: plan receive so-y-te --on 2026-11-20 --number 1342/BC-SYT
  document: {number: 1342/BC-SYT, date: 2026-11-18}",
    ),
    Check::warning(
        "paper-number-form",
        "Số ký hiệu báo cáo không theo dạng 278/BC-SCT",
        Scope::Report(number_form),
        "\
Số ký hiệu báo cáo gồm số, dấu gạch chéo, BC, dấu gạch nối và ký hiệu cơ quan (Nghị định 30/2020/NĐ-CP). Ghi đúng thì sau này tra lại
được văn bản.

Sai:
  document: {number: BC 278, date: 2026-11-18}
Đúng:
  document: {number: 278/BC-SCT, date: 2026-11-18}",
    ),
    Check::warning(
        "paper-of-another-agency",
        "Ký hiệu văn bản là của cơ quan khác",
        Scope::Report(of_another_agency),
        "\
Phần cơ quan trong ký hiệu phải là của cơ quan báo cáo (document_code trong plan/agencies.yaml). Khác đi thường là nhập nhầm báo cáo của
cơ quan khác, hoặc danh mục ghi sai ký hiệu.

Sai: báo cáo của Sở Y tế ghi
  document: {number: 1342/BC-STC, date: 2026-11-17}
Đúng:
  document: {number: 1342/BC-SYT, date: 2026-11-17}",
    ),
    Check::warning(
        "paper-number-reused",
        "Một số văn bản dùng cho hai báo cáo trong năm",
        Scope::All(number_reused),
        "\
Trong một năm mỗi số ký hiệu chỉ cấp cho một văn bản. Trùng số thường do chép báo cáo kỳ trước rồi quên sửa.

Sai: báo cáo hai kỳ cùng ghi number: 57/BC-UBND
Đúng: mỗi báo cáo một số",
    ),
    Check::error(
        "paper-after-receipt",
        "Văn bản ghi ngày sau ngày nhận",
        Scope::Report(after_receipt),
        "\
Không thể nhận một văn bản trước ngày nó được ký. Một trong hai ngày ghi nhầm, và ngày nhận quyết định báo cáo đúng hạn hay muộn.

Sai:
  document: {number: 57/BC-UBND, date: 2026-06-10}
  received: 2026-06-09
Đúng:
  document: {number: 57/BC-UBND, date: 2026-06-08}
  received: 2026-06-09",
    ),
    Check::warning(
        "evidence-outside-data",
        "Tài liệu kiểm chứng có ngày ngoài thời gian lấy số liệu",
        Scope::Report(evidence_outside_data),
        "\
Số liệu của kỳ tính trong một khoảng ngày (data_from, data_to trong plan/rounds.yaml). Tài liệu ngoài khoảng đó không kiểm chứng được
cho số liệu của kỳ.

Sai: báo cáo năm 2026 dẫn kế hoạch ngày 2025-03-02
Đúng: dẫn văn bản ban hành trong thời gian lấy số liệu",
    ),
    Check::warning(
        "paper-without-data",
        "Văn bản đến sau chưa có số liệu",
        Scope::All(without_data),
        "\
Văn bản có số, ngày riêng đến sau báo cáo đang dùng là bản bổ sung hoặc thay thế: số liệu của văn bản đó phải được nhận, nếu không báo
cáo tổng hợp dùng số liệu cũ.

Sai: báo cáo đang dùng là văn bản 501/BC-UBND, sổ ghi đã nhận bản giấy 513/BC-UBND sau đó
Đúng: nhận biểu mẫu kèm văn bản 513/BC-UBND; số liệu không đổi thì ghi vào báo cáo
  corrections:
    - {date: 2026-11-27, document: {number: 513/BC-UBND}}",
    ),
    Check::notice(
        "received-on-day-off",
        "Ngày nhận là ngày nghỉ",
        Scope::All(received_on_day_off),
        "\
Văn thư không làm việc ngày nghỉ, nên ngày nhận rơi vào ngày nghỉ thường là ghi nhầm; nhận qua trục liên thông thì có thể đúng. Nhiều
báo cáo của một kỳ nhận cùng một ngày nghỉ thì nêu một lần, ở báo cáo đầu tiên.

Sai:
  received: 2026-06-07 (Chủ nhật)
Đúng:
  received: 2026-06-08",
    ),
];

/// What a paper without a name of its kind, which is a letter, cannot begin with (Nghị định 30/2020/NĐ-CP, Phụ lục III), and what
/// that is called where no report comes as one.
const KINDS: [(&str, Option<&str>); 21] = [
    ("BB", Some("biên bản")),
    ("BC", None),
    ("CĐ", Some("công điện")),
    ("CT", Some("chỉ thị")),
    ("CTr", Some("chương trình")),
    ("CV", None),
    ("DA", Some("dự án")),
    ("ĐA", Some("đề án")),
    ("GGT", Some("giấy giới thiệu")),
    ("GM", Some("giấy mời")),
    ("HD", Some("hướng dẫn")),
    ("HĐ", Some("hợp đồng")),
    ("KH", Some("kế hoạch")),
    ("NQ", Some("nghị quyết")),
    ("PA", Some("phương án")),
    ("QC", Some("quy chế")),
    ("QĐ", Some("quyết định")),
    ("QyĐ", Some("quy định")),
    ("TB", Some("thông báo")),
    ("TC", Some("thông cáo")),
    ("TTr", Some("tờ trình")),
];

/// What a paper is that is no report, by its number (`12/GM-STC`), but for a letter that begins with the `own` code of its agency.
pub(crate) fn other_kind(number: &str, own: Option<&str>) -> Option<&'static str> {
    let first = number.split_once('/')?.1.split('-').next()?.trim();
    let is_it = |kind: &str| fold(kind) == fold(first) && own.is_none_or(|own| fold(own) != fold(first));
    KINDS.iter().find(|(kind, _)| is_it(kind)).and_then(|(_, name)| *name)
}

/// The agency's part of a paper's number: `SCT-QLTM` of `278/BC-SCT-QLTM`, and of `278/SCT-QLTM`, as which a letter
/// goes out; `None` where it has another form. A letter begins with a code of an agency: `TTr` names a kind of paper (tờ
/// trình) unless it is the `own` one (Thanh tra).
pub(super) fn code<'n>(number: &'n str, own: Option<&str>) -> Option<&'n str> {
    let (count, code) = number.split_once('/')?;
    let digits = count.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let numeric = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let inserted = count.len() - digits.len() <= 1;
    let report = code.strip_prefix("BC-");
    let is_kind = |first: &str| KINDS.iter().any(|(kind, _)| *kind == first) && own != Some(first);
    let letter = code.split_once('-').filter(|(first, _)| !is_kind(first)).map(|_| code);
    let code = report.or(letter)?;
    let coded =
        code.split('-').all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '&'));
    (numeric && inserted && coded).then_some(code)
}

fn without_number(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    for (round, agency, report) in all.reports() {
        let is_unread = report.document.unread || report.document.as_ref().is_some_and(|paper| paper.number.unread);
        let came = |round: RoundId| all.register.all_standing(round, agency.id, ActKind::Paper);
        let is_registered = round.is_some_and(|round| came(round.id).any(|act| act.number.is_some()));
        if report.number().is_some() || is_unread || is_registered {
            continue;
        }
        let within = report.document.as_ref().and_then(|paper| paper.number.key);
        let span = within.or(report.document.key).unwrap_or(report.span);
        sink.push(
            Diagnostic::new(rule, span, "báo cáo chưa có số, ký hiệu văn bản")
                .hint("văn bản đến thì ghi document: {number: số, date: ngày}, hoặc plan receive … --number")
                .in_form(
                    "ghi số, ngày văn bản vào biểu mẫu; nơi nhận cũng ghi được: plan receive CƠ_QUAN --number",
                ),
        );
    }
}

fn number_form(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    let Some(number) = one.report.number() else { return };
    let own = one.agency.document_code.as_deref();
    if code(&paper_number(&number.value), own).is_none() {
        let message = format!("số ký hiệu “{}” không theo dạng 278/BC-SCT", number.value);
        let hint = meant(&number.value, own).map_or_else(
            || "ghi đủ số, BC và ký hiệu cơ quan như trên văn bản".to_owned(),
            |meant| format!("có phải “{meant}”?"),
        );
        sink.push(Diagnostic::new(rule, number.span, message).hint(hint));
    }
}

/// What a number in small letters, without its hyphens or with “Số” before it is meant for.
fn meant(number: &str, own: Option<&str>) -> Option<String> {
    let upper = paper_number(number).to_uppercase();
    let bare = upper.trim_start_matches("SỐ").trim_start_matches([':', ' ']);
    let meant = bare.replace([' ', '.', '_'], "-");
    code(&meant, own).is_some().then_some(meant)
}

fn of_another_agency(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    let Some(number) = one.report.number() else { return };
    let own = one.agency.document_code.as_deref();
    let plain = paper_number(&number.value);
    if let (Some(code), Some(own)) = (code(&plain, own), own)
        && !names(code, own)
    {
        let message = format!("ký hiệu {code} không phải của {} ({own})", one.agency.name);
        let hint = "xem lại có nhập nhầm báo cáo; nếu danh mục sai, sửa document_code trong plan/agencies.yaml";
        sink.push(Diagnostic::new(rule, number.span, message).hint(hint));
    }
}

/// Whether `own` is among the parts of a code, beside those of its units: `TCT-SCT`, `SCT-QLTM`. `SGD&ĐT` is `SGDĐT`.
pub(super) fn names(code: &str, own: &str) -> bool {
    let plain = |code: &str| format!("-{}-", code.replace('&', "").to_uppercase());
    plain(code).contains(&plain(own))
}

fn number_reused(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    let mut seen = HashMap::new();
    for (_, agency, report) in all.reports() {
        let day = report.document.as_ref().and_then(|paper| paper.date);
        let Some((number, day)) = report.number().zip(day) else { continue };
        let key = (agency.id, day.value.year(), paper_number(&number.value));
        let first = *seen.entry(key).or_insert(number.span);
        if first != number.span {
            let message = format!("số {} đã dùng cho báo cáo khác trong năm {}", number.value, day.value.year());
            sink.push(
                Diagnostic::new(rule, number.span, message)
                    .hint("ghi đúng số ký hiệu của từng văn bản")
                    .related(first, "đã dùng ở đây"),
            );
        }
    }
}

/// The number of the paper that the data in force came on, where a paper came later on a number that is none of theirs.
pub(crate) fn newest_before(number: Option<&str>, on: NaiveDate, report: &Report) -> Option<String> {
    let corrections = &report.corrections;
    let of_corrections = corrections.iter().filter_map(|sent| Some(&sent.document.as_ref()?.number.value));
    let of_report = report.number().map(|number| &number.value);
    let known: Vec<&String> = of_report.into_iter().chain(of_corrections).collect();
    let came =
        report.received.iter().chain(corrections.iter().map(|sent| &sent.date)).map(|day| day.value).max()?;
    let (own, newest) = (paper_number(number?), known.last()?);
    let is_known = known.iter().any(|other| paper_number(other) == own);
    (on > came && !is_known).then(|| (*newest).clone())
}

fn without_data(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    for (round, agency, report) in all.round_reports() {
        for act in all.register.papers(round.id, agency.id) {
            let (number, day) = (act.number.as_deref(), act.date.value);
            let Some(older) = newest_before(number, day, report) else { continue };
            let number = number.unwrap_or_default();
            let message = format!(
                "{}: văn bản {number} nhận ngày {} chưa có số liệu, đang dùng số liệu theo {older}",
                agency.name,
                date(day)
            );
            let hint = format!(
                "nhận biểu mẫu kèm văn bản đó; số liệu không đổi thì thêm vào corrections của báo cáo: - {{date: {day}, document: {{number: {number}}}}}"
            );
            sink.push(Diagnostic::new(rule, act.span, message).hint(hint));
        }
    }
}

fn after_receipt(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    let report = one.report;
    let own = report.document.as_ref().and_then(|paper| paper.date);
    let first = [(own, report.received), (*report.date, report.received)];
    let of_correction = |sent: &Correction| sent.document.as_ref().and_then(|paper| paper.date);
    let corrections = report.corrections.iter().map(|sent| (of_correction(sent), Some(sent.date)));
    for (day, received) in first.into_iter().chain(corrections).filter_map(|(day, came)| day.zip(came)) {
        if day.value > received.value {
            let message = format!("văn bản ngày {} nhưng nhận ngày {}", date(day.value), date(received.value));
            sink.push(
                Diagnostic::new(rule, day.span, message)
                    .hint("xem lại ngày trên văn bản và ngày nhận")
                    .related(received.span, "ngày nhận"),
            );
        }
    }
}

fn evidence_outside_data(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    let Some(round) = one.round else { return };
    let dates = one.report.tasks.iter().flat_map(|entry| &entry.evidence).filter_map(|item| item.date.as_ref());
    for day in dates.filter(|day| day.value < round.data_from || day.value > round.data_to) {
        let message = format!(
            "tài liệu ngày {} nằm ngoài thời gian lấy số liệu ({} – {})",
            date(day.value),
            date(round.data_from),
            date(round.data_to)
        );
        sink.push(Diagnostic::new(rule, day.span, message).hint("xem lại năm; dẫn tài liệu trong kỳ"));
    }
}

/// The reports of a round that came on one day off are one question; one that accepts the notice stands alone.
fn received_on_day_off(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    if is_year_mistyped(all.plan) {
        return;
    }
    let mut together: BTreeMap<(Option<&str>, NaiveDate), Vec<Span>> = BTreeMap::new();
    for (round, _, report) in all.reports() {
        let Some(received) = &report.received else { continue };
        if all.plan.holidays.is_working_day(received.value) {
            continue;
        }
        if report.accepted.iter().any(|accepted| accepted.rule.written.value == rule.name) {
            sink.push(on_day_off(rule, all.plan, received.value, &[received.span]));
        } else {
            let round = round.map(|round| round.key.as_str());
            together.entry((round, received.value)).or_default().push(received.span);
        }
    }
    for ((_, day), spans) in together {
        sink.push(on_day_off(rule, all.plan, day, &spans));
    }
}

fn on_day_off(rule: &'static Rule, plan: &Plan, day: NaiveDate, spans: &[Span]) -> Diagnostic {
    let of = if spans.len() > 1 { format!(" của {} báo cáo", spans.len()) } else { String::new() };
    let message = format!("ngày nhận {} ({}){of} là ngày nghỉ", date(day), plan.holidays.told(day));
    let found = Diagnostic::new(rule, spans[0], message).hint("xem lại ngày nhận");
    if let [_, second, ..] = spans { found.related(*second, "báo cáo khác nhận cùng ngày") } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_names_the_agency_and_may_name_its_unit() {
        for (number, own, whose) in [
            ("278/BC-SCT", "SCT", Some(true)),
            ("123/BC-SCT-QLTM", "SCT", Some(true)),
            ("210/BC-TCT-SCT", "SCT", Some(true)),
            ("15/BC-UBND-KT", "UBND", Some(true)),
            ("15a/BC-UBND", "UBND", Some(true)),
            ("1234/SCT-QLTM", "SCT", Some(true)),
            ("900/BC-SGD&ĐT", "SGDĐT", Some(true)),
            ("900/BC-SGDĐT", "SGD&ĐT", Some(true)),
            ("45/TTr-NV", "TTr", Some(true)),
            ("45/BC-TTr-NV", "TTr", Some(true)),
            ("45/TTr-SCT", "SCT", None),
            ("278/BC–SCT", "SCT", Some(true)),
            ("278 / BC - SCT - QLTM", "SCT", Some(true)),
            ("1234/SCT — QLTM", "SCT", Some(true)),
            ("278/BC–STC", "SCT", Some(false)),
            ("1342/BC-STC", "SYT", Some(false)),
            ("1342/STC-NV", "SYT", Some(false)),
            ("12/BC-SCTX", "SCT", Some(false)),
            ("12/BC", "SCT", None),
            ("BC-12", "SCT", None),
            ("12/KH-SCT", "SCT", None),
            ("12/SCT", "SCT", None),
            ("15ab/BC-UBND", "UBND", None),
            ("a/BC-UBND", "UBND", None),
            ("15/BC--UBND", "UBND", None),
            ("15/BC-UBND KT", "UBND", None),
        ] {
            let plain = paper_number(number);
            assert_eq!(code(&plain, Some(own)).map(|code| names(code, own)), whose, "{number}");
        }
    }

    #[test]
    fn a_number_that_is_nearly_one_is_named() {
        for (number, whole) in [
            ("278/bc-sct", Some("278/BC-SCT")),
            ("Số: 278/BC–SCT", Some("278/BC-SCT")),
            ("278/BC SCT", Some("278/BC-SCT")),
            ("278/BC.SCT", Some("278/BC-SCT")),
            ("BC 278", None),
            ("278", None),
            ("278/KH-SCT", None),
        ] {
            assert_eq!(meant(number, Some("SCT")).as_deref(), whole, "{number}");
        }
    }
}
