//! Texts in the lines that they are shown in.

/// A text on one line.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first `most` letters of a text, with `…` where it is longer.
pub(crate) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Lines of at most `most` letters, broken at blanks; a longer word has a line of its own.
pub(crate) fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_longer_than_it_may_be_is_cut() {
        for (text, most, shown) in [("", 2, ""), ("số", 2, "số"), ("số 5", 2, "số…"), ("ộộộ", 2, "ộộ…")]
        {
            assert_eq!(cut(text, most), shown);
        }
    }

    #[test]
    fn lines_end_at_blanks() {
        for (text, lines) in [
            ("", &[""][..]),
            ("kiểm tra", &["kiểm tra"]),
            ("kiểm  tra thuế", &["kiểm tra", "thuế"]),
            ("kiểm tra\n1", &["kiểm tra", "1"]),
            ("ngày nghiêmtúcnhất là", &["ngày", "nghiêmtúcnhất", "là"]),
        ] {
            assert_eq!(wrapped(text, 8), lines, "{text}");
        }
    }
}
