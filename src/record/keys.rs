//! The keys that records are signed with, as they stand in their files.

use std::fmt;

use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::canon::hex;
use super::signed::message;
use crate::base::bi;
use crate::diag::{Code, Diagnostic, Report};

/// The algorithm of every signature.
pub(super) const ALGORITHM: &str = "ed25519";

/// The name and version of the form of a key file.
const FORM: &str = "klausul-key/1";

/// The half of a pair of keys that signs. Its bytes are wiped when it is let go, and nothing shows them but
/// [`PrivateKey::text`].
pub struct PrivateKey {
    key: SigningKey,
    name: String,
}

/// The half of a pair of keys that everybody may have: what was signed with the other half is told by it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublicKey {
    key: VerifyingKey,
    name: String,
}

/// One of the two halves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Half {
    /// The one that signs.
    Private,
    /// The one that is given away.
    Public,
}

/// Why a file is not the key that is wanted. What stands in the file is never repeated: it may be a secret.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeyProblem {
    /// The file, as it was given.
    path: String,
    wanted: Half,
    what: Wrong,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Wrong {
    /// It has another form.
    Form,
    /// It is the other half of a pair.
    OtherHalf,
    /// It fits more signatures than those of one pair.
    Weak,
}

impl PrivateKey {
    /// Makes a key of random bytes.
    pub fn new(secret: &[u8; 32], name: &str) -> PrivateKey {
        PrivateKey { key: SigningKey::from_bytes(secret), name: name.to_owned() }
    }

    /// Reads a key from the bytes of its file, which is named in what is told of it.
    ///
    /// # Errors
    /// When the file holds something else.
    pub fn read(path: &str, bytes: &[u8]) -> Result<PrivateKey, KeyProblem> {
        let (secret, name) = read(path, bytes, Half::Private)?;
        Ok(PrivateKey::new(&secret, name))
    }

    /// Returns the text of its file.
    pub fn text(&self) -> Zeroizing<String> {
        let secret = Zeroizing::new(self.key.to_bytes());
        Zeroizing::new(line(Half::Private, &Zeroizing::new(hex(secret.as_slice())), &self.name))
    }

    /// Returns the other half.
    pub fn public(&self) -> PublicKey {
        PublicKey { key: self.key.verifying_key(), name: self.name.clone() }
    }

    /// Signs a record, as it stands beside the record.
    pub(super) fn sign(&self, record: &Value) -> Value {
        let signature = self.key.sign(&message(record));
        json!({ "algorithm": ALGORITHM, "key": self.public().digits(), "signature": hex(&signature.to_bytes()) })
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PrivateKey").field("name", &self.name).finish_non_exhaustive()
    }
}

impl PublicKey {
    /// Reads a key from the bytes of its file, which is named in what is told of it.
    ///
    /// # Errors
    /// When the file holds something else, or a key that fits signatures of others.
    pub fn read(path: &str, bytes: &[u8]) -> Result<PublicKey, KeyProblem> {
        let problem = |what| KeyProblem { path: path.to_owned(), wanted: Half::Public, what };
        let (digits, name) = read(path, bytes, Half::Public)?;
        let key = VerifyingKey::from_bytes(&digits).map_err(|_| problem(Wrong::Form))?;
        match key.is_weak() {
            true => Err(problem(Wrong::Weak)),
            false => Ok(PublicKey { key, name: name.to_owned() }),
        }
    }

    /// Returns the text of its file.
    pub fn text(&self) -> String {
        line(Half::Public, &self.digits(), &self.name)
    }

    /// Returns its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the key in hexadecimal, as it stands in a record.
    pub fn digits(&self) -> String {
        hex(self.key.as_bytes())
    }
}

impl Half {
    fn word(self) -> &'static str {
        match self {
            Half::Private => "private",
            Half::Public => "public",
        }
    }
    fn other(self) -> Half {
        match self {
            Half::Private => Half::Public,
            Half::Public => Half::Private,
        }
    }
}

fn line(half: Half, digits: &str, name: &str) -> String {
    // Put together at once: where a secret is written, no copy of it is left behind.
    [FORM, " ", ALGORITHM, " ", half.word(), " ", digits, " ", name, "\n"].concat()
}

/// Reads the one line of a key file: the key and its name.
fn read<'a>(path: &str, bytes: &'a [u8], wanted: Half) -> Result<(Zeroizing<[u8; 32]>, &'a str), KeyProblem> {
    let problem = |what| KeyProblem { path: path.to_owned(), wanted, what };
    let form = || problem(Wrong::Form);
    let text = std::str::from_utf8(bytes).map_err(|_| form())?;
    let text = text.strip_suffix('\n').unwrap_or(text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    let rest = text.strip_prefix(FORM).and_then(|rest| rest.strip_prefix(' ')).ok_or_else(form)?;
    let rest = rest.strip_prefix(ALGORITHM).and_then(|rest| rest.strip_prefix(' ')).ok_or_else(form)?;
    let (half, rest) = rest.split_once(' ').ok_or_else(form)?;
    if half == wanted.other().word() {
        return Err(problem(Wrong::OtherHalf));
    }
    let (digits, name) = rest.split_once(' ').filter(|_| half == wanted.word()).ok_or_else(form)?;
    if !is_name(name) {
        return Err(form());
    }
    Ok((Zeroizing::new(from_hex(digits).ok_or_else(form)?), name))
}

/// Tells whether a key can have this name: it stands at the end of a line.
pub fn is_name(name: &str) -> bool {
    !name.trim().is_empty() && !name.contains(char::is_control)
}

/// Reads bytes written in hexadecimal in the one way there is: two digits each, lower case.
pub(super) fn from_hex<const N: usize>(digits: &str) -> Option<[u8; N]> {
    let value = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let mut bytes = [0; N];
    let pairs = digits.as_bytes().chunks_exact(2);
    if digits.len() != 2 * N {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(pairs) {
        let [high, low] = pair else { return None };
        *byte = value(*high)? << 4 | value(*low)?;
    }
    Some(bytes)
}

impl Report for KeyProblem {
    fn report(&self) -> Diagnostic {
        let path = &self.path;
        let new = |message| Diagnostic::new(Code::NoKey, message);
        match (self.what, self.wanted) {
            (Wrong::Form, _) => {
                new(bi!("`{path}` er ingen nøglefil, som den blev lavet", "`{path}` is no key file as it was made"))
                    .help(bi!(
                        "`klausul keys new NAVN` laver et par: NAVN.key underskriver, NAVN.pub gives til dem, der efterprøver",
                        "`klausul keys new NAME` makes a pair: NAME.key signs, NAME.pub is given to those who verify"
                    ))
            }
            (Wrong::OtherHalf, Half::Private) => {
                new(bi!("`{path}` er den offentlige nøgle", "`{path}` is the public key")).help(bi!(
                    "der underskrives med den private, NAVN.key",
                    "records are signed with the private one, NAME.key"
                ))
            }
            (Wrong::OtherHalf, Half::Public) => {
                new(bi!("`{path}` er den private nøgle", "`{path}` is the private key")).help(bi!(
                    "der efterprøves med den offentlige, NAVN.pub; den private hører kun til hos den, der underskriver",
                    "records are verified with the public one, NAME.pub; the private one belongs with its signer alone"
                ))
            }
            (Wrong::Weak, _) => {
                new(bi!("nøglen i `{path}` er svag", "the key in `{path}` is weak")).help(bi!(
                    "den passer til underskrifter, som ingen privat nøgle har lavet; `klausul keys new` laver aldrig sådan en",
                    "it fits signatures that no private key made; `klausul keys new` never makes such a key"
                ))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first test vector of RFC 8032, section 7.1.
    const SECRET: &str = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    const PUBLIC: &str = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    fn private() -> PrivateKey {
        PrivateKey::new(&from_hex(SECRET).unwrap(), "revisor i kommunen")
    }

    #[test]
    fn a_key_is_read_back_as_it_was_written() {
        let private = private();
        assert_eq!(private.public().digits(), PUBLIC);
        assert_eq!(
            private.public().text(),
            format!("klausul-key/1 ed25519 public {PUBLIC} revisor i kommunen\n")
        );
        let again = PrivateKey::read("x.key", private.text().as_bytes()).unwrap();
        assert_eq!(*again.text(), *private.text());
        assert_eq!(PublicKey::read("x.pub", private.public().text().as_bytes()), Ok(private.public()));
        assert_eq!(private.public().name(), "revisor i kommunen");
        assert!(!format!("{private:?}").contains(&SECRET[..8]), "a secret is never shown");
    }

    #[test]
    fn another_form_is_refused_and_not_repeated() {
        let good = private().text().to_string();
        let bad = [
            String::new(),
            "Kære dagbog\n".to_owned(),
            good.replace("key/1", "key/2"),
            good.replace("ed25519", "ed448"),
            good.replace("9d61", "9D61"),
            good.replace("9d61", "9d6"),
            good.replace("private", "secret"),
            good.replace(" revisor i kommunen", ""),
            good.replace("revisor i kommunen", " "),
            format!("{good}{good}"),
        ];
        for text in bad {
            let problem = PrivateKey::read("x.key", text.as_bytes()).unwrap_err();
            assert_eq!(problem.what, Wrong::Form, "{text}");
            assert!(!problem.report().message.da.contains("61b1"), "{text}");
        }
    }

    #[test]
    fn the_halves_are_not_taken_for_each_other() {
        let (private, public) = (private(), private().public().text());
        assert_eq!(PrivateKey::read("x", public.as_bytes()).unwrap_err().what, Wrong::OtherHalf);
        assert_eq!(PublicKey::read("x", private.text().as_bytes()).unwrap_err().what, Wrong::OtherHalf);
    }

    #[test]
    fn keys_of_small_order_are_refused() {
        // The neutral element, and the points of order 2 and 4: they fit signatures of almost anything.
        let zeros = "0".repeat(62);
        let minus_one = format!("ec{}7f", "f".repeat(60));
        for digits in [format!("01{zeros}"), minus_one, format!("00{zeros}"), format!("{zeros}80")] {
            let text = format!("klausul-key/1 ed25519 public {digits} svag\n");
            assert_eq!(PublicKey::read("x", text.as_bytes()).unwrap_err().what, Wrong::Weak, "{digits}");
        }
    }
}
