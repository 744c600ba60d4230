//! What is answered of one figure: a number with what is told beside it, or one of the answers that are none.

use std::sync::Arc;

use super::AgencyId;
use crate::record::{Read, Reader, Shape, choices, figure, records};
use crate::source::Spanned;

records! {
    /// Con số và những gì cần nói rõ về nó, hoặc lý do chưa có số
    "số liệu" Told [.one_of(&["value", "reason"])] {
        /// Con số
        value [.never_asked()]: Option<u64>,
        /// Số vụ việc từ năm trước chuyển sang, ngoài con số này; được tính vào toàn bộ khi so một phần với toàn bộ
        carried_over [.beside()]: Option<u64>,
        /// Cơ quan tính con số này khi việc làm chung; con số được nêu ra nhưng không cộng
        counted_by [.never_asked()]: Option<AgencyId>,
        /// Con số của riêng cơ quan, không gồm số của cơ quan được hợp nhất vào mình
        itself_alone [.never_asked()]: bool,
        /// Đơn vị tính của con số tổng hợp, phải là đơn vị tính của chỉ tiêu (plan compile --for-superior)
        unit [.never_asked()]: Option<Spanned<String>>,
        /// Con số tổng hợp cộng từ đâu (plan compile --for-superior)
        sources [.never_asked()]: Vec<FigureSource>,
        /// Lý do chưa có số
        reason: Option<String>,
    }

    /// Con số tổng hợp kèm nguồn (plan compile --for-superior)
    "số tổng hợp" Summed {
        /// Con số
        value [.never_asked()]: u64,
        /// Con số cộng từ đâu
        sources [.never_asked()]: Vec<FigureSource>,
    }

    /// Một con số được cộng vào, và nơi ghi nó ở cấp dưới
    "nguồn của con số" FigureSource {
        /// Tên cơ quan báo
        of: String,
        value: u64,
        /// Tệp, dòng
        at: String,
    }
}

choices! {
    /// nothing-arose không phát sinh, not-applicable không áp dụng
    "câu trả lời" UNKNOWN_VALUE NoFigure {
        NothingArose "nothing-arose" "không phát sinh",
        NotApplicable "not-applicable" "không áp dụng",
    }
}

/// Four answers that are never confused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Zero included.
    Value(u64),
    NothingArose,
    NotApplicable,
    /// No figure, with the reason where one is given.
    Unanswered(Option<String>),
}

/// An answer and what is told beside it.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    pub(crate) answer: Answer,
    /// Cases taken over from last year: of the whole that a part or a rate is looked at against, never of a sum.
    pub(crate) carried_over: u64,
    /// Who counts a joint event: shown here, never added.
    pub(crate) counted_by: Option<AgencyId>,
    /// Of a successor, without the figures of those that it succeeds.
    pub(crate) itself_alone: bool,
    /// Of a total: in which unit it was added up.
    pub(crate) unit: Option<Spanned<String>>,
    /// Of a total: what it was added up of.
    pub(crate) sources: Arc<[FigureSource]>,
}

impl From<Answer> for Given {
    fn from(answer: Answer) -> Self {
        Self { answer, carried_over: 0, counted_by: None, itself_alone: false, unit: None, sources: Arc::default() }
    }
}

impl Read for Given {
    const SHAPE: &'static Shape = &Shape::Either(
        "Một số liệu: số nguyên (kể cả 0), nothing-arose, not-applicable, lý do chưa có số, hoặc số kèm điều cần nói rõ",
        &[<u64 as Read>::SHAPE, NoFigure::SHAPE, Told::SHAPE, &Shape::Nothing],
    );

    fn read(reader: &mut Reader<'_, '_>) -> Option<Self> {
        if reader.null()? {
            return Some(Answer::Unanswered(None).into());
        }
        if reader.mapping_ahead()? {
            let told = Told::read(reader)?;
            let Told { reason, counted_by, itself_alone, unit, sources, .. } = told;
            let answer = told.value.map_or(Answer::Unanswered(reason), Answer::Value);
            let carried_over = told.carried_over.unwrap_or_default();
            return Some(Self { answer, carried_over, counted_by, itself_alone, unit, sources: sources.into() });
        }
        let word = reader.word_ahead()?;
        if NoFigure::ALL.iter().any(|known| word == Some(known.id())) {
            return Some(match NoFigure::read(reader)? {
                NoFigure::NothingArose => Answer::NothingArose.into(),
                NoFigure::NotApplicable => Answer::NotApplicable.into(),
            });
        }
        figure(reader).map(|value| Answer::Value(value).into())
    }
}

/// A number, or one that was added up with what it was added up of; never another answer.
#[derive(Debug)]
pub(crate) struct Total(pub(crate) Given);

impl Read for Total {
    const SHAPE: &'static Shape =
        &Shape::Either("Con số, hoặc con số tổng hợp kèm nguồn", &[<u64 as Read>::SHAPE, Summed::SHAPE]);

    fn read(reader: &mut Reader<'_, '_>) -> Option<Self> {
        if reader.mapping_ahead()? {
            let Summed { value, sources, .. } = Summed::read(reader)?;
            return Some(Self(Given { sources: sources.into(), ..Answer::Value(value).into() }));
        }
        u64::read(reader).map(|value| Self(Answer::Value(value).into()))
    }
}
