//! The values of a file one by one, each with the keys that lead to it. Says nothing of what is wrong.

use super::{Events, Next};
use crate::diagnostic::Sink;
use crate::source::{FileId, Limits, Span};

/// A value with the keys that lead to it; items of lists are keyed by their number from 0.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) path: Vec<String>,
    /// A word as written; empty for nothing, lists and mappings.
    pub(crate) text: String,
    /// A word that is neither quoted nor a block.
    pub(crate) plain: bool,
    /// Of the key before it, or of itself in a list.
    pub(crate) key: Span,
    pub(crate) span: Span,
}

/// The words of a text, each with the keys that lead to it; none where it is not YAML.
pub(crate) fn words(text: &str) -> Vec<(Vec<String>, String)> {
    let parts = parts(FileId::default(), text).into_iter().filter(|part| !part.text.is_empty());
    parts.map(|part| (part.path, part.text)).collect()
}

/// Every value of a file, each before those within it; none where the file is not YAML.
pub(crate) fn parts(file: FileId, text: &str) -> Vec<Part> {
    let mut events = Events::new(file, text, &Limits::PLAN);
    let mut parts = Vec::new();
    let read = descend(&mut events, &mut Vec::new(), Span::start_of(file), &mut parts).is_some();
    if read && events.finish(&mut Sink::default()) { parts } else { Vec::new() }
}

fn descend(events: &mut Events<'_>, path: &mut Vec<String>, key: Span, parts: &mut Vec<Part>) -> Option<()> {
    let (next, span) = events.next()?;
    let at = parts.len();
    parts.push(Part { path: path.clone(), text: String::new(), plain: false, key, span });
    match next {
        Next::Mapping => {
            while let Some((name, place)) = events.key()? {
                path.push(name.into_owned());
                descend(events, path, place, parts)?;
                path.pop();
            }
        }
        Next::List => {
            let mut item = 0;
            while !matches!(events.peek()?.0, Next::End) {
                let place = events.peek()?.1;
                path.push(item.to_string());
                descend(events, path, place, parts)?;
                path.pop();
                item += 1;
            }
            parts[at].span.end = events.next()?.1.end;
        }
        Next::Scalar { text, plain } => (parts[at].text, parts[at].plain) = (text.into_owned(), plain),
        Next::Null | Next::End => {}
    }
    Some(())
}
