use std::ops::Range;

use super::figure;
use super::node::{Member, Node, NodeValue};
use super::problem::{FigureProblem, FormProblem, ShapeProblem};
use super::{Origin, Place, RawData, RawEntity, RawEntry, RawKind, RawNote, RawNumber, RawTarget, RawTime};
use super::{RawValue, RawYear, read_time, time};
use crate::base::{FileId, Lang, Limit, Limits, Span, is_hidden};
use crate::diag::Problems;

/// Names the column (here: member) that holds the key of a kind's entities, where the rules say one.
pub(super) type KeyColumn<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Turns a tree of JSON or TOML into neutral data, as the contract of `--data` describes it.
pub(super) fn read_tree(
    file: FileId,
    root: &Node,
    key_column: KeyColumn<'_>,
    limits: &Limits,
    problems: &mut Problems,
) -> RawData {
    let mut reader = Reader { file, key_column, limits, problems, data: RawData::default() };
    match &root.value {
        NodeValue::Object(members) => members.iter().for_each(|member| reader.top(member)),
        _ => reader
            .problems
            .report(&ShapeProblem::NotAnObject { at: Span::new(file, root.span.start, root.span.end) }),
    }
    reader.data
}

struct Reader<'a, 'p> {
    file: FileId,
    key_column: KeyColumn<'a>,
    limits: &'a Limits,
    problems: &'p mut Problems,
    data: RawData,
}

impl Reader<'_, '_> {
    fn top(&mut self, member: &Member) {
        let pointer = step("", &member.key);
        match member.key.as_str() {
            "year" | "år" => self.year(member, &pointer),
            "given" | "givet" => self.given(member, &pointer),
            "$schema" => {}
            key => match note_lang(key) {
                Some(lang) => self.note(member, lang, &pointer),
                None => self.named(member, &pointer),
            },
        }
    }

    fn note(&mut self, member: &Member, lang: Lang, pointer: &str) {
        let says = match &member.node.value {
            NodeValue::List(items) => items.iter().filter_map(paragraph).collect(),
            _ => paragraph(&member.node).into_iter().collect(),
        };
        let origin = self.origin(&member.node.span, pointer);
        self.data.notes.push(RawNote { lang, says, origin });
    }

    fn year(&mut self, member: &Member, pointer: &str) {
        let text = match &member.node.value {
            NodeValue::Number(text) | NodeValue::Text(text) => text.as_str(),
            _ => "",
        };
        match time::year(text) {
            Some(year) => {
                self.data.year = Some(RawYear { year, origin: self.origin(&member.node.span, pointer) })
            }
            None => self.problems.report(&ShapeProblem::BadYear { at: self.span(&member.node.span) }),
        }
    }

    fn given(&mut self, member: &Member, pointer: &str) {
        match &member.node.value {
            NodeValue::Object(members) => {
                for inner in members {
                    self.path(inner, inner.key.clone(), &step(pointer, &inner.key));
                }
            }
            _ => self.named(member, pointer),
        }
    }

    /// Reads the value of a path. An object that is not a value per time holds longer paths: TOML reads `a.b = 1` so.
    fn path(&mut self, member: &Member, path: String, pointer: &str) {
        if !self.name_is_fit(&member.key, &member.key_span) {
            return;
        }
        match &member.node.value {
            NodeValue::Object(members) if !is_by_time(members) && !members.is_empty() => {
                for inner in members {
                    self.path(inner, format!("{path}.{}", inner.key), &step(pointer, &inner.key));
                }
            }
            _ => self.values(RawTarget::Given(path), member, pointer),
        }
    }

    /// Reads what stands at the top under a name of its own: the entities of a kind, or the value of a path.
    fn named(&mut self, member: &Member, pointer: &str) {
        if !self.name_is_fit(&member.key, &member.key_span) {
            return;
        }
        match &member.node.value {
            NodeValue::Object(members) if !is_by_time(members) => self.group(member, members, pointer),
            NodeValue::List(items) => self.children(&member.key, items, None, &member.node.span, pointer),
            _ => self.values(RawTarget::Given(member.key.clone()), member, pointer),
        }
    }

    fn group(&mut self, group: &Member, members: &[Member], pointer: &str) {
        let is_entity =
            |inner: &Member| matches!(&inner.node.value, NodeValue::Object(facts) if !is_by_time(facts));
        if members.iter().any(is_entity) || members.is_empty() {
            self.kind(&group.key, &group.key_span, pointer);
        }
        for inner in members {
            let pointer = step(pointer, &inner.key);
            match &inner.node.value {
                NodeValue::Object(facts) if !is_by_time(facts) => {
                    self.entity(&group.key, &inner.key, None, facts, &inner.key_span, &pointer);
                }
                _ => self.path(inner, format!("{}.{}", group.key, inner.key), &pointer),
            }
        }
    }

    fn kind(&mut self, name: &str, span: &Range<usize>, pointer: &str) {
        self.data.kinds.push(RawKind { name: name.to_owned(), origin: self.origin(span, pointer) });
    }

    fn entity(
        &mut self,
        kind: &str,
        key: &str,
        parent: Option<&(String, String)>,
        facts: &[Member],
        span: &Range<usize>,
        pointer: &str,
    ) {
        if !self.name_is_fit(key, span) {
            return;
        }
        let (kind, key) = (kind.to_owned(), key.to_owned());
        let origin = self.origin(span, pointer);
        self.data.entities.push(RawEntity {
            kind: kind.clone(),
            key: key.clone(),
            parent: parent.cloned(),
            origin,
        });
        let me = (kind, key);
        for fact in facts {
            self.fact(&me, fact, &step(pointer, &fact.key));
        }
    }

    fn fact(&mut self, owner: &(String, String), member: &Member, pointer: &str) {
        if !self.name_is_fit(&member.key, &member.key_span) {
            return;
        }
        match &member.node.value {
            NodeValue::List(items) => {
                self.children(&member.key, items, Some(owner), &member.node.span, pointer)
            }
            NodeValue::Object(members) if holds_objects(members) => {
                self.kind(&member.key, &member.key_span, pointer);
                for child in members {
                    if let NodeValue::Object(facts) = &child.node.value {
                        let key = format!("{}/{}", owner.1, child.key);
                        let pointer = step(pointer, &child.key);
                        self.entity(&member.key, &key, Some(owner), facts, &child.key_span, &pointer);
                    }
                }
            }
            _ => {
                let (kind, key) = owner.clone();
                self.values(RawTarget::Entity { kind, key, fact: member.key.clone() }, member, pointer);
            }
        }
    }

    /// Reads a list of entities; their keys are numbers under the parent's key, or stand in the key column.
    fn children(
        &mut self,
        kind: &str,
        items: &[Node],
        parent: Option<&(String, String)>,
        span: &Range<usize>,
        pointer: &str,
    ) {
        if items.iter().any(|item| !matches!(item.value, NodeValue::Object(_))) {
            let name = kind.to_owned();
            return self.problems.report(&ShapeProblem::ListForValue { at: self.span(span), name });
        }
        self.kind(kind, span, pointer);
        let column = (self.key_column)(kind);
        for (index, item) in items.iter().enumerate() {
            let NodeValue::Object(facts) = &item.value else { continue };
            let pointer = format!("{pointer}/{index}");
            let named = column.as_deref().and_then(|column| key_in(facts, column));
            let own = named.map_or_else(|| (index + 1).to_string(), |(_, key)| key.to_owned());
            let key = parent.map_or_else(|| own.clone(), |(_, parent)| format!("{parent}/{own}"));
            let facts: Vec<Member> = match named {
                Some((at, _)) => {
                    facts.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, f)| f.clone()).collect()
                }
                None => facts.clone(),
            };
            self.entity(kind, &key, parent, &facts, &item.span, &pointer);
        }
    }

    /// Reads one value, or one per time.
    fn values(&mut self, target: RawTarget, member: &Member, pointer: &str) {
        match &member.node.value {
            NodeValue::Object(members) => self.by_time(&target, member, members, pointer),
            NodeValue::List(_) => {
                let (at, name) = (self.span(&member.node.span), member.key.clone());
                self.problems.report(&ShapeProblem::ListForValue { at, name });
            }
            _ => self.value(target, None, &member.node, pointer),
        }
    }

    fn by_time(&mut self, target: &RawTarget, of: &Member, members: &[Member], pointer: &str) {
        if !members.iter().any(|member| read_time(&member.key).is_some()) {
            let (at, name) = (self.span(&of.node.span), of.key.clone());
            return self.problems.report(&ShapeProblem::ObjectForValue { at, name });
        }
        for member in members {
            match read_time(&member.key) {
                Some(time) => {
                    self.value(target.clone(), Some(time), &member.node, &step(pointer, &member.key))
                }
                None => {
                    let (at, written) = (self.span(&member.key_span), member.key.clone());
                    self.problems.report(&ShapeProblem::BadTime { at, written });
                }
            }
        }
    }

    fn value(&mut self, target: RawTarget, time: Option<RawTime>, node: &Node, pointer: &str) {
        let Some(value) = self.scalar(node, &target) else { return };
        let origin = self.origin(&node.span, pointer);
        self.data.entries.push(RawEntry { target, full_name: None, time, value, origin });
    }

    fn scalar(&mut self, node: &Node, target: &RawTarget) -> Option<RawValue> {
        let at = self.span(&node.span);
        Some(match &node.value {
            NodeValue::Null => RawValue::Missing,
            NodeValue::Truth(truth) => RawValue::Truth(*truth),
            NodeValue::Text(text) => {
                let limit = self.limits.count(Limit::TextLength);
                if text.len() > limit {
                    let bytes = text.len();
                    self.problems.report(&FormProblem::TextTooLong { at, bytes, limit });
                    return None;
                }
                text_value(text)
            }
            NodeValue::Number(written) => match figure::exact(written, self.limits.count(Limit::Digits)) {
                Some(exact) => RawValue::Number(RawNumber { exact, written: written.clone() }),
                None => {
                    self.problems.report(&FigureProblem::TooManyDigits {
                        at,
                        written: written.clone(),
                        most: self.limits.count(Limit::Digits),
                    });
                    return None;
                }
            },
            NodeValue::List(_) => {
                self.problems.report(&ShapeProblem::ListForValue { at, name: target.words() });
                return None;
            }
            NodeValue::Object(_) => {
                self.problems.report(&ShapeProblem::ObjectForValue { at, name: target.words() });
                return None;
            }
        })
    }

    fn name_is_fit(&mut self, name: &str, span: &Range<usize>) -> bool {
        check_name(name, self.span(span), self.problems)
    }
    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }
    fn origin(&self, range: &Range<usize>, pointer: &str) -> Origin {
        Origin { span: self.span(range), place: Place::Pointer(pointer.to_owned()) }
    }
}

/// Reads a text: empty is not given, a dash is none.
pub(super) fn text_value(text: &str) -> RawValue {
    match text.trim() {
        "" => RawValue::Missing,
        "-" => RawValue::Nothing,
        text => RawValue::Text(text.to_owned()),
    }
}

/// Reports a name that is empty or would look like another one.
pub(super) fn check_name(name: &str, at: Span, problems: &mut Problems) -> bool {
    let problem = match name {
        _ if name.trim().is_empty() => ShapeProblem::EmptyName { at },
        _ if name.chars().any(is_hidden) => ShapeProblem::HiddenName { at, name: name.to_owned() },
        _ => return true,
    };
    problems.report(&problem);
    false
}

/// The language of the name of free text for people, which stands at the top of the data.
fn note_lang(key: &str) -> Option<Lang> {
    match key {
        "bemærk" => Some(Lang::Da),
        "note" => Some(Lang::En),
        _ => None,
    }
}

/// A paragraph of such a text; what has parts of its own is none.
fn paragraph(node: &Node) -> Option<String> {
    match &node.value {
        NodeValue::Text(text) | NodeValue::Number(text) => Some(text.clone()),
        NodeValue::Truth(truth) => Some(truth.to_string()),
        NodeValue::Object(_) | NodeValue::List(_) | NodeValue::Null => None,
    }
}

/// Tells whether an object gives one value per time.
fn is_by_time(members: &[Member]) -> bool {
    let is_value = |member: &Member| !matches!(member.node.value, NodeValue::Object(_) | NodeValue::List(_));
    members.iter().all(is_value) && members.iter().any(|member| read_time(&member.key).is_some())
}

fn holds_objects(members: &[Member]) -> bool {
    !members.is_empty() && members.iter().all(|member| matches!(member.node.value, NodeValue::Object(_)))
}

fn key_in<'a>(facts: &'a [Member], column: &str) -> Option<(usize, &'a str)> {
    facts.iter().enumerate().find(|(_, fact)| fact.key == column).and_then(|(at, fact)| {
        match &fact.node.value {
            NodeValue::Text(key) | NodeValue::Number(key) => Some((at, key.as_str())),
            _ => None,
        }
    })
}

/// Adds a step to a JSON pointer.
fn step(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}
