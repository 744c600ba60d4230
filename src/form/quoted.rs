//! A report as text that readers of every version of YAML read alike: for those of YAML 1.1 `no` is false, `12:30` a number
//! and `2026-11-17` a day wherever they stand, so such words are written in quotes. Only what is a day or a number stays bare.

use crate::model::Report;
use crate::record::{Read, Shape};
use crate::source::FileId;
use crate::yaml;

/// `text` is what the library wrote.
pub(super) fn quoted(mut text: String) -> String {
    let mut bare: Vec<(usize, usize)> = Vec::new();
    for part in yaml::parts(FileId::default(), &text) {
        let key = text.get(part.key.start as usize..part.key.end as usize).unwrap_or_default();
        let keyed = part.path.last().is_some_and(|name| name == key);
        bare.extend((keyed && is_of_two_minds(key)).then_some((part.key.start as usize, part.key.end as usize)));
        let number = part.text.bytes().all(|byte| byte.is_ascii_digit());
        if part.plain && !number && is_of_two_minds(&part.text) && !is_day(&part.path) {
            bare.push((part.span.start as usize, part.span.end as usize));
        }
    }
    // What is quoted holds no quotes itself.
    for (start, end) in bare.into_iter().rev() {
        text.insert(end, '\'');
        text.insert(start, '\'');
    }
    text
}

/// Whether some version of YAML takes a bare word for something else than the word.
fn is_of_two_minds(word: &str) -> bool {
    const WORDS: [&str; 12] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "=", "<<"];
    let number = word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'))
        && word.chars().all(|c| c.is_ascii_hexdigit() || "_:.+-xoXOTtZz ".contains(c));
    number
        || WORDS.contains(&&*word.to_lowercase())
        || [".inf", ".nan"].iter().any(|end| word.to_lowercase().ends_with(end))
}

/// Whether the part of a report under a path is a day.
fn is_day(path: &[String]) -> bool {
    let shape = path.iter().try_fold(Report::SHAPE, |shape, key| Some(shape.under(key)?.0));
    matches!(shape, Some(Shape::Date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_readers_take_for_something_else_are_quoted() {
        for (written, safe) in [
            ("subject: yes\n", "subject: 'yes'\n"),
            ("subject: 2026-11-17\n", "subject: '2026-11-17'\n"),
            ("received: 2026-11-17\n", "received: 2026-11-17\n"),
            (
                "next_steps:\n- 12:30\n- =\n- 0o17\n- 1_000\n- On\n- n\n",
                "next_steps:\n- '12:30'\n- '='\n- '0o17'\n- '1_000'\n- 'On'\n- 'n'\n",
            ),
            (
                "next_steps:\n- 2026-11-17 10:00:00\n- .5\n- <<\n- -1e3\n",
                "next_steps:\n- '2026-11-17 10:00:00'\n- '.5'\n- '<<'\n- '-1e3'\n",
            ),
            (
                "next_steps:\n- |-\n  yes\n  no\n- '12'\n- Không\n",
                "next_steps:\n- |-\n  yes\n  no\n- '12'\n- Không\n",
            ),
            (
                "document:\n  number: 12/BC-UBND\n  date: 2026-11-17\n",
                "document:\n  number: 12/BC-UBND\n  date: 2026-11-17\n",
            ),
            ("complaints_by_field:\n  no: 3\n", "complaints_by_field:\n  'no': 3\n"),
            (
                "tasks:\n  I.1:\n    completed: 2026-11-17\n    figures:\n      fines: 3\n",
                "tasks:\n  I.1:\n    completed: 2026-11-17\n    figures:\n      fines: 3\n",
            ),
        ] {
            assert_eq!(quoted(written.to_owned()), safe);
        }
    }
}
