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
    FileMissing = "K0030", Error, "filen findes ikke", "the file does not exist";
    FolderNotFile = "K0031", Error, "en mappe, hvor der ventes en fil", "a folder where a file is expected";
    FileNotFolder = "K0032", Error, "en fil, hvor der ventes en mappe", "a file where a folder is expected";
    NotAStoredFile = "K0033", Error, "ikke en gemt fil", "not a stored file";
    ReadFailed = "K0035", Error, "filen kan ikke læses", "the file cannot be read";
    WriteFailed = "K0036", Error, "filen kan ikke skrives", "the file cannot be written";
    NotARuleFile = "K0037", Error, "ikke en regelfil", "not a rule file";
    FolderWithoutRules = "K0038", Error, "mappen har ingen regelfiler", "the folder has no rule files";
    AlreadyThere = "K0039", Error, "findes allerede", "exists already";
    // --- syntax
    // --- names
    // --- types
    // --- running
    // --- analysis
    // --- data
    JsonSyntax = "K0601", Error, "JSON kan ikke læses", "JSON cannot be read";
    TomlSyntax = "K0602", Error, "TOML kan ikke læses", "TOML cannot be read";
    CsvShape = "K0603", Error, "tabellens form er gal", "the shape of the table is wrong";
    DataRepeated = "K0604", Error, "oplyst to gange", "given twice";
    NumberAmbiguous = "K0605", Error, "tal, der kan læses på to måder", "number that can be read two ways";
    DataShape = "K0606", Error, "uventet form på data", "unexpected shape of data";
    DataPeriod = "K0607", Error, "ukendt tidspunkt i data", "unknown time in data";
    DataNumber = "K0608", Error, "tal, der ikke kan bruges", "number that cannot be used";
    DataForm = "K0609", Error, "ukendt slags datafil", "unknown kind of data file";
    DataNesting = "K0610", Error, "data er indlejret for dybt", "data is nested too deeply";
    CsvSeparator = "K0611", Error, "kolonner adskilles på to måder", "columns are separated in two ways";
    DecimalMarks = "K0612", Error, "to slags decimaltegn", "two kinds of decimal mark";
    DataName = "K0613", Error, "navn i data kan ikke bruges", "name in data cannot be used";
    DataEncoding = "K0614", Error, "datafilen er ikke UTF-8-tekst", "the data file is not UTF-8 text";
    // --- the tool
    NotComputedYet = "K0901", Error, "beregnes endnu ikke", "not computed yet";
}
