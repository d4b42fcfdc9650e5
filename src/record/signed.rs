//! Signatures: what is signed, and whether those that stand beside a record are good.

use std::collections::BTreeSet;

use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::Value;

use super::canon::canonical;
use super::faults::{Fault, Level, Levels, records};
use super::keys::{ALGORITHM, PublicKey, from_hex};
use super::made::FORMAT;
use super::stored::Stored;
use crate::base::{Bi, bi};

/// The bytes that are signed: the format, so that a signature fits nothing else, and the record as it is hashed.
pub(super) fn message(record: &Value) -> Vec<u8> {
    format!("{FORMAT}\n{}", canonical(record)).into_bytes()
}

/// Holds every signature to its record. Where keys are trusted, every record must have a good signature of one of them.
pub fn check_signatures(stored: &[Stored], trusted: &[PublicKey], levels: &mut Levels) {
    if stored.is_empty() {
        return levels.skip(Level::Signatures, bi!("ingen spor", "no records"));
    }
    let (mut signed, mut signers) = (0_usize, BTreeSet::new());
    for one in stored {
        let good = good_keys(one, levels);
        signed += usize::from(!good.is_empty());
        let known: Vec<&PublicKey> = trusted.iter().filter(|key| good.contains(&key.digits())).collect();
        signers.extend(known.iter().map(|key| key.name()));
        if known.is_empty() && !trusted.is_empty() {
            let what = match good.is_empty() {
                true => bi!("sporet har ingen gyldig underskrift", "the record has no good signature"),
                false => bi!(
                    "sporet er underskrevet, men ikke med en af de givne nøgler",
                    "the record is signed, but with none of the keys given"
                ),
            };
            levels.fail(Level::Signatures, Fault::new(one.line, "signatures", what));
        }
    }
    let (count, all) = (stored.len(), records(stored.len()));
    let names = signers.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match (signed, trusted.is_empty()) {
        (0, true) => levels.skip(
            Level::Signatures,
            bi!(
                "ingen underskrifter: hvem der skrev sporene, kan ikke ses",
                "no signatures: who wrote the records cannot be seen"
            ),
        ),
        (_, true) => levels.hold(
            Level::Signatures,
            bi!(
                "{signed} af {count} spor er underskrevet, og underskrifterne passer; hvis nøglerne er, prøves med --key",
                "{signed} of {count} records are signed, and the signatures fit; whose the keys are is tested by --key"
            ),
        ),
        (_, false) => levels.hold(
            Level::Signatures,
            bi!("{count} spor: alle underskrevet, med {names}", "{all}: all signed, with {names}"),
        ),
    }
}

/// The keys of the good signatures of a record.
fn good_keys(one: &Stored, levels: &mut Levels) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let signatures = one.whole.get("signatures").and_then(Value::as_array);
    let message = message(one.record());
    for (index, signature) in signatures.into_iter().flatten().enumerate() {
        let mut fail = |at: &str, what: Bi| {
            let at = format!("signatures[{index}]{at}");
            levels.fail(Level::Signatures, Fault::new(one.line, &at, what));
        };
        match key_of(signature, &message) {
            Err((at, what)) => fail(at, what),
            Ok(key) => {
                if !keys.insert(key) {
                    fail(".key", bi!("har underskrevet før", "has signed before"));
                }
            }
        }
    }
    keys
}

/// The key of a signature, which must be good; or the field that is wrong, and what is the matter with it.
fn key_of(signature: &Value, message: &[u8]) -> Result<String, (&'static str, Bi)> {
    let fields = signature.as_object().filter(|fields| fields.len() == 3);
    let fields = fields.ok_or_else(|| ("", bi!("er ingen underskrift", "is no signature")))?;
    let field = |name| fields.get(name).and_then(Value::as_str).unwrap_or_default();
    if field("algorithm") != ALGORITHM {
        return Err((".algorithm", bi!("er ikke `{ALGORITHM}`", "is not `{ALGORITHM}`")));
    }
    let key = from_hex(field("key")).and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok());
    let key = key.ok_or_else(|| (".key", bi!("er ingen nøgle", "is no key")))?;
    if key.is_weak() {
        let what = bi!(
            "er svag: den passer til underskrifter, som ingen har lavet",
            "is weak: it fits signatures that nobody made"
        );
        return Err((".key", what));
    }
    let bytes = from_hex(field("signature"))
        .ok_or_else(|| (".signature", bi!("er ingen underskrift", "is no signature")))?;
    match key.verify_strict(message, &Signature::from_bytes(&bytes)) {
        Ok(()) => Ok(field("key").to_owned()),
        Err(_) => Err((
            ".signature",
            bi!("passer ikke til sporet og nøglen", "does not fit the record and the key"),
        )),
    }
}
