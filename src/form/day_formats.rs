//! Formats of days that show another day than is stored, or a part of it.

/// Whether a day is shown with its month in front, both in digits.
pub(super) fn is_month_first(format: &str) -> bool {
    let mut parts = format.split(['"', '[', ']']).step_by(2).collect::<String>().to_lowercase();
    parts.retain(|c| c.is_alphabetic() || ".-/ ".contains(c));
    let mut words = parts.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    matches!((words.next(), words.next()), (Some("m" | "mm"), Some("d" | "dd")))
}

/// Whether a format shows a part of a day alone, of which no one knows the rest: `Nov-26` may stand for any day of the month.
pub(super) fn shows_a_part(format: &str) -> bool {
    let letters = format.split(['"', '[', ']']).step_by(2).collect::<String>().to_lowercase();
    let runs: Vec<&[u8]> = letters.as_bytes().chunk_by(|one, other| one == other).collect();
    let has = |letter: u8, sizes: std::ops::RangeInclusive<usize>| {
        runs.iter().any(|run| run[0] == letter && sizes.contains(&run.len()))
    };
    // A time alone is none.
    let is_of_day = has(b'y', 1..=4) || has(b'd', 1..=4) || has(b'm', 3..=5);
    is_of_day && !(has(b'd', 1..=2) && has(b'm', 1..=5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_in_front_of_its_day_is_seen() {
        for (format, first) in [
            ("mm/dd/yyyy", true),
            ("m/d/yy", true),
            ("[$-409]m/d/yyyy h:mm", true),
            ("M-D", true),
            ("mm.dd", true),
            ("dd/mm/yyyy", false),
            ("yyyy-mm-dd", false),
            ("\"tháng \"mm", false),
            ("mmm d", false),
            ("mm:ss", false),
            ("h:mm", false),
            ("#,##0\" m/d\"", false),
            ("General", false),
            ("", false),
        ] {
            assert_eq!(is_month_first(format), first, "{format}");
        }
    }

    #[test]
    fn a_part_of_a_day_is_told_from_a_day_and_from_a_time() {
        for (format, part) in [
            ("mmm-yy", true),
            ("mm/yyyy", true),
            ("yyyy", true),
            ("dddd", true),
            ("dd", true),
            ("\"ngày \"dd\" năm \"yyyy", true),
            ("dd/mm/yyyy", false),
            ("ddmmyyyy", false),
            ("d-mmm", false),
            ("dd/mm", false),
            ("[$-F800]dddd, mmmm dd, yyyy", false),
            ("m/d/yy h:mm", false),
            ("h:mm", false),
            ("[h]:mm:ss", false),
            ("General", false),
            ("", false),
        ] {
            assert_eq!(shows_a_part(format), part, "{format}");
        }
    }
}
