//! Rules on what the department wrote down of its own acts: acceptances, settlements, the days of all.

use std::collections::{BTreeMap, HashSet};

use chrono::{Days, NaiveDate};

use super::Check;
use super::scope::{All, Scope};
use crate::diagnostic::{Diagnostic, Rule, Sink};
use crate::model::{Act, ActKind, AgencyId, Plan, Recorded, Round, RoundRef, Standing, remark_id, remark_key};
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
        Scope::All(implausible),
        "\
Sổ theo dõi thường do lệnh ghi; sửa tay thì dễ nhầm năm, nhầm chỗ. Hạn mới không sau hạn của kỳ thì không gia hạn gì; ngày cách kỳ hơn
một năm, giờ ghi sổ sau hôm nay, số văn bản không có dạng số/ký hiệu, rút lại một việc chưa ghi là gõ nhầm.

Sai:
  - {act: extend, agency: so-y-te, date: 2026-11-23, until: 1950-12-02, number: 12}
Đúng:
  - {act: extend, agency: so-y-te, date: 2026-11-23, until: 2026-12-02, number: 12/SCT-QLTM}",
    ),
];

/// Days before and after a round on which nothing is done about it any more.
const YEAR: Days = Days::new(366);

/// Days after the consolidated report was due to which nobody is given more time.
const GRACE: Days = Days::new(62);

fn changed(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    for review in all.reviews {
        let Standing::Changed(file) = review.standing else { continue };
        let message = format!("báo cáo đã sửa sau khi duyệt ngày {}", date(review.date));
        sink.push(
            Diagnostic::new(rule, Span::start_of(file), message)
                .hint(format!("xem lại phần đã sửa, rồi chạy: plan accept {}", all.plan[review.agency.value].key))
                .related(review.agency.span, "đã duyệt ở đây"),
        );
    }
}

fn without_report(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    for review in all.reviews.iter().filter(|review| review.standing == Standing::Gone) {
        let agency = &all.plan[review.agency.value].key;
        let message = format!("không có báo cáo của {agency} trong kỳ này");
        let hint = format!("khôi phục tệp báo cáo, hoặc rút lại việc duyệt: plan accept {agency} --withdraw");
        sink.push(Diagnostic::new(rule, review.agency.span, message).hint(hint));
    }
}

fn settled_nothing(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    let mut settlements = all.register.settlements().peekable();
    if settlements.peek().is_none() {
        return;
    }
    let said = all.reports().flat_map(|(_, agency, report)| {
        let difficulties = report.difficulties.iter().map(|found| &found.text);
        let texts = difficulties.chain(report.recommendations.iter().map(|found| &found.text));
        texts.map(move |text| (remark_id(agency, &remark_key(text)), text.value.as_str()))
    });
    let carried =
        all.plan.carried.iter().map(|carried| (as_id(&carried.id.0).into_owned(), carried.text.value.as_str()));
    let said: BTreeMap<String, &str> = said.chain(carried).collect();
    for act in settlements {
        let Some(id) = act.id.as_deref().filter(|id| !said.contains_key(&*as_id(id))) else { continue };
        let open = || {
            let open = said.iter().filter(|(id, _)| all.register.settled(id).is_none());
            open.map(|(id, text)| (id.as_str(), *text))
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

fn implausible(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    let done = |act: &Act| (act.act, act.agency.as_ref().map(|agency| agency.value));
    let known: HashSet<(ActKind, Option<AgencyId>)> =
        all.register.all().map(|recorded| done(&recorded.act)).collect();
    // What is dated after today is told as that.
    for Recorded { round, act } in all.register.all().filter(|recorded| recorded.act.date.value <= all.latest) {
        let of_round = match round {
            Some(RoundRef::Of(id)) => of_round(act, &all.plan[*id], all.plan),
            _ => None,
        };
        let number = act.number.as_deref().filter(|number| !is_number(number));
        let entered = act.entered_on().filter(|entered| *entered > all.latest);
        let wrong = [
            of_round,
            entered.map(|day| (format!("ghi là vào sổ ngày {}, sau hôm nay", date(day)), "xem lại mục entered")),
            act.of.filter(|of| !known.contains(&(*of, done(act).1))).map(|of| {
                let message = format!("rút lại việc “{}” mà sổ không ghi việc đó", of.label());
                (message, "xem lại cơ quan và việc được rút lại")
            }),
            number.map(|number| {
                (format!("số văn bản “{number}” không có dạng số/ký hiệu"), "ghi như trên văn bản: 12/SCT-QLTM")
            }),
        ];
        for (message, hint) in wrong.into_iter().flatten() {
            sink.push(Diagnostic::new(rule, act.span, message).hint(hint));
        }
    }
}

/// What the days of an act have to do with the round that it is about.
fn of_round(act: &Act, round: &Round, plan: &Plan) -> Option<(String, &'static str)> {
    let (last, due) = (round.agencies.last_on_time(&plan.holidays), round.consolidated.before);
    if let Some(until) = act.until.filter(|_| act.act == ActKind::Extend) {
        let why = match () {
            () if until <= last => {
                format!("không sau ngày cuối đúng hạn của kỳ ({}) nên không gia hạn gì", date(last))
            }
            () if until > due + GRACE => {
                format!("hơn hai tháng sau hạn gửi báo cáo tổng hợp (trước {})", date(due))
            }
            () => return None,
        };
        return Some((format!("hạn mới {} {why}", date(until)), "xem lại năm, tháng, ngày của hạn mới"));
    }
    let is_far = |day: &NaiveDate| *day < round.data_from - YEAR || *day > due + YEAR;
    let far = [Some(act.date.value), act.signed].into_iter().flatten().find(is_far)?;
    Some((format!("ngày {} cách kỳ {} hơn một năm", date(far), round.short_name), "xem lại năm, tháng, ngày"))
}

/// Whether a paper may bear the number: digits, a stroke, and whose it is.
fn is_number(number: &str) -> bool {
    number
        .split_once('/')
        .is_some_and(|(count, code)| count.starts_with(|c: char| c.is_ascii_digit()) && !code.is_empty())
}
