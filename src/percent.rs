//! A part of a whole in percent, as it is rounded for print. Arithmetic alone: the words and signs are a language's.

/// How many decimals a percentage is printed with: one, or as many as it takes for 0% and 100% to be exactly that.
/// Zero where the whole is.
pub(crate) fn places(part: u128, whole: u128) -> u32 {
    let is_honest = |places: &u32| {
        let hundred = 10_u128.pow(2 + places);
        match scaled(part, whole, *places) {
            0 => part == 0,
            rounded => rounded != hundred || part == whole,
        }
    };
    if whole == 0 { 0 } else { (1..MOST_PLACES).find(is_honest).unwrap_or(MOST_PLACES) }
}

/// Finer than any two sums of a province differ.
const MOST_PLACES: u32 = 12;

/// A percentage as it is printed, to no fewer decimals than that: 10^`places` are one percent.
pub(crate) fn in_print(part: u128, whole: u128, places: u32) -> u128 {
    let own = self::places(part, whole);
    scaled(part, whole.max(1), own) * 10_u128.pow(places - own)
}

/// Rounded half up: 10^`places` are one percent.
pub(crate) fn scaled(part: u128, whole: u128, places: u32) -> u128 {
    (part * 10_u128.pow(2 + places) + whole / 2) / whole
}
