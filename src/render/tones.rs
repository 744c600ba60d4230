//! The colours of charts, the same wherever an office program draws them.

use crate::doc::Tone;

/// `RRGGBB`. Told apart in grey too: from dark to light in the order of good to missing.
pub(super) fn fill(tone: Tone, lighter: bool) -> &'static str {
    match (tone, lighter) {
        (Tone::Good, false) => "4E8F5B",
        (Tone::Good, true) => "A9D3B0",
        (Tone::Plain, false) => "6F9BD1",
        (Tone::Plain, true) => "BBD2EC",
        (Tone::Warning, false) => "E8B34A",
        (Tone::Warning, true) => "F4DCA8",
        (Tone::Bad, false) => "C8553D",
        (Tone::Bad, true) => "E9B1A5",
        (Tone::Muted, false) => "D9D9D9",
        (Tone::Muted, true) => "EFEFEF",
    }
}
