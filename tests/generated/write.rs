//! Writes generated programs as rule text and their facts as data.

use super::program::*;

const STEPS: [&str; 5] = ["1 kr.", "0,01 kr.", "0,5 kr.", "10 kr.", "100 kr."];
const MODES: [&str; 5] = ["", " op", " ned", " mod nul", " til lige"];
const OPERATORS: [&str; 10] = ["<", "≤", "=", "≠", ">", "≥", "er mindst", "er højst", "er over", "er under"];
const LEVELS: [&str; 3] = ["høj", "mellem", "lav"];
const SCHOOLS: [&str; 3] = ["Nord", "Syd", "Øst"];
/// When amendments begin: the first year in which they hold at all, and as written.
const BEGINS: [(i16, &str); 5] =
    [(2024, "2024"), (2025, "1. januar 2025"), (2025, "1. juli 2025"), (2026, "2026"), (2027, "2027")];

/// A line that others may name.
#[derive(Clone)]
struct Known {
    clause: usize,
    name: String,
    sort: Sort,
    each: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Sort {
    Amount,
    Rate,
    Count,
    Truth,
}

/// What an expression may use: the lines known so far, and the facts of a school where one is meant.
#[derive(Clone, Copy)]
struct Scope<'a> {
    known: &'a [Known],
    /// The clause in which names stand alone.
    here: Option<usize>,
    each: bool,
    /// Whether other times may be asked for.
    times: bool,
}

/// A line of a clause that exceptions, readings and amendments may restate.
struct Target {
    clause: usize,
    name: String,
    each: bool,
    /// How many lines were known before it.
    before: usize,
}

/// A program as text: its items, the first being the agreement.
pub(crate) struct Written {
    pub(crate) items: Vec<String>,
    /// The years in which each amendment holds, at least in part.
    pub(crate) amended: Vec<(i16, i16)>,
}

impl Written {
    /// The text of the whole program.
    pub(crate) fn text(&self) -> String {
        self.items.join("\n")
    }
}

struct Writer<'a> {
    program: &'a Program,
    known: Vec<Known>,
    targets: Vec<Target>,
    times: bool,
    out: String,
    noise: usize,
}

/// Writes a program; without `times`, nothing in it asks for another time than the one evaluated.
pub(crate) fn written(program: &Program, times: bool) -> Written {
    let (known, targets, out) = (Vec::new(), Vec::new(), String::new());
    let mut writer = Writer { program, known, targets, times, out, noise: 0 };
    let mut items = head();
    items.extend((0..program.clauses.len()).map(|at| writer.clause(at)));
    items.extend(writer.reading());
    let mut amended = Vec::new();
    for at in 0..program.amendments.len() {
        items.extend(writer.amendment(at, &mut amended));
    }
    Written { items, amended: amended.into_iter().map(|(_, years)| years).collect() }
}

/// The reading that is not the chosen one, as `--reading` takes it.
pub(crate) const OTHER_READING: &str = "tvivl=anden";

fn head() -> Vec<String> {
    let text = "aftale A \"Prøveaftale\"\n  parter \"Staten\"\n  periode fra 2023\n  prisniveau 25-pl\n
kilde A \"Prøveaftale\"\n
måleenhed elev, elever\n
indeks pl \"Prøveindeks\"\n  2022 til 2023 = 4,0 pct.\n  2023 til 2024 = 3,5 pct.\n  2024 til 2025 = −1,2 pct.
  2025 til 2026 = 2,5 pct.\n  2026 til 2027 = 0 pct.\n
/// En opdigtet skole.\nhver skole, skoler, skolen har
  bevilling : kr., mellem −1.000 kr. og 1.000 kr.\n  nøgle     : tal, mindst 0\n  elevtal   : hele tal, 0 – 50
  fri       : ja/nej\n  del       : pct., mellem 0 og 100 pct., altid\n
givet ga : kr., mellem −1.000 kr. og 1.000 kr., altid\n
givet gb : kr., mindst 0 kr.\n
givet gc : kr. \"Fastsættes senere\"\n
givet gp : pct., mellem 0 og 100 pct.\n
givet gn : hele tal, 0 – 9\n
givet gj : ja/nej\n
givet gk : ja/nej, altid\n
givet niveau : en af \"høj\"; \"mellem\"; \"lav\"\n
givet født : dato, altid\n";
    text.split("\n\n").map(|item| format!("{}\n", item.trim_end())).collect()
}

impl Writer<'_> {
    fn clause(&mut self, at: usize) -> String {
        let clause = &self.program.clauses[at];
        let each = if clause.each { " for hver skole" } else { "" };
        self.line(0, format!("klausul k{at} \"Klausul {at}\"{each}"));
        self.line(1, "hjemmel A \"Boks 1\"".to_owned());
        for (number, line) in clause.lines.iter().enumerate() {
            self.clause_line(at, number, line);
        }
        for (number, exception) in clause.exceptions.iter().enumerate() {
            self.exception(at, number, exception);
        }
        std::mem::take(&mut self.out)
    }

    fn clause_line(&mut self, at: usize, number: usize, line: &Line) {
        let each = self.program.clauses[at].each;
        let known = self.known.clone();
        let scope = Scope { known: &known, here: Some(at), each, times: self.times };
        let name = format!("a{number}");
        let known_before = self.known.len();
        let target = Target { clause: at, name: name.clone(), each, before: known_before };
        match line {
            Line::Value(parts, modifiers) => {
                let modifiers: String = modifiers.iter().map(|one| modifier(one, scope)).collect();
                self.pieces(&name, parts, &|part| format!("{}{modifiers}", amount(part, scope)));
                self.targets.push(target);
            }
            Line::Rate(parts) => self.pieces(&name, parts, &|part| pct(part, scope)),
            Line::Number(number) => self.line(1, format!("{name} = {}", count(number, scope))),
            Line::Condition(parts) => {
                self.pieces(&format!("betingelse {name}"), parts, &|part| truth(part, scope));
            }
            Line::Series(opening, more) => self.series(&name, *opening, &amount(more, scope)),
            Line::Table(key, policy, rows) => {
                self.table(number, key, *policy, rows, scope);
                self.targets.push(target);
            }
            Line::Scale(of, slices) => self.scale(number, of, *slices, scope),
            Line::Grant(full, conditions, otherwise) => {
                self.grant(&name, full, conditions, otherwise.as_ref(), scope);
            }
            Line::Split(parts, rest) => self.split(number, parts, *rest),
            Line::Shared(pool, how) => {
                let national = Scope { each: false, here: None, ..scope };
                let pool = amount(pool, national);
                let how = if each { sharing(*how) } else { "" };
                self.line(1, format!("{name} = {pool}{how}"));
            }
            Line::Total(all, evenly) => {
                let evenly = if *evenly { ", ligeligt pr. år" } else { "" };
                self.line(1, format!("{name} samlet i 2024-2027 = {all} kr.{evenly}"));
            }
        }
        self.learn(at, number, line);
    }

    /// Lets the lines below name this one.
    fn learn(&mut self, clause: usize, number: usize, line: &Line) {
        let each = self.program.clauses[clause].each;
        let has_truth = self.known.iter().any(|one| one.clause == clause && one.sort == Sort::Truth);
        let name = format!("a{number}");
        let mut add = |name: String, sort| self.known.push(Known { clause, name, sort, each });
        match line {
            Line::Rate(_) => add(name, Sort::Rate),
            Line::Number(_) => add(name, Sort::Count),
            Line::Condition(_) => add(name, Sort::Truth),
            Line::Grant(..) if has_truth => {
                add(format!("{name}.bortfaldet"), Sort::Amount);
                add(format!("{name}.fuldt"), Sort::Amount);
                add(name, Sort::Amount);
            }
            Line::Split(..) => {
                add(format!("rest{number}"), Sort::Amount);
                add(name, Sort::Amount);
            }
            _ => add(name, Sort::Amount),
        }
    }

    fn pieces<T>(&mut self, name: &str, parts: &Pieces<T>, show: &dyn Fn(&T) -> String) {
        let year = |at: &u8| 2024 + i16::from(*at);
        match parts {
            Pieces::Always(one) => self.line(1, format!("{name} = {}", show(one))),
            Pieces::FromYear(one, at, other) => {
                self.line(1, format!("{name} til og med {} = {}", year(at), show(one)));
                self.line(1, format!("{name} fra {} = {}", year(at) + 1, show(other)));
            }
            Pieces::FromDay(one, at, other) => {
                self.line(1, format!("{name} indtil 1. juli {} = {}", year(at), show(one)));
                self.line(1, format!("{name} fra 1. juli {} = {}", year(at), show(other)));
            }
            Pieces::Otherwise(at, one, other) => {
                self.line(1, format!("{name} i {} = {}", year(at), show(one)));
                self.line(1, format!("{name} ellers = {}", show(other)));
            }
            Pieces::Span(at, one) => {
                self.line(1, format!("{name} i 2023-{} = {}", year(at), show(one)));
            }
        }
    }

    fn series(&mut self, name: &str, opening: i32, more: &str) {
        let opening = kroner(opening);
        if !self.times {
            return self.line(1, format!("{name} = {opening} + {more}"));
        }
        self.line(1, format!("{name} i 2023 = {opening}"));
        self.line(1, format!("{name} fra 2024 = {name} (året før) + {more}"));
    }

    fn table(&mut self, number: usize, key: &Key, policy: Policy, rows: &[Amount], scope: Scope<'_>) {
        let overlaps = matches!(policy, Policy::First | Policy::Added | Policy::Largest);
        let named = format!("n{number}");
        let (key, cells) = match key {
            Key::Count(number) => {
                self.line(1, format!("{named} = {}", count(number, scope)));
                let open = matches!(policy, Policy::Added | Policy::Largest);
                let last = if open { "4+" } else { "ellers" };
                (named.as_str(), if overlaps { ["0 – 2", "1 – 3", last] } else { ["0", "1 – 3", "ellers"] })
            }
            Key::Level => ("niveau", ["\"høj\"", "\"mellem\"", "\"lav\""]),
            Key::Truths if overlaps => ("gj; gk", ["ja | -", "- | ja", "nej | nej"]),
            Key::Truths => ("gj; gk", ["ja | -", "nej | ja", "nej | nej"]),
            Key::Day => ("dag", ["fra 1. januar 2020", "fra 2025", "fra 1. juli 2026"]),
        };
        self.line(1, format!("tabel a{number} efter {key}"));
        match policy {
            Policy::First if key != "dag" => self.line(2, "første række gælder".to_owned()),
            Policy::Added if key != "dag" => self.line(2, "rækkerne lægges sammen".to_owned()),
            Policy::Largest if key != "dag" => self.line(2, "den største gælder".to_owned()),
            _ => {}
        }
        for (cell, row) in cells.iter().zip(rows) {
            self.line(2, format!("{cell} | {}", amount(row, scope)));
        }
    }

    fn scale(&mut self, number: usize, of: &Amount, slices: u8, scope: Scope<'_>) {
        self.line(1, format!("n{number} = {}", amount(of, scope)));
        self.line(1, format!("trappe a{number} efter n{number}"));
        for slice in 1..=slices {
            self.line(2, format!("til {} kr. | {} pct.", u16::from(slice) * 150, slice * 7));
        }
        self.line(2, "derover | 30 pct.".to_owned());
    }

    fn grant(&mut self, name: &str, full: &Amount, on: &[u8], otherwise: Option<&Amount>, scope: Scope<'_>) {
        let mut all: Vec<String> = on.iter().filter_map(|at| scope.own(*at, Sort::Truth)).collect();
        all.dedup();
        let full = amount(full, scope);
        if all.is_empty() {
            return self.line(1, format!("{name} = {full}"));
        }
        let otherwise = otherwise.map(|one| format!(" ellers {}", amount(one, scope))).unwrap_or_default();
        self.line(1, format!("tilskud {name} = {full} betinget af {}{otherwise}", all.join("; ")));
    }

    fn split(&mut self, number: usize, parts: &[u16], rest: u16) {
        let whole: u16 = parts.iter().sum::<u16>() + rest;
        self.line(1, format!("a{number} = {whole} kr. delt i"));
        for (at, part) in parts.iter().enumerate() {
            self.line(2, format!("del{number}_{at} = {part} kr."));
        }
        self.line(2, format!("rest{number} = resten"));
    }

    fn exception(&mut self, at: usize, number: usize, exception: &Exception) {
        let own: Vec<&Target> = self.targets.iter().filter(|target| target.clause == at).collect();
        let Some(target) = own.get(usize::from(exception.target) % own.len().max(1)) else { return };
        let (name, each) = (target.name.clone(), target.each);
        let known = self.known[..target.before].to_vec();
        let scope = Scope { known: &known, here: Some(at), each, times: self.times };
        self.line(1, format!("undtagelse e{at}_{number} \"Undtagelse {number}\""));
        self.line(2, format!("når {}", truth(&exception.when, scope)));
        if let Some(years) = exception.years {
            self.line(2, format!("i 2024-{}", 2025 + i16::from(years)));
        }
        match &exception.body {
            Some(body) => self.line(2, format!("{name} = {}", amount(body, scope))),
            None => self.line(2, format!("{name} gælder ikke")),
        }
        if let Some((when, body)) = &exception.nested {
            self.line(2, format!("undtagelse i{at}_{number} \"Indre undtagelse\""));
            self.line(3, format!("når {}", truth(when, scope)));
            self.line(3, format!("{name} = {}", amount(body, scope)));
        }
        if exception.first && number > 0 {
            self.line(1, format!("undtagelse e{at}_{number} går forud for e{at}_{}", number - 1));
        }
    }

    fn reading(&mut self) -> Option<String> {
        let reading = self.program.reading.as_ref()?;
        let (path, body) = self.restated(reading)?;
        self.line(0, "antagelse tvivl \"Hvordan læses det?\"".to_owned());
        self.line(1, "læsning som_skrevet \"Som skrevet\" (valgt)".to_owned());
        self.line(1, "læsning anden \"Anderledes\"".to_owned());
        self.line(2, format!("{path} = {}", body.unwrap_or_else(|| format!("hidtidig {path} × 2"))));
        Some(std::mem::take(&mut self.out))
    }

    fn amendment(&mut self, at: usize, amended: &mut Vec<(String, (i16, i16))>) -> Option<String> {
        let amendment = &self.program.amendments[at];
        let (path, body) = self.restated(&amendment.change)?;
        // Two that touch the same are an error, unless one goes before the other.
        if amended.iter().any(|(other, _)| *other == path) {
            return None;
        }
        let (first, from) = BEGINS[usize::from(amendment.from) % BEGINS.len()];
        let last = amendment.years.map(|years| first + i16::from(years));
        let until = last.map(|year| format!(" til og med {year}")).unwrap_or_default();
        self.line(0, format!("ændring m{at} \"Ændring {at}\" af A"));
        self.line(1, "hjemmel A \"Tillæg\"".to_owned());
        self.line(1, format!("fra {from}{until}"));
        match body {
            Some(body) => self.line(1, format!("{path} = {body}")),
            None => self.line(1, format!("{path} udgår")),
        }
        amended.push((path, (first, last.unwrap_or(i16::MAX))));
        Some(std::mem::take(&mut self.out))
    }

    /// What a reading or an amendment restates, by path, and what it says instead.
    fn restated(&self, change: &Change) -> Option<(String, Option<String>)> {
        let target = self.targets.get(usize::from(change.target) % self.targets.len().max(1))?;
        let path = format!("k{}.{}", target.clause, target.name);
        let known = &self.known[..target.before];
        let scope = Scope { known, here: None, each: target.each, times: self.times };
        let body = change.body.as_ref().map(|body| amount(body, scope));
        let former = if change.former { format!("hidtidig {path} + ") } else { String::new() };
        Some((path, body.map(|body| format!("{former}{body}"))))
    }

    /// Writes a line, with a comment or loosely where the program has it so.
    fn line(&mut self, depth: usize, text: String) {
        let noise = self.program.noise.get(self.noise % self.program.noise.len().max(1)).copied();
        self.noise += 1;
        let (indent, number) = ("  ".repeat(depth), self.noise);
        let line = match noise.unwrap_or_default() {
            1 => format!("{indent}// bemærkning {number}\n{indent}{text}\n"),
            2 => format!("{indent}{text} // ved linje {number}\n"),
            3 => format!("{indent}{}\n", text.replace('≤', "<=").replace('×', "*").replace("≠", "<>")),
            4 if depth == 0 => format!("/// Forklaring {number}\n{text}\n"),
            4 => format!("{indent}{}\n", text.replace(" = ", "   =  ").replace(" | ", "|")),
            5 => format!("{indent}{}\n", text.replacen(" + ", &format!("\n{indent}    + "), 1)),
            _ => format!("{indent}{text}\n"),
        };
        self.out.push_str(&line);
    }
}

fn sharing(how: Sharing) -> &'static str {
    match how {
        Sharing::Exact => " fordelt efter nøgle blandt alle skoler",
        Sharing::Where => " fordelt efter nøgle blandt alle skoler hvor fri",
        Sharing::Rounded => " fordelt efter nøgle blandt alle skoler, afrundet til 0,01 kr.",
        Sharing::Rest => " fordelt efter nøgle blandt alle skoler, afrundet til 1 kr., rest til \"Nord\"",
        Sharing::Equally => " fordelt ligeligt blandt alle skoler",
        Sharing::Each => " fordelt efter nøgle blandt alle skoler, afrundet hver for sig til 1 kr.",
    }
}

impl Scope<'_> {
    fn show(&self, one: &Known) -> String {
        if self.here == Some(one.clause) { one.name.clone() } else { format!("k{}.{}", one.clause, one.name) }
    }

    /// A known line of a sort, if there is any that may be named here.
    fn line(&self, at: u8, sort: Sort) -> Option<String> {
        let fits = |one: &&Known| one.sort == sort && (self.each || !one.each);
        let all: Vec<&Known> = self.known.iter().filter(fits).collect();
        all.get(usize::from(at) % all.len().max(1)).map(|one| self.show(one))
    }

    /// A known line of the same clause.
    fn own(&self, at: u8, sort: Sort) -> Option<String> {
        let fits = |one: &&Known| one.sort == sort && Some(one.clause) == self.here;
        let all: Vec<&Known> = self.known.iter().filter(fits).collect();
        all.get(usize::from(at) % all.len().max(1)).map(|one| self.show(one))
    }
}

fn kroner(øre: i32) -> String {
    let (whole, rest) = (øre.abs() / 10, øre.abs() % 10);
    let rest = if rest == 0 { String::new() } else { format!(",{rest}") };
    if øre < 0 { format!("(−{whole}{rest} kr.)") } else { format!("{whole}{rest} kr.") }
}

fn modifier(one: &Modifier, scope: Scope<'_>) -> String {
    match one {
        Modifier::Limit(most, by) => {
            format!(", dog {} {}", if *most { "højst" } else { "mindst" }, amount(by, scope))
        }
        Modifier::Rounded(step, how) => format!(", {}", rounded(*step, *how)),
        Modifier::Shown(step) => format!(", vist i {}", STEPS[usize::from(*step) % STEPS.len()]),
    }
}

fn rounded(step: u8, how: u8) -> String {
    format!(
        "afrundet til {}{}",
        STEPS[usize::from(step) % STEPS.len()],
        MODES[usize::from(how) % MODES.len()]
    )
}

fn amount(one: &Amount, scope: Scope<'_>) -> String {
    let sub = |one: &Amount| amount(one, scope);
    match one {
        Amount::Figure(tenths) => kroner(*tenths),
        Amount::Given(at) => ["ga", "gb", "gc"][usize::from(*at) % 3].to_owned(),
        Amount::Fact => if scope.each { "bevilling" } else { "gb" }.to_owned(),
        Amount::Line(at) => scope.line(*at, Sort::Amount).unwrap_or_else(|| "ga".to_owned()),
        Amount::Chain(all) => {
            let term = |(at, (plus, one)): (usize, &(bool, Amount))| {
                let sign = if at == 0 {
                    ""
                } else if *plus {
                    " + "
                } else {
                    " − "
                };
                format!("{sign}{}", sub(one))
            };
            format!("({})", all.iter().enumerate().map(term).collect::<String>())
        }
        Amount::Times(one, by) => format!("({} × {})", sub(one), by).replace("× -", "× −"),
        Amount::Part(rate, of) => format!("({} af {})", pct(rate, scope), sub(of)),
        Amount::Changed(one, up, rate) => {
            let word = if *up { "forhøjet" } else { "nedsat" };
            format!("({} {word} med {})", sub(one), pct(rate, scope))
        }
        Amount::Limited(one, most, by) => {
            format!("({}, dog {} {})", sub(one), if *most { "højst" } else { "mindst" }, sub(by))
        }
        Amount::Rounded(one, step, how) => format!("({}, {})", sub(one), rounded(*step, *how)),
        Amount::Choice(when, one, other) => {
            format!("(hvis {} så {} ellers {})", truth(when, scope), sub(one), sub(other))
        }
        Amount::Extreme(most, all) => {
            let all: Vec<String> = all.iter().map(sub).collect();
            format!("({} af ({}))", if *most { "største" } else { "mindste" }, all.join("; "))
        }
        Amount::Divided(one, by, safe) => {
            let safe = if *safe { ", hvis nævneren er 0: 7 kr." } else { "" };
            format!("({} / {}{safe})", sub(one), count(by, scope))
        }
        Amount::PerPupil(rate, number) => {
            format!("({} kr. pr. elev × ({} × 1 elev))", rate + 1, count(number, scope))
        }
        Amount::Before(at) => elsewhen(*at, "(året før)", scope),
        Amount::Elsewhen(at, year) => elsewhen(*at, &format!("i {}", 2023 + i16::from(*year)), scope),
        Amount::Converted(one, year) => {
            let year = 22 + year;
            // What is made of nothing but 0 fits every level, and is of none that it could be converted from.
            format!("((({} + 1 kr.) omregnet til {year}-pl efter pl) omregnet til 25-pl efter pl)", sub(one))
        }
        Amount::Sum(some, at) => {
            let all: Vec<&Known> =
                scope.known.iter().filter(|one| one.each && one.sort == Sort::Amount).collect();
            let of = all.get(usize::from(*at) % (all.len() + 1));
            let of = of.map_or("bevilling".to_owned(), |one| scope.show(one));
            format!("(sum af {of} for alle skoler{})", if *some { " hvor fri" } else { "" })
        }
    }
}

fn elsewhen(at: u8, when: &str, scope: Scope<'_>) -> String {
    let line = scope.line(at, Sort::Amount).unwrap_or_else(|| "gb".to_owned());
    if scope.times { format!("({line} {when})") } else { line }
}

fn pct(one: &Pct, scope: Scope<'_>) -> String {
    match one {
        Pct::Figure(rate) => format!("{rate} pct."),
        Pct::Given => "gp".to_owned(),
        Pct::Fact => if scope.each { "del" } else { "gp" }.to_owned(),
        Pct::Line(at) => scope.line(*at, Sort::Rate).unwrap_or_else(|| "gp".to_owned()),
        Pct::Share(part, whole) => format!("({} i pct. af {})", amount(part, scope), amount(whole, scope)),
        Pct::Rest(rate) => format!("(100 pct. − {})", pct(rate, scope)),
    }
}

fn count(one: &Count, scope: Scope<'_>) -> String {
    match one {
        Count::Figure(number) => number.to_string(),
        Count::Given => "gn".to_owned(),
        Count::Fact => if scope.each { "elevtal" } else { "gn" }.to_owned(),
        Count::Met => match (scope.own(0, Sort::Truth), scope.own(1, Sort::Truth)) {
            (Some(one), Some(other)) if one != other => format!("(antal opfyldte af ({one}; {other}))"),
            (Some(one), _) => format!("(antal opfyldte af ({one}))"),
            (None, _) => "gn".to_owned(),
        },
        Count::Schools(some) => format!("(antal skoler{})", if *some { " hvor elevtal > 9" } else { "" }),
        Count::Years => "((hele år fra født til 1. januar 2026) / 1 år)".to_owned(),
        Count::Rank if scope.each => "(rang af elevtal blandt alle skoler, størst først)".to_owned(),
        Count::Rank => "2".to_owned(),
        Count::Line(at) => scope.line(*at, Sort::Count).unwrap_or_else(|| "gn".to_owned()),
        Count::Plus(one, other) => format!("({} + {})", count(one, scope), count(other, scope)),
    }
}

fn truth(one: &Truth, scope: Scope<'_>) -> String {
    let compared = |one: String, op: u8, other: String| {
        format!("({one} {} {other})", OPERATORS[usize::from(op) % OPERATORS.len()])
    };
    match one {
        Truth::Given(at) => ["gj", "gk"][usize::from(*at) % 2].to_owned(),
        Truth::Fact => if scope.each { "fri" } else { "gj" }.to_owned(),
        Truth::Line(at) => scope.line(*at, Sort::Truth).unwrap_or_else(|| "gk".to_owned()),
        Truth::Amounts(one, op, other) => compared(amount(one, scope), *op, amount(other, scope)),
        Truth::Counts(one, op, other) => compared(count(one, scope), *op, count(other, scope)),
        Truth::Between(one, low, more) => {
            let (low, high) = (i32::from(*low) / 10, i32::from(*low) / 10 + i32::from(*more) / 10);
            format!("({} er mellem {} og {})", amount(one, scope), kroner(low), kroner(high))
        }
        Truth::Both(and, one, other) => {
            let word = if *and { "og" } else { "eller" };
            format!("({} {word} {})", truth(one, scope), truth(other, scope))
        }
        Truth::Not(one) => format!("(ikke {})", truth(one, scope)),
        Truth::Year(at) => format!("(år er {})", 2023 + i16::from(*at)),
        Truth::Level(one) if *one => "(niveau er \"høj\")".to_owned(),
        Truth::Level(_) => "(niveau er en af \"høj\"; \"lav\")".to_owned(),
        Truth::Born(at) => {
            format!(
                "(født {} 1. juli {})",
                ["før", "senest", "tidligst"][usize::from(*at) % 3],
                1970 + i16::from(*at % 50)
            )
        }
        Truth::Schools(every) => {
            format!("(fri for {})", if *every { "alle skoler" } else { "mindst 1 skole" })
        }
    }
}

impl Facts {
    /// The data as JSON, with all facts or only those that are told.
    pub(crate) fn json(&self, all: bool) -> String {
        let mut told = self.told.iter().cycle();
        let mut fact = |name: &str, value: String| {
            let told = *told.next().unwrap_or(&true) || all;
            told.then(|| format!("\"{name}\": {value}"))
        };
        let [ga, gb, gc] = self.amounts;
        let given = [
            fact("ga", ga.to_string()),
            fact("gb", gb.to_string()),
            fact("gc", gc.to_string()),
            fact("gp", self.rate.to_string()),
            fact("gn", self.count.to_string()),
            fact("gj", self.truths[0].to_string()),
            fact("gk", self.truths[1].to_string()),
            fact("niveau", format!("\"{}\"", LEVELS[usize::from(self.born) % 3])),
            fact(
                "født",
                format!(
                    "\"{}-0{}-1{}\"",
                    1950 + i16::from(self.born % 60),
                    1 + self.born % 9,
                    self.born % 10
                ),
            ),
        ];
        let schools = self.schools.iter().zip(SCHOOLS).map(|(school, name)| {
            let facts = [
                fact("bevilling", school.grant.to_string()),
                fact("nøgle", school.key.to_string()),
                fact("elevtal", school.pupils.to_string()),
                fact("fri", school.free.to_string()),
                fact("del", school.share.to_string()),
            ];
            format!("\"{name}\": {{{}}}", listed(&facts))
        });
        let schools: Vec<String> = schools.collect();
        format!("{{\"given\": {{{}}}, \"skole\": {{{}}}}}", listed(&given), schools.join(", "))
    }
}

fn listed(facts: &[Option<String>]) -> String {
    facts.iter().flatten().cloned().collect::<Vec<_>>().join(", ")
}
