//! What the report cannot say and its clerk can mend or must know before it is sent: listed beside it, never in it.

use super::{Brief, falls, growth, highlights, older, overlaps, petitions, results, steps, template};
use crate::measure::{Measure, Reason, Verdict};
use crate::model::{Agency, Quantity, Review, Standing};
use crate::remark::Remark;
use crate::vietnamese::{count, date, listed, lower_first};
use crate::view::cells::sum;
use crate::view::names;

/// Something to look at.
pub(crate) struct Gap {
    /// As machine formats write it.
    pub(crate) kind: &'static str,
    pub(crate) text: String,
}

pub(crate) fn gaps(brief: &Brief<'_, '_>) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let mut add = |kind, text: String| gaps.push(Gap { kind, text });
    let plan = brief.plan;
    if brief.status.counts.included == 0 {
        let counted = brief.counted();
        add("no_reports", format!("chưa có báo cáo {counted} nào: văn bản này chỉ để xem mẫu, chưa gửi được"));
    } else if brief.status.is_open {
        let last = date(brief.status.round.data_to);
        add(
            "data_open",
            format!("số liệu của kỳ lấy đến ngày {last}, chưa đến ngày đó: văn bản này chưa gửi được"),
        );
    }

    if plan.number.is_none() || plan.date.is_none() {
        add(
            "plan_number",
            "Kế hoạch chưa có số, ngày ban hành (plan/plan.yaml): chỗ nêu số, ngày đó còn để chấm hoặc không in"
                .to_owned(),
        );
    }

    let unexpected = &brief.status.unexpected;
    if !unexpected.is_empty() {
        add(
            "unexpected",
            format!(
                "{} báo cáo của cơ quan không phải gửi kỳ này không được tổng hợp, kể cả khó khăn, kiến nghị nêu trong đó (vì sao: plan \
                 check): {}",
                count(unexpected.len() as u128),
                names::joined_or_counted(unexpected.clone())
            ),
        );
    }
    let after = &brief.status.after_data;
    if !after.is_empty() {
        add(
            "after_data",
            format!(
                "{} báo cáo đột xuất ghi ngày sau thời gian lấy số liệu của kỳ (đến ngày {}) không được tổng hợp, kể cả khó khăn, kiến \
                 nghị nêu trong đó (cần báo cáo ngay thì soạn công văn: plan difficulties --to): {}",
                count(after.len() as u128),
                date(brief.status.round.data_to),
                names::joined_or_counted(after.clone())
            ),
        );
    }
    let quiet = plan.task_groups.iter().filter(|group| {
        let tasks: Vec<_> = brief.status.tasks_of(group).collect();
        tasks.iter().any(|state| !state.declared.is_empty())
            && highlights::of_tasks(brief, &tasks, "", "").is_empty()
    });
    if let Some(quiet) = listed(quiet.map(|group| lower_first(results::title(plan, group))), "; ") {
        add("no_highlight", format!("chưa có câu nêu bật (highlight) cho nhóm: {quiet}"));
    }
    let without: Vec<&Remark<'_>> = brief.remarks.iter().filter(|remark| remark.theme.is_none()).collect();
    if !without.is_empty() && !plan.wording.themes.is_empty() {
        add(
            "no_theme",
            format!("{} khó khăn, kiến nghị chưa xếp vào nhóm vấn đề (theme): {}", counted(&without), of(&without)),
        );
    }
    let without: Vec<&Remark<'_>> = brief.difficulties().filter(|remark| remark.cause.is_none()).collect();
    if !without.is_empty() {
        add("no_cause", format!("{} khó khăn không nêu nguyên nhân: {}", counted(&without), of(&without)));
    }
    let over: Vec<&Remark<'_>> = brief.remarks.iter().filter(|remark| remark.is_over(brief.as_of)).collect();
    if let Some(last) = over.iter().filter_map(|remark| remark.expires).max() {
        let (count, by, last) = (counted(&over), of(&over), date(last));
        add("expired", format!("{count} kiến nghị đã hết hạn (muộn nhất ngày {last}), không in: {by}"));
    }
    let past = steps::past_steps(brief);
    if !past.is_empty() {
        let by: Vec<&Agency> = past.iter().map(|(agency, _)| *agency).collect();
        add(
            "past_step",
            format!(
                "{} việc của kỳ tới đã qua thời gian thực hiện, không in: {}",
                count(past.len() as u128),
                names::joined_or_counted(by)
            ),
        );
    }
    let unworded = petitions::unworded(brief).into_iter();
    if let Some(told) = listed(unworded.map(|(theme, list)| format!("{} ({list})", lower_first(theme))), "; ") {
        add(
            "no_wording",
            format!(
                "nhóm vấn đề chưa có câu chung (themes, plan/report.yaml), mới in câu ngắn nhất của cơ quan: {told}"
            ),
        );
    }
    let of_one = petitions::of_one(brief);
    if !of_one.is_empty() {
        let of_one =
            of_one.iter().map(|(name, id)| format!("{} ({})", lower_first(name), names::joined([&plan[*id]])));
        let of_one = of_one.collect::<Vec<_>>().join("; ");
        add(
            "of_one",
            format!("câu chung của nhóm vấn đề được in cho nội dung chỉ một cơ quan nêu, cần đối chiếu: {of_one}"),
        );
    }
    for conflict in petitions::conflicting(brief) {
        add("conflict", format!("kiến nghị với {} khác nhau {}", conflict.to, conflict.text));
    }
    let overlaps = overlaps::of_each(brief);
    for (indicator, of) in plan.indicators.iter().filter_map(|of| Some((of, overlaps.get(&of.key)?.as_ref()?))) {
        let (names, others, label) = (&of.names, &of.others, lower_first(&indicator.label));
        let amount = count(of.value.into());
        add(
            "overlap",
            format!(
                "{label}: {amount} của {names} có thể đã nằm trong số của {others}; đúng vậy thì ghi counted_by"
            ),
        );
    }
    let is_changed = |review: &Review| matches!(review.standing, Standing::Changed(_));
    let changed = brief.status.agencies.iter().filter(|state| state.review.is_some_and(is_changed));
    let changed: Vec<&Agency> = changed.map(|state| state.agency).collect();
    if !changed.is_empty() {
        add(
            "changed_since_accepted",
            format!("báo cáo thay đổi sau khi duyệt: {}", names::joined_or_counted(changed)),
        );
    }
    older::told(brief).into_iter().for_each(|text| add("older", text));
    falls::told(brief).into_iter().for_each(|text| add("fell", text));
    let left: Vec<_> = brief.totals().filter_map(|(of, total)| Some((of, left_by_heirs(total)?))).collect();
    if !left.is_empty() {
        let figures = left.iter().map(|(of, (value, gone))| {
            let value = sum(Quantity::Indicator(of), *value).value.to_text();
            format!("{} {value} ({gone})", lower_first(&of.label))
        });
        add(
            "successor_alone",
            format!(
                "{} chỉ tiêu chưa gồm số đã báo của cơ quan không còn hoạt động, vì cơ quan kế thừa chỉ báo số của riêng mình: {}",
                count(left.len() as u128),
                figures.collect::<Vec<_>>().join("; ")
            ),
        );
    }
    growth::not_compared(brief).into_iter().for_each(|text| add("not_compared", text));
    growth::unlike(brief).into_iter().for_each(|text| add("unlike", text));
    if let Some(control) = template::control(brief).filter(|control| !control.equal && !control.explained) {
        add(
            "control",
            format!("chênh lệch {} với số của {} chưa giải thích được", control.difference, control.agency),
        );
    }
    gaps
}

/// What of a total was left out because successors told their own alone, and of whom that is.
fn left_by_heirs(total: &Measure<'_>) -> Option<(u128, String)> {
    let left = total.contributions.iter().filter(|of| of.verdict == Verdict::LeftOut(Reason::SuccessorAlone));
    let value = left.clone().map(|of| u128::from(of.value)).sum();
    (value > 0).then(|| (value, names::joined_or_counted(left.map(|of| of.agency).collect())))
}

fn counted(remarks: &[&Remark<'_>]) -> String {
    count(remarks.len() as u128)
}

fn of(remarks: &[&Remark<'_>]) -> String {
    names::joined_or_counted(remarks.iter().map(|remark| remark.agency).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::report::tests::{BARE, brief};

    #[test]
    fn what_came_and_is_not_in_the_report_is_told() {
        const AGENCIES: &str =
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/workspace/plan/agencies.yaml"));
        let annual = "reports/annual/xa-muong-la.yaml".to_owned();
        let ad_hoc = |day: &str| format!("reports/ad-hoc/{day}-xa-muong-la.yaml");
        for (until, path, told) in [
            ("2026-11-29", annual.clone(), Some("unexpected")),
            ("2026-11-30", annual, None),
            ("2026-11-30", ad_hoc("2026-11-21"), Some("after_data")),
            ("2026-11-30", ad_hoc("2026-11-20"), None),
        ] {
            let gone = format!("commune_code: \"03808\"\n    active: {{until: {until}}}\n    successor: toa-an\n");
            let agencies = AGENCIES.replacen("commune_code: \"03808\"\n", &gone, 1);
            let day = path.trim_start_matches("reports/ad-hoc/").trim_end_matches("-xa-muong-la.yaml");
            let (round, day) = if path.contains("ad-hoc") { ("ad-hoc", day) } else { ("annual", "2026-11-18") };
            let of_day =
                if round == "ad-hoc" { format!("date: {day}\nsubject: Giá cả\n") } else { String::new() };
            let report = format!(
                "agency: xa-muong-la\nround: {round}\n{of_day}document: {{number: 1/BC-UBND, date: {day}}}\nreceived: {day}\n\
                 tasks: {{I.1: {{status: done, results: Đã làm.}}}}\ndifficulties: [{{text: Đường xa}}]\n"
            );
            let files = [("plan/agencies.yaml", agencies.as_str()), (&path, &report)];
            let files: Vec<(&str, &str)> = BARE.into_iter().chain(files).collect();
            let found = brief(&files, |brief| gaps(brief).into_iter().map(|gap| gap.kind).collect::<Vec<_>>());
            let found: Vec<&str> =
                found.into_iter().filter(|kind| ["unexpected", "after_data"].contains(kind)).collect();
            assert_eq!(found, Vec::from_iter(told), "{until} {path}");
        }
    }
}
