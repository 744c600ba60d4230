//! How tall a row must be for its texts. Excel would find out itself, but LibreOffice and most viewers believe
//! that a file from Excel states every height; so each is stated, rather too tall than too short.

use super::MAX_HEIGHT;
use crate::render::metrics;

/// In Times New Roman 12.
const PIXELS_PER_DIGIT: f64 = 8.0;
const TWIPS_PER_PIXEL: u64 = 15;

/// Lines that a text of `points` size takes in a cell `width` digits wide.
pub(super) fn lines(text: &str, points: u64, bold: bool, width: f64) -> u64 {
    let room = (width * PIXELS_PER_DIGIT) as u64 * TWIPS_PER_PIXEL;
    // The metrics are those of bold letters; others are about six hundredths narrower.
    let room = if bold { room } else { room * 104 / 100 };
    text.split('\n').map(|paragraph| wrapped(paragraph, points, room.max(1))).sum()
}

/// The height of so many lines, in points.
pub(super) fn height(lines: u64, points: u64) -> f64 {
    (lines as f64 * points as f64 * 1.31).ceil().min(MAX_HEIGHT)
}

fn wrapped(paragraph: &str, points: u64, room: u64) -> u64 {
    let mut lines = 1;
    let mut used = 0;
    for word in paragraph.split_inclusive(' ') {
        // The blank after a word may hang over the edge.
        let (word, blank) = word.split_at(word.trim_end().len());
        let length = metrics::width(word, points);
        if used > 0 && used + length > room {
            lines += 1;
            used = 0;
        }
        lines += length.saturating_sub(1) / room;
        used += (length + metrics::width(blank, points)) % room.max(length + 1);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn texts_wrap_at_words_and_long_words_inside() {
        for (text, width, expected) in [
            ("", 10.0, 1),
            ("Sở Y tế", 10.0, 1),
            ("Số cơ quan báo số", 10.0, 2),
            ("một\nhai\n", 10.0, 3),
            ("reports/consumer-day/so-cong-thuong.yaml", 20.0, 2),
        ] {
            assert_eq!(lines(text, 12, true, width), expected, "{text}");
        }
    }
}
