use crate::base::Bi;

/// How much a finding weighs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// The rules or data cannot be used as they stand.
    Error,
    /// Probably a mistake; the rules still run.
    Warning,
    /// Something the reader should know.
    Note,
}

/// Declares the register: identifier, number, default severity, and its title in both languages. The page
/// `docs/codes/<number>.md` is compiled in, so a code without a page does not build.
macro_rules! register {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $severity:ident, $da:literal, $en:literal;)*) => {
        /// A registered diagnostic code; each has a page in `docs/codes/`.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub enum Code { $($(#[$doc])* #[doc = $en] $name,)* }

        impl Code {
            /// Every code, in the order of the register.
            pub const ALL: &'static [Code] = &[$(Code::$name),*];
            /// Returns the number users see, such as `K0101`.
            pub fn id(self) -> &'static str {
                match self { $(Code::$name => $id,)* }
            }
            /// Returns the severity it has unless a caller raises or lowers it.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }
            /// Returns its short title.
            pub fn title(self) -> Bi {
                match self { $(Code::$name => Bi::new($da, $en),)* }
            }
            /// Returns its page: Markdown with a part headed `## Dansk` and one headed `## English`.
            pub fn page(self) -> &'static str {
                match self { $(Code::$name => include_str!(concat!("../../docs/codes/", $id, ".md")),)* }
            }
            /// Finds a code by its number, in any case.
            pub fn find(id: &str) -> Option<Code> {
                Code::ALL.iter().copied().find(|code| code.id().eq_ignore_ascii_case(id))
            }
        }
    };
}

// Numbers: K00xx texts and files · K01xx syntax · K02xx names · K03xx types, units, levels · K04xx running ·
// K05xx analysis and the text's own checks · K06xx data · K09xx the tool itself. A number is never reused.
register! {
    // --- texts and files (syntax::admit, session)
    FileTooLarge = "K0001", Error, "filen er for stor", "the file is too large";
    LineTooLong = "K0002", Error, "linjen er for lang", "the line is too long";
    TooManyLines = "K0003", Error, "filen har for mange linjer", "the file has too many lines";
    NotUtf8 = "K0004", Error, "filen er ikke UTF-8", "the file is not UTF-8";
    NulCharacter = "K0005", Error, "filen er ikke ren tekst", "the file is not plain text";
    DirectionControl = "K0006", Error, "tegn, der vender læseretningen", "character that turns the reading direction";
    InvisibleCharacter = "K0007", Error, "usynligt tegn", "invisible character";
    ControlCharacter = "K0008", Error, "styretegn", "control character";
    Tab = "K0009", Error, "tabulator", "tab";
    HardSpace = "K0010", Note, "særligt mellemrum", "special space";
    Decomposed = "K0011", Note, "bogstaver i to dele", "letters in two parts";
    NameTooLong = "K0012", Error, "navnet er for langt", "the name is too long";
    MixedScripts = "K0013", Error, "navnet blander alfabeter", "the name mixes alphabets";
    // --- syntax
    // --- names
    // --- types
    // --- running
    // --- analysis
    // --- data
    // --- the tool
    NotComputedYet = "K0901", Error, "beregnes endnu ikke", "not computed yet";
}
