//! `plan/agencies.yaml`: agencies, and groups resolved into agencies.

use indexmap::IndexSet;

use super::super::fields::{Fields, choice, text};
use super::super::rules::GROUP_CYCLE;
use super::super::unknown_agency;
use super::{known_group, reject_duplicates};
use crate::diagnostic::{Diagnostic, Sink};
use crate::model::{Agency, AgencyId, Group, GroupId, List, Reporting, Spanned};
use crate::yaml::Node;

pub(super) fn agencies_and_groups(node: &Node<'_>, sink: &mut Sink) -> Option<(List<Agency>, List<Group>)> {
    let mut fields = Fields::new(node, "danh mục cơ quan", sink)?;
    fields.optional_text("source", sink);
    let read = fields.list("agencies", sink, agency);
    let group_nodes = fields.list("groups", sink, |node, _| Some(node));
    fields.finish(sink);

    let (agencies, control): (Vec<_>, Vec<_>) = read.into_iter().unzip();
    let mut agencies = List::new(agencies);
    let written: Vec<WrittenGroup> = group_nodes.into_iter().filter_map(|node| written_group(node, sink)).collect();
    let groups = List::new(resolve_groups(written, &agencies, sink));
    let keys = agencies.iter().map(|agency| (agency.key.as_str(), agency.span));
    reject_duplicates(keys.chain(groups.iter().map(|group| (group.key.as_str(), group.span))), sink);
    for (agency, node) in agencies.iter_mut().zip(control) {
        agency.control_total_of = node.and_then(|node| known_group(&groups, node, sink)).map(|group| group.id);
    }
    Some((agencies, groups))
}

fn agency<'n, 'a>(node: &'n Node<'a>, sink: &mut Sink) -> Option<(Agency, Option<&'n Node<'a>>)> {
    let mut fields = Fields::new(node, "cơ quan", sink)?;
    let span = fields.span();
    let id = fields.required_text("id", sink);
    let name = fields.required_text("name", sink);
    let short_name = fields.required_text("short_name", sink);
    let aliases = fields.list("aliases", sink, text);
    let document_code = fields.optional_text("document_code", sink);
    let active = fields.optional("active").and_then(|node| {
        let mut fields = Fields::new(node, "thời gian hoạt động", sink)?;
        let from = fields.optional_date("from", sink);
        let until = fields.optional_date("until", sink);
        fields.finish(sink);
        Some((from, until))
    });
    let words = [("required", Reporting::Required), ("requested", Reporting::Requested), ("none", Reporting::None)];
    let reporting = fields.required("reporting", sink).and_then(|node| choice(node, &words, sink));
    let control_total_of = fields.optional("control_total_of");
    let commune_code = fields.optional_text("commune_code", sink);
    for key in ["parent", "source"] {
        fields.optional_text(key, sink);
    }
    fields.finish(sink);
    // What else is wrong is said above: the id is known all the same, so that nothing else seems wrong for it.
    let id = id?;
    let agency = Agency {
        name: name.unwrap_or_else(|| id.clone()),
        short_name: short_name.unwrap_or_else(|| id.clone()),
        id: AgencyId::default(),
        key: id,
        aliases,
        document_code,
        commune_code,
        active: active.unwrap_or_default(),
        reporting: reporting.unwrap_or(Reporting::Required),
        control_total_of: None,
        span,
    };
    Some((agency, control_total_of))
}

/// A group as written: its members are ids of agencies and of other groups.
struct WrittenGroup {
    group: Group,
    members: Vec<Spanned<String>>,
}

fn written_group(node: &Node<'_>, sink: &mut Sink) -> Option<WrittenGroup> {
    let mut fields = Fields::new(node, "nhóm cơ quan", sink)?;
    let span = fields.span();
    let id = fields.required_text("id", sink);
    let name = fields.required_text("name", sink);
    fields.texts("aliases", sink);
    let open = fields.flag("open", sink);
    let folded = fields.flag("folded", sink);
    let members = fields.list("members", sink, text);
    fields.optional_text("source", sink);
    fields.finish(sink);
    let group =
        Group { id: GroupId::default(), key: id?, name: name?, members: IndexSet::new(), open, folded, span };
    Some(WrittenGroup { group, members })
}

/// Puts agencies in the place of groups within groups.
fn resolve_groups(written: Vec<WrittenGroup>, agencies: &List<Agency>, sink: &mut Sink) -> Vec<Group> {
    let resolved: Vec<IndexSet<AgencyId>> = (0..written.len())
        .map(|index| {
            let mut members = IndexSet::new();
            expand(index, &written, agencies, &mut vec![index], &mut members, sink);
            members
        })
        .collect();
    written.into_iter().zip(resolved).map(|(written, members)| Group { members, ..written.group }).collect()
}

/// Adds the members of a group; `path` leads from the group being resolved to this one. Problems are
/// reported once, while their own group is being resolved.
fn expand(
    index: usize,
    written: &[WrittenGroup],
    agencies: &List<Agency>,
    path: &mut Vec<usize>,
    members: &mut IndexSet<AgencyId>,
    sink: &mut Sink,
) {
    let outermost = path.len() == 1;
    for member in &written[index].members {
        if let Some(inner) = written.iter().position(|other| other.group.key == member.value) {
            if !path.contains(&inner) {
                path.push(inner);
                expand(inner, written, agencies, path, members, sink);
                path.pop();
            } else if inner == path[0] {
                let message = format!("nhóm {} chứa chính nó", member.value);
                let hint = "bỏ nhóm này khỏi danh sách thành viên";
                sink.push(Diagnostic::new(&GROUP_CYCLE, member.span, message).hint(hint));
            }
        } else if let Some(agency) = agencies.find(&member.value) {
            members.insert(agency.id);
        } else if outermost {
            sink.push(unknown_agency(agencies, member));
        }
    }
}
