//! How wide a text runs in Times New Roman Bold: enough to draw a line as long as a heading and to guess how many
//! lines a cell needs. Never decides where a line breaks; Word does that.

use unicode_normalization::char::decompose_canonical;

/// Advance widths of U+0020 to U+007E in thousandths of the type size.
#[rustfmt::skip]
const ADVANCES: [u64; 95] = [
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278,
    500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 333, 333, 570, 570, 570, 500,
    930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778,
    611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581, 500,
    333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500,
    556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
];

/// The width of a text of `points` size on one line, in twips.
pub(super) fn width(text: &str, points: u64) -> u64 {
    let mut thousandths = 0;
    for c in text.chars() {
        match c.is_ascii() {
            true => thousandths += advance(c),
            false => decompose_canonical(c, |part| thousandths += advance(part)),
        }
    }
    thousandths * points / 50
}

/// How tall a text of `points` size gets in `room`, in twips; a guess, rather too tall than too short.
pub(super) fn height(text: &str, points: u64, room: u64) -> u64 {
    let lines: u64 = lines(text).into_iter().map(|line| width(line, points).div_ceil(room.max(1)).max(1)).sum();
    lines * points * 80 / 3
}

/// The lines of a text that hold anything; a text of none is one empty line, since a cell may not lack a paragraph.
pub(super) fn lines(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    if lines.is_empty() { vec![""] } else { lines }
}

fn advance(c: char) -> u64 {
    match c {
        ' '..='~' => ADVANCES[c as usize - ' ' as usize],
        '\u{300}'..='\u{36f}' => 0,
        'Đ' => 722,
        'đ' => 556,
        '–' | '“' | '”' => 500,
        _ => 1000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Measured in the font; it gives Ơ and Ư a little more than O and U.
    #[test]
    fn widths_are_those_of_the_font() {
        for (text, points, measured) in [
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, 5424),
            ("Độc lập - Tự do - Hạnh phúc", 14, 3428),
            ("SỞ CÔNG THƯƠNG", 13, 2432),
            ("UBND TỈNH SƠN LA", 13, 2492),
        ] {
            let off = width(text, points).abs_diff(measured);
            assert!(off * 100 <= measured, "{text}: {off} twips off");
        }
    }

    #[test]
    fn a_line_is_a_paragraph() {
        for (text, expected) in [
            ("", &[""][..]),
            ("\n \n", &[""]),
            ("một", &["một"]),
            ("một\r\nhai\n", &["một", "hai"]),
            ("một\n\n  hai", &["một", "  hai"]),
        ] {
            assert_eq!(lines(text), expected);
        }
    }
}
