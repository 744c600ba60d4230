//! `plan/agencies.yaml`: agencies, and groups resolved into agencies.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use indexmap::IndexSet;

use super::reject_duplicates;
use super::rounds::in_order;
use crate::diagnostic::{Diagnostic, Sink};
use crate::model::{AgencyId, Declared, GroupId, List, PartyId};
use crate::record::rules::{GROUP_CYCLE, UNREADABLE_FILE, UNUSABLE_SUCCESSOR};
use crate::record::{CommuneCode, Email, Ids, Later, Names, OneOrMore, choices, records};
use crate::source::{Span, Spanned};

records! {
    /// Cơ quan và nhóm cơ quan
    "danh mục cơ quan" AgenciesFile {
        source: Option<String>,
        agencies: Vec<AgencyItem>,
        groups: Vec<GroupItem>,
    }

    /// Một cơ quan
    "cơ quan" AgencyItem {
        id: String,
        name [.must()]: Option<String>,
        short_name [.must()]: Option<String>,
        /// Phần cơ quan trong ký hiệu văn bản: SCT trong 278/BC-SCT
        document_code: Option<String>,
        /// Mã đơn vị hành chính, giữ số 0 ở đầu nên phải đặt trong dấu nháy
        commune_code: Option<CommuneCode>,
        /// Cách gọi khác
        aliases: Vec<Spanned<String>>,
        /// Địa chỉ thư điện tử nhận thư đôn đốc, gửi báo cáo
        email: Option<OneOrMore<Email>>,
        reporting [.must()]: Option<Reporting>,
        /// Số của cơ quan này đã gồm số của các thành viên nhóm: chỉ đối chiếu, không cộng
        control_total_of: Option<Later<GroupId>>,
        /// Đường dây nóng tiếp nhận phản ánh, được công khai; báo cáo nêu số khác thì theo báo cáo
        hotline: Option<String>,
        /// Lĩnh vực, địa bàn phụ trách, để bảng kết quả của báo cáo tổng hợp nêu trước tên cơ quan
        field: Option<String>,
        /// Cơ quan cấp trên
        parent: Option<Later<AgencyId>>,
        /// Thời gian hoạt động, nếu thành lập hoặc giải thể trong năm
        active: Option<Active>,
        /// Cơ quan kế thừa, khi giải thể, sáp nhập: số lũy kế của cơ quan đó tính từ đầu năm cho cả hai
        successor: Option<Later<AgencyId>>,
        source: Option<String>,
    }

    /// Ngày đầu và ngày cuối hoạt động
    "thời gian hoạt động" Active {
        from: Option<Spanned<NaiveDate>>,
        until: Option<Spanned<NaiveDate>>,
    }

    /// Một nhóm cơ quan
    "nhóm cơ quan" GroupItem {
        id: String,
        name: String,
        aliases: Vec<String>,
        /// Nhóm không nêu tên ai: không suy ra thành viên
        open: bool,
        /// Gộp các thành viên thành một dòng
        folded: bool,
        /// Mã cơ quan hoặc mã nhóm khác
        members: Vec<Later<PartyId>>,
        source: Option<String>,
    }
}

choices! {
    /// required phải báo cáo; requested được đề nghị báo cáo, không tính quá hạn; none không báo cáo riêng
    "" UNKNOWN_VALUE Reporting {
        Required "required" "phải báo cáo",
        /// The plan says “Đề nghị”: listed, never overdue.
        Requested "requested" "được đề nghị báo cáo",
        None "none" "không báo cáo riêng",
    }
}

#[derive(Debug)]
pub(crate) struct Agency {
    pub(crate) id: AgencyId,
    /// `so-y-te`
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) short_name: String,
    pub(crate) aliases: Vec<Spanned<String>>,
    /// The agency’s part of a paper’s number: `SCT` in `278/BC-SCT`; absent where unknown.
    pub(crate) document_code: Option<String>,
    /// The code of the commune or ward (QĐ 19/2025/QĐ-TTg), a text that may begin with 0.
    pub(crate) commune_code: Option<String>,
    /// Where mail is sent to; whoever reports writes from one of them, as a rule.
    pub(crate) emails: Vec<String>,
    /// First and last day of the agency's life, where it began or ended within the plan's year.
    pub(crate) active: (Option<NaiveDate>, Option<NaiveDate>),
    /// Whose figures, cumulative from the year's beginning, are also of this agency once it is gone.
    pub(crate) successor: Option<AgencyId>,
    pub(crate) reporting: Reporting,
    /// The number that people may call, for everyone to know.
    pub(crate) hotline: Option<String>,
    /// What it looks after, before its name in tables.
    pub(crate) field: Option<String>,
    /// This agency's totals already contain those of the group's members: compared, never added.
    pub(crate) control_total_of: Option<GroupId>,
    /// The agency that this one is a unit of.
    pub(crate) parent: Option<AgencyId>,
    pub(crate) span: Span,
}

#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) id: GroupId,
    /// `ubnd-cap-xa`
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) members: IndexSet<AgencyId>,
    /// Names nobody in particular (“các đơn vị có liên quan”): never expanded.
    pub(crate) open: bool,
    /// Its members are shown as one line.
    pub(crate) folded: bool,
    pub(crate) span: Span,
}

pub(crate) fn resolve(file: AgenciesFile, gaps: &[Ids], sink: &mut Sink) -> (List<Agency>, List<Group>) {
    let (agencies, references): (Vec<_>, Vec<_>) = file.agencies.into_iter().map(|item| agency(item, sink)).unzip();
    let mut agencies = List::new(agencies);
    let groups = List::new(groups(file.groups, &agencies, gaps, sink));
    let keys = agencies.iter().map(|agency| (agency.key.as_str(), agency.span));
    reject_duplicates(keys.chain(groups.iter().map(|group| (group.key.as_str(), group.span))), sink);
    let names = Declared { lists: vec![&agencies, &groups], gaps };
    let resolved: Vec<_> = references
        .iter()
        .map(|References { control, parent, successor }| {
            let [parent, heir] =
                [parent, successor].map(|named| named.as_ref().and_then(|named| named.find(&names, sink)));
            (control.as_ref().and_then(|control| control.find(&names, sink)), parent, heir)
        })
        .collect();
    for (agency, (control, parent, heir)) in agencies.iter_mut().zip(resolved) {
        agency.control_total_of = control;
        agency.parent = parent;
        agency.successor = heir;
    }
    // What leads back first: whoever leads there is at no end of it either.
    for wrong in [Line::Back, Line::Long] {
        for (index, References { parent, successor, .. }) in references.iter().enumerate() {
            if let Some(parent) = parent {
                judge_parent(index, parent.written.span, wrong, &mut agencies, sink);
            }
            if let Some(successor) = successor {
                judge_successor(index, successor.written.span, wrong, &mut agencies, sink);
            }
        }
    }
    (agencies, groups)
}

/// By agency, those that lead to it by their successors, in the order of the plan.
pub(crate) fn succeeded(agencies: &List<Agency>) -> BTreeMap<AgencyId, Vec<AgencyId>> {
    let mut succeeded: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for of in agencies.iter() {
        let heirs = std::iter::successors(of.successor, |heir| agencies[usize::from(*heir)].successor);
        heirs.for_each(|heir| succeeded.entry(heir).or_default().push(of.id));
    }
    succeeded
}

/// For how many agencies the groups of a plan have room, and so have its tasks, each agency counted wherever a group brings it
/// in: as many as 290 tasks that name all communes of the country twice. Few bytes may name more than any memory holds.
pub(super) struct Room(Option<usize>);

impl Default for Room {
    fn default() -> Self {
        Self(Some(2_000_000))
    }
}

impl Room {
    /// Whether there is room for so many more; says of the first that has none.
    pub(super) fn has(&mut self, more: usize, at: Span, sink: &mut Sink) -> bool {
        let had_room = self.0.is_some();
        self.0 = self.0.and_then(|left| left.checked_sub(more));
        if had_room && self.0.is_none() {
            let message = "đến đây đã nêu hơn 2.000.000 lượt cơ quan, tính từng cơ quan của mỗi nhóm được nêu";
            let hint =
                "một kế hoạch không cần nhiều như vậy; xem lại các nhóm, có nhóm nào bị nêu lặp lại nhiều lần";
            sink.push(Diagnostic::new(&UNREADABLE_FILE, at, message).hint(hint));
        }
        self.0.is_some()
    }
}

/// How a line of agencies, each named by the one before it, cannot be.
#[derive(Clone, Copy, PartialEq)]
enum Line {
    Back,
    Long,
}

impl Line {
    /// More than stand above any office, or take over from each other in a year: whatever goes along such lines stays short.
    const LONGEST: usize = 20;

    fn of(agency: &Agency, agencies: &List<Agency>, next: fn(&Agency) -> Option<AgencyId>) -> Option<Self> {
        let mut line = std::iter::successors(next(agency), |other| next(&agencies[usize::from(*other)]));
        let leads_back = line.by_ref().take(Self::LONGEST).any(|other| other == agency.id);
        if leads_back { Some(Self::Back) } else { line.next().map(|_| Self::Long) }
    }
}

/// Reports a parent above which the agency itself stands or too many others do, and does without it.
fn judge_parent(index: usize, place: Span, wrong: Line, agencies: &mut List<Agency>, sink: &mut Sink) {
    let Some(agency) = agencies.get(index) else { return };
    if Line::of(agency, agencies, |agency| agency.parent) != Some(wrong) {
        return;
    }
    let (message, hint) = match wrong {
        Line::Back => (
            "cơ quan cấp trên đi vòng về chính cơ quan này".to_owned(),
            "bỏ mục parent ở cơ quan cao nhất, hoặc ghi đúng cơ quan cấp trên",
        ),
        Line::Long => (
            format!("trên cơ quan này có hơn {} cấp", Line::LONGEST),
            "ghi đúng cơ quan cấp trên trực tiếp của từng cơ quan",
        ),
    };
    sink.push(Diagnostic::new(&GROUP_CYCLE, place, format!("{}: {message}", agency.name)).hint(hint));
    if let Some(agency) = agencies.iter_mut().nth(index) {
        agency.parent = None;
    }
}

/// Reports a successor that cannot be one, and does without it.
fn judge_successor(index: usize, place: Span, wrong: Line, agencies: &mut List<Agency>, sink: &mut Sink) {
    let Some(agency) = agencies.get(index).filter(|agency| agency.successor.is_some()) else { return };
    let line = Line::of(agency, agencies, |agency| agency.successor);
    let (message, hint) = match wrong {
        Line::Back if line == Some(Line::Back) => (
            "kế thừa đi vòng về chính cơ quan này".to_owned(),
            "ghi mã cơ quan còn hoạt động sau khi cơ quan này giải thể, sáp nhập",
        ),
        Line::Long if line == Some(Line::Long) => (
            format!("kế thừa lần lượt qua hơn {} cơ quan", Line::LONGEST),
            "ghi mã cơ quan còn hoạt động sau khi cơ quan này giải thể, sáp nhập",
        ),
        Line::Long if agency.active.1.is_none() => (
            "cơ quan có cơ quan kế thừa nhưng không ghi ngày ngừng hoạt động".to_owned(),
            "thêm active: {until: ngày cuối hoạt động}",
        ),
        _ => return,
    };
    sink.push(Diagnostic::new(&UNUSABLE_SUCCESSOR, place, format!("{}: {message}", agency.name)).hint(hint));
    if let Some(agency) = agencies.iter_mut().nth(index) {
        agency.successor = None;
    }
}

/// The group and the agencies that an agency names.
struct References {
    control: Option<Later<GroupId>>,
    parent: Option<Later<AgencyId>>,
    successor: Option<Later<AgencyId>>,
}

impl Agency {
    pub(crate) fn is_there(&self, day: NaiveDate) -> bool {
        let (from, until) = self.active;
        from.is_none_or(|from| from <= day) && until.is_none_or(|until| day <= until)
    }
}

fn agency(item: AgencyItem, sink: &mut Sink) -> (Agency, References) {
    let agency = Agency {
        id: AgencyId::default(),
        // What else is wrong is said elsewhere: the id is known, so that nothing else seems wrong for it.
        name: item.name.unwrap_or_else(|| item.id.clone()),
        short_name: item.short_name.unwrap_or_else(|| item.id.clone()),
        key: item.id,
        aliases: item.aliases,
        document_code: item.document_code,
        commune_code: item.commune_code.map(|code| code.0),
        emails: item.email.map_or_else(Vec::new, |email| email.0.into_iter().map(|email| email.0).collect()),
        active: item.active.map_or((None, None), |active| {
            in_order(active.from.as_ref(), active.until.as_ref(), sink);
            (active.from.map(|day| day.value), active.until.map(|day| day.value))
        }),
        hotline: item.hotline,
        field: item.field,
        reporting: item.reporting.unwrap_or(Reporting::Required),
        control_total_of: None,
        parent: None,
        successor: None,
        span: item.span,
    };
    let (control, parent, successor) = (item.control_total_of, item.parent, item.successor);
    (agency, References { control, parent, successor })
}

/// Puts agencies in the place of groups within groups.
fn groups(items: Vec<GroupItem>, agencies: &List<Agency>, gaps: &[Ids], sink: &mut Sink) -> Vec<Group> {
    let resolved = expanded(&items, &Declared { lists: vec![agencies], gaps }, sink);
    let groups = items.into_iter().zip(resolved).map(|(item, members)| Group {
        id: GroupId::default(),
        key: item.id,
        name: item.name,
        members,
        open: item.open,
        folded: item.folded,
        span: item.span,
    });
    groups.collect()
}

/// The agencies of each group, those of a group within it too. Each group is looked at once, however many it is in and however
/// deep they stand. Reports every mention by which a group would contain itself, and does without it.
fn expanded(items: &[GroupItem], agencies: &Declared<'_>, sink: &mut Sink) -> Vec<IndexSet<AgencyId>> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (place, item) in items.iter().enumerate() {
        places.entry(&item.id).or_insert(place);
    }
    let mut whole: Vec<Option<IndexSet<AgencyId>>> = items.iter().map(|_| None).collect();
    // Groups that are being looked at, each within the one before: which of its members is next, and those it has by now.
    let mut open: Vec<(usize, usize, IndexSet<AgencyId>)> = Vec::new();
    let mut depth: Vec<Option<usize>> = vec![None; items.len()];
    let mut reported: BTreeSet<Span> = BTreeSet::new();
    let mut room = Room::default();
    for first in 0..items.len() {
        if whole[first].is_none() {
            depth[first] = Some(0);
            open.push((first, 0, IndexSet::new()));
        }
        while let Some((group, next, members)) = open.last_mut() {
            let Some(member) = items[*group].members.get(*next) else {
                if !room.has(members.len(), items[*group].span, sink) {
                    *members = IndexSet::new();
                }
                whole[*group] = Some(std::mem::take(members));
                open.pop();
                continue;
            };
            match places.get(member.written.value.as_str()) {
                None => {
                    match agencies.find(Ids::Agencies, &member.written.value) {
                        Some(agency) => drop(members.insert(AgencyId::from(agency))),
                        None => drop(member.find(agencies, sink)),
                    }
                    *next += 1;
                }
                Some(&inner) => {
                    if let Some(inner) = &whole[inner] {
                        members.extend(inner);
                        *next += 1;
                    } else if let Some(from) = depth[inner] {
                        for (group, next, _) in &open[from..] {
                            let written = &items[*group].members[*next].written;
                            if reported.insert(written.span) {
                                let message = format!("nhóm {} chứa chính nó", written.value);
                                let hint = "bỏ nhóm này khỏi danh sách thành viên";
                                sink.push(Diagnostic::new(&GROUP_CYCLE, written.span, message).hint(hint));
                            }
                        }
                        if let Some((_, next, _)) = open.last_mut() {
                            *next += 1;
                        }
                    } else {
                        depth[inner] = Some(open.len());
                        open.push((inner, 0, IndexSet::new()));
                    }
                }
            }
        }
    }
    whole.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;

    #[test]
    fn there_is_room_for_so_many_agencies_and_no_more_is_said_once() {
        for (named, had, told) in [
            (&[1_999_999, 1][..], &[true, true][..], 0),
            (&[1_999_999, 2, 1], &[true, false, false], 1),
            (&[2_000_001, 0], &[false, false], 1),
        ] {
            let (mut room, mut sink) = (Room::default(), Sink::default());
            let place = Span::start_of(Files::default().add_text(String::new(), String::new()));
            let has: Vec<bool> = named.iter().map(|more| room.has(*more, place, &mut sink)).collect();
            assert_eq!((&has[..], sink.iter().count()), (had, told), "{named:?}");
        }
    }
}
