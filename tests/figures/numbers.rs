//! Numbers as Vietnamese reports write them, by a writer and a reader of the tests' own.

pub(super) use crate::common::grouped;

/// In a sentence, where `08` stands for 8.
pub(super) fn counted(number: u64) -> String {
    if (1..10).contains(&number) { format!("0{number}") } else { grouped(number) }
}

/// Rounded half up to so many decimals of a unit.
pub(super) fn rounded(number: u64, unit: u64, places: u32) -> String {
    let ten = 10_u128.pow(places);
    let scaled = (u128::from(number) * ten + u128::from(unit) / 2) / u128::from(unit);
    let whole = grouped(u64::try_from(scaled / ten).expect("a number"));
    if places == 0 { whole } else { format!("{whole},{:0width$}", scaled % ten, width = places as usize) }
}

/// Without the zeros behind the comma.
pub(super) fn plain(number: &str) -> &str {
    if number.contains(',') { number.trim_end_matches('0').trim_end_matches(',') } else { number }
}

/// A printed number in millionths; `None` of what is none.
pub(super) fn read(text: &str) -> Option<i128> {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, decimals) = text.split_once(',').unwrap_or((text, ""));
    let groups: Vec<&str> = whole.split('.').collect();
    let is_grouped = groups.iter().skip(1).all(|group| group.len() == 3) && (1..=3).contains(&groups[0].len());
    let digits = format!("{}{decimals:0<6}", groups.concat());
    (is_grouped && decimals.len() <= 6).then_some(())?;
    digits.parse::<i128>().ok().filter(|_| digits.chars().all(|c| c.is_ascii_digit())).map(|number| sign * number)
}

#[test]
fn numbers_are_read_as_they_are_written() {
    for (text, millionths) in [
        ("8", Some(8_000_000)),
        ("2.898", Some(2_898_000_000)),
        ("15.834,4", Some(15_834_400_000)),
        ("-68", Some(-68_000_000)),
        ("2898", None),
        ("2.89", None),
        ("KPS", None),
        ("", None),
        ("91,3%", None),
    ] {
        assert_eq!(read(text), millionths, "{text}");
    }
    assert_eq!([rounded(8_060_850_000, 1_000_000, 1), counted(8), grouped(12_111)], ["8.060,9", "08", "12.111"]);
    assert_eq!(plain(&rounded(7_500_000_000, 1_000_000_000, 2)), "7,5");
}
