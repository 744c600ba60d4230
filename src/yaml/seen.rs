//! Whether a key was written before in its mapping, in a time that does not grow with the keys.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::source::Span;

/// The keys of a mapping that were seen: few are searched, many are hashed.
#[derive(Default)]
pub(crate) struct Seen<'a> {
    few: Vec<(Cow<'a, str>, Span)>,
    many: HashMap<Cow<'a, str>, Span>,
}

impl<'a> Seen<'a> {
    /// Remembers a key; gives the place of the first one where it was there before.
    #[expect(clippy::ptr_arg, reason = "the key is kept, borrowed where it can be")]
    pub(crate) fn add(&mut self, key: &Cow<'a, str>, span: Span) -> Option<Span> {
        const FEW: usize = 24;
        if self.many.is_empty() {
            if let Some((_, first)) = self.few.iter().find(|(known, _)| known == key) {
                return Some(*first);
            }
            if self.few.len() < FEW {
                self.few.push((key.clone(), span));
                return None;
            }
            self.many.extend(self.few.drain(..));
        }
        let first = *self.many.entry(key.clone()).or_insert(span);
        (first != span).then_some(first)
    }
}
