//! Number formats of cells: which of them show another number than the one that is stored.

use crate::vietnamese::fold;

/// Whether people see another number than is stored: as a percentage, divided by thousands, with digits or a unit of
/// thousands that stand in the format, with decimals that look like thousands, or none at all.
pub(super) fn disguises(format: &str) -> bool {
    let (mut code, mut literal, mut first) = (String::new(), String::new(), None);
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                let words: String = chars.by_ref().take_while(|c| *c != '"').collect();
                first = first.or_else(|| words.trim_start().chars().next());
                literal.extend(words.chars().chain([' ']));
            }
            '\\' | '!' => {
                let next = chars.next();
                first = first.or(next.filter(|next| *next != ' '));
                literal.extend(next);
            }
            // The width of a character, a character that fills the cell.
            '_' | '*' => drop(chars.next()),
            '[' => {
                let within: String = chars.by_ref().take_while(|c| *c != ']').collect();
                // A condition: the section is of some numbers alone. Else a colour, a currency.
                first = first.or(within.starts_with(['<', '>', '=']).then_some('0'));
            }
            c => {
                first = first.or(Some(c).filter(|c| *c != ' '));
                code.push(c);
            }
        }
    }
    // As the first number is shown that is none below zero.
    let negated = first.is_some_and(|first| ['-', '−', '–', '('].contains(&first));
    const THOUSANDS: [&str; 7] = ["nghìn", "ngàn", "triệu", "tỷ", "tỉ", "tr", "k"];
    let literal = fold(&literal);
    let another = literal.split(|c: char| !c.is_alphanumeric()).any(|word| {
        // “m3” is a unit, “000” would be read as digits of the number.
        THOUSANDS.contains(&word) || word.starts_with(|c: char| c.is_ascii_digit())
    });
    let placeholder = |c: char| matches!(c, '0' | '#' | '?');
    let divides = code.split(';').any(|section| {
        let whole = section.split('.').next().unwrap_or_default();
        [whole, section].iter().any(|part| match part.rfind(placeholder) {
            Some(last) => part[last + 1..].starts_with(','),
            None => false,
        })
    });
    // Behind a dot readers of Vietnamese take three digits for thousands: 5 shown as “5.000”.
    let fixed = |section: &str| {
        let decimals = section.split('.').nth(1).unwrap_or_default();
        let end = decimals.find(|c| !placeholder(c)).unwrap_or(decimals.len());
        end >= 3 && decimals[..end].ends_with('0')
    };
    let like_thousands = code.split(';').any(fixed);
    // The first section is that of most numbers, or of all.
    let shown = code
        .split(';')
        .next()
        .is_some_and(|first| first.contains(|c| placeholder(c) || c == '@' || c.is_alphabetic()));
    code.contains('%') || divides || another || like_thousands || negated || !shown && !format.is_empty()
}

/// Whether people see no text that stands in a cell: its part of the format, the fourth, has no place for it.
pub(super) fn hides_text(format: &str) -> bool {
    sections(format).get(3).is_some_and(|section| !section.contains('@'))
}

/// The colour that a format gives to numbers, or to texts, whatever that of the font is.
pub(super) fn ink(format: &str, of_text: bool) -> Option<[u8; 3]> {
    let sections = sections(format);
    let section = match of_text {
        true => sections.get(3).or_else(|| sections.last().filter(|last| last.contains('@'))),
        false => sections.first(),
    };
    let name = section?.trim_start().strip_prefix('[')?.split(']').next()?.to_lowercase();
    Some(match name.as_str() {
        "black" | "color1" => [0; 3],
        "white" | "color2" => [u8::MAX; 3],
        "red" | "color3" => [u8::MAX, 0, 0],
        "green" | "color4" => [0, u8::MAX, 0],
        "blue" | "color5" => [0, 0, u8::MAX],
        "yellow" | "color6" => [u8::MAX, u8::MAX, 0],
        "magenta" | "color7" => [u8::MAX, 0, u8::MAX],
        "cyan" | "color8" => [0, u8::MAX, u8::MAX],
        _ => return None,
    })
}

/// The parts of a format, without what stands in it as words.
fn sections(format: &str) -> Vec<String> {
    let (mut sections, mut chars) = (vec![String::new()], format.chars());
    while let Some(c) = chars.next() {
        match (c, sections.last_mut()) {
            (';', _) => sections.push(String::new()),
            ('"', _) => drop(chars.by_ref().find(|c| *c == '"')),
            ('\\' | '!' | '_' | '*', _) => drop(chars.next()),
            (c, Some(section)) => section.push(c),
            (_, None) => {}
        }
    }
    sections
}

/// Whether a day is shown with its month in front, both in digits.
pub(super) fn is_month_first(format: &str) -> bool {
    let mut parts = format.split(['"', '[', ']']).step_by(2).collect::<String>().to_lowercase();
    parts.retain(|c| c.is_alphabetic() || ".-/ ".contains(c));
    let mut words = parts.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    matches!((words.next(), words.next()), (Some("m" | "mm"), Some("d" | "dd")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_show_another_number_are_told_from_those_that_show_this_one() {
        for (format, another) in [
            ("General", false),
            ("0", false),
            ("#,##0", false),
            ("#,##0.00", false),
            ("#,##0 ;[Red](#,##0)", false),
            ("_(* #,##0_);_(* (#,##0);_(* \"-\"??_);_(@_)", false),
            ("[$-42A]#,##0", false),
            ("[<1000]0;[<1000000]0\\.000;0\\.000\\.000", false),
            ("#,##0\" đ\"", false),
            ("#,##0 \"vụ\"", false),
            ("#,##0\" m3\"", false),
            ("@", false),
            ("dd/mm/yyyy", false),
            ("0.00E+00", false),
            ("#,##0;-#,##0;\"-\"", false),
            ("", false),
            (";;;", true),
            (";-0;0", true),
            ("\"không\"", true),
            ("[<50]\"ít\";0", true),
            ("0%", true),
            ("0.00%", true),
            ("0;-0%", true),
            ("0,", true),
            ("#,##0,", true),
            ("0.0,,", true),
            ("#,##0,\" nghìn đồng\"", true),
            ("0\"000\"", true),
            ("0\\0", true),
            ("-0", true),
            ("(0)", true),
            ("\"-\"0", true),
            ("\\-#,##0", true),
            ("+0", false),
            ("[<0](0);0", false),
            ("[Red]-0", true),
            ("#,##0\" triệu\"", true),
            ("#,##0.0\\ \"tr\"", true),
            ("0.000", true),
            ("#,##0.000", true),
            ("#.##0", true),
            ("0;-0.0000", true),
            ("0.000\" đ\"", true),
            ("0.0##", false),
            ("0.00\"000\"", true),
            ("0.00_0_0", false),
            ("0.00;-0.00", false),
        ] {
            assert_eq!(disguises(format), another, "{format}");
        }
    }

    #[test]
    fn what_a_format_does_not_show_of_texts_is_seen() {
        for (format, hidden) in [
            (";;;", true),
            ("0;-0;0;", true),
            ("General;;;\"có\"", true),
            (";;;[White]@", false),
            ("0;-0;0", false),
            ("#,##0\";;;\"", false),
            ("@", false),
            ("General", false),
            ("", false),
        ] {
            assert_eq!(hides_text(format), hidden, "{format}");
        }
        for (format, of_text, white) in [
            ("[White]0", false, true),
            ("[White]0", true, false),
            ("[WHITE]General;0;0;[Color2]@", true, true),
            ("[Color2]@", true, true),
            ("[Red]@", true, false),
            ("0;[White]-0", false, false),
            ("\"[White]\"0", false, false),
        ] {
            assert_eq!(ink(format, of_text) == Some([255; 3]), white, "{format}");
        }
    }

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
}
