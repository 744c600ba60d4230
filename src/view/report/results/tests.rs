use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use super::*;
use crate::check::{Clock, Depth};
use crate::source;
use crate::view::report::tests::{BARE, brief};
use crate::workspace::Workspace;
use crate::workspace::tests::day;

/// Leads by a letter: the first three are named, the communes are counted.
const LEADS: [(char, &str); 6] = [
    ('a', "Công an tỉnh"),
    ('b', "Thuế tỉnh"),
    ('c', "Thanh tra tỉnh"),
    ('x', "UBND xã Bắc Yên"),
    ('y', "UBND xã Mai Sơn"),
    ('z', "UBND phường Tô Hiệu"),
];

/// What each task is called; its day has passed where that is said with `!`.
const TITLES: [&str; 5] = ["Quán triệt", "Kiểm tra giá", "Hòa giải", "Tập huấn", "Công bố vi phạm"];

/// The sentence of the shipped wording for a group. Each task is told by what its leads declare: `a=done b=?`, where `?` is a
/// lead whose report did not come.
fn sentence(tasks: &[&str]) -> String {
    static SHIPPED: LazyLock<Workspace> = LazyLock::new(|| {
        let files = source::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        Workspace::on(files, Clock::on(day("2026-12-03")), Depth::Reports).unwrap()
    });
    let opening = SHIPPED.plan.wording.outline.iter().find_map(|section| section.group_opening.as_ref()).unwrap();
    let agencies: String = LEADS
        .iter()
        .map(|(key, name)| {
            format!("  - {{id: co-quan-{key}, name: {name}, short_name: {name}, reporting: required}}\n")
        })
        .collect();
    let agencies = format!(
        "agencies:\n  - {{id: so-cong-thuong, name: Sở Công Thương, short_name: Sở CT, reporting: none}}\n{agencies}\
         groups:\n  - {{id: ubnd-cap-xa, name: \"UBND các xã, phường\", folded: true, members: [co-quan-x, co-quan-y, co-quan-z]}}\n"
    );
    let mut declared: BTreeMap<char, String> = BTreeMap::new();
    let mut written = String::new();
    for (index, (task, title)) in tasks.iter().zip(TITLES).enumerate() {
        let (task, due) = task.strip_suffix('!').map_or((*task, "no-deadline"), |task| (task, "2026-10-31"));
        let mut leads = Vec::new();
        for (lead, said) in task.split(' ').filter_map(|said| said.split_once('=')) {
            let lead = lead.chars().next().unwrap();
            leads.push(format!("{{agency: co-quan-{lead}}}"));
            if said != "?" {
                let text = if matches!(said, "done" | "in-progress") { "results" } else { "reason" };
                let entry = format!("  I.{}: {{status: {said}, {text}: Đã nêu.}}\n", index + 1);
                *declared.entry(lead).or_default() += &entry;
            }
        }
        written += &format!(
            "  - {{id: I.{}, short_title: {title}, leads: {{as_worded: Các cơ quan, assigned: [{}]}}, time: {{as_worded: Trong năm, due: {due}}}}}\n",
            index + 1,
            leads.join(", ")
        );
    }
    let group = format!(
        "id: I\nshort_title: Quản lý\ntitle: Quản lý nhà nước\ntitle_in_body: Quản lý nhà nước.\nnumber_in_body: 1\ntasks:\n{written}"
    );
    let rounds = include_str!("../../../../tests/workspace/plan/rounds.yaml");
    let rounds = rounds.replace("[I.1, II.1, II.2]", "[I.1]");
    let reports: Vec<(String, String)> = declared
        .into_iter()
        .map(|(lead, entries)| {
            let report = format!(
                "agency: co-quan-{lead}\nround: annual\ndocument: {{number: 1/BC, date: 2026-11-20}}\nreceived: 2026-11-20\ntasks:\n{entries}"
            );
            (format!("reports/annual/co-quan-{lead}.yaml"), report)
        })
        .collect();
    let none = "indicators:\n  - {id: directives, label: Số văn bản, unit: văn bản, tasks: [I.1], aggregation: sum}\n\
                complaints_by_field: {of: directives, fields: []}\n";
    let mut files = vec![
        ("plan/agencies.yaml", agencies.as_str()),
        ("plan/indicators.yaml", none),
        ("plan/rounds.yaml", &rounds),
        ("plan/tasks/I.yaml", &group),
        ("plan/tasks/II.yaml", ""),
    ];
    files.extend(reports.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    files.extend(BARE);
    brief(&files, |brief| {
        assert_eq!(brief.status.counts.included, reports.len(), "{tasks:?}: every report counts");
        let group = &brief.plan.task_groups[0];
        let states: Vec<&TaskState<'_>> = brief.status.tasks_of(group).collect();
        let words = words_of(brief, group, "Quản lý nhà nước", &states);
        let counts =
            serde_json::json!({"skipped": brief.status.counts.invalid, "not_accepted": 0, "paper_alone": 0});
        Templates::new(serde_json::json!({"group": words, "counts": counts})).render(opening).unwrap()
    })
}

#[test]
fn a_group_says_once_how_each_task_stands_and_who_is_silent() {
    for (tasks, told) in [
        // One task alone.
        (&["a=done"][..], "Nhiệm vụ được giao đã hoàn thành."),
        (&["a=done", "b=done"], "Cả 02 nhiệm vụ hoàn thành."),
        (&["a=in-progress"], "Nhiệm vụ được giao đang thực hiện."),
        (&["a=in-progress!"], "Nhiệm vụ quán triệt chưa xong, đã quá hạn."),
        (&["a=not-started"], "Nhiệm vụ quán triệt chưa thực hiện."),
        (&["a=not-started!"], "Nhiệm vụ quán triệt chưa thực hiện, đã quá hạn."),
        (&["a=nothing-arose"], "Trong kỳ không phát sinh việc thuộc lĩnh vực này."),
        (&["a=not-applicable"], "Nhiệm vụ của nhóm này không áp dụng trong kỳ."),
        (&["a=?"], "Chưa có báo cáo của cơ quan chủ trì (Công an tỉnh) về nhiệm vụ được giao."),
        (&["a=?!"], "Chưa có báo cáo của cơ quan chủ trì (Công an tỉnh) về nhiệm vụ được giao, đã quá hạn."),
        (&["x=? y=?"], "Chưa có báo cáo của cơ quan chủ trì (02 xã, phường) về nhiệm vụ được giao."),
        (
            &["a=? x=? y=?"],
            "Chưa có báo cáo của cơ quan chủ trì (Công an tỉnh và 02 xã, phường) về nhiệm vụ được giao.",
        ),
        (
            &["a=done b=?"],
            "Nhiệm vụ quán triệt mới có 01/02 cơ quan chủ trì báo cáo (đã hoàn thành). Chưa có số liệu của Thuế tỉnh.",
        ),
        (
            &["a=done b=?!"],
            "Nhiệm vụ quán triệt mới có 01/02 cơ quan chủ trì báo cáo (đã hoàn thành), đã quá hạn. Chưa có số liệu của Thuế tỉnh.",
        ),
        (
            &["a=done c=done b=?"],
            "Nhiệm vụ quán triệt mới có 02/03 cơ quan chủ trì báo cáo (đều hoàn thành). Chưa có số liệu của Thuế tỉnh.",
        ),
        (&["a=done x=?"], "Nhiệm vụ quán triệt mới có 01/02 cơ quan chủ trì báo cáo (đã hoàn thành)."),
        (
            &["a=in-progress b=?"],
            "Nhiệm vụ quán triệt mới có 01/02 cơ quan chủ trì báo cáo (đang thực hiện). Chưa có số liệu của Thuế tỉnh.",
        ),
        (
            &["a=not-applicable b=?"],
            "Nhiệm vụ quán triệt mới có 01/02 cơ quan chủ trì báo cáo (không thuộc diện thực hiện). Chưa có số liệu của Thuế tỉnh.",
        ),
        (
            &["a=done b=not-applicable"],
            "Nhiệm vụ được giao đã hoàn thành. Có 01 đơn vị không thuộc diện thực hiện nhiệm vụ quán triệt.",
        ),
        // None to do.
        (
            &["a=nothing-arose", "a=not-applicable"],
            "Trong kỳ không có việc phải làm; 01 nhiệm vụ không phát sinh; 01 nhiệm vụ không áp dụng.",
        ),
        (&["a=nothing-arose", "a=nothing-arose"], "Trong kỳ không phát sinh việc thuộc lĩnh vực này."),
        (&["a=not-applicable", "a=not-applicable"], "Nhiệm vụ của nhóm này không áp dụng trong kỳ."),
        // None reported.
        (&["a=?", "a=?"], "Chưa có báo cáo của cơ quan chủ trì (Công an tỉnh) về cả 02 nhiệm vụ."),
        (&["a=?", "b=?"], "Chưa có báo cáo của cơ quan chủ trì (Công an tỉnh, Thuế tỉnh) về cả 02 nhiệm vụ."),
        (
            &["a=?!", "b=?"],
            "Chưa có báo cáo của cơ quan chủ trì (Công an tỉnh, Thuế tỉnh) về cả 02 nhiệm vụ, trong đó 01 nhiệm vụ đã quá hạn.",
        ),
        // One done, the other in each state.
        (
            &["a=done", "b=?"],
            "Một trong 02 nhiệm vụ hoàn thành; nhiệm vụ kiểm tra giá chưa có báo cáo của Thuế tỉnh.",
        ),
        (
            &["a=done", "b=?!"],
            "Một trong 02 nhiệm vụ hoàn thành; nhiệm vụ kiểm tra giá chưa có báo cáo của Thuế tỉnh, đã quá hạn.",
        ),
        (
            &["a=done", "x=? y=?"],
            "Một trong 02 nhiệm vụ hoàn thành; nhiệm vụ kiểm tra giá chưa có báo cáo của 02 xã, phường.",
        ),
        (
            &["a=done", "b=in-progress"],
            "Một trong 02 nhiệm vụ hoàn thành; nhiệm vụ kiểm tra giá tiếp tục thực hiện.",
        ),
        (
            &["a=done", "b=in-progress!"],
            "Một trong 02 nhiệm vụ hoàn thành; nhiệm vụ kiểm tra giá chưa xong, đã quá hạn.",
        ),
        (&["a=done", "b=not-started"], "Một trong 02 nhiệm vụ hoàn thành; nhiệm vụ kiểm tra giá chưa thực hiện."),
        (
            &["a=done", "b=not-started!"],
            "Một trong 02 nhiệm vụ hoàn thành; nhiệm vụ kiểm tra giá chưa thực hiện, đã quá hạn.",
        ),
        (&["a=done", "b=nothing-arose"], "Một trong 02 nhiệm vụ hoàn thành; 01 nhiệm vụ không phát sinh."),
        (&["a=done", "b=not-applicable"], "Một trong 02 nhiệm vụ hoàn thành; 01 nhiệm vụ không áp dụng."),
        // None done.
        (&["a=in-progress", "b=in-progress"], "Cả 02 nhiệm vụ đang thực hiện."),
        (
            &["a=in-progress!", "b=in-progress"],
            "Cả 02 nhiệm vụ đang thực hiện; nhiệm vụ quán triệt chưa xong, đã quá hạn.",
        ),
        (
            &["a=in-progress!", "b=in-progress!"],
            "Cả 02 nhiệm vụ đang thực hiện; nhiệm vụ quán triệt và nhiệm vụ kiểm tra giá chưa xong, đã quá hạn.",
        ),
        (
            &["a=in-progress", "b=not-started"],
            "Chưa nhiệm vụ nào trong 02 nhiệm vụ hoàn thành; nhiệm vụ quán triệt tiếp tục thực hiện; nhiệm vụ kiểm tra giá chưa thực hiện.",
        ),
        (
            &["a=not-started", "b=not-started"],
            "Chưa nhiệm vụ nào trong 02 nhiệm vụ hoàn thành; nhiệm vụ quán triệt và nhiệm vụ kiểm tra giá chưa thực hiện.",
        ),
        (
            &["a=in-progress", "b=?"],
            "Theo báo cáo nhận được, chưa nhiệm vụ nào trong 02 nhiệm vụ hoàn thành; nhiệm vụ quán triệt tiếp tục thực hiện; nhiệm vụ kiểm tra giá chưa có báo cáo của Thuế tỉnh.",
        ),
        (
            &["a=nothing-arose", "b=?"],
            "Một trong 02 nhiệm vụ không phát sinh; nhiệm vụ kiểm tra giá chưa có báo cáo của Thuế tỉnh.",
        ),
        // Two and more that go on.
        (
            &["a=done", "a=in-progress", "b=in-progress"],
            "Một trong 03 nhiệm vụ hoàn thành; nhiệm vụ kiểm tra giá và nhiệm vụ hòa giải tiếp tục thực hiện.",
        ),
        (
            &["a=done", "a=in-progress", "b=in-progress c=done"],
            "Một trong 03 nhiệm vụ hoàn thành; nhiệm vụ kiểm tra giá và nhiệm vụ hòa giải tiếp tục thực hiện.",
        ),
        (
            &["a=done", "a=in-progress!", "b=in-progress"],
            "Một trong 03 nhiệm vụ hoàn thành; nhiệm vụ kiểm tra giá chưa xong, đã quá hạn; nhiệm vụ hòa giải tiếp tục thực hiện.",
        ),
        (
            &["a=done", "a=in-progress", "b=in-progress", "b=in-progress"],
            "Một trong 04 nhiệm vụ hoàn thành; 03 nhiệm vụ đang thực hiện.",
        ),
        (
            &["a=done", "a=in-progress!", "b=in-progress", "b=in-progress"],
            "Một trong 04 nhiệm vụ hoàn thành; 03 nhiệm vụ đang thực hiện; nhiệm vụ kiểm tra giá chưa xong, đã quá hạn.",
        ),
        (
            &["a=done", "a=in-progress!", "b=in-progress!", "b=in-progress"],
            "Một trong 04 nhiệm vụ hoàn thành; 03 nhiệm vụ đang thực hiện; nhiệm vụ kiểm tra giá và nhiệm vụ hòa giải chưa xong, đã quá hạn.",
        ),
        // Silent on one task, or on several with others.
        (
            &["b=?", "a=done c=?"],
            "Theo báo cáo nhận được, chưa nhiệm vụ nào trong 02 nhiệm vụ hoàn thành; nhiệm vụ quán triệt chưa có báo cáo của Thuế tỉnh; nhiệm vụ kiểm tra giá mới có 01/02 cơ quan chủ trì báo cáo (đã hoàn thành). Chưa có số liệu của Thanh tra tỉnh.",
        ),
        (
            &["b=?", "a=done b=?"],
            "Theo báo cáo nhận được, chưa nhiệm vụ nào trong 02 nhiệm vụ hoàn thành; nhiệm vụ quán triệt chưa có báo cáo của Thuế tỉnh; nhiệm vụ kiểm tra giá mới có 01/02 cơ quan chủ trì báo cáo (đã hoàn thành). Chưa có số liệu của Thuế tỉnh.",
        ),
        (
            &["b=?", "a=done b=? c=?"],
            "Theo báo cáo nhận được, chưa nhiệm vụ nào trong 02 nhiệm vụ hoàn thành; nhiệm vụ quán triệt chưa có báo cáo của Thuế tỉnh; nhiệm vụ kiểm tra giá mới có 01/03 cơ quan chủ trì báo cáo (đã hoàn thành). Chưa có số liệu của Thuế tỉnh, Thanh tra tỉnh.",
        ),
        (
            &["a=done b=?", "a=done c=?"],
            "Theo báo cáo nhận được, chưa nhiệm vụ nào trong 02 nhiệm vụ hoàn thành; nhiệm vụ quán triệt mới có 01/02 cơ quan chủ trì báo cáo (đã hoàn thành); nhiệm vụ kiểm tra giá mới có 01/02 cơ quan chủ trì báo cáo (đã hoàn thành). Chưa có số liệu của Thuế tỉnh, Thanh tra tỉnh.",
        ),
        (
            &["a=done b=?", "a=done b=?"],
            "Theo báo cáo nhận được, chưa nhiệm vụ nào trong 02 nhiệm vụ hoàn thành; nhiệm vụ quán triệt và nhiệm vụ kiểm tra giá mới có 01/02 cơ quan chủ trì báo cáo (đã hoàn thành). Chưa có số liệu của Thuế tỉnh.",
        ),
        // Silent on so many tasks that they are counted.
        (
            &["a=done", "b=?", "b=?", "b=?"],
            "Một trong 04 nhiệm vụ hoàn thành; 03 nhiệm vụ chưa có báo cáo của cơ quan chủ trì. Chưa có số liệu của Thuế tỉnh.",
        ),
        (
            &["a=done", "b=?", "b=?"],
            "Một trong 03 nhiệm vụ hoàn thành; nhiệm vụ kiểm tra giá và nhiệm vụ hòa giải chưa có báo cáo của Thuế tỉnh.",
        ),
        (
            &["a=done", "b=?", "b=?", "b=?", "b=?"],
            "Một trong 05 nhiệm vụ hoàn thành; 04 nhiệm vụ chưa có báo cáo của cơ quan chủ trì. Chưa có số liệu của Thuế tỉnh.",
        ),
        (
            &["a=done", "b=?", "c=?", "b=?", "c=?"],
            "Một trong 05 nhiệm vụ hoàn thành; 04 nhiệm vụ chưa có báo cáo của cơ quan chủ trì. Chưa có số liệu của Thuế tỉnh, Thanh tra tỉnh.",
        ),
        (
            &["a=done", "b=?", "x=?", "b=?", "x=?"],
            "Một trong 05 nhiệm vụ hoàn thành; 04 nhiệm vụ chưa có báo cáo của cơ quan chủ trì. Chưa có số liệu của Thuế tỉnh và 01 xã, phường.",
        ),
        (
            &["a=done", "x=?", "x=?", "x=?", "x=?"],
            "Một trong 05 nhiệm vụ hoàn thành; 04 nhiệm vụ chưa có báo cáo của cơ quan chủ trì. Chưa có số liệu của 01 xã, phường.",
        ),
        (
            &["a=done b=?", "b=?", "b=?", "b=?", "b=?"],
            "Theo báo cáo nhận được, chưa nhiệm vụ nào trong 05 nhiệm vụ hoàn thành; nhiệm vụ quán triệt mới có 01/02 cơ quan chủ trì báo cáo (đã hoàn thành); 04 nhiệm vụ chưa có báo cáo của cơ quan chủ trì. Chưa có số liệu của Thuế tỉnh.",
        ),
        // Whom a task does not concern.
        (
            &["a=done x=? y=not-applicable z=not-applicable"],
            "Nhiệm vụ quán triệt mới có 03/04 cơ quan chủ trì báo cáo (01 hoàn thành, 02 không thuộc diện thực hiện).",
        ),
        (
            &["a=done y=not-applicable"],
            "Nhiệm vụ được giao đã hoàn thành. Có 01 đơn vị không thuộc diện thực hiện nhiệm vụ quán triệt.",
        ),
    ] {
        assert_eq!(sentence(tasks), told, "{tasks:?}");
    }
}
