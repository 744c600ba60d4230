//! Texts of which parts are set above or below the line.

/// Where a part of a text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Offset {
    Above,
    Below,
}

impl Offset {
    /// As OOXML writes it, of spreadsheets and of texts; `None` of what stands on the line.
    pub(crate) fn of(written: &str) -> Option<Self> {
        match written {
            "superscript" => Some(Self::Above),
            "subscript" => Some(Self::Below),
            _ => None,
        }
    }
}

/// A text as people read it: where only a part of it is set above or below the line, digits and signs there become the characters
/// that stand there by themselves, so that 10 with a raised 6 is `10⁶`, not `106`. Letters say the same wherever they stand.
#[derive(Debug, Default)]
pub(crate) struct OffsetText {
    whole: String,
    seen: String,
    /// Whether any of it stands on the line.
    is_on_line: bool,
}

impl OffsetText {
    pub(crate) fn push(&mut self, part: &str, offset: Option<Offset>) {
        self.whole += part;
        match offset {
            Some(offset) => self.seen.extend(part.chars().map(|c| set(c, offset))),
            None => {
                self.seen += part;
                self.is_on_line |= !part.trim().is_empty();
            }
        }
    }

    /// Its characters as they are stored.
    pub(crate) fn whole(&self) -> &str {
        &self.whole
    }

    /// As people read it.
    pub(crate) fn seen(&self) -> &str {
        if self.is_on_line { &self.seen } else { &self.whole }
    }
}

/// The character that stands above or below the line in place of a digit or a sign.
fn set(c: char, offset: Offset) -> char {
    const ON_LINE: &str = "0123456789+-=()−–";
    let set = match offset {
        Offset::Above => "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾⁻⁻",
        Offset::Below => "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₋₋",
    };
    ON_LINE.chars().zip(set.chars()).find(|(on_line, _)| *on_line == c).map_or(c, |(_, set)| set)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_above_or_below_the_line_is_no_digit_of_the_number_before_it() {
        const ABOVE: Option<Offset> = Some(Offset::Above);
        const BELOW: Option<Offset> = Some(Offset::Below);
        for (parts, seen) in [
            (&[("318", None), ("1", ABOVE)][..], "318¹"),
            (&[("3 × 10", None), ("6", ABOVE), (" đồng", None)], "3 × 10⁶ đồng"),
            (&[("10", None), ("−3", ABOVE)], "10⁻³"),
            (&[("120 m", None), ("2", ABOVE)], "120 m²"),
            (&[("CO", None), ("2", BELOW)], "CO₂"),
            (&[("1", ABOVE), ("Theo Luật", None)], "¹Theo Luật"),
            (&[("12", None), ("b", ABOVE), ("/BC-SYT", None)], "12b/BC-SYT"),
            // All of it, or nothing but blanks beside it: small, and the same number.
            (&[("318", ABOVE)], "318"),
            (&[(" ", None), ("31", ABOVE), ("8", ABOVE)], " 318"),
            (&[("318", None)], "318"),
            (&[], ""),
        ] {
            let mut text = OffsetText::default();
            parts.iter().for_each(|(part, offset)| text.push(part, *offset));
            assert_eq!(text.seen(), seen, "{parts:?}");
            assert_eq!(text.whole(), parts.iter().map(|(part, _)| *part).collect::<String>());
        }
        assert_eq!(Offset::of("baseline"), None);
    }
}
