//! Keys in their files, and the random bytes they are made of.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::{Console, Exit};
use crate::diag::Report;
use crate::record::{KeyProblem, PrivateKey, PublicKey};
use crate::world::{MAX_FILE, Reason, WorldError, WorldProblem};

/// Reads the keys to sign with.
///
/// # Errors
/// When a file cannot be read or holds no such key; that has been told.
pub(super) fn private_keys(console: &mut Console<'_>, paths: &[PathBuf]) -> Result<Vec<PrivateKey>, Exit> {
    read_all(console, paths, PrivateKey::read)
}

/// Reads the keys that signatures are held to.
///
/// # Errors
/// When a file cannot be read or holds no such key; that has been told.
pub(super) fn public_keys(console: &mut Console<'_>, paths: &[PathBuf]) -> Result<Vec<PublicKey>, Exit> {
    read_all(console, paths, PublicKey::read)
}

/// Makes a key of random bytes from the operating system.
///
/// # Errors
/// When the system has none to give.
pub(super) fn new_key(name: &str) -> Result<PrivateKey, WorldError> {
    let mut secret = Zeroizing::new([0_u8; 32]);
    match getrandom::fill(secret.as_mut_slice()) {
        Ok(()) => Ok(PrivateKey::new(&secret, name)),
        Err(error) => {
            let reason = Reason::of(&std::io::Error::from(error));
            Err(WorldError::new(Path::new("getrandom"), WorldProblem::Read(reason)))
        }
    }
}

fn read_all<T>(
    console: &mut Console<'_>,
    paths: &[PathBuf],
    read: fn(&str, &[u8]) -> Result<T, KeyProblem>,
) -> Result<Vec<T>, Exit> {
    let mut keys = Vec::new();
    for path in paths {
        let bytes = console.world.read(path, MAX_FILE).map(Zeroizing::new);
        let bytes = bytes.map_err(|error| console.world_errors(&[error]))?;
        let lang = console.lang(None);
        let key = read(&path.display().to_string(), &bytes);
        keys.push(key.map_err(|problem| console.refuse(problem.report(), lang, Exit::World))?);
    }
    Ok(keys)
}
