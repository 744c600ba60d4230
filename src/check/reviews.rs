//! Rules on what the department wrote down of its own acts: acceptances, settlements, the days of all.

use super::scope::{All, Scope};
use super::{Check, acts};
use crate::diagnostic::{Diagnostic, Rule, Sink};
use crate::model::{Plan, Review, RoundRef, Standing};
use crate::record::suggest;
use crate::source::{Span, as_id};
use crate::vietnamese::date;

pub(super) const CHECKS: &[Check] = &[
    Check::warning(
        "changed-after-acceptance",
        "Báo cáo đã sửa sau khi được duyệt",
        Scope::All(changed),
        "\
Báo cáo đã duyệt mà nội dung khác đi thì số liệu gửi Bộ không còn là số liệu đã duyệt. Xem lại phần đã sửa rồi duyệt lại.

Sai: sửa số liệu trong reports/annual/so-y-te.yaml sau khi chạy plan accept so-y-te
Đúng: sửa xong, chạy lại plan accept so-y-te",
    ),
    Check::warning(
        "acceptance-without-report",
        "Ghi là đã duyệt nhưng không có báo cáo",
        Scope::All(without_report),
        "\
Báo cáo đã duyệt mà nay không còn thì hoặc tệp bị xóa, đổi tên nhầm, hoặc mục duyệt phải bỏ đi.

Sai: register.yaml ghi {act: accept, agency: so-y-te, …} nhưng không có tệp so-y-te.yaml cùng thư mục
Đúng: khôi phục tệp, hoặc rút lại việc duyệt: plan accept so-y-te --withdraw",
    ),
    Check::warning(
        "settlement-of-nothing",
        "Ghi là đã giải quyết nhưng không có khó khăn, kiến nghị mang mã đó",
        Scope::All(settled_nothing),
        "\
Khó khăn, kiến nghị còn mở cho đến khi có dòng settle mang đúng mã của nó; mã sai thì nội dung vẫn bị coi là chưa giải quyết.

Sai: {act: settle, id: 00000000, …} mà không cơ quan nào nêu nội dung mang mã đó
Đúng: lấy mã ở plan difficulties rồi chạy plan settle MÃ --note …",
    ),
    Check::warning(
        "act-in-future",
        "Việc trong sổ theo dõi ghi ngày sau ngày hôm nay",
        Scope::All(act_in_future),
        "\
Việc ghi trong register.yaml tính từ ngày của nó, nên ghi nhầm sang ngày sau thì đến ngày đó mới có hiệu lực: báo cáo chưa được duyệt,
cơ quan chưa được gia hạn. Khi thêm --as-of một ngày sau hôm nay thì so với ngày đó.

Sai: ngày 23/11/2026, register.yaml ghi
  - {act: extend, agency: so-y-te, date: 2026-12-23, until: 2026-12-02}
Đúng:
  - {act: extend, agency: so-y-te, date: 2026-11-23, until: 2026-12-02}",
    ),
    Check::warning(
        "implausible-act",
        "Việc trong sổ theo dõi có ngày, hạn mới, số văn bản hoặc việc rút lại không hợp lý",
        Scope::All(acts::implausible),
        "\
Sổ theo dõi thường do lệnh ghi; sửa tay thì dễ nhầm năm, nhầm chỗ. Hạn mới không sau hạn của kỳ thì không gia hạn gì; ngày cách kỳ hơn
một năm, giờ ghi sổ sau hôm nay, số văn bản không có dạng số/ký hiệu là gõ nhầm. Không rút lại được việc chưa ghi, việc ghi ngày sau, việc
rút lại. Không duyệt được báo cáo chưa nhận, không gửi được báo cáo tổng hợp trước khi chốt số liệu, một số văn bản chỉ có một ngày.

Sai:
  - {act: extend, agency: so-y-te, date: 2026-11-23, until: 1950-12-02, number: 12}
Đúng:
  - {act: extend, agency: so-y-te, date: 2026-11-23, until: 2026-12-02, number: 12/SCT-QLTM}",
    ),
];

fn changed(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    for review in all.reviews {
        let Standing::Changed(file) = review.standing else { continue };
        let message = format!("báo cáo đã sửa sau khi duyệt ngày {}", date(review.date));
        let (agency, round) = (&all.plan[review.agency.value].key, of_round(review, all.plan));
        sink.push(
            Diagnostic::new(rule, Span::start_of(file), message)
                .hint(format!("xem lại phần đã sửa, rồi chạy: plan accept {agency} --round {round}"))
                .related(review.agency.span, "đã duyệt ở đây"),
        );
    }
}

fn without_report(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    for review in all.reviews.iter().filter(|review| review.standing == Standing::Gone) {
        let (agency, round) = (&all.plan[review.agency.value].key, of_round(review, all.plan));
        let message = format!("không có báo cáo của {agency} trong kỳ này");
        let hint = format!(
            "khôi phục tệp báo cáo, hoặc rút lại việc duyệt: plan accept {agency} --round {round} --withdraw"
        );
        sink.push(Diagnostic::new(rule, review.agency.span, message).hint(hint));
    }
}

/// The round to name in a command, which by itself may take another.
fn of_round<'p>(review: &Review, plan: &'p Plan) -> &'p str {
    if let Some(RoundRef::Of(round)) = review.round { &plan[round].key } else { "KỲ" }
}

fn settled_nothing(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    let mut settlements = all.register.settlements().peekable();
    if settlements.peek().is_none() {
        return;
    }
    let said = all.remarks();
    for act in settlements {
        let Some(id) = act.id.as_deref().filter(|id| !said.contains_key(&*as_id(id))) else { continue };
        let open = || {
            let open = said.iter().filter(|(id, _)| all.register.settled(id).is_none());
            open.map(|(id, raised)| (id.as_str(), raised.text))
        };
        let near = || {
            let near = suggest::among(id, open().map(|(id, _)| (id, id)));
            near.or_else(|| suggest::among(act.text.as_deref()?, open()))
        };
        let near = sink.lists(rule, act.span.file).then(near).flatten();
        let hint = near.unwrap_or_else(|| "xem mã ở plan difficulties".to_owned());
        let message = format!("không có khó khăn, kiến nghị nào mang mã “{id}”");
        sink.push(Diagnostic::new(rule, act.span, message).hint(hint));
    }
}

fn act_in_future(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    for act in all.register.later().filter(|act| act.date.value > all.latest) {
        let message = format!(
            "việc “{}” ghi ngày {}, sau hôm nay ({}), nên chưa có hiệu lực",
            act.act.label(),
            date(act.date.value),
            date(all.latest)
        );
        sink.push(Diagnostic::new(rule, act.date.span, message).hint("xem lại năm, tháng, ngày của việc này"));
    }
}
