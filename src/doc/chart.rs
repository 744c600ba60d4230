//! Pictures of counts, as what they show.

use chrono::NaiveDate;

use super::Tone;

/// A picture of counts.
#[derive(Debug, Clone)]
pub(crate) struct Chart {
    pub(crate) title: String,
    /// All that the chart shows, in words, for whoever cannot see it.
    pub(crate) description: String,
    pub(crate) picture: Picture,
}

#[derive(Debug, Clone)]
pub(crate) enum Picture {
    /// One bar a category, stacked from the series.
    Bars { categories: Vec<String>, series: Vec<Series> },
    /// One mark an item, in their order.
    Strip(Vec<Mark>),
    /// Days on a line; `today` is marked.
    Timeline { today: NaiveDate, events: Vec<Event> },
}

/// One part of every bar. A second series of the same tone is shown lighter.
#[derive(Debug, Clone)]
pub(crate) struct Series {
    pub(crate) name: String,
    pub(crate) tone: Tone,
    /// One a category.
    pub(crate) values: Vec<u64>,
}

#[derive(Debug, Clone)]
pub(crate) struct Mark {
    pub(crate) label: String,
    /// What its tone means.
    pub(crate) state: String,
    pub(crate) tone: Tone,
}

#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) date: NaiveDate,
    pub(crate) label: String,
    pub(crate) tone: Tone,
}

impl Chart {
    /// The bars that there are, by category and series; none of another picture.
    pub(crate) fn bars(&self) -> Option<(&[String], &[Series])> {
        match &self.picture {
            Picture::Bars { categories, series } if !categories.is_empty() && !series.is_empty() => {
                Some((categories, series))
            }
            Picture::Bars { .. } | Picture::Strip(_) | Picture::Timeline { .. } => None,
        }
    }
}

/// The parts of every bar, each with whether it is shown lighter.
pub(crate) fn shaded(series: &[Series]) -> impl Iterator<Item = (&Series, bool)> {
    let lighter = |index: usize, tone| series[..index].iter().any(|earlier| earlier.tone == tone);
    series.iter().enumerate().map(move |(index, part)| (part, lighter(index, part.tone)))
}
