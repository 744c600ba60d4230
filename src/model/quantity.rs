//! What the consolidated report prints numbers of.

use std::borrow::Cow;

use super::{Indicator, Named, Plan};

/// The unit of money: whole đồng.
const DONG: &str = "đồng";

/// Something that is counted. Each has a key of its own: indicators theirs, the others the key under which reports hold
/// them, with a part's behind it (`funding.state_budget`).
#[derive(Debug, Clone, Copy)]
pub(crate) enum Quantity<'p> {
    Indicator(&'p Indicator),
    /// Money spent, from one source or from all.
    Funding(Option<&'p Named>),
    /// Complaints in one field or in all, and the indicator that they add up to.
    Complaints(&'p Indicator, Option<&'p Named>),
    /// Organisations and persons in violation that were published.
    Violators,
    /// The fines of those.
    Fines,
    Warnings,
}

impl<'p> Quantity<'p> {
    pub(crate) fn key(self) -> Cow<'p, str> {
        let (list, part) = match self {
            Self::Indicator(indicator) => return indicator.key.as_str().into(),
            Self::Funding(source) => ("funding", source),
            Self::Complaints(_, field) => ("complaints_by_field", field),
            Self::Violators => return "violators.count".into(),
            Self::Fines => return "violators.fine".into(),
            Self::Warnings => return "warnings.count".into(),
        };
        part.map_or(list.into(), |part| format!("{list}.{}", part.id).into())
    }

    /// As people read it.
    pub(crate) fn label(self) -> Cow<'p, str> {
        match self {
            Self::Indicator(indicator) => indicator.label.as_str().into(),
            Self::Funding(None) => "Tổng kinh phí đã sử dụng".into(),
            Self::Funding(Some(source)) => format!("Kinh phí – {}", source.name).into(),
            Self::Complaints(_, None) => "Tổng số vụ theo lĩnh vực".into(),
            Self::Complaints(_, Some(field)) => format!("Số vụ theo lĩnh vực – {}", field.name).into(),
            Self::Violators => "Số tổ chức, cá nhân trong danh sách vi phạm đã công bố".into(),
            Self::Fines => "Tiền phạt của tổ chức, cá nhân trong danh sách vi phạm đã công bố".into(),
            Self::Warnings => "Số cảnh báo trong danh sách cảnh báo đã phát hành".into(),
        }
    }

    /// What else it is called: by its part alone, or by its list.
    pub(crate) fn short_names(self) -> Vec<&'p str> {
        match self {
            Self::Funding(Some(part)) | Self::Complaints(_, Some(part)) => vec![&part.id, &part.name],
            Self::Violators => vec!["violators"],
            Self::Fines => vec!["fine"],
            Self::Warnings => vec!["warnings"],
            Self::Indicator(_) | Self::Funding(None) | Self::Complaints(_, None) => Vec::new(),
        }
    }

    pub(crate) fn unit(self) -> &'p str {
        match self {
            Self::Indicator(indicator) | Self::Complaints(indicator, _) => &indicator.unit,
            Self::Funding(_) | Self::Fines => DONG,
            Self::Violators => "tổ chức, cá nhân",
            Self::Warnings => "cảnh báo",
        }
    }

    pub(crate) fn is_money(self) -> bool {
        self.unit() == DONG
    }

    /// Whether the parts of a list add up to it.
    pub(crate) fn is_whole(self) -> bool {
        matches!(self, Self::Funding(None) | Self::Complaints(_, None))
    }

    pub(crate) fn indicator(self) -> Option<&'p Indicator> {
        if let Self::Indicator(indicator) = self { Some(indicator) } else { None }
    }
}

impl Plan {
    /// All that is counted: the indicators, then each list, the whole of it before its parts.
    pub(crate) fn quantities(&self) -> Vec<Quantity<'_>> {
        let mut all: Vec<Quantity<'_>> = self.indicators.iter().map(Quantity::Indicator).collect();
        all.push(Quantity::Funding(None));
        all.extend(self.funding_sources.iter().map(|source| Quantity::Funding(Some(source))));
        if let Some(whole) = self.complaints.of.map(|of| &self[of]) {
            all.push(Quantity::Complaints(whole, None));
            all.extend(self.complaints.fields.iter().map(|field| Quantity::Complaints(whole, Some(field))));
        }
        all.extend([Quantity::Violators, Quantity::Fines, Quantity::Warnings]);
        all
    }
}
