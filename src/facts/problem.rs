use super::Origin;
use crate::base::{Bi, Limit, Limits, Span, bi};
use crate::diag::{Code, Diagnostic, Report};
use crate::syntax::{text_too_long, too_much};

/// What can be wrong with a data file as a text of its form.
#[derive(Clone, Debug)]
pub enum FormProblem {
    /// The text is not JSON.
    Json {
        /// Where reading stopped.
        at: Span,
        /// Why, in both languages.
        what: Bi,
        /// Whether a decimal comma is to blame.
        comma: bool,
    },
    /// The text is not TOML.
    Toml {
        /// Where reading stopped.
        at: Span,
        /// Why, in the library's words.
        what: String,
    },
    /// Lists and objects stand too deep in each other.
    TooDeep {
        /// The bracket that opens one level too many.
        at: Span,
        /// The limit.
        limit: usize,
    },
    /// A text is longer than the limit.
    TextTooLong {
        /// Where it stands.
        at: Span,
        /// How long it is, in bytes.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// The file is too much together with those before it.
    TooMuch {
        /// The path.
        path: String,
        /// The limit that it breaks.
        limit: Limit,
        /// What that is.
        limits: Box<Limits>,
    },
    /// A name stands twice in one object.
    RepeatedKey {
        /// The name.
        key: String,
        /// The first place.
        first: Span,
        /// The second place.
        again: Span,
    },
    /// A data file whose name ends in nothing known.
    UnknownForm {
        /// The path.
        path: String,
    },
    /// A CSV file without the kind of its rows.
    NoKind {
        /// The path.
        path: String,
    },
    /// A JSON or TOML file given with a kind.
    KindNotNeeded {
        /// The path.
        path: String,
    },
    /// Bytes that are not UTF-8.
    NotUtf8 {
        /// The path.
        path: String,
        /// The first byte that is wrong, from 0.
        offset: usize,
    },
    /// A NUL character: not a text at all.
    Nul {
        /// Where it stands.
        at: Span,
    },
}

/// What can be wrong with a number in data.
#[derive(Clone, Debug)]
pub enum FigureProblem {
    /// A number with another base, or no number at all (`inf`, `nan`).
    NotDecimal {
        /// Where it stands.
        at: Span,
        /// As written.
        written: String,
    },
    /// A number with more digits than the limit.
    TooManyDigits {
        /// Where it stands.
        at: Span,
        /// As written.
        written: String,
        /// The limit.
        most: usize,
    },
    /// A number in a table that can be thousands or decimals.
    Ambiguous {
        /// The cell.
        at: Origin,
        /// As written.
        written: String,
    },
    /// Some numbers of a table have a decimal comma, others a point.
    TwoMarks {
        /// A number that shows a decimal comma.
        comma: Origin,
        /// A number that shows a decimal point.
        point: Origin,
    },
    /// A number of a row has the other decimal mark than the table.
    OtherMark {
        /// The row.
        at: Span,
        /// Whether it is a comma.
        other: bool,
    },
}

/// What can be wrong with a table of CSV.
#[derive(Clone, Debug)]
pub enum TableProblem {
    /// A table has a row for each entity and time, where each row is to be one entity.
    RowsByTime {
        /// The headings.
        at: Span,
    },
    /// A key and time have two rows in a table.
    RepeatedRow {
        /// The key.
        key: String,
        /// The first row.
        first: Origin,
        /// The second row.
        again: Origin,
    },
    /// A column name stands twice.
    RepeatedColumn {
        /// The name.
        name: String,
        /// The first place.
        first: Span,
        /// The second place.
        again: Span,
    },
    /// The headings hold both `;` and `,`.
    TwoSeparators {
        /// The heading line.
        at: Span,
    },
    /// A table without a heading line.
    NoHeadings {
        /// Where it should be.
        at: Span,
    },
    /// The heading names no such key column.
    NoKeyColumn {
        /// The heading line.
        at: Span,
        /// The column asked for.
        column: String,
    },
    /// A row with more or fewer cells than there are headings.
    RowLength {
        /// The row.
        at: Span,
        /// The number of cells.
        found: usize,
        /// The number of headings.
        expected: usize,
    },
    /// A quotation mark that is never closed.
    OpenQuote {
        /// The cell.
        at: Span,
    },
}

/// What can be wrong with data that could be read, before anything is known of the rules.
#[derive(Clone, Debug)]
pub enum ShapeProblem {
    /// The same value is given twice for the same time.
    Repeated {
        /// What it is the value of.
        name: String,
        /// The first place.
        first: Origin,
        /// The second place.
        again: Origin,
    },
    /// A name, heading or key that is empty.
    EmptyName {
        /// Where it should be.
        at: Span,
    },
    /// A name, heading or key with a character that cannot be seen.
    HiddenName {
        /// Where it stands.
        at: Span,
        /// The name.
        name: String,
    },
    /// Something that is no time where one is expected.
    BadTime {
        /// Where it stands.
        at: Span,
        /// As written.
        written: String,
    },
    /// Something that is no year at the top of the data.
    BadYear {
        /// Where it stands.
        at: Span,
    },
    /// The data is not an object at the top.
    NotAnObject {
        /// The data.
        at: Span,
    },
    /// A list where one value is expected.
    ListForValue {
        /// Where it stands.
        at: Span,
        /// The name it is given for.
        name: String,
    },
    /// An object where one value, or one per year, is expected.
    ObjectForValue {
        /// Where it stands.
        at: Span,
        /// The name it is given for.
        name: String,
    },
    /// A value where an entity with its facts is expected.
    ValueForEntity {
        /// Where it stands.
        at: Span,
        /// The kind.
        kind: String,
    },
}

impl Report for FormProblem {
    fn report(&self) -> Diagnostic {
        let new = Diagnostic::new;
        match self {
            Self::Json { at, what, comma } => {
                let found = new(Code::JsonSyntax, bi!("JSON kan ikke læses her", "JSON cannot be read here"));
                let found = found.label(*at, what.clone());
                if *comma { found.help(decimal_comma()) } else { found }
            }
            Self::Toml { at, what } => toml(*at, what),
            Self::TooDeep { at, limit } => new(
                Code::DataNesting,
                bi!(
                    "data er indlejret mere end {limit} lag dybt",
                    "data is nested more than {limit} levels deep"
                ),
            )
            .at(*at),
            Self::TextTooLong { at, bytes, limit } => text_too_long(*at, *bytes, *limit),
            Self::TooMuch { path, limit, limits } => too_much(path, *limit, limits),
            Self::RepeatedKey { key, first, again } => {
                twice(bi!("`{key}` står to gange", "`{key}` stands twice"), *first, *again)
            }
            Self::UnknownForm { path } => new(
                Code::DataForm,
                bi!(
                    "`{path}`: data skal ligge i en fil, der ender på `.json`, `.toml` eller `.csv`",
                    "`{path}`: data must be in a file ending in `.json`, `.toml` or `.csv`"
                ),
            ),
            Self::NoKind { path } => new(
                Code::DataForm,
                bi!(
                    "`{path}`: en CSV-fil skal have at vide, hvad rækkerne er",
                    "`{path}`: a CSV file needs to be told what its rows are"
                ),
            )
            .help(bi!("skriv fx `--data region={path}`", "write for example `--data region={path}`")),
            Self::KindNotNeeded { path } => new(
                Code::DataForm,
                bi!(
                    "`{path}`: kun en CSV-fil gives med en slags foran",
                    "`{path}`: only a CSV file is given with a kind in front"
                ),
            )
            .help(bi!("skriv `--data {path}`", "write `--data {path}`")),
            Self::NotUtf8 { path, offset } => new(
                Code::DataEncoding,
                bi!(
                    "`{path}` er ikke UTF-8-tekst: byte nr. {offset} (fra 0) passer ikke",
                    "`{path}` is not UTF-8 text: byte no. {offset} (from 0) does not fit"
                ),
            )
            .help(bi!("gem filen igen som UTF-8", "save the file again as UTF-8")),
            Self::Nul { at } => new(
                Code::DataEncoding,
                bi!(
                    "filen er ikke tekst: den indeholder tegnet NUL",
                    "the file is not text: it holds the character NUL"
                ),
            )
            .at(*at),
        }
    }
}

impl Report for FigureProblem {
    fn report(&self) -> Diagnostic {
        let new = Diagnostic::new;
        match self {
            Self::NotDecimal { at, written } => new(
                Code::DataNumber,
                bi!(
                    "`{written}` er ikke et almindeligt titalstal",
                    "`{written}` is not an ordinary decimal number"
                ),
            )
            .at(*at),
            Self::TooManyDigits { at, written, most } => {
                let written: String = written.chars().take(40).collect();
                new(
                    Code::DataNumber,
                    bi!(
                        "tallet `{written}` har for mange cifre; højst {most} kan regnes nøjagtigt",
                        "the number `{written}` has too many digits; at most {most} are kept exactly"
                    ),
                )
                .at(*at)
            }
            Self::Ambiguous { at, written } => ambiguous(at, written),
            Self::TwoMarks { comma, point } => new(
                Code::DecimalMarks,
                bi!(
                    "nogle tal har decimalkomma og andre decimalpunktum",
                    "some numbers have a decimal comma and others a decimal point"
                ),
            )
            .label(point.span, bi!("her er decimaltegnet et punktum", "here the decimal mark is a point"))
            .label(comma.span, bi!("her er det et komma", "here it is a comma")),
            Self::OtherMark { at, other: true } => new(
                Code::DecimalMarks,
                bi!(
                    "et tal har decimalkomma, tabellens andre decimalpunktum",
                    "a number has a decimal comma, the others of the table a decimal point"
                ),
            )
            .at(*at),
            Self::OtherMark { at, other: false } => new(
                Code::DecimalMarks,
                bi!(
                    "et tal har decimalpunktum, tabellens andre decimalkomma",
                    "a number has a decimal point, the others of the table a decimal comma"
                ),
            )
            .at(*at),
        }
    }
}

impl Report for TableProblem {
    fn report(&self) -> Diagnostic {
        let new = Diagnostic::new;
        match self {
            Self::RowsByTime { at } => new(
                Code::WrongUsage,
                bi!(
                    "tabellen har en kolonne med år; med `--rows` er hver række én for sig",
                    "the table has a column of years; with `--rows` each row is one by itself"
                ),
            )
            .at(*at)
            .help(bi!(
                "skriv året i overskriften: `indbyggertal_2025`",
                "write the year in the heading: `inhabitants_2025`"
            )),
            Self::RepeatedRow { key, first, again } => twice(
                bi!("`{key}` har to rækker for samme tid", "`{key}` has two rows for the same time"),
                first.span,
                again.span,
            ),
            Self::RepeatedColumn { name, first, again } => twice(
                bi!("kolonnen `{name}` står to gange", "the column `{name}` stands twice"),
                *first,
                *again,
            ),
            Self::TwoSeparators { at } => new(
                Code::CsvSeparator,
                bi!(
                    "overskrifterne har både `;` og `,` som skilletegn",
                    "the headings have both `;` and `,` as separators"
                ),
            )
            .at(*at)
            .help(bi!(
                "sæt navne, der indeholder tegnet, i anførselstegn",
                "put names that hold the character in quotation marks"
            )),
            Self::NoHeadings { at } => new(
                Code::CsvShape,
                bi!(
                    "filen mangler en første linje med kolonnernes navne",
                    "the file lacks a first line with the names of the columns"
                ),
            )
            .at(*at),
            Self::NoKeyColumn { at, column } => new(
                Code::CsvShape,
                bi!(
                    "der er ingen kolonne `{column}` med nøglen",
                    "there is no column `{column}` with the key"
                ),
            )
            .at(*at),
            Self::RowLength { at, found, expected } => new(
                Code::CsvShape,
                bi!(
                    "rækken har {found} felter; der er {expected} kolonner",
                    "the row has {found} cells; there are {expected} columns"
                ),
            )
            .at(*at)
            .help(bi!(
                "sæt felter, der indeholder skilletegnet, i anførselstegn",
                "put cells that hold the separator in quotation marks"
            )),
            Self::OpenQuote { at } => new(
                Code::CsvShape,
                bi!("anførselstegnet bliver aldrig lukket", "the quotation mark is never closed"),
            )
            .at(*at),
        }
    }
}

impl Report for ShapeProblem {
    fn report(&self) -> Diagnostic {
        let new = Diagnostic::new;
        match self {
            Self::Repeated { name, first, again } => {
                twice(bi!("`{name}` er oplyst to gange", "`{name}` is given twice"), first.span, again.span)
            }
            Self::EmptyName { at } => new(Code::DataName, bi!("her mangler et navn", "a name is missing here")).at(*at),
            Self::HiddenName { at, name } => new(
                Code::DataName,
                bi!("navnet `{name}` indeholder et tegn, der ikke kan ses", "the name `{name}` holds a character that cannot be seen"),
            )
            .at(*at),
            Self::BadTime { at, written } => new(
                Code::DataPeriod,
                bi!("`{written}` er ikke et år eller en anden tid", "`{written}` is not a year or another time"),
            )
            .at(*at)
            .help(bi!("skriv fx `2025`, `2025-Q3` eller `2025-07-01`", "write for example `2025`, `2025-Q3` or `2025-07-01`")),
            Self::BadYear { at } => {
                new(Code::DataPeriod, bi!("her ventes et årstal med fire cifre", "a year of four digits is expected here")).at(*at)
            }
            Self::NotAnObject { at } => new(
                Code::DataShape,
                bi!(
                    "data skal være et objekt med navne, fx `{{\"year\": 2025, \"given\": {{…}}}}`",
                    "data must be an object with names, such as `{{\"year\": 2025, \"given\": {{…}}}}`"
                ),
            )
            .at(*at),
            Self::ListForValue { at, name } => new(
                Code::DataShape,
                bi!("`{name}` er en liste; her ventes én værdi", "`{name}` is a list; one value is expected here"),
            )
            .at(*at),
            Self::ObjectForValue { at, name } => new(
                Code::DataShape,
                bi!(
                    "`{name}` er et objekt; her ventes én værdi eller én pr. år, fx `{{\"2025\": …}}`",
                    "`{name}` is an object; one value is expected here, or one per year such as `{{\"2025\": …}}`"
                ),
            )
            .at(*at),
            Self::ValueForEntity { at, kind } => new(
                Code::DataShape,
                bi!(
                    "`{kind}` holder objekter med oplysninger; her står en enkelt værdi",
                    "`{kind}` holds objects with facts; a single value stands here"
                ),
            )
            .at(*at),
        }
    }
}

fn toml(at: Span, what: &str) -> Diagnostic {
    let found = match what {
        "duplicate key" => {
            Diagnostic::new(Code::DataRepeated, bi!("navnet står to gange", "the name stands twice"))
        }
        _ => Diagnostic::new(Code::TomlSyntax, bi!("TOML kan ikke læses her", "TOML cannot be read here")),
    };
    found.at(at).help(bi!("TOML-læseren siger: {what}", "the TOML reader says: {what}"))
}

fn decimal_comma() -> Bi {
    Bi::new(
        "i JSON skrives decimaler med punktum, `12.5`, eller som tekst på regelfilens sprog, `\"12,5\"`",
        "in JSON, decimals are written with a point, `12.5`, or as text in the language of the rule file",
    )
}

fn twice(message: Bi, first: Span, again: Span) -> Diagnostic {
    Diagnostic::new(Code::DataRepeated, message)
        .label(again, Bi::new("anden gang her", "the second time here"))
        .label(first, Bi::new("første gang her", "the first time here"))
}

fn ambiguous(at: &Origin, written: &str) -> Diagnostic {
    let whole: String = written.chars().filter(|c| !matches!(c, '.' | ',')).collect();
    let place = at.place.words();
    let (da, en) = (place.da, place.en);
    Diagnostic::new(
        Code::NumberAmbiguous,
        bi!(
            "`{written}` ({da}) kan være {whole} eller et tal med tre decimaler",
            "`{written}` ({en}) can be {whole} or a number with three decimals"
        ),
    )
    .at(at.span)
    .suggestion(
        bi!("skriv `{whole}`, hvis det er tusinder", "write `{whole}` if thousands are meant"),
        at.span,
        whole.clone(),
    )
    .suggestion(
        bi!("skriv `{written}0`, hvis det er decimaler", "write `{written}0` if decimals are meant"),
        at.span,
        format!("{written}0"),
    )
}
