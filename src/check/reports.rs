//! Where a report lies and when it came.

use chrono::NaiveDate;

use super::Check;
use super::scope::{All, One, Scope};
use crate::arrivals::{self, AS_IT_CAME, Flaw, Instead, Unused};
use crate::diagnostic::{Diagnostic, Rule, Sink};
use crate::model::{Place, Report, Round, RoundRef};
use crate::source::{Content, Span};
use crate::validate::is_read;
use crate::vietnamese::date;

pub(super) const CHECKS: &[Check] = &[
    Check::error(
        "misplaced-report",
        "Báo cáo nằm sai thư mục hoặc mang tên cơ quan khác",
        Scope::Each(misplaced),
        "\
Vị trí của tệp nói báo cáo là của ai, kỳ nào: reports/<kỳ>/<mã cơ quan>.yaml, riêng báo cáo đột xuất là
reports/ad-hoc/<ngày>-<mã cơ quan>.yaml. Nếu nội dung nói khác, không ai biết báo cáo tính cho cơ quan nào.

Sai: tệp reports/annual/so-y-te.yaml có
  agency: so-tai-chinh
Đúng: tệp reports/annual/so-y-te.yaml có
  agency: so-y-te",
    ),
    Check::warning(
        "stray-file",
        "Tệp trong plan/ hoặc reports/ không được đọc",
        Scope::Each(stray),
        "\
Chỉ tệp đuôi .yaml đặt đúng chỗ mới được đọc. Tệp khác (Word, Excel, ảnh, đuôi .yml) bị bỏ qua, nên nếu trong đó có số liệu thì
số liệu ấy chưa được tính.

Sai: reports/annual/so-y-te.docx
Đúng: reports/annual/so-y-te.yaml",
    ),
    Check::warning(
        "altered-arrival",
        "Bản đã nhận không còn như khi nhận, hoặc nằm sai thư mục",
        Scope::Each(altered),
        "\
Mỗi bản nhận được giữ tại reports/<kỳ>/received/<mã cơ quan>/<ngày nhận>-<8 ký tự đầu mã SHA-256 của nội dung>.yaml và không bao giờ sửa:
số liệu của một ngày đã qua, lịch sử của cơ quan lấy từ đó. Cần sửa thì sửa báo cáo đang dùng.

Sai: sửa số liệu trong reports/annual/received/so-y-te/2026-11-18-0a1b2c3d.yaml
Đúng: chép lại bản đó từ bản lưu; sửa số liệu trong reports/annual/so-y-te.yaml",
    ),
    Check::warning(
        "arrival-not-in-force",
        "Bản nhận mới nhất mà không phải báo cáo đang dùng, hoặc ngày nhận lần đầu bị mất",
        Scope::All(not_in_force),
        "\
Báo cáo đang dùng là reports/<kỳ>/<mã cơ quan>.yaml. Tệp đó bị xóa, đổi tên thì cơ quan bị coi là chưa gửi; bị trả về bản cũ (khi ghép
bản của hai người, khi chép từ bản lưu) thì số liệu là số liệu cũ, dù bản mới đã nhận vẫn còn trong received/. Cơ quan, kỳ báo cáo bỏ
khỏi Kế hoạch thì các bản đã nhận của nó không được tính. Hai người mỗi người nhận một bản ở thư mục của mình rồi ghép lại thì chỉ một
bản được dùng: bản kia phải có người xét, và ngày đến của bản đến trước vẫn quyết định báo cáo đúng hạn hay muộn.

Sai: có reports/annual/received/so-y-te/2026-11-26-0a1b2c3d.yaml mà reports/annual/so-y-te.yaml là bản nhận ngày 18/11/2026
Đúng: chép bản nhận ngày 26/11/2026 thành reports/annual/so-y-te.yaml",
    ),
    Check::error(
        "received-before-data",
        "Ngày nhận trước ngày bắt đầu lấy số liệu của kỳ",
        Scope::Report(received_before_data),
        "\
Báo cáo không thể đến trước khi kỳ số liệu bắt đầu; thường là gõ nhầm năm.

Sai:
  received: 2025-06-09
Đúng:
  received: 2026-06-09",
    ),
    Check::error(
        "report-of-another-year",
        "Báo cáo của năm khác: văn bản ký trước ngày bắt đầu lấy số liệu của kỳ",
        Scope::Report(of_another_year),
        "\
Văn bản ký trước khi kỳ số liệu bắt đầu không thể có kết quả của kỳ; thường là báo cáo năm trước bị chép, nhận sang năm nay, hoặc gõ
nhầm năm.

Sai: Kế hoạch năm 2027, số liệu từ 01/01/2027, báo cáo ghi
  document: {number: 1342/BC-SYT, date: 2026-11-17}
Đúng:
  document: {number: 1342/BC-SYT, date: 2027-11-17}",
    ),
    Check::error(
        "received-in-future",
        "Ngày nhận hoặc ngày của báo cáo đột xuất sau ngày hôm nay",
        Scope::Each(received_in_future),
        "\
Ngày nhận báo cáo, ngày bổ sung, ngày của báo cáo đột xuất không thể ở tương lai; thường là gõ nhầm tháng hoặc năm. Khi thêm --as-of
một ngày sau hôm nay thì so với ngày đó.

Sai:
  received: 2062-06-09
Đúng:
  received: 2026-06-09",
    ),
    Check::error(
        "correction-before-receipt",
        "Ngày bổ sung trước ngày nhận lần đầu",
        Scope::Report(correction_before_receipt),
        "\
Báo cáo sửa đổi, bổ sung giữ nguyên ngày nhận lần đầu ở received; các lần sau ghi ở corrections, nên phải muộn hơn.

Sai:
  received: 2026-06-09
  corrections:
    - {date: 2026-06-02}
Đúng:
  received: 2026-06-02
  corrections:
    - {date: 2026-06-09}",
    ),
];

fn misplaced(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    let plan = all.plan;
    let ad_hoc = &plan.ad_hoc.id;
    for submission in all.submissions.iter().filter(|found| !all.files.get(found.file).outside) {
        let path = &all.files.get(submission.file).path;
        let mut report_problem = |span: Span, message: String| {
            let hint = match &submission.report {
                Some(report) => expected_path(all, report),
                None => None,
            };
            let hint = hint.unwrap_or_else(|| {
                format!("đặt tệp tại reports/<kỳ>/<mã cơ quan>.yaml hoặc reports/{ad_hoc}/<ngày>-<mã cơ quan>.yaml")
            });
            sink.push(Diagnostic::new(rule, span, message).hint(hint));
        };
        let Some(report) = &submission.report else {
            if submission.place == Place::Astray {
                report_problem(
                    Span::start_of(submission.file),
                    format!("không biết {path} là báo cáo của cơ quan nào, kỳ nào"),
                );
            }
            continue;
        };
        let (agency, round, day) = match submission.place {
            Place::Round { round, agency } => (agency, RoundRef::Of(round), None),
            Place::Unread { round, agency } => (agency, round, None),
            Place::AdHoc { date, agency } => (agency, RoundRef::AdHoc, Some(date)),
            // What the report does not say is a problem of its own.
            Place::Astray if report.agency.is_none() || report.round.is_none() => continue,
            Place::Astray => {
                report_problem(report.span, format!("không biết {path} là báo cáo của cơ quan nào, kỳ nào"));
                continue;
            }
        };
        if let Some(written) = report.agency.filter(|written| written.value != agency) {
            let (agency, written_agency) = (&plan[agency].key, &plan[written.value].key);
            report_problem(written.span, format!("tệp mang tên {agency} nhưng trong báo cáo ghi {written_agency}"));
        }
        if let Some(written) = report.round.filter(|written| written.value != round) {
            let (folder, written_round) = (plan.round_key(round), plan.round_key(written.value));
            report_problem(
                written.span,
                format!("tệp nằm trong thư mục {folder} nhưng trong báo cáo ghi kỳ {written_round}"),
            );
        }
        if let (Some(day), Some(written)) = (day, &*report.date)
            && written.value != day
        {
            report_problem(
                written.span,
                format!("tên tệp ghi ngày {day} nhưng trong báo cáo ghi ngày {}", written.value),
            );
        }
    }
}

/// Where the report belongs by its own words. Nothing is ever to be moved over another file.
fn expected_path(all: &All<'_>, report: &Report) -> Option<String> {
    let agency = &all.plan[report.agency?.value].key;
    let round = report.round?.value;
    let day = if round == RoundRef::AdHoc { format!("{}-", (*report.date)?.value) } else { String::new() };
    let path = format!("reports/{}/{day}{agency}.yaml", all.plan.round_key(round));
    Some(match all.files.find(&path) {
        Some(_) => format!("đã có {path}: so hai tệp, giữ nội dung đúng trong tệp đó rồi bỏ tệp kia"),
        None => format!("nếu nội dung đúng, chuyển tệp thành {path}; nếu vị trí đúng, sửa nội dung"),
    })
}

fn stray(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    for (id, file) in all.files.iter() {
        // What could not be read is a problem of its own.
        let plain = matches!(file.content, Content::Text(_) | Content::NotUtf8 { .. } | Content::TooLarge(_));
        if file.outside || file.is_only_kept() || is_read(&file.path) || !plain {
            continue;
        }
        let hint = if file.path.ends_with(".yml") {
            "đổi đuôi tệp thành .yaml"
        } else {
            "nếu trong tệp có số liệu, nhập vào tệp .yaml của cơ quan; nếu không, chuyển tệp ra ngoài"
        };
        sink.push(Diagnostic::new(rule, Span::start_of(id), "tệp này không được đọc").hint(hint));
    }
}

/// Only files that may be are among those that are checked.
fn altered(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    for (id, file) in all.files.iter().filter(|(_, file)| file.is_only_kept()) {
        if let Some(Flaw::Altered(message)) = arrivals::flaw(&file.path, &file.content) {
            sink.push(Diagnostic::new(rule, Span::start_of(id), message).hint(AS_IT_CAME));
        }
    }
}

fn not_in_force(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    let kept = all.files.iter().filter(|(_, file)| file.is_only_kept());
    let kept = kept.map(|(_, file)| (file.path.as_str(), &file.content));
    for Unused { version, instead } in arrivals::unused(kept, all.files).0 {
        let (Some((id, _)), Some((folder, agency, _))) =
            (all.files.find(&version.path), arrivals::place(&version.path))
        else {
            continue;
        };
        let unknown = match (all.plan.round_ref(folder), all.plan.agencies.find(agency)) {
            (None, _) => Some(format!("kỳ báo cáo “{folder}”")),
            (_, None) => Some(format!("cơ quan mang mã “{agency}”")),
            _ => None,
        };
        let (report, came) = (&version.report, date(version.day));
        let is_later = matches!(instead, Instead::Later(_));
        let at = all.files.find(report).filter(|_| is_later).map_or(id, |(report, _)| report);
        let (message, hint) = match (unknown, instead) {
            (Some(what), _) => (
                format!("đã nhận bản này mà Kế hoạch không có {what}"),
                "giữ cơ quan, kỳ đó trong plan/ (cơ quan đã sáp nhập thì ghi successor); không theo dõi nữa thì chuyển thư mục này ra ngoài"
                    .to_owned(),
            ),
            (None, Instead::Older(older)) => (
                format!("báo cáo đang dùng {report} là bản nhận ngày {}, cũ hơn bản này", date(older.day)),
                format!("chép bản này thành {report}; nếu phải dùng bản cũ thì sau đó chạy “plan receive TỆP --force” với tệp cũ"),
            ),
            (None, Instead::Rival(used)) => (
                format!(
                    "bản này nhận ngày {came} không được dùng: báo cáo đang dùng {report} là {} nhận ngày {}, và người nhận bản nọ không có bản kia",
                    used.path, date(used.day)
                ),
                format!(
                    "so hai bản; bản này đúng thì chạy “plan receive TỆP --force” với tệp của bản này; bản đang dùng đúng, hoặc đã sửa theo cả hai, thì thêm vào cuối danh sách corrections của {report} dòng: - {{date: {}, note: đã xét bản {}}}",
                    version.day.max(used.day), &version.path[version.path.len() - 13..version.path.len() - 5]
                ),
            ),
            (None, Instead::Later(later)) => (
                format!("ngày nhận lần đầu ghi {}, mà bản {} đã nhận trước đó", date(later), version.path),
                format!(
                    "bản đến trước quyết định đúng hạn hay muộn: ghi received: {}, còn ngày {} ghi ở corrections; ngày của bản đó ghi nhầm thì chấp nhận cảnh báo này, nêu lý do",
                    version.received.unwrap_or(version.day),
                    date(later)
                ),
            ),
            (None, Instead::Nothing) => (
                format!("đã nhận bản này mà không còn báo cáo đang dùng {report}"),
                format!("chép bản này thành {report}; nhận nhầm thì chuyển bản này ra ngoài thư mục received"),
            ),
        };
        sink.push(Diagnostic::new(rule, Span::start_of(at), message).hint(hint));
    }
}

fn received_before_data(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    let (Some(round), Some(received)) = (one.round, &one.report.received) else { return };
    if let Some(message) = before_data("ngày nhận", received.value, round) {
        sink.push(Diagnostic::new(rule, received.span, message).hint(OTHER_YEAR));
    }
}

/// What is wrong with a day on which no report of a round can have been signed or received.
pub(super) fn before_data(what: &str, day: NaiveDate, round: &Round) -> Option<String> {
    let from = round.data_from;
    let [told, start] = [day, from].map(date);
    (day < from).then(|| format!("{what} {told} trước ngày bắt đầu lấy số liệu của kỳ ({start})"))
}

pub(super) const OTHER_YEAR: &str = "xem lại năm, tháng; báo cáo của năm trước thì thuộc Kế hoạch năm đó";

/// One that came before the data, too, has its problem.
fn of_another_year(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    let (report, Some(round)) = (one.report, one.round) else { return };
    let Some(signed) = report.document.as_ref().and_then(|paper| paper.date) else { return };
    let may_have_come = report.received.is_none_or(|received| received.value >= round.data_from);
    if let Some(message) = before_data("văn bản ngày", signed.value, round).filter(|_| may_have_come) {
        sink.push(Diagnostic::new(rule, signed.span, message).hint(OTHER_YEAR));
    }
}

/// Samples have a day of their own only as long as they stand alone.
const PAST_SAMPLES: &str = "báo cáo mẫu thì xóa trước khi dùng thật, hoặc thêm --as-of để xem như đã đến ngày đó";

fn received_in_future(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    for (.., report) in all.reports() {
        let corrections = report.corrections.iter().map(|correction| &correction.date);
        let days = report.date.iter().chain(&report.received).chain(corrections);
        for day in days.filter(|day| day.value > all.latest) {
            let message = format!("ngày {} ở sau hôm nay ({})", date(day.value), date(all.latest));
            let hint = if report.illustrative { PAST_SAMPLES } else { "xem lại năm và tháng" };
            sink.push(Diagnostic::new(rule, day.span, message).hint(hint));
        }
    }
}

fn correction_before_receipt(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    let Some(received) = &one.report.received else { return };
    for correction in one.report.corrections.iter().filter(|correction| correction.date.value < received.value) {
        let message = format!(
            "ngày bổ sung {} trước ngày nhận lần đầu {}",
            date(correction.date.value),
            date(received.value)
        );
        sink.push(
            Diagnostic::new(rule, correction.date.span, message)
                .hint("ghi ngày nhận lần đầu ở received, các lần sau ở corrections")
                .in_form("xem lại ngày nhận lần này: không trước ngày nhận lần đầu")
                .related(received.span, "ngày nhận lần đầu"),
        );
    }
}
