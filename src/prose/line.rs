//! The lines of a clause, each as a sentence with what belongs under it.

use super::condition::is_choice;
use super::document::{Block, Entry, Grid, Line, Piece, capital, listed, say, words_of};
use super::expr::bare;
use super::names::Sort;
use super::span::InForce;
use super::truth::is_truth;
use super::voice::Voice;
use crate::syntax::ast::{
    Assign, Assumption, Check, Citation, EachWhat, Exception, Expr, ExprKind, Given, Grant, Headed, Path,
    Precedence, Reading, Split, Stmt, StmtKind, SwitchWhat, Target, WhenKind,
};

impl Voice<'_> {
    /// Words the lines of a block that are in force, those of one name for several times as one.
    pub(super) fn lines(&self, body: &[Stmt], at: &InForce) -> Vec<Entry> {
        let shown: Vec<&Stmt> = body.iter().filter(|stmt| at.shows(stmt, body)).collect();
        let mut entries = Vec::new();
        let mut rest = shown.as_slice();
        while let [first, after @ ..] = rest {
            let count = by_time(rest);
            let (entry, taken) = match count {
                0 | 1 => (self.line(first, at), 1),
                count => (Some(self.amounts(rest.get(..count).unwrap_or(rest))), count),
            };
            entries.extend(entry.map(|entry| self.documented(entry, &first.doc)));
            rest = after.get(taken - 1..).unwrap_or(&[]);
        }
        entries
    }

    /// With the author's own words under it.
    fn documented(&self, mut entry: Entry, doc: &[String]) -> Entry {
        if !doc.is_empty() {
            let explained = say(self.lang.pick("Forklaring: {0}", "Explanation: {0}"), &[&self.doc(doc)]);
            entry.under.push(Block::Aside(explained));
        }
        entry
    }

    /// The author's own words: names in them are words as everywhere else, and the last sentence ends.
    pub(super) fn doc(&self, doc: &[String]) -> Line {
        let text = doc.join(" ").replace('`', "");
        let word =
            |word: &str| if word.contains('_') { words_of(word).trim().to_owned() } else { word.to_owned() };
        let words: Vec<String> = text.split_whitespace().map(word).collect();
        Line::text(self.marks(&words.join(" "))).ended()
    }

    /// Words one line; `None` for one that is told elsewhere.
    fn line(&self, stmt: &Stmt, at: &InForce) -> Option<Entry> {
        let lang = self.lang;
        let entry = match &stmt.kind {
            StmtKind::Basis(_) => return None,
            StmtKind::InForce(when) => Entry::plain(
                say(lang.pick("klausulen gælder {0}", "the clause is in force {0}"), &[&self.when(when)])
                    .sentence(),
            ),
            StmtKind::EachRounded { what, rounding } => {
                let template = match what {
                    EachWhat::Amount => lang.pick("hvert beløb her er {0}", "each amount here is {0}"),
                    EachWhat::Step => {
                        lang.pick("hvert led i udregningerne er {0}", "each step of the computations is {0}")
                    }
                };
                Entry::plain(say(template, &[&self.rounding(rounding)]).sentence())
            }
            StmtKind::Assign(assign) => self.assigned(assign),
            StmtKind::Split(split) => self.split(split),
            StmtKind::Condition(assign) => self.condition(assign),
            StmtKind::Grant(grant) => self.grant(grant),
            StmtKind::Table(table) => self.table(table),
            StmtKind::Rows(edit) => self.row_edit(edit),
            StmtKind::Scale(scale) => self.scale(scale),
            StmtKind::Exception(exception) => self.exception(exception, at),
            StmtKind::Precedence(precedence) => self.precedence(precedence),
            StmtKind::Assumption(assumption) => self.assumption(assumption, at),
            StmtKind::Duty(duty) => self.duty(duty),
            StmtKind::Given(given) => self.given(given),
            StmtKind::Require { condition, message } => Entry::plain(
                say(
                    lang.pick(
                        "krav: {0}. Ellers meldes fejl: {1}",
                        "required: {0}. Otherwise an error is told: {1}",
                    ),
                    &[&self.that(condition), &self.quoted(&message.text)],
                )
                .sentence(),
            ),
            StmtKind::Check(check) => self.check(check),
            StmtKind::Lift(path) => Entry::plain(
                say(lang.pick("{0} gælder ikke", "{0} does not apply"), &[&self.path(path)]).sentence(),
            ),
            StmtKind::Repeal(path) => {
                Entry::plain(say(lang.pick("{0} udgår", "{0} is repealed"), &[&self.path(path)]).sentence())
            }
            StmtKind::Only(condition) => {
                Entry::plain(say(lang.pick("når {0}", "when {0}"), &[&self.truth(condition)]).sentence())
            }
            StmtKind::Year(_) | StmtKind::Day(_) | StmtKind::BuildsOn(_) | StmtKind::Reading { .. } => {
                Entry::plain(self.setting(stmt)?.sentence())
            }
            StmtKind::Switch { .. } | StmtKind::EntityFacts { .. } | StmtKind::Expect(_) => {
                Entry::plain(self.setting(stmt)?.sentence())
            }
            StmtKind::Error => Entry::plain(Line::one(Piece::Unknown(
                lang.pick("En linje, der ikke kan læses.", "A line that cannot be read.").to_owned(),
            ))),
        };
        Some(entry)
    }

    /// What must hold, as a sentence of its own: `det skal gælde, at …`.
    pub(super) fn that(&self, condition: &Expr) -> Line {
        say(self.lang.pick("det skal gælde, at {0}", "it must hold that {0}"), &[&self.truth(condition)])
    }

    /// What something rests on, in small letters under it.
    pub(super) fn rests_on(&self, basis: &[Citation]) -> Option<Block> {
        let word = self.lang.pick("Hjemmel: {0}", "Basis: {0}");
        (!basis.is_empty()).then(|| Block::Aside(say(word, &[&self.citations(basis)])))
    }

    /// The name that is given a value, with whom it is for.
    pub(super) fn target(&self, target: &Target) -> Line {
        let name = self.path(&target.path);
        match &target.entity {
            Some(entity) => {
                say(self.lang.pick("{0} for {1}", "{0} for {1}"), &[&name, &Line::text(&entity.text)])
            }
            None => name,
        }
    }

    /// The name that is given a value; what is yes or no is an answer to it.
    pub(super) fn subject(&self, target: &Target, value: &Expr) -> Line {
        match &*bare(value).kind {
            ExprKind::DoesNotApply(_) | ExprKind::CarriedOn => self.target(target),
            _ if self.is_answer(&target.path, value) => self.answer_to(self.target(target)),
            _ => self.target(target),
        }
    }

    fn is_answer(&self, path: &Path, value: &Expr) -> bool {
        let says = matches!(bare(value).kind.as_ref(), ExprKind::Bool(_)) || is_truth(value);
        says || match self.path_sort(path) {
            Sort::Truth => true,
            // A condition with a case for each: whether it is met is the answer of the case.
            Sort::Condition => matches!(bare(value).kind.as_ref(), ExprKind::If { .. }),
            Sort::Value | Sort::Date => false,
        }
    }

    /// `I 2025: pulje er 5 kr.`
    fn assigned(&self, assign: &Assign) -> Entry {
        let says = is_truth(&assign.value)
            || matches!(bare(&assign.value).kind.as_ref(), ExprKind::Bool(_))
            || is_choice(&assign.value);
        if self.path_sort(&assign.target.path) == Sort::Condition && says {
            return self.condition(assign);
        }
        if let Some(entry) = self.left_to_reading(assign) {
            return entry;
        }
        let name = self.subject(&assign.target, &assign.value);
        let when = assign.target.when.as_ref().map(|when| self.when(when));
        let mut under = Vec::new();
        let line = match &*bare(&assign.value).kind {
            ExprKind::If { .. } if !is_truth(&assign.value) => {
                under.push(Block::List(self.branches(bare(&assign.value))));
                self.states(&name, when.as_ref(), ("er", "is"), &Line::text(":")).capital()
            }
            _ => self.predicate(&name, when.as_ref(), &assign.value).sentence(),
        };
        under.extend(self.rests_on(&assign.basis));
        Entry { number: None, line, under }
    }

    /// A value that the text leaves open, and that a chosen reading gives: it is not unknown.
    fn left_to_reading(&self, assign: &Assign) -> Option<Entry> {
        let ExprKind::Unknown(reason) = &*bare(&assign.value).kind else { return None };
        let [name] = assign.target.path.parts.as_slice() else { return None };
        if !self.names.is_decided(self.clause, &name.name.text) {
            return None;
        }
        let template = self.lang.pick(
            "teksten selv siger ikke, hvad {0} er{1}; det gør den valgte læsning",
            "the text itself does not say what {0} is{1}; the chosen reading does",
        );
        let reason = self.with_reason(Line::default(), reason.as_ref());
        let under = self.rests_on(&assign.basis).into_iter().collect();
        let line = say(template, &[&self.target(&assign.target), &reason]).sentence();
        Some(Entry { number: None, line, under })
    }

    /// `pulje er 5 kr.`; with a time, `i 2025: pulje er 5 kr.`
    pub(super) fn predicate(&self, name: &Line, when: Option<&Line>, value: &Expr) -> Line {
        let lang = self.lang;
        match &*bare(value).kind {
            ExprKind::DoesNotApply(reason) => {
                let not = Line::text(lang.pick("ikke", "not apply"));
                self.states(name, when, ("gælder", "does"), &self.with_reason(not, reason.as_ref()))
            }
            ExprKind::CarriedOn => {
                let unchanged = Line::text(lang.pick("uændret", "on unchanged"));
                self.states(name, when, ("videreføres", "is carried"), &unchanged)
            }
            _ if self.sort_of(value) == Sort::Truth => {
                let same = say(
                    self.lang.pick("det samme som {0}", "the same as {0}"),
                    &[&self.answer_to(self.value(value))],
                );
                self.states(name, when, ("er", "is"), &same)
            }
            _ if is_name(value) && self.equals(value) => {
                let equal = say(self.lang.pick("lig med {0}", "{0}"), &[&self.value(value)]);
                self.states(name, when, ("er", "equals"), &equal)
            }
            _ => self.states(name, when, ("er", "is"), &self.value(value)),
        }
    }

    /// A subject, its verb and the rest; a time stands first.
    pub(super) fn states(
        &self,
        name: &Line,
        when: Option<&Line>,
        (da, en): (&str, &str),
        rest: &Line,
    ) -> Line {
        let verb = Line::text(self.lang.pick(da, en));
        let gap = if rest.words() == ":" { "" } else { " " };
        let rest = Line::text(gap).and(rest.clone());
        match when {
            Some(when) => {
                say(self.lang.pick("{0}: {1} {2}{3}", "{0}: {1} {2}{3}"), &[when, name, &verb, &rest])
            }
            None => say("{1} {2}{3}", &[name, name, &verb, &rest]),
        }
    }

    /// The branches of a choice, one a line.
    fn branches(&self, choice: &Expr) -> Vec<Entry> {
        let lang = self.lang;
        let (mut all, mut rest) = (Vec::new(), choice);
        while let ExprKind::If { condition, then, otherwise } = &*bare(rest).kind {
            let line =
                say(lang.pick("hvis {0}: {1}", "if {0}: {1}"), &[&self.truth(condition), &self.value(then)]);
            all.push(Entry::plain(line.sentence()));
            rest = otherwise;
        }
        all.push(Entry::plain(
            say(lang.pick("ellers: {0}", "otherwise: {0}"), &[&self.value(rest)]).sentence(),
        ));
        all
    }

    /// One name with a value for each of several times.
    fn amounts(&self, lines: &[&Stmt]) -> Entry {
        let lang = self.lang;
        let all: Vec<&Assign> = lines.iter().filter_map(|stmt| assign_of(stmt)).collect();
        let name = all.first().map(|assign| self.target(&assign.target)).unwrap_or_default();
        let subject =
            all.first().map(|assign| self.subject(&assign.target, &assign.value)).unwrap_or_default();
        let is_cited = all.iter().any(|assign| !assign.basis.is_empty());
        let row = |assign: &&Assign| {
            let when = assign.target.when.as_ref().map(|when| self.when(when)).unwrap_or_default();
            let mut cells = vec![when.capital(), self.value(&assign.value)];
            if is_cited {
                cells.push(self.citations(&assign.basis));
            }
            cells
        };
        let mut head = vec![Line::text(lang.pick("Hvornår", "When")), name.clone().capital()];
        if is_cited {
            head.push(Line::text(lang.pick("Hjemmel", "Basis")));
        }
        let line =
            say(lang.pick("{0} afhænger af tiden:", "{0} depends on the time:"), &[&subject]).capital();
        let grid = Grid { caption: name.capital(), head, rows: all.iter().map(row).collect() };
        Entry { number: None, line, under: vec![Block::Table(grid)] }
    }

    fn grant(&self, grant: &Grant) -> Entry {
        let lang = self.lang;
        let condition = |path: &Path| match self.path_sort(path) {
            Sort::Condition => self.path(path),
            Sort::Truth | Sort::Value | Sort::Date => self.answer_to(self.path(path)),
        };
        let are_conditions = grant.conditions.iter().all(|path| self.path_sort(path) == Sort::Condition);
        let conditions: Vec<Line> = grant.conditions.iter().map(condition).collect();
        let conditions = listed(&conditions, ", ", lang.pick(" og ", " and "));
        let (name, amount) = (self.target(&grant.target), self.value(&grant.amount));
        let template = lang.pick(
            "tilskuddet {0} er {1}, når alle betingelserne er opfyldt: {2}",
            "the grant {0} is {1} when all its conditions are met: {2}",
        );
        let one = lang.pick(
            "tilskuddet {0} er {1}, når betingelsen {2} er opfyldt",
            "the grant {0} is {1} when the condition {2} is met",
        );
        let answered =
            lang.pick("tilskuddet {0} er {1}, når {2} er ja", "the grant {0} is {1} when {2} is yes");
        let template = match (grant.conditions.len(), are_conditions) {
            (1, true) => one,
            (1, false) => answered,
            (_, _) => template,
        };
        let line = say(template, &[&name, &amount, &conditions]);
        let line = match &grant.target.when {
            Some(when) => line.then(", ").and(self.when(when)),
            None => line,
        };
        let rest = match &grant.otherwise {
            None => Line::text(lang.pick("Ellers bortfalder det helt.", "Otherwise all of it lapses.")),
            Some(otherwise) => say(
                lang.pick(
                    "Ellers er det {0}, og resten bortfalder.",
                    "Otherwise it is {0}, and the rest lapses.",
                ),
                &[&self.part(otherwise)],
            ),
        };
        let line = line.sentence().then(" ").and(rest);
        Entry { number: None, line, under: self.rests_on(&grant.basis).into_iter().collect() }
    }

    fn split(&self, split: &Split) -> Entry {
        let lang = self.lang;
        let name = self.target(&split.target);
        let when = split.target.when.as_ref().map(|when| self.when(when));
        let total = self.value(&split.total).then(lang.pick(", delt i:", ", divided into:"));
        let part = |part: &crate::syntax::ast::SplitPart| {
            let value = match &part.value {
                Some(value) => self.value(value),
                None => Line::text(lang.pick("resten", "the rest")),
            };
            Entry::plain(say("{0}: {1}", &[&Line::name(&part.name.text), &value]).sentence())
        };
        let mut under = vec![Block::List(split.parts.iter().map(part).collect())];
        under.extend(self.rests_on(&split.basis));
        Entry { number: None, line: self.states(&name, when.as_ref(), ("er", "is"), &total).capital(), under }
    }

    /// A fact that somebody must supply.
    fn given(&self, given: &Given) -> Entry {
        let lang = self.lang;
        let name = Line::name(&given.name.text);
        let ty = self.type_of(&given.ty);
        let line = match &given.title {
            Some(title) => say(
                lang.pick("skal oplyses: {0} ({2}). {1}", "to be supplied: {0} ({2}). {1}"),
                &[&name, &ty.capital(), &Line::text(&title.text)],
            ),
            None => {
                say(lang.pick("skal oplyses: {0}. {1}", "to be supplied: {0}. {1}"), &[&name, &ty.capital()])
            }
        };
        Entry::plain(line.sentence())
    }

    fn exception(&self, exception: &Exception, at: &InForce) -> Entry {
        let lang = self.lang;
        let title = match &exception.title {
            Some(title) => Line::text(&title.text),
            None => Line::name(&exception.name.text),
        };
        let mut line = Line::one(Piece::Strong(lang.pick("Undtagelse: ", "Exception: ").to_owned()))
            .and(title.sentence());
        if let Some(owner) = &exception.owner {
            line = line.and(say(
                lang.pick(" Den hører til {0}.", " It belongs to {0}."),
                &[&self.whole_clause(owner)],
            ));
        }
        let when = self.exception_when(&exception.body);
        let said = |stmt: &Stmt| matches!(stmt.kind, StmtKind::InForce(_) | StmtKind::Only(_));
        let body: Vec<Stmt> = exception.body.iter().filter(|stmt| !said(stmt)).cloned().collect();
        let lines = self.lines(&body, at);
        let then = Line::text(if lines.is_empty() {
            ""
        } else {
            lang.pick(" Så gælder i stedet:", " Then, instead:")
        });
        let mut under = Vec::new();
        if !lines.is_empty() {
            under.push(Block::List(lines));
        }
        under.extend(self.rests_on(&basis_of(&exception.body)));
        Entry { number: None, line: line.and(when).and(then), under }
    }

    /// When an exception applies: at what times, and under which conditions.
    fn exception_when(&self, body: &[Stmt]) -> Line {
        let lang = self.lang;
        let (mut times, mut conditions) = (Vec::new(), Vec::new());
        for stmt in body {
            match &stmt.kind {
                StmtKind::InForce(when) => times.push(self.when(when)),
                StmtKind::Only(condition) => conditions.push(self.truth(condition)),
                _ => {}
            }
        }
        let times = listed(&times, ", ", ", ");
        let conditions = listed(&conditions, ", ", lang.pick(", og når ", ", and when "));
        let template = match (times.is_empty(), conditions.is_empty()) {
            (true, true) => lang.pick(" Den gælder altid.", " It always applies."),
            (false, true) => lang.pick(" Den gælder {0}.", " It applies {0}."),
            (true, false) => lang.pick(" Den gælder, når {1}.", " It applies when {1}."),
            (false, false) => {
                lang.pick(" Den gælder {0}, og kun når {1}.", " It applies {0}, and only when {1}.")
            }
        };
        say(template, &[&times, &conditions])
    }

    /// A clause named as a whole.
    pub(super) fn whole_clause(&self, path: &crate::syntax::ast::Path) -> Line {
        match path.parts.as_slice() {
            [agreement, .., clause] => self.clause_named(Some(&agreement.name.text), &clause.name),
            [clause] => self.clause_named(None, &clause.name),
            [] => Line::default(),
        }
    }

    pub(super) fn precedence(&self, precedence: &Precedence) -> Entry {
        let headed = |headed: &Headed| self.called(&headed.name.text);
        let template = match precedence.what {
            SwitchWhat::Exception => self.lang.pick(
                "undtagelsen {0} går forud for undtagelsen {1}",
                "the exception {0} prevails over the exception {1}",
            ),
            SwitchWhat::Amendment => self.lang.pick(
                "ændringen {0} går forud for ændringen {1}",
                "the amendment {0} prevails over the amendment {1}",
            ),
        };
        let line = say(template, &[&headed(&precedence.first), &headed(&precedence.second)]);
        Entry::plain(line.sentence())
    }

    /// An unclear place, how it is read and how else it could be.
    pub(super) fn assumption(&self, assumption: &Assumption, at: &InForce) -> Entry {
        let lang = self.lang;
        let title = match &assumption.title {
            Some(title) => self.title_text(&title.text),
            None => Line::name(&assumption.name.text),
        };
        let word = match assumption.readings.is_empty() {
            true => lang.pick("Forudsætning: ", "Assumption: "),
            false => lang.pick("Uklart sted: ", "Unclear passage: "),
        };
        let line = Line::one(Piece::Strong(word.to_owned())).and(title.sentence());
        let mut under: Vec<Block> = self.rests_on(&assumption.basis).into_iter().collect();
        let is_chosen = assumption.readings.iter().any(|reading| reading.chosen);
        if !assumption.readings.is_empty() && !is_chosen {
            under.push(Block::Para(Line::text(lang.pick(
                "Ingen af læsningerne er valgt; klausulen gælder, som den ellers står.",
                "None of the readings is chosen; the clause stands as it is otherwise written.",
            ))));
        }
        // The chosen reading first: it is what is signed.
        let mut readings: Vec<&Reading> = assumption.readings.iter().collect();
        readings.sort_by_key(|reading| !reading.chosen);
        let readings: Vec<Entry> = readings.into_iter().map(|reading| self.reading(reading, at)).collect();
        if !readings.is_empty() {
            under.push(Block::List(readings));
        }
        Entry { number: None, line, under }
    }

    fn reading(&self, reading: &Reading, at: &InForce) -> Entry {
        let lang = self.lang;
        let word = match reading.chosen {
            true => lang.pick("Valgt læsning: ", "Chosen reading: "),
            false => lang.pick("Anden læsning: ", "Other reading: "),
        };
        let title = match &reading.title {
            Some(title) => self.title_text(&title.text),
            None => Line::name(&reading.name.text),
        };
        let lines = self.lines(&reading.body, at);
        let word = match reading.chosen {
            true => Piece::Strong(word.to_owned()),
            false => Piece::Plain(word.to_owned()),
        };
        let mut line = Line::one(word).and(title.sentence());
        let mut under = Vec::new();
        if !lines.is_empty() {
            line = line.then(lang.pick(" Efter den gælder:", " By it:"));
            under.push(Block::List(lines));
        }
        self.documented(Entry { number: None, line, under }, &reading.doc)
    }

    /// A check that the text makes on itself.
    pub(super) fn check(&self, check: &Check) -> Entry {
        let lang = self.lang;
        let word = Line::one(Piece::Strong(lang.pick("Kontrol: ", "Check: ").to_owned()));
        let mut line = match &check.title {
            Some(title) => word
                .and(Line::text(&title.text).sentence())
                .then(" ")
                .and(self.that(&check.condition).sentence()),
            None => word.and(self.that(&check.condition).sentence()),
        };
        if let Some((difference, reason)) = &check.known_difference {
            let difference = self.with_reason(self.value(difference), reason.as_ref());
            line =
                line.and(say(lang.pick(" Kendt afvigelse: {0}.", " Known difference: {0}."), &[&difference]));
        }
        Entry { number: None, line, under: self.rests_on(&check.basis).into_iter().collect() }
    }

    pub(super) fn is_day(&self, expr: &Expr) -> bool {
        self.sort_of(expr) == Sort::Date
    }

    /// A heading for something with a title or only a name.
    pub(super) fn heading(&self, title: Option<&str>, name: &str) -> String {
        title.map_or_else(|| capital(&words_of(name)), str::to_owned)
    }
}

/// The citations of a block's own lines.
pub(super) fn basis_of(body: &[Stmt]) -> Vec<Citation> {
    let all = body.iter().filter_map(|stmt| match &stmt.kind {
        StmtKind::Basis(basis) => Some(basis.as_slice()),
        _ => None,
    });
    all.flatten().cloned().collect()
}

/// Tells whether a value is only the name of another.
pub(super) fn is_name(value: &Expr) -> bool {
    match &*bare(value).kind {
        ExprKind::Path(_) | ExprKind::Owned { .. } => true,
        ExprKind::At { value, .. } | ExprKind::ForEntity { value, .. } => is_name(value),
        _ => false,
    }
}

fn assign_of(stmt: &Stmt) -> Option<&Assign> {
    match &stmt.kind {
        StmtKind::Assign(assign) => Some(assign),
        _ => None,
    }
}

/// How many lines from the first on give one name a value for a time each.
fn by_time(lines: &[&Stmt]) -> usize {
    let key = |stmt: &&Stmt| {
        let assign = assign_of(stmt).filter(|_| stmt.doc.is_empty())?;
        let target = &assign.target;
        let is_simple = target.entity.is_none() && target.path.parts.iter().all(|part| part.cells.is_empty());
        let is_total = matches!(target.when.as_ref().map(|when| &when.kind), Some(WhenKind::TotalIn(_)));
        let when = target.when.is_some() && is_simple && !is_total;
        when.then(|| target.path.parts.iter().map(|part| part.name.text.clone()).collect::<Vec<_>>())
    };
    let Some(first) = lines.first().and_then(key) else { return 0 };
    lines.iter().take_while(|stmt| key(stmt).as_ref() == Some(&first)).count()
}
