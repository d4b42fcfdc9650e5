use super::{Bi, bi};

/// What is counted, so that no input takes more than there is. A limit counts things, never seconds or free memory: the
/// verdict on an input is the same on every machine.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Limit {
    /// Bytes of one file.
    FileSize,
    /// Bytes of all rules and data of a run together.
    TotalSize,
    /// Rule files of a run, those that `brug` looks into with them.
    Files,
    /// Bytes of one line of a rule file.
    LineLength,
    /// Lines of one rule file.
    Lines,
    /// Characters of a name.
    NameLength,
    /// Bytes of a text between quotation marks, in rules and in data.
    TextLength,
    /// Digits of a number, in rules and in data.
    Digits,
    /// Parentheses and brackets inside each other.
    Nesting,
    /// Blocks inside each other.
    Blocks,
    /// Operators of one expression inside each other.
    Operators,
    /// Lists and objects inside each other, in data.
    DataNesting,
    /// Steps of one computation, each of which is a node of its trace.
    Steps,
    /// Definitions that are open inside each other while one is computed.
    Depth,
    /// Expressions that are open inside each other while one is computed.
    OpenExpressions,
    /// Bytes that a run is estimated to need: see [`Limits::memory_of`].
    Memory,
    /// Findings that are shown; the rest is counted.
    Findings,
    /// Rows of a table that `--rows` reads.
    Rows,
    /// Bytes of one row of such a table.
    RowLength,
}

/// The limits of a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Limits([u64; Limit::ALL.len()]);

/// Why a limit cannot be set as it is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LimitSlip {
    /// It is not `NAME=NUMBER`.
    Form,
    /// No limit has the name.
    Name {
        /// The name.
        name: String,
    },
    /// What stands after `=` is no number.
    Number {
        /// The limit.
        limit: Limit,
        /// What is written.
        written: String,
    },
    /// The number is nought, or more than the program holds out.
    Range {
        /// The limit.
        limit: Limit,
    },
}

const KIB: u64 = 1 << 10;
const MIB: u64 = 1 << 20;
const GIB: u64 = 1 << 30;

/// What the program takes before it has read anything, in bytes.
const PROGRAM: u64 = 16 * MIB;
/// What a byte of rules or data takes once it is understood, in bytes.
const PER_BYTE: u64 = 640;
/// What a step of a computation takes with what is remembered of it, in bytes.
const PER_STEP: u64 = 512;

impl Limit {
    /// All limits, in the order they are told.
    pub const ALL: [Limit; 19] = [
        Limit::FileSize,
        Limit::TotalSize,
        Limit::Files,
        Limit::LineLength,
        Limit::Lines,
        Limit::NameLength,
        Limit::TextLength,
        Limit::Digits,
        Limit::Nesting,
        Limit::Blocks,
        Limit::Operators,
        Limit::DataNesting,
        Limit::Steps,
        Limit::Depth,
        Limit::OpenExpressions,
        Limit::Memory,
        Limit::Findings,
        Limit::Rows,
        Limit::RowLength,
    ];

    /// Its name on a command line.
    pub const fn name(self) -> &'static str {
        self.about().0
    }
    /// How far a run may go, unless it is said.
    pub const fn default(self) -> u64 {
        self.about().1
    }
    /// How far a limit may be moved. What is held on the stack, or by the form of numbers, may only be lowered.
    pub const fn most(self) -> u64 {
        self.about().2
    }
    /// Tells whether it counts bytes.
    pub const fn is_bytes(self) -> bool {
        matches!(
            self,
            Limit::FileSize
                | Limit::TotalSize
                | Limit::LineLength
                | Limit::TextLength
                | Limit::Memory
                | Limit::RowLength
        )
    }
    /// What it counts, in words.
    pub fn what(self) -> Bi {
        match self {
            Limit::FileSize => bi!("byte i en fil", "bytes of a file"),
            Limit::TotalSize => {
                bi!("byte i regler og data tilsammen", "bytes of rules and data together")
            }
            Limit::Files => bi!(
                "regelfiler i en kørsel, også dem, `brug` ser i",
                "rule files of a run, with those that `use` looks into"
            ),
            Limit::LineLength => bi!("byte i en linje i en regelfil", "bytes of a line of a rule file"),
            Limit::Lines => bi!("linjer i en regelfil", "lines of a rule file"),
            Limit::NameLength => bi!("tegn i et navn", "characters of a name"),
            Limit::TextLength => bi!(
                "byte i en tekst mellem anførselstegn, i regler og i data",
                "bytes of a quoted text, in rules and in data"
            ),
            Limit::Digits => {
                bi!("cifre i et tal, i regler og i data", "digits of a number, in rules and in data")
            }
            Limit::Nesting => {
                bi!("parenteser og klammer inden i hinanden", "parentheses and brackets inside each other")
            }
            Limit::Blocks => bi!("blokke inden i hinanden", "blocks inside each other"),
            Limit::Operators => {
                bi!("regnetegn inden i hinanden i ét udtryk", "operators inside each other in one expression")
            }
            Limit::DataNesting => {
                bi!(
                    "lister og objekter inden i hinanden i data",
                    "lists and objects inside each other in data"
                )
            }
            Limit::Steps => bi!(
                "trin i en beregning; hvert trin er en knude i sporet",
                "steps of a computation; each step is a node of its trace"
            ),
            Limit::Depth => bi!(
                "definitioner, der er åbne inden i hinanden under beregning",
                "definitions open inside each other while computing"
            ),
            Limit::OpenExpressions => bi!(
                "udtryk, der er åbne inden i hinanden under beregning",
                "expressions open inside each other while computing"
            ),
            Limit::Memory => bi!(
                "byte, som en kørsel skønnes at fylde i hukommelsen",
                "bytes of memory that a run is estimated to take"
            ),
            Limit::Findings => {
                bi!("fund, der vises; resten tælles", "findings that are shown; the rest is counted")
            }
            Limit::Rows => bi!("rækker i en tabel, `--rows` læser", "rows of a table that `--rows` reads"),
            Limit::RowLength => {
                bi!("byte i en række i sådan en tabel", "bytes of one row of such a table")
            }
        }
    }
    /// Finds the limit of a name.
    pub fn find(name: &str) -> Option<Limit> {
        Limit::ALL.into_iter().find(|limit| limit.name() == name)
    }

    /// Name, default, and the most it may be set to.
    const fn about(self) -> (&'static str, u64, u64) {
        match self {
            Limit::FileSize => ("file-size", 8 * MIB, GIB),
            Limit::TotalSize => ("total-size", 64 * MIB, 4 * GIB),
            Limit::Files => ("files", 1_024, 100_000),
            Limit::LineLength => ("line-length", 64 * KIB, 8 * MIB),
            Limit::Lines => ("lines", 200_000, 10_000_000),
            Limit::NameLength => ("name-length", 256, 4 * KIB),
            Limit::TextLength => ("text-length", 64 * KIB, 8 * MIB),
            Limit::Digits => ("digits", 28, 28),
            Limit::Nesting => ("nesting", 128, 128),
            Limit::Blocks => ("blocks", 32, 32),
            Limit::Operators => ("operators", 500, 500),
            Limit::DataNesting => ("data-nesting", 128, 128),
            Limit::Steps => ("steps", 1_000_000, 100_000_000),
            Limit::Depth => ("depth", 1_000, 1_000),
            Limit::OpenExpressions => ("open-expressions", 8_000, 8_000),
            Limit::Memory => ("memory", 8 * GIB, 1 << 40),
            Limit::Findings => ("findings", 50, 1_000_000),
            Limit::Rows => ("rows", 1_000_000_000, 1_000_000_000_000),
            Limit::RowLength => ("row-length", MIB, GIB),
        }
    }
}

impl Limits {
    /// Returns how far a run may go.
    pub fn get(&self, limit: Limit) -> u64 {
        self.0.get(limit as usize).copied().unwrap_or(limit.default())
    }
    /// Returns how many a run may have, as a count.
    pub fn count(&self, limit: Limit) -> usize {
        usize::try_from(self.get(limit)).unwrap_or(usize::MAX)
    }
    /// Sets a limit as a command line writes it: `steps=2000000`, `file-size=16MiB`.
    ///
    /// # Errors
    /// What is wrong with it; nothing is set then.
    pub fn set(&mut self, written: &str) -> Result<(), LimitSlip> {
        let (name, number) = written.split_once('=').ok_or(LimitSlip::Form)?;
        let name = name.trim();
        let limit = Limit::find(name).ok_or_else(|| LimitSlip::Name { name: name.to_owned() })?;
        let number = number.trim();
        let read = read(number, limit.is_bytes())
            .ok_or_else(|| LimitSlip::Number { limit, written: number.to_owned() })?;
        let (true, Some(place)) = ((1..=limit.most()).contains(&read), self.0.get_mut(limit as usize)) else {
            return Err(LimitSlip::Range { limit });
        };
        *place = read;
        Ok(())
    }
    /// Estimates what a run takes: so many bytes of text (rules and data), and so many steps. The figures are what was
    /// measured at most, rounded up; `docs/limits.md` has the command.
    pub fn memory_of(text: u64, steps: u64) -> u64 {
        let text = text.saturating_mul(PER_BYTE);
        PROGRAM.saturating_add(text).saturating_add(steps.saturating_mul(PER_STEP))
    }
    /// Returns how many steps a run may take that has so many bytes of text and may be estimated to take `memory`.
    pub fn steps_within(memory: u64, text: u64) -> u64 {
        memory.saturating_sub(Limits::memory_of(text, 0)) / PER_STEP
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits(Limit::ALL.map(Limit::default))
    }
}

/// So many bytes in words: `8 MiB (8388608 byte)`, `20 byte`.
pub fn in_bytes(number: u64) -> Bi {
    let whole = |size: u64| number >= size && number.is_multiple_of(size);
    match number {
        n if whole(GIB) => bi!("{} GiB ({n} byte)", "{} GiB ({n} bytes)", n / GIB),
        n if whole(MIB) => bi!("{} MiB ({n} byte)", "{} MiB ({n} bytes)", n / MIB),
        n => bi!("{n} byte", "{n} bytes"),
    }
}

/// Reads a count: digits, in groups by `_` if wanted, and for bytes with `KiB`, `MiB` or `GiB` after them.
fn read(written: &str, is_bytes: bool) -> Option<u64> {
    const SIZES: [(&str, u64); 3] = [("KiB", KIB), ("MiB", MIB), ("GiB", GIB)];
    let sized = SIZES.iter().find_map(|(name, size)| Some((written.strip_suffix(name)?.trim_end(), *size)));
    let (digits, size) = sized.filter(|_| is_bytes).unwrap_or((written, 1));
    let is_plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    let plain: String = digits.chars().filter(|c| *c != '_').collect();
    plain.parse::<u64>().ok().filter(|_| is_plain)?.checked_mul(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_limit_stands_in_its_own_place() {
        let defaults = Limits::default();
        for (place, limit) in Limit::ALL.into_iter().enumerate() {
            assert_eq!(limit as usize, place, "{}", limit.name());
            assert_eq!(defaults.get(limit), limit.default());
            assert_eq!(Limit::find(limit.name()), Some(limit));
            assert!(limit.default() <= limit.most(), "{}", limit.name());
        }
    }

    #[test]
    fn a_limit_is_set_as_it_is_written_or_not_at_all() {
        let mut limits = Limits::default();
        for (written, limit, read) in [
            ("steps=2_000_000", Limit::Steps, 2_000_000),
            ("file-size=16MiB", Limit::FileSize, 16 << 20),
            ("file-size = 5 KiB", Limit::FileSize, 5 << 10),
            ("nesting=128", Limit::Nesting, 128),
            ("digits=1", Limit::Digits, 1),
        ] {
            assert_eq!(limits.set(written), Ok(()), "{written}");
            assert_eq!(limits.get(limit), read, "{written}");
        }
        let before = limits.clone();
        let number = |limit, written: &str| LimitSlip::Number { limit, written: written.to_owned() };
        for (written, slip) in [
            ("steps", LimitSlip::Form),
            ("", LimitSlip::Form),
            ("trin=3", LimitSlip::Name { name: "trin".to_owned() }),
            ("steps=", number(Limit::Steps, "")),
            ("steps=_1", number(Limit::Steps, "_1")),
            ("steps=1e3", number(Limit::Steps, "1e3")),
            ("steps=-1", number(Limit::Steps, "-1")),
            ("steps=5MiB", number(Limit::Steps, "5MiB")),
            ("file-size=18446744073709551615GiB", number(Limit::FileSize, "18446744073709551615GiB")),
            ("steps=0", LimitSlip::Range { limit: Limit::Steps }),
            ("nesting=129", LimitSlip::Range { limit: Limit::Nesting }),
            ("steps=100000001", LimitSlip::Range { limit: Limit::Steps }),
        ] {
            assert_eq!(limits.set(written), Err(slip), "{written}");
        }
        assert_eq!(limits, before);
    }
}
