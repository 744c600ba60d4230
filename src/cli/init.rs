//! `plan init`: a fresh workspace, with the plan that the program carries or with an older one moved to another year.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use serde_json::json;

use super::writing::{LOCK_FILE, Lock};
use super::{Call, Outcome, new, output, schema};
use crate::check::{self, Clock, Depth};
use crate::new_year::{ToCompare, carry_over};
use crate::render::{Bytes, Visible};
use crate::source::{self, Files};
use crate::vietnamese::{listed, number};
use crate::workspace::Workspace;

/// The plan of the province for 2026, as the repository ships it.
const PLAN: &[(&str, &str)] = &[
    ("plan/plan.yaml", include_str!("../../plan/plan.yaml")),
    ("plan/agencies.yaml", include_str!("../../plan/agencies.yaml")),
    ("plan/rounds.yaml", include_str!("../../plan/rounds.yaml")),
    ("plan/indicators.yaml", include_str!("../../plan/indicators.yaml")),
    ("plan/holidays.yaml", include_str!("../../plan/holidays.yaml")),
    ("plan/report.yaml", include_str!("../../plan/report.yaml")),
    ("plan/tasks/I.yaml", include_str!("../../plan/tasks/I.yaml")),
    ("plan/tasks/II.yaml", include_str!("../../plan/tasks/II.yaml")),
    ("plan/tasks/III.yaml", include_str!("../../plan/tasks/III.yaml")),
    ("plan/tasks/IV.yaml", include_str!("../../plan/tasks/IV.yaml")),
    ("plan/tasks/V.yaml", include_str!("../../plan/tasks/V.yaml")),
    ("plan/tasks/VI.yaml", include_str!("../../plan/tasks/VI.yaml")),
    ("plan/tasks/VII.yaml", include_str!("../../plan/tasks/VII.yaml")),
    ("plan/tasks/VIII.yaml", include_str!("../../plan/tasks/VIII.yaml")),
];

/// A plan with nothing in it, for another province: what is to be filled in says so.
const BLANK: &[(&str, &str)] = &[
    ("plan/plan.yaml", include_str!("init/blank/plan.yaml")),
    ("plan/agencies.yaml", include_str!("init/blank/agencies.yaml")),
    ("plan/rounds.yaml", include_str!("init/blank/rounds.yaml")),
    ("plan/indicators.yaml", include_str!("init/blank/indicators.yaml")),
    ("plan/holidays.yaml", include_str!("init/blank/holidays.yaml")),
    ("plan/report.yaml", include_str!("init/blank/report.yaml")),
    ("plan/tasks/I.yaml", include_str!("init/blank/tasks/I.yaml")),
];

const README: &str = include_str!("init/README.md");
/// The same with the ids of a blank plan.
const BLANK_README: &str = include_str!("init/blank/README.md");
/// What the tool writes anew at any time, scans, whose names and fingerprints the registers keep, and the leavings of
/// office programs.
const GITIGNORE: &str =
    "*.docx\n*.xlsx\n*.html\n*.pdf\n*.jpg\n*.jpeg\n*.png\n*.tif\n*.tiff\n~$*\n.plan.lock\n.plan.written\n";
/// Equal line ends on every system; of two people's registers all lines are kept, whose order does not matter.
const GITATTRIBUTES: &str = "*.yaml text eol=lf\nreports/*/register.yaml merge=union\n";
/// What must be looked at in a plan that was carried over.
const TO_REVIEW: &str = "RA-SOAT.md";

/// Files by path from the workspace.
type Texts = Vec<(String, String)>;

/// Tạo thư mục làm việc mới với Kế hoạch năm 2026, hoặc chép Kế hoạch cũ sang năm mới
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan init [TÙY CHỌN] <THƯ_MỤC>",
    after_help = "Ví dụ:\n  plan init ke-hoach-2026                                    Kế hoạch năm 2026 của tỉnh\n  \
                  plan init ke-hoach-2027 --year 2027 --from ke-hoach-2026   chép sang năm 2027, nêu chỗ cần rà\n  \
                  plan init --blank ke-hoach-tinh --year 2027                Kế hoạch còn trống cho tỉnh khác"
)]
pub(super) struct Args {
    /// Thư mục mới hoặc còn trống
    #[arg(value_name = "THƯ_MỤC", help_heading = "Tham số", required_unless_present = "blank")]
    directory: Option<PathBuf>,
    /// Kế hoạch còn trống, cho tỉnh khác hoặc lĩnh vực khác: plan check nêu từng chỗ phải điền
    #[arg(long, group = "kind")]
    blank: bool,
    /// Năm của Kế hoạch mới
    #[arg(long, value_name = "NĂM", requires = "kind", value_parser = year)]
    year: Option<i32>,
    /// Thư mục của Kế hoạch cũ
    #[arg(long, value_name = "THƯ_MỤC", requires = "year", group = "kind")]
    from: Option<PathBuf>,
}

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let Call { environment, clock, out, err, .. } = call;
    let directory = args.directory.as_deref().unwrap_or(Path::new("."));
    let target = environment.current_dir.join(directory);
    target.parent().into_iter().for_each(output::sweep);
    let refuse = || {
        anyhow!(
            "{} đã có và không trống.\nChọn thư mục khác, hoặc thư mục chưa có: công cụ sẽ tạo.",
            target.display()
        )
    };
    if target.join(source::PLAN_FILE).exists() {
        return Err(refuse());
    }
    let (plan, review) = match (&args.from, args.year) {
        (Some(from), Some(year)) => {
            let (plan, review) = carried(&environment.current_dir.join(from), *clock, year)?;
            (plan, Some(review))
        }
        (_, Some(year)) => (texts(BLANK, |text| of_year(text, year)), None),
        _ => (texts(if args.blank { BLANK } else { PLAN }, str::to_owned), None),
    };
    let read = Files::from_memory(plan.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())));
    let checked = check::run(&read, Clock::on(environment.today), Depth::Errors);
    let mut files: Vec<(String, Visible)> = plan.into_iter().map(|(path, text)| (path, text.into())).collect();
    for (path, kind) in SCHEMAS {
        files.push(((*path).to_owned(), schema::text(kind, checked.plan.as_ref())?));
    }
    let readme = if args.blank { BLANK_README } else { README };
    for (path, text) in [("README.md", readme), (".gitignore", GITIGNORE), (".gitattributes", GITATTRIBUTES)] {
        files.push((path.to_owned(), text.into()));
    }
    files.push((".vscode/settings.json".to_owned(), settings()?));
    let extensions = json!({ "recommendations": ["redhat.vscode-yaml"] });
    files.push((".vscode/extensions.json".to_owned(), Visible::json(&extensions)?));
    files.extend(review.clone().map(|text| (TO_REVIEW.to_owned(), text)));
    let mut files: Vec<(String, Bytes)> = files.into_iter().map(|(path, text)| (path, text.into())).collect();
    files
        .iter()
        .filter_map(|(path, _)| target.join(path).parent().map(Path::to_path_buf))
        .for_each(|folder| output::sweep(&folder));
    let is_free =
        || !target.join(source::PLAN_FILE).exists() && (!target.exists() || holds_only(&target, &target, &files));
    if !is_free() {
        return Err(refuse());
    }
    let _lock = target.exists().then(|| Lock::of(&target, err)).transpose()?;
    // Another may have made it meanwhile.
    if !is_free() {
        return Err(refuse());
    }
    // What makes it a workspace comes last; what a run that broke off has put there already stays.
    files.sort_by_key(|(path, _)| path == source::PLAN_FILE);
    files.retain(|(path, _)| !target.join(path).exists());
    output::write_into(&target, &files, |_| false)?;
    output::make_folder(&target.join("reports"))?;

    let shown = directory.display();
    let quote = if shown.to_string().contains(' ') { "\"" } else { "" };
    let (made, enter) = if directory == Path::new(".") {
        ("Đã tạo ở thư mục này".to_owned(), String::new())
    } else {
        (format!("Đã tạo {shown}"), format!("  cd {quote}{shown}{quote}\n"))
    };
    match review {
        None if args.blank => writeln!(
            out,
            "{made}: Kế hoạch{} còn trống.\n\nViệc tiếp theo:\n{enter}  \
             điền các tệp trong plan, chỗ nào cũng có chú thích\n  \
             plan check                             nêu từng chỗ còn phải điền",
            args.year.map(|year| format!(" năm {year}")).unwrap_or_default()
        )?,
        None => writeln!(
            out,
            "{made}: {}, chưa có báo cáo nào.\n\nViệc tiếp theo:\n{enter}  \
             plan status                            xem tình hình\n  plan form export --all -o bieu-mau     phát biểu mẫu cho các cơ quan",
            checked.plan.map_or("Kế hoạch".to_owned(), |plan| format!(
                "Kế hoạch năm {} của {}",
                plan.year,
                plan.place()
            ))
        )?,
        Some(review) => {
            out.print(review)?;
            writeln!(out, "\n{made}. Danh sách trên lưu ở {TO_REVIEW}.\n\nViệc tiếp theo:\n{enter}  plan check")?;
        }
    }
    Ok(Outcome::Done)
}

/// Schemas by the path from the workspace.
const SCHEMAS: &[(&str, &str)] = &[
    (new::SCHEMA, "report"),
    ("schemas/register.schema.json", "register"),
    ("schemas/plan.schema.json", "plan"),
    ("schemas/agencies.schema.json", "agencies"),
    ("schemas/task.schema.json", "task"),
    ("schemas/rounds.schema.json", "rounds"),
    ("schemas/indicators.schema.json", "indicators"),
    ("schemas/holidays.schema.json", "holidays"),
    ("schemas/wording.schema.json", "wording"),
    ("schemas/carried.schema.json", "carried"),
    ("schemas/previous.schema.json", "previous"),
];

/// Which schema an editor (VS Code with the YAML extension) uses for which file.
fn settings() -> Result<Visible> {
    let settings = json!({
        "files.encoding": "utf8",
        "files.eol": "\n",
        "yaml.schemas": {
            "schemas/report.schema.json": [
                "reports/*/*.yaml",
                "!reports/*/accepted.yaml",
                "!reports/*/draft.yaml",
                "!reports/*/register.yaml",
            ],
            "schemas/register.schema.json": "reports/*/register.yaml",
            "schemas/plan.schema.json": "plan/plan.yaml",
            "schemas/agencies.schema.json": "plan/agencies.yaml",
            "schemas/task.schema.json": "plan/tasks/*.yaml",
            "schemas/rounds.schema.json": "plan/rounds.yaml",
            "schemas/indicators.schema.json": "plan/indicators.yaml",
            "schemas/holidays.schema.json": "plan/holidays.yaml",
            "schemas/wording.schema.json": "plan/report.yaml",
            "schemas/carried.schema.json": "plan/carried.yaml",
            "schemas/previous.schema.json": "plan/previous.yaml",
        },
    });
    Visible::json(&settings)
}

fn texts(files: &[(&str, &str)], text: impl Fn(&str) -> String) -> Texts {
    files.iter().map(|(path, given)| ((*path).to_owned(), text(given))).collect()
}

/// A text of the blank plan, its year filled in and named in its examples.
fn of_year(text: &str, year: i32) -> String {
    text.replace("\nyear:  #", &format!("\nyear: {year}  #")).replace("2026", &year.to_string())
}

/// The plan of an older workspace for another year, and what must be reviewed.
fn carried(from: &Path, clock: Clock, year: i32) -> Result<(Texts, Visible)> {
    if !from.join(source::PLAN_FILE).is_file() {
        bail!("không tìm thấy Kế hoạch cũ trong {}: không có tệp {}", from.display(), source::PLAN_FILE);
    }
    let Ok(workspace) =
        Workspace::open(from, clock, Depth::Reports).and_then(|old| old.whole("")?.judged_or_begun())
    else {
        bail!(
            "Kế hoạch cũ trong {} có lỗi nên chưa chép sang được.\nChạy “plan check” ở đó để xem lỗi.",
            from.display()
        );
    };
    if year <= workspace.plan.year {
        bail!(
            "Kế hoạch cũ trong {} là Kế hoạch năm {}: nêu năm sau đó, ví dụ --year {}.",
            from.display(),
            workspace.plan.year,
            workspace.plan.year + 1
        );
    }
    let mut carried = carry_over(&workspace, year);
    for (path, text) in &mut carried.files {
        // Lines end as in a new workspace.
        *text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        if *Visible::from(text.as_str()) != **text {
            bail!("tệp {path} của Kế hoạch cũ có ký tự ẩn.\nChạy “plan check” ở đó để xem chỗ sai.");
        }
    }
    let mut review = Visible::from(format!(
        "# Cần rà soát trước khi dùng Kế hoạch năm {year}\n\n\
         Chép từ Kế hoạch cũ: cơ quan, nhóm, nhiệm vụ, chỉ tiêu, đề cương, câu chữ. Còn phải điền (plan check chỉ từng chỗ):\n\n\
         - plan/rounds.yaml: hạn gửi (cả câu chữ của Kế hoạch mới) và thời gian chốt số liệu của từng kỳ\n\
         - plan/holidays.yaml: ngày nghỉ lễ, ngày làm bù năm {year}\n\
         - plan/plan.yaml: số, ngày, căn cứ, người ký, ngày của các đợt cao điểm của Kế hoạch mới\n\
         - plan/tasks/: nội dung, phân công và thời gian theo Kế hoạch mới\n\
         - plan/agencies.yaml: cơ quan thành lập mới, sáp nhập, đổi tên\n"
    ));
    for unread in workspace.unread_reports() {
        review += &format!("- báo cáo cũ không đọc được nên chưa chép khó khăn, kiến nghị trong đó: {unread}\n");
    }
    if carried.open > 0 {
        review += &format!(
            "- plan/carried.yaml: {} khó khăn, kiến nghị còn mở ở Kế hoạch cũ, được theo dõi tiếp; đã giải quyết thì chạy plan settle MÃ\n",
            number(carried.open as u128)
        );
    }
    if carried.over > 0 {
        review += &format!(
            "- plan/carried.yaml: {} kiến nghị trong số đó đã hết hạn (expires), không nêu lại trong báo cáo, công văn\n",
            number(carried.over as u128)
        );
    }
    review += &match &carried.compared {
        Some(ToCompare { figures, rounds, alone }) => {
            let plan = &workspace.plan;
            let alone = listed(alone.iter().map(|id| &plan[*id].name), ", ").map(|names| {
                format!(
                    "- plan/previous.yaml: có số chỉ là của riêng cơ quan, chưa gồm cơ quan đã nhập vào (itself_alone): {names}; năm {year} \
                     chỉ so được khi cộng thêm số của cơ quan đã nhập vào rồi bỏ itself_alone\n"
                )
            });
            format!(
                "- plan/previous.yaml: {figures} số liệu của {rounds} kỳ năm {} để so với cùng kỳ; bỏ chỉ tiêu nào khỏi Kế hoạch mới thì \
                 xóa số của nó ở đó; chỉ tiêu nào đổi đơn vị tính thì đổi cả số và đơn vị (unit) ở đó; cơ quan đã sáp nhập thì cộng vào \
                 cơ quan kế thừa, hoặc giữ trong plan/agencies.yaml (successor)\n{}",
                year - 1,
                alone.unwrap_or_default()
            )
        }
        None => format!(
            "- Chưa có số liệu năm {} để so với cùng kỳ: có báo cáo cũ thì ghi vào plan/previous.yaml (plan schema previous)\n",
            year - 1
        ),
    };
    if !carried.to_review.is_empty() {
        review += "\nCác chỗ còn nói đến năm cũ:\n\n";
        for (place, line) in &carried.to_review {
            review += &format!("- {place}: {line}\n");
        }
    }
    Ok((carried.files, review))
}

/// Whether nothing is in a folder but some of these files, as they are to be written.
fn holds_only(target: &Path, folder: &Path, files: &[(String, Bytes)]) -> bool {
    let expected = |path: &Path| {
        let mut files = files.iter();
        let found = files.find(|(name, _)| target.join(name) == path);
        found.is_some_and(|(_, bytes)| source::read_plain(path).is_ok_and(|read| read == bytes.as_ref()))
    };
    fs::read_dir(folder).is_ok_and(|entries| {
        entries.flatten().map(|entry| entry.path()).all(|path| match path.is_dir() {
            true => holds_only(target, &path, files),
            false => expected(&path) || path == target.join(LOCK_FILE),
        })
    })
}

fn year(written: &str) -> Result<i32, String> {
    let year = written.parse().ok().filter(|year| (2000..=2100).contains(year));
    year.ok_or_else(|| "viết năm từ 2000 đến 2100, ví dụ 2027".to_owned())
}
