//! Number formats of cells: which of them show something else than what is stored.

use crate::vietnamese::fold;

/// A piece of a format.
enum Piece {
    /// `0`, `,`, `@`, `%`: what stands for the number, or says how it is shown.
    Code(char),
    /// Words that are shown as they are: in quotes, behind a stroke, of a currency.
    Words(String),
    /// A character that fills the cell.
    Fill(char),
    /// Its section is of some numbers alone.
    Condition,
    Color(String),
}

/// The pieces of a format, by its sections: of numbers above, below and at zero, of texts. Widths are left out, and `General`
/// stands for all digits, as `#` does.
fn sections(format: &str) -> Vec<Vec<Piece>> {
    const GENERAL: &str = "General";
    let (mut sections, mut rest) = (vec![Vec::new()], format);
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let until = |end: char| after.split_once(end).unwrap_or((after, ""));
        let next = || (after.chars().next(), after.get(after.chars().next().map_or(0, char::len_utf8)..));
        let piece;
        (piece, rest) = match c {
            _ if rest.get(..GENERAL.len()).is_some_and(|word| word.eq_ignore_ascii_case(GENERAL)) => {
                (Some(Piece::Code('#')), &rest[GENERAL.len()..])
            }
            ';' => {
                sections.push(Vec::new());
                (None, after)
            }
            '"' => (Some(Piece::Words(until('"').0.to_owned())), until('"').1),
            // Letters of days, times and powers stand for those.
            c if c.is_alphabetic() && !"dmyhsaepb".contains(c.to_ascii_lowercase()) => {
                (Some(Piece::Words(c.to_string())), after)
            }
            '\\' | '!' => (next().0.map(|c| Piece::Words(c.to_string())), next().1.unwrap_or_default()),
            '*' => (next().0.map(Piece::Fill), next().1.unwrap_or_default()),
            '_' => (None, next().1.unwrap_or_default()),
            '[' => (Some(bracketed(until(']').0)), until(']').1),
            c => (Some(Piece::Code(c)), after),
        };
        let Some(section) = sections.last_mut() else { continue };
        match (&piece, section.last_mut()) {
            (Some(Piece::Words(words)), Some(Piece::Words(before))) => *before += words,
            _ => section.extend(piece),
        }
    }
    sections
}

/// What stands in brackets: `$₫-42A` is a currency and the place where it is written so.
fn bracketed(within: &str) -> Piece {
    let is_place = |place: &str| place.chars().all(|c| c.is_ascii_hexdigit());
    match within.strip_prefix('$') {
        Some(symbol) => {
            let symbol = symbol.rsplit_once('-').filter(|(_, place)| is_place(place)).map_or(symbol, |(of, _)| of);
            Piece::Words(symbol.to_owned())
        }
        None if within.starts_with(['<', '>', '=']) => Piece::Condition,
        None => Piece::Color(within.to_lowercase()),
    }
}

fn is_placeholder(c: char) -> bool {
    matches!(c, '0' | '#' | '?')
}

fn is_of_text(section: &[Piece]) -> bool {
    section.iter().any(|piece| matches!(piece, Piece::Code('@')))
}

/// The codes of a section without what stands between them.
fn code(section: &[Piece]) -> String {
    let code = section.iter().filter_map(|piece| match piece {
        Piece::Code(c) => Some(*c),
        _ => None,
    });
    code.collect()
}

/// Whether people see another number than is stored, but for marks between its groups of three digits and the unit behind it:
/// as a percentage, as a power of ten or a fraction, divided by thousands, with digits, a unit of thousands or a mark in its midst
/// that stand in the format, with decimals that look like thousands, or none at all.
pub(super) fn disguises(format: &str) -> bool {
    let sections = sections(format);
    let mut numbers = sections.iter().take(3).filter(|section| !is_of_text(section));
    let Some(first) = numbers.next() else { return false };
    // As the first number is shown that is none below zero.
    let begins = first.iter().find_map(|piece| match piece {
        Piece::Words(words) => words.trim_start().chars().next(),
        Piece::Condition => Some('0'),
        Piece::Code(c) | Piece::Fill(c) => Some(*c).filter(|c| *c != ' '),
        Piece::Color(_) => None,
    });
    let is_negated = begins.is_some_and(|first| ['-', '−', '–', '('].contains(&first));
    // The first section is that of most numbers, or of all.
    let is_shown = code(first).contains(|c: char| is_placeholder(c) || c.is_alphabetic());
    let is_nothing = !format.is_empty() && !is_shown;
    is_negated || is_nothing || sections.iter().take(3).any(|section| !is_of_text(section) && misleads(section))
}

/// Whether a section shows other digits than those of the number, or counts it in something else than ones.
fn misleads(section: &[Piece]) -> bool {
    let code = code(section);
    let divides = [code.split('.').next().unwrap_or_default(), &code]
        .iter()
        .any(|part| part.rfind(is_placeholder).is_some_and(|last| part[last + 1..].starts_with(',')));
    // Behind a dot readers of Vietnamese take three digits for thousands: 5 shown as “5.000”.
    let decimals = code.split('.').nth(1).unwrap_or_default();
    let end = decimals.find(|c| !is_placeholder(c)).unwrap_or(decimals.len());
    let is_like_thousands = end >= 3 && decimals[..end].ends_with('0');
    let is_power_or_fraction = code.contains(is_placeholder) && code.contains(['E', 'e', '/']);
    let is_filled = section.iter().any(|piece| matches!(piece, Piece::Fill(c) if c.is_numeric()));
    let counts_otherwise = section.iter().any(|piece| matches!(piece, Piece::Words(words) if is_scale(words)));
    code.contains('%')
        || divides
        || is_like_thousands
        || is_power_or_fraction
        || is_filled
        || counts_otherwise
        || is_parted(section)
}

/// Whether words that a format puts beside a number make another number of it.
fn is_scale(words: &str) -> bool {
    const SCALES: [&str; 13] =
        ["trăm", "nghìn", "nghin", "ngàn", "vạn", "triệu", "trieu", "tỷ", "tỉ", "tr", "k", "million", "billion"];
    // No figure is asked for in the money of others.
    const MONEY: [&str; 5] = ["usd", "eur", "cny", "lak", "kíp"];
    let folded = fold(words);
    let mut known = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    known.any(|word| {
        let bare = word.strip_suffix('đ').unwrap_or(word);
        // “m3” is a unit, “000” would be read as digits of the number.
        SCALES.contains(&bare) || MONEY.contains(&word) || word.starts_with(char::is_numeric)
    }) || words.contains(['%', '‰', '$', '€', '£', '¥', '₭'])
}

/// Whether anything but the marks of thousands stands between the digits of a number.
fn is_parted(section: &[Piece]) -> bool {
    let is_point = |piece: &Piece| matches!(piece, Piece::Code('.'));
    let mut parts = section.split(is_point).map(groups);
    let whole = parts.next().unwrap_or_default();
    let is_group = |(mark, digits): &(String, usize)| {
        *digits == 3 && matches!(mark.as_str(), "." | " " | "\u{a0}" | "\u{202f}")
    };
    whole.iter().skip(1).any(|group| !is_group(group)) || parts.any(|decimals| decimals.len() > 1)
}

/// The digits of each group, by their number, with what stands before them.
fn groups(pieces: &[Piece]) -> Vec<(String, usize)> {
    let (mut groups, mut before): (Vec<(String, usize)>, String) = (Vec::new(), String::new());
    for piece in pieces {
        match (piece, groups.last_mut()) {
            (Piece::Code(c), Some((_, digits))) if is_placeholder(*c) && before.is_empty() => *digits += 1,
            (Piece::Code(c), _) if is_placeholder(*c) => groups.push((std::mem::take(&mut before), 1)),
            // The program groups by it whatever stands behind it.
            (Piece::Code(','), _) => {}
            (Piece::Code(c), _) => before.push(*c),
            (Piece::Words(words), _) => before += words,
            (Piece::Fill(_) | Piece::Condition | Piece::Color(_), _) => {}
        }
    }
    groups
}

/// The section that texts are shown by.
fn of_text(sections: &[Vec<Piece>]) -> Option<&Vec<Piece>> {
    sections.get(3).or_else(|| sections.last().filter(|last| is_of_text(last)))
}

/// Whether people see no text that stands in a cell: its part of the format, the fourth, has no place for it.
pub(super) fn hides_text(format: &str) -> bool {
    sections(format).get(3).is_some_and(|section| !is_of_text(section))
}

/// Whether people see more than the text that stands in a cell.
pub(super) fn rewords(format: &str) -> bool {
    let sections = sections(format);
    let Some(section) = of_text(&sections).filter(|section| is_of_text(section)) else { return false };
    let says = |piece: &Piece| match piece {
        Piece::Words(words) => !words.trim().is_empty(),
        Piece::Fill(c) => c.is_alphanumeric(),
        Piece::Code(c) => !matches!(c, '@' | ' '),
        Piece::Condition | Piece::Color(_) => false,
    };
    section.iter().any(says) || code(section).matches('@').count() > 1
}

/// The colour that a format gives to numbers, or to texts, whatever that of the font is.
pub(super) fn ink(format: &str, is_text: bool) -> Option<[u8; 3]> {
    let sections = sections(format);
    let section = if is_text { of_text(&sections) } else { sections.first() };
    let name = section?.iter().find_map(|piece| match piece {
        Piece::Color(name) => Some(name.as_str()),
        _ => None,
    });
    Some(match name? {
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
            ("0.00E+00", true),
            ("0E+00", true),
            ("##0.0E+0", true),
            ("0.00", false),
            ("# ?/?", true),
            ("0/100", true),
            // A currency, the words behind a stroke or bare.
            ("#,##0 [$₫-42A]", false),
            ("_-* #,##0 [$₫-42A]_-;\\-* #,##0 [$₫-42A]_-;_-* \"-\" [$₫-42A]_-;_-@_-", false),
            ("#,##0 [$VND]", false),
            ("[$-409]#,##0", false),
            ("_($* #,##0_);_($* (#,##0);_($* \"-\"_);_(@_)", false),
            ("#,##0 [$triệu đồng-42A]", true),
            ("#,##0 [$tr.đ]", true),
            ("[$$-409]#,##0", true),
            ("#,##0 \\t\\r", true),
            ("#,##0 tr", true),
            ("0\"trđ\"", true),
            ("0\"%\"", true),
            ("General\" nghìn\"", true),
            ("General\" vụ\"", false),
            ("GENERAL", false),
            // Marks between the digits.
            ("0\".\"0", true),
            ("0\\.00", true),
            ("000\\-000", true),
            ("0\\,000", true),
            ("0.0\\.0", true),
            ("#\\ ##0", false),
            ("# ###\u{a0}##0", false),
            ("#\\.###\\.##0\" đ\"", false),
            ("0*0", true),
            ("0* ", false),
            // Of texts alone.
            ("0;-0;0;@\" nghìn\"", false),
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
    fn formats_that_show_more_than_a_text_are_told_from_those_that_show_the_text() {
        for (format, more) in [
            ("@\" nghìn\"", true),
            ("0;0;0;@\" nghìn\"", true),
            ("0;@ [$triệu-42A]", true),
            ("\"-\"@", true),
            ("@@", true),
            ("@*0", true),
            ("@", false),
            ("_(* #,##0_);_(* (#,##0);_(* \"-\"??_);_(@_)", false),
            ("[Red]@* ", false),
            ("0\" nghìn\"", false),
            ("0\" nghìn\";-0;0;@", false),
            ("General", false),
            ("", false),
        ] {
            assert_eq!(rewords(format), more, "{format}");
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
            ("[$-42A][White]0", false, true),
            ("0;[White]-0", false, false),
            ("\"[White]\"0", false, false),
        ] {
            assert_eq!(ink(format, of_text) == Some([255; 3]), white, "{format}");
        }
    }
}
