use crate::base::{Bi, Lang};
use crate::diag::nearest;

/// What a line that starts with `:` asks for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Command {
    /// How a result comes about.
    Explain,
    /// Why something did not come into play.
    WhyNot,
    /// What would change a result.
    Change,
    /// How a result moves with one number.
    Sweep,
    /// With which values of a number something holds.
    Solve,
    /// What the what-if changes.
    Diff,
    /// Names the present world, or goes to another.
    World,
    /// Who uses something.
    Uses,
    /// What something rests on, as a tree.
    Depends,
    /// Which facts are missing.
    Missing,
    /// Back to the rules and data of the files.
    Reset,
    /// Takes the last change back.
    Undo,
    /// Makes a change again that was taken back.
    Redo,
    /// The year computed for.
    Year,
    /// The date computed for.
    Date,
    /// For whom results are shown.
    For,
    /// Gives something a value.
    Set,
    /// Lists clauses and definitions.
    List,
    /// Shows something as the file writes it.
    Show,
    /// What something rests on.
    Source,
    /// Chooses a reading.
    Reading,
    /// Computes in a scenario.
    Scenario,
    /// Help.
    Help,
    /// Leaves.
    Quit,
    /// Asks for the facts that are missing, one at a time.
    Interview,
    /// Saves the what-if as a scenario, or the conversation as a protocol.
    Save,
    /// Lays a saved scenario over everything.
    Load,
}

/// One command: its names in both languages, what may follow it, and what it does.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The command.
    pub command: Command,
    /// The Danish name, without the colon.
    pub da: &'static str,
    /// The English name, without the colon.
    pub en: &'static str,
    args: (&'static str, &'static str),
    help: (&'static str, &'static str),
}

impl Entry {
    /// Returns the name in a language.
    pub fn name(&self, lang: Lang) -> &'static str {
        lang.pick(self.da, self.en)
    }
    /// Returns what may follow the name; `[…]` may be left out.
    pub fn args(&self, lang: Lang) -> &'static str {
        lang.pick(self.args.0, self.args.1)
    }
    /// Returns what the command does, in a few words.
    pub fn help(&self, lang: Lang) -> &'static str {
        lang.pick(self.help.0, self.help.1)
    }
}

macro_rules! commands {
    ($($command:ident $da:literal $en:literal ($args_da:literal, $args_en:literal) $help_da:literal, $help_en:literal;)*) => {
        /// Every command, in the order that help shows them.
        pub const COMMANDS: &[Entry] = &[$(Entry {
            command: Command::$command,
            da: $da,
            en: $en,
            args: ($args_da, $args_en),
            help: ($help_da, $help_en),
        }),*];
    };
}

commands! {
    Explain "forklar" "explain" ("x", "x")
        "hvordan et resultat fremkommer", "how a result comes about";
    WhyNot "hvorfor_ikke" "why-not" ("c [i x]", "c [in x]")
        "hvorfor en betingelse, undtagelse, række eller læsning ikke kom i spil i x", "why a condition, exception, row or reading did not come into play in x";
    Change "ændring" "change" ("x", "x")
        "hvilke ændringer af oplysninger der ville ændre x, de mindste først", "which changes of facts would change x, the smallest first";
    Sweep "følsomhed" "sweep" ("y af x [fra a til b] [trin s]; y over år", "y of x [from a to b] [step s]; y over years")
        "hvordan y ændrer sig med tallet x: lige stykker, spring og knæk, præcist", "how y moves with the number x: straight stretches, jumps and bends, exactly";
    Solve "løs" "solve" ("x[, z] så mål [fra a til b]", "x[, z] so goal [from a to b]")
        "for hvilke værdier af tallet x målet er opfyldt: alle, præcist; med to: for hver værdi af x (`fra a til b trin s`), hvilke z", "for which values of the number x the goal holds: all, exactly; with two: for each value of x (`from a to b step s`), which z";
    Diff "forskel" "diff" ("[verden [verden]] [resultat]", "[world [world]] [result]")
        "alt, der er anderledes end i filerne, eller mellem verdener: for hvem, hvor meget, ved hvilken klausul; for ét resultat også broen", "everything that differs from the files, or between worlds: for whom, by how much, by which clause; for one result the bridge, too";
    World "verden" "world" ("[navn]", "[name]")
        "giv det, der er sat, et navn, eller gå til en verden med et navn; alene: vis dem", "name what has been set, or go to a world by its name; alone: show them";
    Missing "mangler" "missing" ("[x] [for Sjælland]", "[x] [for Sjælland]")
        "de oplysninger, der mangler, for x eller for alt, hos alle eller hos én", "the facts that are missing, for x or for everything, of all or of one";
    Interview "spørg" "interview" ("[x]", "[x]")
        "bliv spurgt om det, der mangler, én oplysning ad gangen, til x er afgjort", "be asked for what is missing, one fact at a time, until x is settled";
    Set "sæt" "set" ("[x = værdi]", "[x = value]")
        "hvad nu hvis x var det; alene: vis, hvad der er sat", "what if x were that; alone: show what has been set";
    Reset "nulstil" "reset" ("", "")
        "tilbage til reglerne og data i filerne", "back to the rules and data in the files";
    Undo "fortryd" "undo" ("", "")
        "tag den seneste ændring tilbage", "take the last change back";
    Redo "gentag" "redo" ("", "")
        "lav en fortrudt ændring igen", "make a change again that was taken back";
    Year "år" "year" ("[2026]", "[2026]")
        "regn for et år", "compute for a year";
    Date "dag" "date" ("[2025-07-01]", "[2025-07-01]")
        "regn for en dag", "compute for a day";
    For "for" "for" ("[region \"Sjælland\"]", "[region \"Sjælland\"]")
        "vis kun for denne; alene: for alle", "show for this one only; alone: for all";
    Reading "læsning" "reading" ("[antagelse = læsning]", "[assumption = reading]")
        "vælg en læsning; alene: vis antagelserne", "choose a reading; alone: show the assumptions";
    Scenario "scenarie" "scenario" ("[navn]", "[name]")
        "regn i et scenarie fra reglerne; alene: vis dem", "compute in a scenario of the rules; alone: show them";
    Save "gem" "save" ("fil.klausul|fil.md [overskriv]", "file.klausul|file.md [replace]")
        "gem det, der er sat, som et scenarie, eller hele samtalen som protokol med spor", "save what has been set as a scenario, or the whole conversation as a protocol with records";
    Load "indlæs" "load" ("fil.klausul", "file.klausul")
        "læg et gemt scenarie oven på det, der er sat", "lay a saved scenario over what has been set";
    List "liste" "list" ("[klausul]", "[clause]")
        "klausulerne; med navn: alt i klausulen", "the clauses; with a name: everything in the clause";
    Show "vis" "show" ("x", "x")
        "x, som det står i filen", "x as the file writes it";
    Source "kilde" "source" ("x", "x")
        "hvad x bygger på i aftalen", "what x rests on in the agreement";
    Uses "hvor" "where" ("x", "x")
        "hvad der læser x", "what reads x";
    Depends "afhænger" "depends" ("x", "x")
        "hvad x læser, og hvad det igen læser, som et træ", "what x reads, and what that reads in turn, as a tree";
    Help "hjælp" "help" ("[emne]", "[topic]")
        "om en kommando, et emne eller en kode som K0601", "about a command, a topic or a code such as K0601";
    Quit "slut" "quit" ("", "")
        "forlad (også Ctrl-D)", "leave (also Ctrl-D)";
}

/// A line that starts with `:`, taken apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Parsed<'a> {
    /// A known command, by position in [`COMMANDS`], and what follows it.
    Known(usize, &'a str),
    /// No command has this name; the nearest one in the reader's language.
    Unknown(&'a str, Option<&'static str>),
}

/// Takes a command line apart; both languages' names are understood, whatever language is spoken.
pub fn parse_command(line: &str, lang: Lang) -> Parsed<'_> {
    let line = line.trim().trim_start_matches(':').trim_start();
    let end = line.find(char::is_whitespace).unwrap_or(line.len());
    let (word, rest) = line.split_at(end);
    match find(word) {
        Some(at) => Parsed::Known(at, rest.trim()),
        None => Parsed::Unknown(word, near(word, lang)),
    }
}

/// Finds a command by one of its names; `-` and `_` are the same.
pub fn find(word: &str) -> Option<usize> {
    let word = word.trim_start_matches(':').to_lowercase().replace('-', "_");
    let names = |entry: &Entry| [entry.da, entry.en].map(|name| name.replace('-', "_"));
    COMMANDS.iter().position(|entry| names(entry).contains(&word))
}

/// Finds the command that a line without a colon asks for: its name alone, or help with a topic.
pub(super) fn find_bare(line: &str) -> Option<usize> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let of = |command| COMMANDS.iter().position(|entry| entry.command == command);
    let named = |word: &str| match word.to_lowercase().as_str() {
        "exit" | "bye" | "q" | "afslut" | "luk" => of(Command::Quit),
        "?" | "man" => of(Command::Help),
        word => find(word),
    };
    match words.as_slice() {
        [word] => named(word),
        [word, _] => named(word).filter(|at| of(Command::Help) == Some(*at)),
        _ => None,
    }
}

/// The nearest command in the reader's language, else in the other one.
fn near(word: &str, lang: Lang) -> Option<&'static str> {
    let other = lang.pick(Lang::En, Lang::Da);
    let names = |lang| COMMANDS.iter().map(move |entry| entry.name(lang));
    nearest(word, names(lang)).or_else(|| nearest(word, names(other)))
}

/// Words one command with what may follow it: `:år [2026]`.
pub fn usage(entry: &Entry, lang: Lang) -> String {
    format!(":{} {}", entry.name(lang), entry.args(lang)).trim_end().to_owned()
}

/// Words a command in both languages, for findings.
pub fn usage_bi(entry: &Entry) -> Bi {
    Bi::new(usage(entry, Lang::Da), usage(entry, Lang::En))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_both_languages_and_with_either_dash_are_understood() {
        let command = |line| match parse_command(line, Lang::Da) {
            Parsed::Known(at, rest) => Some((COMMANDS[at].command, rest)),
            Parsed::Unknown(..) => None,
        };
        assert_eq!(command(":forklar a.b"), Some((Command::Explain, "a.b")));
        assert_eq!(command(": explain  a.b "), Some((Command::Explain, "a.b")));
        assert_eq!(command(":why_not x"), Some((Command::WhyNot, "x")));
        assert_eq!(command(":hvorfor-ikke x"), Some((Command::WhyNot, "x")));
        assert_eq!(command(":ÅR 2026"), Some((Command::Year, "2026")));
    }

    #[test]
    fn a_slip_of_the_pen_is_answered_with_the_nearest_name() {
        assert_eq!(parse_command(":forklr x", Lang::Da), Parsed::Unknown("forklr", Some("forklar")));
        assert_eq!(parse_command(":explian x", Lang::Da), Parsed::Unknown("explian", Some("explain")));
        assert_eq!(parse_command(":", Lang::Da), Parsed::Unknown("", None));
    }

    #[test]
    fn no_name_means_two_things() {
        for (at, entry) in COMMANDS.iter().enumerate() {
            assert_eq!(find(entry.da), Some(at));
            assert_eq!(find(entry.en), Some(at));
        }
    }
}
