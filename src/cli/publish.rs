//! `plan publish`: what the plan asks to be public, as a page with files beside it.

use anyhow::{Result, anyhow, bail};

use super::output::{self, Out};
use super::printing::{Listing, Printing};
use super::refusal::refuse;
use super::{Call, Outcome};
use crate::check::Depth;
use crate::doc::Shown;
use crate::measure;
use crate::model::{PublicList, Spanned};
use crate::public::{self, hides_address};
use crate::render::{Bytes, Visible, csv, html};
use crate::status;
use crate::vietnamese::{count, one_line};
use crate::view::public::{HIDDEN_ADDRESS, PAGE, Site, why_held};
use crate::view::{self, public_json};
use crate::workspace::Workspace;

/// Lập trang công khai: vi phạm đã công bố, cảnh báo, đường dây nóng, số liệu từng kỳ
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan publish [TÙY CHỌN]",
    after_help = "Chỉ lấy từ báo cáo hợp lệ. Tên cá nhân chỉ được nêu khi báo cáo ghi văn bản cho phép (publishable: {number, date}), đến hết ngày until; \
                  mục nào không nêu, vì sao, được in ra màn hình. Địa chỉ của cá nhân không bao giờ được nêu.\n\n\
                  Ví dụ:\n  plan publish                       xem trước trên màn hình\n  \
                  plan publish -o cong-khai          trang index.html và tệp .csv, .json của từng danh sách"
)]
pub(super) struct Args {
    #[command(flatten)]
    printing: Printing<Listing>,
}

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, err) = &mut call.open()?;
    let workspace = Workspace::open(&session.root, session.clock, Depth::All)?;
    let printing = &args.printing;
    let folder = printing.output.path(session.environment);
    let folder = folder.filter(|path| printing.asked().is_none() && path.extension().is_none());
    let flaws = workspace.flaws();
    if !flaws.is_empty() {
        return refuse(&workspace, flaws, session, if folder.is_some() { out } else { err });
    }
    let plan = &workspace.plan;
    let wording = plan.wording.publish.as_ref().ok_or_else(|| {
        anyhow!(
            "chưa có phần trang công khai: thêm phần publish vào plan/report.yaml\n\
             (plan schema wording cho biết phần đó gồm những gì)."
        )
    })?;
    let rounds = status::derive(&workspace);
    let measures: Vec<_> = rounds.iter().map(|round| measure::measures(&workspace, &rounds, round)).collect();
    let site = Site {
        plan,
        wording,
        public: &public::public(&workspace, &rounds),
        rounds: &rounds,
        measures: &measures,
        as_of: workspace.as_of,
        banner: view::illustrative_banner(&workspace),
        files: &workspace.files,
        in_folder: folder.is_some(),
    };
    let Some(folder) = folder else {
        printing.print_anew(&site, session, out)?;
        return tell(&site, err);
    };
    let files = files(&site)?;
    let force = printing.output.force;
    // What lacks something takes the place of nothing by itself.
    let shown = output::shown(&folder, session.environment);
    let is_other = |(name, bytes): &(String, Bytes)| {
        let path = folder.join(name);
        path.is_file() && !output::holds(&path, bytes)
    };
    if lacks(&site) && !force && files.iter().any(is_other) {
        bail!(
            "trang ở {shown} chưa được thay: danh sách mới thiếu nội dung của báo cáo chưa hợp lệ.\n{}\n\
             Sửa báo cáo đó (plan check) rồi chạy lại, hoặc thêm --force để vẫn thay.",
            unheard(&site).collect::<Vec<_>>().join("\n")
        );
    }
    let kept = match lacks(&site) {
        true => output::put_into(&folder, &files, force)?,
        false => output::put_into_anew(&session.root, &folder, &files, force)?,
    };
    let names = PublicList::ALL.iter().flat_map(|list| ["csv", "json"].map(|kind| format!("{}.{kind}", list.id())));
    let old = names.filter(|name| files.iter().all(|(of, _)| of != name)).collect();
    let (removed, left) = output::remove_own(&session.root, &folder, old);
    writeln!(out, "Đã ghi {} tệp vào {shown}{}", files.len() - kept, output::already(kept))?;
    if !removed.is_empty() {
        writeln!(out, "Đã xóa {}: Kế hoạch không còn lập danh sách đó.", removed.join(", "))?;
    }
    if !left.is_empty() {
        let left = left.join(", ");
        writeln!(
            out,
            "Trong {shown} còn {left} của danh sách không còn lập, có thể đã có người sửa; không dùng thì xóa."
        )?;
    }
    site.banner.iter().try_for_each(|banner| writeln!(out, "*** {banner} ***"))?;
    writeln!(out, "{}", site.summary())?;
    tell(&site, out)
}

/// Whether a list lacks what some report tells, for an error anywhere in that.
fn lacks(site: &Site<'_, '_>) -> bool {
    site.public.unheard.iter().any(|report| report.unasked.is_none() && report.items != Some(0))
}

/// Says what is not there: a list that lacks something is not to take the place of a whole one unseen.
fn tell(site: &Site<'_, '_>, out: &mut Out<'_>) -> Result<Outcome> {
    left_out(site).iter().try_for_each(|line| writeln!(out, "{line}"))?;
    Ok(if lacks(site) { Outcome::Found } else { Outcome::Done })
}

/// The page, and two files for each list.
fn files(site: &Site<'_, '_>) -> Result<Vec<(String, Bytes)>> {
    let mut files = vec![(PAGE.to_owned(), html::render(&site.document()).into())];
    for table in site.tables() {
        files.push((format!("{}.csv", table.name), csv::render(&table).into()));
        let json = public_json::publish(site, Some(table.name));
        files.push((format!("{}.json", table.name), Visible::json(&json)?.into()));
    }
    Ok(files)
}

/// What is not there, for whoever makes the page: each with its place, and why.
fn left_out(site: &Site<'_, '_>) -> Vec<String> {
    let violators = site.public.violators.iter().map(|item| (&item.found.name, item.held));
    let warnings = site.public.warnings.iter().map(|item| (&item.found.subject, item.held));
    let line = |name: &Spanned<String>, why| {
        format!("- {}: {why} ({})", one_line(&name.value), view::place(site.files, name.span))
    };
    let held = violators.chain(warnings).filter_map(|(name, held)| Some(line(name, why_held(held?))));
    let hotlines = site.public.hotlines_held.iter().map(|(agency, hotline, held)| {
        let place = view::place(site.files, hotline.span);
        let why = match held {
            Some(_) => "có số của cá nhân; xem plan check",
            None => "của cơ quan không còn hoạt động",
        };
        format!("- {}: đường dây nóng {why} ({place})", agency.name)
    });
    let shown = site.public.violators.iter().filter(|item| item.held.is_none());
    let hidden = shown.filter(|item| hides_address(site.plan, item));
    let hidden = hidden.map(|item| line(&item.found.name, HIDDEN_ADDRESS.to_owned()));
    let dropped = |name: &Spanned<String>| {
        line(name, "báo cáo mới nhất của cơ quan không còn nêu, trang vẫn nêu theo báo cáo trước".to_owned())
    };
    let violators = site.public.violators.iter().filter(|item| item.is_dropped).map(|item| &item.found.name);
    let warnings = site.public.warnings.iter().filter(|item| item.is_dropped).map(|item| &item.found.subject);
    let dropped = violators.chain(warnings).map(dropped);
    let lists = site.unlisted().map(|(list, told)| {
        format!(
            "- {} {} đã nhận: chưa nhiệm vụ nào làm ra danh sách đó (publishes: {} trong plan/tasks)",
            count(told as u128),
            list.label(),
            list.id()
        )
    });
    [
        ("Không đưa lên trang công khai {} mục:", unheard(site).chain(held).chain(hotlines).chain(lists).collect()),
        ("Không đưa lên trang công khai địa chỉ của {} cá nhân:", hidden.collect()),
        ("Cần đối chiếu {} mục:", dropped.collect::<Vec<_>>()),
    ]
    .into_iter()
    .filter(|(_, lines)| !lines.is_empty())
    .flat_map(|(first, lines)| [first.replace("{}", &count(lines.len() as u128))].into_iter().chain(lines))
    .collect()
}

/// The reports that are in no list.
fn unheard(site: &Site<'_, '_>) -> impl Iterator<Item = String> {
    site.public.unheard.iter().map(|report| {
        let lacks = match report.items {
            None => "kể cả vi phạm, cảnh báo, đường dây nóng trong đó".to_owned(),
            Some(0) => "không có vi phạm, cảnh báo, đường dây nóng nào trong đó".to_owned(),
            Some(told) => format!("thiếu {} vi phạm, cảnh báo, đường dây nóng trong đó", count(told as u128)),
        };
        let whose = report.agency.map_or("không rõ cơ quan", |agency| &agency.name);
        let why = match (report.agency, report.unasked) {
            (Some(agency), Some(round)) => {
                format!("{}, báo cáo không được tính", site.plan.why_unasked(agency, round))
            }
            _ => "báo cáo chưa hợp lệ".to_owned(),
        };
        format!("- {whose}: {why}, {lacks} ({})", site.files.get(report.file).path)
    })
}
