//! Amounts in đồng, as prose and tables write them.

use super::{decimal, fixed};

/// An amount in đồng as a report tells it beside an annex with every đồng: `8,06 tỷ đồng`, `337,5 triệu đồng`.
pub(crate) fn money_in_report(dong: u128) -> String {
    let (unit, word, places) = in_report(dong);
    format!("{} {word}", decimal(scaled(dong, unit, places), places))
}

/// What a report tells of an amount, in đồng: `8.060.000.000` of 8.060.850.000.
pub(crate) fn as_reported(dong: u128) -> u128 {
    let (unit, _, places) = in_report(dong);
    scaled(dong, unit, places) * unit / 10_u128.pow(places)
}

/// A sum with its parts in a sentence of a report: each as it is told alone where that adds up in print, else all in millions.
pub(crate) fn sum_in_report(sum: u128, parts: &[u128]) -> (String, Vec<String>) {
    let told = parts.iter().map(|part| as_reported(*part)).sum::<u128>();
    if parts.iter().sum::<u128>() != sum || told == as_reported(sum) {
        return (money_in_report(sum), parts.iter().copied().map(money_in_report).collect());
    }
    let places = millions_in_print(&[(sum, parts.to_vec())]);
    let told = |dong: u128| format!("{} {}", decimal(scaled(dong, MONEY[1].0, places), places), MONEY[1].1);
    (told(sum), parts.iter().copied().map(told).collect())
}

/// The unit that a report tells an amount in, with its word, and to how many decimals.
fn in_report(dong: u128) -> (u128, &'static str, u32) {
    match dong {
        999_500_000.. => (MONEY[0].0, MONEY[0].1, 2),
        1_000_000.. => (MONEY[1].0, MONEY[1].1, 1),
        _ => (1, MONEY[2].1, 0),
    }
}

/// Amounts in millions of đồng, to as few decimals, one at least, as it takes for every sum to be that of its parts in print
/// and for nothing but zero to be zero there.
pub(crate) fn millions_in_print(sums: &[(u128, Vec<u128>)]) -> u32 {
    let adds_up = |places: &u32| {
        let printed = |dong: &u128| scaled(*dong, 1_000_000, *places);
        let is_told = |dong: &u128| *dong == 0 || printed(dong) > 0;
        let holds = |(sum, parts): &(u128, Vec<u128>)| {
            parts.iter().map(printed).sum::<u128>() == printed(sum) && parts.iter().all(is_told)
        };
        sums.iter().all(holds)
    };
    (1..6).find(adds_up).unwrap_or(6)
}

/// An amount in millions of đồng: `4.186,0`.
pub(crate) fn millions(dong: u128, places: u32) -> String {
    fixed(scaled(dong, 1_000_000, places), places)
}

/// Rounded half up to so many decimals of a unit, without the comma.
fn scaled(dong: u128, unit: u128, places: u32) -> u128 {
    (dong * 10_u128.pow(places) + unit / 2) / unit
}

/// What prose counts money in, the largest first, with the đồng that each is.
const MONEY: [(u128, &str); 3] = [(1_000_000_000, "tỷ đồng"), (1_000_000, "triệu đồng"), (1, "đồng")];

/// An amount in đồng as prose writes it: `4,2 tỷ đồng`, `387,5 triệu đồng`, `950.000 đồng`;
/// at most three decimals, rounded half up (the annexes print every đồng).
pub(crate) fn money(dong: u128) -> String {
    // 999.999.500 đồng would round to “1.000 triệu đồng”: it is one tỷ.
    let reaches = |unit: u128| if unit == MONEY[0].0 { dong + 500 >= unit } else { dong >= unit };
    let (unit, word) = MONEY.into_iter().find(|(unit, _)| reaches(*unit)).unwrap_or(MONEY[2]);
    format!("{} {word}", decimal(scaled(dong, unit, 3), 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_reads_like_prose() {
        for (dong, text) in [
            (0, "0 đồng"),
            (950_000, "950.000 đồng"),
            (387_500_000, "387,5 triệu đồng"),
            (999_999_499, "999,999 triệu đồng"),
            (999_999_500, "1 tỷ đồng"),
            (4_200_000_000, "4,2 tỷ đồng"),
            (1_013_245_600_000, "1.013,246 tỷ đồng"),
        ] {
            assert_eq!(money(dong), text);
        }
    }

    #[test]
    fn money_in_a_report_is_rounded_and_in_tables_adds_up() {
        for (dong, text) in [
            (0, "0 đồng"),
            (999_999, "999.999 đồng"),
            (337_500_000, "337,5 triệu đồng"),
            (999_499_999, "999,5 triệu đồng"),
            (999_500_000, "1 tỷ đồng"),
            (8_060_850_000, "8,06 tỷ đồng"),
        ] {
            assert_eq!(money_in_report(dong), text);
        }
        for (dong, told) in [
            (999_999, 999_999),
            (337_540_000, 337_500_000),
            (999_499_999, 999_500_000),
            (8_060_850_000, 8_060_000_000),
        ] {
            assert_eq!(as_reported(dong), told);
        }
        for (sum, parts, told) in [
            // Alone “1 tỷ đồng”.
            (1_002_000_000, &[715_500_000, 212_000_000, 74_500_000][..], "1.002 triệu đồng: 715,5; 212; 74,5"),
            (4_862_000_000, &[3_211_500_000, 957_000_000, 693_500_000], "4.862 triệu đồng: 3.211,5; 957; 693,5"),
            (2_000_000_000, &[1_500_000_000, 500_000_000], "2 tỷ đồng: 1,5 tỷ đồng; 500"),
            // What nobody allots to a source is in no part.
            (1_002_000_000, &[500_000_000], "1 tỷ đồng: 500"),
        ] {
            let (sum, parts) = sum_in_report(sum, parts);
            let parts = parts.join("; ").replace(" triệu đồng", "");
            assert_eq!(format!("{sum}: {parts}"), told);
        }
        for (sum, parts, printed) in [
            (8_060_850_000, &[7_214_750_000, 846_100_000][..], "8.060,9 = 7.214,8 + 846,1"),
            // To one decimal 1,3 + 1,3 + 1,3 beside 4,0.
            (4_000_000, &[1_333_000, 1_333_000, 1_334_000], "4,000 = 1,333 + 1,333 + 1,334"),
            (5_000_000, &[5_000_000], "5,0 = 5,0"),
            // Little is not nothing.
            (5_030_000, &[5_000_000, 30_000], "5,03 = 5,00 + 0,03"),
            (30_000, &[30_000, 0], "0,03 = 0,03 + 0,00"),
        ] {
            let places = millions_in_print(&[(sum, parts.to_vec())]);
            let parts: Vec<String> = parts.iter().map(|part| millions(*part, places)).collect();
            assert_eq!(format!("{} = {}", millions(sum, places), parts.join(" + ")), printed);
        }
    }
}
