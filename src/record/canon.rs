//! Canonical JSON: one text for one value, so that hashes and signatures mean something.

use serde_json::Value;
use sha2::{Digest, Sha256};

/// Writes a value in canonical form: keys sorted, nothing between what is written, no floating point.
// INVARIANT: the maps of serde_json are sorted by key, and the room puts no floating point into them.
pub fn canonical(value: &Value) -> String {
    value.to_string()
}

/// Returns the SHA-256 of the canonical form, as `sha256:…`.
pub fn digest(value: &Value) -> String {
    format!("sha256:{}", sha256(canonical(value).as_bytes()))
}

/// Returns the SHA-256 of bytes in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Writes bytes in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    // The room is taken at once: where a secret is written, no copy of it is left behind.
    let mut digits = String::with_capacity(bytes.len() * 2);
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    digits.extend(halves.filter_map(|half| char::from_digit(u32::from(half), 16)));
    digits
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_are_sorted_and_text_is_escaped_one_way() {
        let value = json!({"b": "æ\u{7}\n\"", "a": [1, {"z": true, "y": null}]});
        assert_eq!(canonical(&value), "{\"a\":[1,{\"y\":null,\"z\":true}],\"b\":\"æ\\u0007\\n\\\"\"}");
    }
}
