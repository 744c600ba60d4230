//! What `plan publish` puts before everyone, what it keeps back, and where.

use crate::common;

use common::Workspace;
use serde_json::Value;

const REPORT: &str = "reports/annual/so-cong-thuong.yaml";
const NEXT: &str = "    decision: {number: 118/QĐ-XPHC, date: 2026-03-11}\n";

fn list(workspace: &Workspace, folder: &str, name: &str) -> Vec<Value> {
    let json: Value = serde_json::from_str(&workspace.read(&format!("{folder}/{name}.json"))).expect("JSON");
    json[name].as_array().expect("a list").clone()
}

fn ids(items: &[Value]) -> Vec<&str> {
    items.iter().filter_map(|item| item["id"].as_str()).collect()
}

/// The site with the first violator changed, on a day.
fn changed(name: &str, more: &str, day: &str) -> (Workspace, String) {
    let workspace = Workspace::of_repository();
    workspace.edit(REPORT, "name: Hộ kinh doanh số 01 (minh họa)", &format!("name: {name}"));
    workspace.edit(REPORT, NEXT, &format!("{NEXT}{more}"));
    let run = workspace.run(&format!("--as-of {day} publish -o site"));
    assert_eq!(run.code, 0, "{}", run.err);
    (workspace, run.out)
}

#[test]
fn a_person_is_named_only_where_a_paper_allows_it_and_as_long_as_it_does() {
    const PAPER: &str = "    publishable: {number: 12/QĐ-SCT, date: 2026-04-01}\n";
    let until = |day: &str| format!("{PAPER}    until: {day}\n");
    for (name, more, is_there) in [
        ("Nguyễn Văn A", "", false),
        ("Nguyễn Văn A, chủ cửa hàng số 5", "", false),
        ("Nguyễn Văn A", PAPER, true),
        ("Nguyễn Văn A", "    publishable: {number: 12/QĐ-SCT, date: 2026-12-04}\n", false),
        ("Nguyễn Văn A", &until("2026-12-03"), true),
        ("Nguyễn Văn A", &until("2026-12-02"), false),
        ("Công ty A", "", true),
        ("Công ty A", "    until: 2026-12-02\n", false),
        ("Công ty A", "    kind: person\n", false),
        ("Tân Thành", "", false),
        ("Tân Thành", "    kind: organisation\n", true),
        ("Quánh Thị B", "", false),
    ] {
        let (workspace, told) = changed(name, more, "2026-12-03");
        let files = workspace.contents();
        let site = files.iter().filter(|(path, _)| path.starts_with("site/"));
        let named = site.filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(name)).count();
        assert_eq!(named > 0, is_there, "{name} {more}");
        let is_person = is_there && name.starts_with("Nguyễn");
        assert_eq!(told.contains(&format!("- {name}: không nêu địa chỉ của cá nhân")), is_person, "{told}");
        assert_eq!(told.contains("Không đưa lên trang công khai"), !is_there || is_person, "{told}");
        let violators = list(&workspace, "site", "violators");
        assert_eq!(violators.len(), if is_there { 6 } else { 5 }, "{name} {more}");
        // Where a person lives is told nowhere.
        let own = violators.iter().find(|found| found["name"].as_str() == Some(name));
        let address = own.is_some_and(|own| own["address"].is_string());
        assert_eq!(address, is_there && !is_person, "{name} {more}");
    }
}

#[test]
fn a_list_that_an_invalid_report_is_missing_from_is_no_success() {
    const COMMUNE: &str = "reports/annual/xa-mai-son.yaml";
    for (file, from, to, code, told) in [
        (REPORT, "status: done", "status: dome", 1, "thiếu 10 vi phạm, cảnh báo, đường dây nóng trong đó"),
        (REPORT, "tasks:", "tasks: [", 1, "kể cả vi phạm, cảnh báo, đường dây nóng trong đó"),
        (COMMUNE, "status: done", "status: dome", 0, "không có vi phạm, cảnh báo, đường dây nóng nào trong đó"),
        (COMMUNE, "status: done", "status:  done", 0, "Gồm "),
    ] {
        let workspace = Workspace::of_repository();
        let text = workspace.read(file).replacen(from, to, 1);
        workspace.write(file, text);
        let run = workspace.run("publish -o site");
        assert_eq!((run.code, run.out.contains(told)), (code, true), "{file} {to}: {}{}", run.out, run.err);
        assert_eq!(run.out.contains(&format!(" trong đó ({file})\n")), !told.starts_with("Gồm"), "{}", run.out);
        let json = workspace.run("publish --format json");
        let unheard: Value = serde_json::from_str(&json.out).expect("JSON");
        assert_eq!(
            (json.code, unheard["unheard"].as_array().map_or(0, Vec::len)),
            (code, usize::from(!told.starts_with("Gồm")))
        );
    }
}

#[test]
fn what_an_agency_told_that_is_gone_is_held_back_and_said() {
    const COMMUNE: &str = "reports/annual/xa-mai-son.yaml";
    const VIOLATOR: &str = "violators: [{name: Công ty A, violation: Bán hàng giả}]\n";
    const HOTLINE: &str = "hotline: 1900 0003\n";
    let unasked = "ngừng hoạt động sau ngày 28/11/2026, báo cáo không được tính, thiếu 01 vi phạm, cảnh báo";
    let gone = "đường dây nóng của cơ quan không còn hoạt động";
    for (until, more, told, is_there) in [
        ("2026-11-28", VIOLATOR, Some(unasked), false),
        ("2026-11-28", "", None, false),
        // Asked until the last day in time: what it told stays, but for whom nobody answers any more.
        ("2026-11-29", VIOLATOR, None, true),
        ("2026-12-02", HOTLINE, Some(gone), false),
        ("2026-12-03", HOTLINE, None, true),
    ] {
        let workspace = Workspace::of_repository();
        let of = "  - id: xa-mai-son\n";
        workspace.edit("plan/agencies.yaml", of, &format!("{of}    active: {{until: {until}}}\n"));
        let report = workspace.read(COMMUNE) + more;
        workspace.write(COMMUNE, report);
        let run = workspace.run("--as-of 2026-12-03 publish -o site");
        assert_eq!(run.code, 0, "{until}: {}{}", run.out, run.err);
        let line = told.map(|told| format!("- UBND xã Mai Sơn: {told}"));
        assert!(line.as_ref().is_none_or(|line| run.out.contains(line)), "{until} {more}: {}", run.out);
        assert_eq!(run.out.contains("- UBND xã Mai Sơn"), line.is_some(), "{until} {more}: {}", run.out);
        let lists = ["violators", "hotlines"].map(|list| workspace.read(&format!("site/{list}.csv"))).concat();
        let is_found = lists.contains("Công ty A") || lists.contains("1900 0003");
        assert_eq!(is_found, is_there, "{until} {more}");
    }
}

#[test]
fn what_holds_a_number_of_a_person_waits_until_somebody_says_that_it_is_none() {
    let numbered = "Công ty A, điện thoại 0912 345 678";
    let (workspace, told) = changed(numbered, "", "2026-12-03");
    assert!(!workspace.read("site/index.html").contains("0912 345 678"));
    assert!(told.contains("có số điện thoại") && told.contains(&format!("{REPORT}:288")), "{told}");
    let accepted = "\naccepted:\n  - {rule: personal-number-published, reason: Số của công ty}\n";
    let report = workspace.read(REPORT) + accepted;
    workspace.write(REPORT, report);
    assert_eq!(workspace.run("--as-of 2026-12-03 publish -o again").code, 0);
    assert!(workspace.read("again/index.html").contains("0912 345 678"));
}

/// Of many like problems the last are only counted.
#[test]
fn of_many_that_hold_a_number_none_is_published() {
    let workspace = Workspace::of_repository();
    let violator = |n: u32| {
        let number = if n == 104 { "không có".to_owned() } else { format!("0912 345 {n:03}") };
        format!(
            "  - {{name: Công ty số {n}, violation: Bán hàng giả, published: 2026-11-18, address: \"điện thoại {number}\"}}\n"
        )
    };
    let violators: String = (0..105).map(violator).collect();
    workspace.edit(REPORT, "violators:\n", &format!("violators:\n{violators}"));
    workspace.run("--as-of 2026-12-03 publish -o site");
    let page = workspace.read("site/index.html");
    assert!(!page.contains("0912 345") && page.contains("Công ty số 104"));
}

#[test]
fn an_item_keeps_its_address_as_others_come_and_is_led_to_on_the_page() {
    let workspace = Workspace::of_repository();
    assert_eq!(workspace.run("--as-of 2026-12-03 publish -o one").code, 0);
    workspace.edit(REPORT, "violators:\n", "violators:\n  - {name: Công ty mới, violation: Bán hàng giả}\n");
    workspace.edit(REPORT, "    fine: 12000000\n", "    fine: 13000000\n");
    assert_eq!(workspace.run("--as-of 2026-12-03 publish -o two").code, 0);
    let (one, two) = (list(&workspace, "one", "violators"), list(&workspace, "two", "violators"));
    assert_eq!(two.len(), one.len() + 1);
    assert!(ids(&one).iter().all(|id| ids(&two).contains(id)));
    let page = workspace.read("two/index.html");
    for name in ["violators", "warnings"] {
        for item in list(&workspace, "two", name) {
            let address = item["address_on_page"].as_str().expect("an address");
            let anchor = address.strip_prefix("index.html#").expect("on the page");
            assert_eq!(page.matches(&format!("id=\"{anchor}\"")).count(), 1, "{anchor}");
        }
    }
    assert!(!page.contains("<script") && page.contains("DỮ LIỆU MINH HỌA"));
}

#[test]
fn lists_that_are_empty_say_so_and_hotlines_are_the_newest() {
    let workspace = Workspace::without_reports();
    assert_eq!(workspace.run("publish -o none").code, 0);
    let page = workspace.read("none/index.html");
    for none in
        ["Chưa có tổ chức", "Chưa có cảnh báo", "Chưa có cơ quan nào báo đường dây nóng", "chưa có báo cáo hợp lệ"]
    {
        assert!(page.contains(none), "{none}");
    }
    let workspace = Workspace::of_repository();
    let contact = "    reporting: required\n    field: Công Thương";
    workspace.edit("plan/agencies.yaml", contact, &format!("{contact}\n    hotline: 1900 0001"));
    workspace.edit("reports/annual/so-y-te.yaml", "received:", "hotline: 1900 0002 <b>\nreceived:");
    assert_eq!(workspace.run("--as-of 2026-12-03 publish -o site").code, 0);
    let hotlines = list(&workspace, "site", "hotlines");
    let told: Vec<&str> = hotlines.iter().filter_map(|told| told["hotline"].as_str()).collect();
    assert_eq!(told, ["1900 0001", "1900 0002 <b>"]);
    assert!(workspace.read("site/index.html").contains("1900 0002 &lt;b&gt;"));
    // A report in error is not heard.
    workspace.edit("reports/annual/so-y-te.yaml", "inspections: 318", "inspections: 318.000");
    let run = workspace.run("--as-of 2026-12-03 publish -o site");
    assert_eq!((run.code, run.err.contains("--force")), (2, true), "{}", run.err);
    let run = workspace.run("--as-of 2026-12-03 publish -o site --force");
    assert!(run.code == 1 && run.out.contains("- Sở Y tế: báo cáo chưa hợp lệ, thiếu 01 "), "{}", run.out);
    assert_eq!(list(&workspace, "site", "hotlines").len(), 1);
}

#[test]
fn figures_are_those_of_the_compiled_report_with_how_many_gave_them() {
    let workspace = Workspace::of_repository();
    assert_eq!(workspace.run("--as-of 2026-12-03 publish -o site").code, 0);
    for round in list(&workspace, "site", "figures") {
        let of = round["round"].as_str().expect("a round");
        let compiled = workspace.run(&format!("--as-of 2026-12-03 compile --round {of} --format json -o -"));
        let compiled: Value = serde_json::from_str(&compiled.out).expect("JSON");
        let totals = compiled["totals"].as_array().expect("totals");
        let told = round["indicators"].as_array().expect("indicators");
        assert_eq!(told.len(), totals.len(), "{of}");
        for (told, total) in told.iter().zip(totals) {
            assert_eq!(told["value"], total["value"], "{of}: {told}");
            assert_eq!(told["agencies"], total["answers"]["numbers"], "{of}: {told}");
        }
    }
    let shown: Value = serde_json::from_str(&workspace.run("show VI.2 --format json").out).expect("JSON");
    assert_eq!(shown["publishes"]["violators"].as_array().map(Vec::len), Some(6));
    assert!(workspace.run("show VI.2").out.contains("425/QĐ-XPHC"));
    assert!(!workspace.run("show VI.1").out.contains("DANH SÁCH CÔNG KHAI"));
}

/// Three reports with a list each: of a commune in two rounds, and of another one in the second.
fn told_in(lists: [&str; 3]) -> Workspace {
    let workspace = Workspace::of_repository();
    let files = ["consumer-day/xa-mai-son", "annual/xa-mai-son", "annual/xa-thuan-chau"];
    for (file, list) in files.into_iter().zip(lists) {
        let file = format!("reports/{file}.yaml");
        let report = workspace.read(&file) + list + "\n";
        workspace.write(&file, report);
    }
    workspace
}

/// The items of a list that are of the two communes.
fn of_communes(workspace: &Workspace, list: &str) -> Vec<Value> {
    let run = workspace.run("--as-of 2026-12-03 publish --format json");
    assert_eq!(run.code, 0, "{}", run.err);
    let json: Value = serde_json::from_str(&run.out).expect("JSON");
    let items = json[list].as_array().expect("a list").clone();
    items.into_iter().filter(|item| item["agency"].as_str().is_some_and(|of| of.starts_with("xa-"))).collect()
}

#[test]
fn what_is_told_again_is_one_and_what_another_agency_tells_is_not_lost() {
    const X: &str = "name: Công ty X, violation: Bán hàng giả";
    const OTHER: &str = "name: Công ty X, violation: Bán hàng hết hạn";
    const S: &str = "subject: Lừa đảo qua điện thoại";
    let by = |number: &str| format!("decision: {{number: {number}, date: 2026-03-01}}");
    let (d15, d16) = (by("15/QĐ"), by("16/QĐ"));
    for (list, first, second, beside, count) in [
        ("violators", format!("{{{X}}}"), format!("{{{X}, {d15}}}"), String::new(), 1),
        ("violators", format!("{{{X}, {d15}}}"), format!("{{{X}}}"), String::new(), 1),
        ("violators", format!("{{{X}, {d15}}}"), format!("{{{OTHER}, {}}}", by("15/QD")), String::new(), 1),
        ("violators", format!("{{{X}, {d15}}}"), format!("{{{X}, {d16}}}"), String::new(), 2),
        ("violators", format!("{{{X}}}"), format!("{{{OTHER}}}"), String::new(), 2),
        ("violators", format!("{{{X}}}"), format!("{{{X}, {d15}}}, {{{X}, {d16}}}"), String::new(), 2),
        ("violators", format!("{{{X}, {d15}}}"), format!("{{{X}, {d16}}}, {{{X}, {d15}}}"), String::new(), 2),
        ("violators", String::new(), format!("{{{X}}}, {{{X}}}"), String::new(), 2),
        ("violators", String::new(), format!("{{{X}}}"), format!("{{{X}}}"), 2),
        ("violators", String::new(), format!("{{{X}, {d15}}}"), format!("{{{OTHER}, {d15}}}"), 1),
        ("violators", String::new(), format!("{{{X}, {d15}}}"), format!("{{{X}, {d16}}}"), 2),
        (
            "violators",
            String::new(),
            format!("{{{X}, {d15}}}"),
            format!("{{{X}, {}}}", d15.replace("-03-", "-04-")),
            2,
        ),
        ("warnings", format!("{{{S}}}"), format!("{{{S}, issued: 2026-04-01}}"), String::new(), 1),
        ("warnings", format!("{{{S}, issued: 2026-04-01}}"), format!("{{{S}}}"), String::new(), 1),
        (
            "warnings",
            format!("{{{S}, issued: 2026-04-01}}"),
            format!("{{{S}, issued: 2026-04-02}}"),
            String::new(),
            2,
        ),
        ("warnings", String::new(), format!("{{{S}}}"), format!("{{{S}}}"), 2),
        (
            "warnings",
            String::new(),
            format!("{{{S}, issued: 2026-04-01}}"),
            format!("{{{S}, issued: 2026-04-01}}"),
            2,
        ),
    ] {
        let told = [&first, &second, &beside].map(|items| format!("{list}: [{items}]"));
        let all = of_communes(&told_in([&told[0], &told[1], &told[2]]), list);
        assert_eq!(all.len(), count, "{list}: {first} | {second} | {beside}");
        let earlier = of_communes(&told_in([&told[0], "", ""]), list);
        assert!(ids(&earlier).iter().all(|id| ids(&all).contains(id)), "{list}: {first} | {second}");
        let day = if list == "warnings" { "issued" } else { "decision" };
        let dated = |items: &[Value]| items.iter().filter(|item| !item[day].is_null()).count();
        assert!(dated(&all) >= dated(&earlier), "what was told stays: {first} | {second}");
    }
}

#[test]
fn alike_ones_keep_their_addresses_wherever_they_stand() {
    let one = |place: &str| format!("{{name: Công ty X, violation: Bán hàng giả, address: {place}}}");
    let told = |first: &str, second: &str| {
        let list = format!("violators: [{}, {}]", one(first), one(second));
        let mut items = of_communes(&told_in(["", &list, ""]), "violators");
        items.sort_by_key(|item| item["address"].to_string());
        items.iter().map(|item| item["id"].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(told("bản Một", "bản Hai"), told("bản Hai", "bản Một"));
}

#[test]
fn a_later_report_that_leaves_out_the_last_day_does_not_take_it_back() {
    const PERSON: &str =
        "name: Nguyễn Văn A, violation: Bán hàng giả, publishable: {number: 1/QĐ, date: 2026-03-01}";
    for (first, second, is_there) in [
        (", until: 2026-08-01", "", false),
        (", until: 2026-08-01", ", until: 2026-12-31", true),
        (", until: 2026-12-31", ", until: 2026-08-01", false),
        (", until: 2026-12-03", "", true),
        ("", "", true),
    ] {
        let told = [first, second].map(|until| format!("violators: [{{{PERSON}{until}}}]"));
        let items = of_communes(&told_in([&told[0], &told[1], ""]), "violators");
        assert_eq!(items.len(), usize::from(is_there), "{first} | {second}");
    }
    let company = ["kind: person, ", ""]
        .map(|kind| format!("violators: [{{{kind}name: Công ty A, violation: Bán hàng giả}}]"));
    assert!(of_communes(&told_in([&company[0], &company[1], ""]), "violators").is_empty());
}

#[test]
fn the_page_says_until_when_where_any_item_has_a_last_day_and_claims_no_day() {
    for (more, until, day) in [
        (", until: 2026-12-31", true, false),
        (", published: 2026-04-01", false, true),
        (", published: 2026-04-01, until: 2026-12-31", true, true),
    ] {
        let list = format!("violators: [{{name: Công ty A, violation: Bán hàng giả{more}}}]");
        let workspace = told_in(["", &list, ""]);
        assert_eq!(workspace.run("--as-of 2026-12-03 publish -o site").code, 0);
        let page = workspace.read("site/index.html");
        assert_eq!(
            (page.contains("Công khai đến hết ngày"), !page.contains("chưa ghi ngày")),
            (until, day),
            "{more}"
        );
    }
}

#[test]
fn a_hotline_that_is_a_persons_waits_until_somebody_says_that_it_is_none() {
    for (hotline, is_there) in [
        ("0212 3852 999", true),
        ("0912 345 678 (Văn phòng UBND xã)", true),
        ("0912 345 678 (gặp ông Sơn)", false),
        ("0212 3852 999, CCCD 014087001234", false),
    ] {
        let workspace = told_in(["", &format!("hotline: {hotline}"), ""]);
        let run = workspace.run("--as-of 2026-12-03 publish -o site");
        let told = "UBND xã Mai Sơn: đường dây nóng có số của cá nhân";
        assert_eq!((run.code, run.out.contains(told)), (0, !is_there), "{hotline}: {}", run.out);
        assert_eq!(
            list(&workspace, "site", "hotlines").iter().any(|told| told["hotline"] == hotline),
            is_there,
            "{hotline}"
        );
    }
    let accepted =
        "hotline: 0912 345 678 (gặp ông Sơn)\naccepted: [{rule: personal-number-published, reason: Số trực ban}]";
    let workspace = told_in(["", accepted, ""]);
    assert_eq!(of_communes(&workspace, "hotlines").len(), 1);
}

#[test]
fn what_the_newest_report_of_who_told_it_tells_no_more_is_said_and_stays() {
    const X: &str = "violators: [{name: Công ty X, violation: Bán hàng giả}]";
    const Y: &str = "violators: [{name: Công ty Y, violation: Bán hàng giả}]";
    for (first, second, beside, is_told) in [
        (X, "", "", true),
        (X, Y, "", true),
        (X, X, "", false),
        (X, "", X, true),
        ("", X, "", false),
        ("", "", X, false),
    ] {
        let workspace = told_in([first, second, beside]);
        let run = workspace.run("--as-of 2026-12-03 publish -o site");
        let told = "- Công ty X: báo cáo mới nhất của cơ quan không còn nêu";
        assert_eq!((run.code, run.out.contains(told)), (0, is_told), "{first} | {second} | {beside}: {}", run.out);
        assert!(workspace.read("site/index.html").contains("Công ty X"));
    }
}

#[test]
fn a_page_that_would_lack_something_says_whose_report_is_in_error() {
    let workspace = Workspace::of_repository();
    assert_eq!(workspace.run("--as-of 2026-12-03 publish -o site").code, 0);
    workspace.edit(REPORT, "status: done", "status: dome");
    let run = workspace.run("--as-of 2026-12-03 publish -o site");
    assert_eq!(run.code, 2, "{}", run.out);
    let told = format!("báo cáo chưa hợp lệ, thiếu 10 vi phạm, cảnh báo, đường dây nóng trong đó ({REPORT})");
    assert!(
        run.err.contains(&told) && run.err.contains("--force") && !run.err.contains("đã có người sửa"),
        "{}",
        run.err
    );
}

#[test]
fn a_list_that_is_made_no_more_does_not_stay_unseen() {
    for (is_changed, told) in [
        (false, "Đã xóa warnings.csv, warnings.json: Kế hoạch không còn lập danh sách đó."),
        (true, "Trong site còn warnings.csv của danh sách không còn lập, có thể đã có người sửa"),
    ] {
        let workspace = Workspace::of_repository();
        assert_eq!(workspace.run("--as-of 2026-12-03 publish -o site").code, 0);
        workspace.write("site/notes.csv", "of somebody");
        if is_changed {
            let csv = workspace.read("site/warnings.csv") + "x";
            workspace.write("site/warnings.csv", csv);
        }
        let task = files_with(&workspace, "    publishes: warnings\n");
        workspace.edit(&task, "    publishes: warnings\n", "");
        let run = workspace.run("--as-of 2026-12-03 publish -o site");
        assert!(run.code == 0 && run.out.contains(told), "{}{}", run.out, run.err);
        let left: Vec<String> =
            workspace.contents().into_keys().filter(|path| path.starts_with("site/w")).collect();
        assert_eq!(left, if is_changed { vec!["site/warnings.csv".to_owned()] } else { Vec::new() });
        assert_eq!(workspace.read("site/notes.csv"), "of somebody");
    }
}

/// The file of the plan with a text.
fn files_with(workspace: &Workspace, text: &str) -> String {
    let files = workspace.contents().into_iter().filter(|(path, _)| path.starts_with("plan/"));
    files.map(|(path, _)| path).find(|path| workspace.read(path).contains(text)).expect("a file of the plan")
}
