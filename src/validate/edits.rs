//! What people changed in the consolidated reports: `reports/<round>/draft.yaml`.

use super::read;
use crate::diagnostic::{Diagnostic, Sink};
use crate::model::{DraftFile, EditRecord, Plan, RoundId, RoundRef};
use crate::record::Ids;
use crate::record::rules::UNKNOWN_ROUND;
use crate::source::{DRAFT, Files, Span};

/// The folder of the round whose report a file keeps the edits of.
pub(super) fn folder(path: &str) -> Option<&str> {
    let (folder, name) = path.strip_prefix("reports/")?.split_once('/')?;
    (name == DRAFT).then_some(folder)
}

/// The edits of every round, in the order of the files and of their lines.
pub(crate) fn edits(files: &Files, plan: &Plan, sink: &mut Sink) -> Vec<(RoundId, EditRecord)> {
    let mut edits = Vec::new();
    for (id, file) in files.iter().filter(|(_, file)| !file.outside) {
        let Some(folder) = folder(&file.path) else { continue };
        let found = read::<DraftFile>(files, id, plan, sink).map_or_else(Vec::new, |read| read.edits);
        match plan.round_ref(folder) {
            Some(RoundRef::Of(round)) => edits.extend(found.into_iter().map(|edit| (round, edit))),
            Some(RoundRef::Unread(_)) => {}
            Some(RoundRef::AdHoc) | None => sink.push(
                Diagnostic::new(
                    &UNKNOWN_ROUND,
                    Span::start_of(id),
                    format!("không có kỳ báo cáo nào mang mã “{folder}”"),
                )
                .hint("để tệp này vào thư mục của kỳ có báo cáo đã sửa, ví dụ reports/annual")
                .unknown(Ids::Rounds, folder),
            ),
        }
    }
    edits
}
