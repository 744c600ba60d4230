//! `plan compile --for-superior`: the consolidated round as a report in the workspace of who it is sent to.

use std::path::PathBuf;

use anyhow::{Result, anyhow};

use super::drafted::{self, Wanted};
use super::output::{self, Out};
use super::printing::Output;
use super::{Outcome, Session};
use crate::model::Round;
use crate::render::{Bytes, Visible};
use crate::source;
use crate::view::superior;
use crate::workspace::Workspace;

/// # Errors
/// When the plan does not say for whom, and when the file cannot be written.
pub(super) fn write<'o>(
    workspace: &Workspace,
    round: &Round,
    wanted: &Wanted<'_>,
    output: &Output,
    session: &Session<'_>,
    (out, err): (&mut Out<'o>, &mut Out<'o>),
) -> Result<Outcome> {
    let wording = &workspace.plan.wording;
    let superior = wording.for_superior.as_ref().ok_or_else(|| {
        anyhow!(
            "chưa biết báo cáo cho cấp trên nào: thêm vào plan/report.yaml, ví dụ\n  \
             for_superior: {{agency: mã của tỉnh ở cấp trên, to: mã cấp trên trong recommend_to}}"
        )
    })?;
    let to = wording.recommend_to.iter().find(|body| body.id == superior.to.written.value);
    let to =
        to.ok_or_else(|| anyhow!("plan/report.yaml không có nơi nhận kiến nghị {}", superior.to.written.value))?;
    drafted::brief(workspace, round, wanted, |brief| {
        let text = Visible::from(superior::report(brief, superior, to));
        let target = output.target(&format!("{}.yaml", superior.agency), session.environment);
        let bytes: Bytes = text.into();
        let is_own = |path: &PathBuf| path.is_file() && output::is_own(&session.root, path);
        let force = output.force || target.as_ref().is_some_and(is_own);
        output::remember(&session.root, target.iter().map(|_| source::sha256(&bytes)));
        output::put(target.as_deref(), bytes, force, session.environment, out)?;
        let told: &mut Out<'_> = if target.is_some() { out } else { err };
        let counts = brief.status.counts;
        writeln!(
            told,
            "Báo cáo gửi {}, kỳ {}: tổng hợp {}/{} cơ quan phải báo cáo.",
            to.name, round.short_name, counts.complete, counts.expected
        )?;
        brief.banner.iter().try_for_each(|banner| writeln!(told, "*** {banner} ***"))?;
        if brief.status.issued.is_none() {
            writeln!(
                told,
                "Chưa có số, ngày báo cáo: khi đã gửi thì ghi bằng plan issue {} rồi lập lại.",
                round.key
            )?;
        }
        if let Some(issued) = brief.status.issued.as_ref().filter(|issued| !issued.changed.is_empty()) {
            let number = issued.act.number.as_deref().unwrap_or_default();
            let names: Vec<&str> = issued.changed.iter().map(|agency| agency.name.as_str()).collect();
            writeln!(
                told,
                "Báo cáo thay đổi sau khi gửi số {number}: {}. Gửi văn bản thay thế thì ghi bằng plan issue {} rồi lập lại.",
                names.join("; "),
                round.key
            )?;
        }
        writeln!(told, "Cấp trên nhận bằng: plan receive TỆP --on NGÀY")?;
        Ok(Outcome::Done)
    })
}
