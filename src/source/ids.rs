//! By what contents are told apart: their SHA-256, and the short ids that people type. Interprets no content.

use std::borrow::Cow;
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::open_plain;

/// The SHA-256 in hexadecimal.
pub(crate) fn sha256(content: impl AsRef<[u8]>) -> String {
    digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The SHA-256 as it is compared.
pub(crate) fn digest(content: impl AsRef<[u8]>) -> [u8; 32] {
    Sha256::digest(content).into()
}

/// Eight hexadecimal digits by which people and programs name what is of this content.
pub(crate) fn short_id(content: impl AsRef<[u8]>) -> String {
    as_id(&sha256(content)[..8]).into_owned()
}

/// An id of hexadecimal digits that no spreadsheet takes for a number, as it takes `6e094719` for infinity: one that
/// was given before begins with a letter now. In capitals it is the same.
pub(crate) fn as_id(given: &str) -> Cow<'_, str> {
    if given.contains(|c: char| c.is_ascii_uppercase()) {
        return Cow::Owned(as_id(&given.to_ascii_lowercase()).into_owned());
    }
    match given.as_bytes() {
        [first @ b'0'..=b'9', rest @ ..] if rest.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'e')) => {
            Cow::Owned(format!("{}{}", char::from(b'a' + (first - b'0') % 4), &given[1..]))
        }
        _ => Cow::Borrowed(given),
    }
}

/// The SHA-256 of a file, however large.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn sha256_of(path: &Path) -> io::Result<String> {
    let (mut file, mut hasher, mut part) = (open_plain(path)?, Sha256::new(), vec![0; 1 << 16]);
    loop {
        match io::Read::read(&mut file, &mut part)? {
            0 => return Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()),
            read => hasher.update(&part[..read]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_no_numbers() {
        for (given, id) in [
            ("6e094719", "ce094719"),
            ("12345678", "b2345678"),
            ("00000000", "a0000000"),
            ("1e2e3e44", "be2e3e44"),
            ("e1234567", "e1234567"),
            ("1234567a", "1234567a"),
            ("0a1b2c3d", "0a1b2c3d"),
            ("CD26ED54", "cd26ed54"),
            ("6E094719", "ce094719"),
            ("", ""),
        ] {
            assert_eq!(as_id(given), id);
            assert_eq!(as_id(id), id, "what is one stays");
        }
    }
}
