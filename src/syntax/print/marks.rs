//! What the tree says about single tokens: how signs bind, and what is printed for words and numbers.

use std::collections::BTreeMap;
use std::ops::Range;

use super::line::Role;
use super::translate::{NamesInTheWay, translated};
use crate::base::Lang;
use crate::syntax::grammar::{Kind, Node};
use crate::syntax::tokens::{Token, TokenKind};

/// What the tree says about tokens, by where they start.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    roles: BTreeMap<usize, Role>,
    texts: BTreeMap<usize, (usize, String)>,
    typings: Vec<Range<usize>>,
}

impl Marks {
    /// Returns how the token at an offset binds.
    pub(super) fn role(&self, token: &Token, written: &str) -> Role {
        let typing = |range: &Range<usize>| range.contains(&token.range.start);
        match self.roles.get(&token.range.start) {
            Some(role) => *role,
            None if written == ":" && self.typings.iter().any(typing) => Role::Typing,
            None => Role::Plain,
        }
    }
    /// Returns what is printed instead of the token at an offset.
    pub(super) fn text(&self, start: usize) -> Option<&str> {
        self.texts.get(&start).map(|(_, text)| text.as_str())
    }
    /// Tells whether a token is part of a phrase that is printed at its first word.
    pub(super) fn is_covered(&self, token: &Token) -> bool {
        let before = self.texts.range(..token.range.start).next_back();
        before.is_some_and(|(_, (end, _))| token.range.start < *end)
            && token.kind != TokenKind::Newline
            && !token.is_trivia()
    }
    fn replace(&mut self, node: &Node, text: impl Into<String>) {
        self.texts.insert(node.start, (node.end, text.into()));
    }
}

/// Reads the marks of a tree; translated to the other language, if `to` is not the language of the text.
pub(super) fn marks(tree: &Node, text: &str, from: Lang, to: Lang) -> Result<Marks, NamesInTheWay> {
    let mut found = Marks::default();
    let mut names = NamesInTheWay::default();
    let mut open = vec![(tree, None)];
    while let Some((node, parent)) = open.pop() {
        mark(node, parent, text, &mut found);
        if from != to
            && let Some(new) = translated(node, text, (from, to), &mut names)
        {
            // What is printed as a whole has no parts of its own: `1 July 2025`.
            found.replace(node, new);
            continue;
        }
        open.extend(node.children.iter().map(|child| (child, Some(node))));
    }
    if names.is_empty() { Ok(found) } else { Err(names) }
}

fn mark(node: &Node, parent: Option<&Node>, text: &str, found: &mut Marks) {
    let within = parent.map(|parent| parent.kind);
    if let Some((role, sign)) = sign(node.kind, within) {
        found.roles.insert(node.start, role);
        if let Some(sign) = sign {
            found.replace(node, sign);
        }
    }
    match node.kind {
        Kind::fact | Kind::given | Kind::unit_decl => found.typings.extend(typing(node)),
        Kind::unit_million | Kind::unit_billion => {
            let words = text.get(node.start..node.end).unwrap_or("");
            if let Some(short) = words.strip_suffix(".kr.") {
                found.replace(node, format!("{short}. kr."));
            }
        }
        _ => {}
    }
}

/// How a sign binds and how it is written.
fn sign(kind: Kind, within: Option<Kind>) -> Option<(Role, Option<&'static str>)> {
    let found = match (kind, within) {
        (Kind::op_sub, Some(Kind::negation)) => (Role::Prefix, Some("−")),
        (Kind::op_sub, _) => (Role::Binary, Some("−")),
        (Kind::op_add, _) => (Role::Binary, None),
        (Kind::op_mul, _) => (Role::Binary, Some("×")),
        (Kind::op_div, Some(Kind::fraction | Kind::measured_fraction)) => (Role::Tight, None),
        (Kind::op_div, _) => (Role::Binary, None),
        (Kind::op_ne, _) => (Role::Binary, Some("≠")),
        (Kind::op_le, _) => (Role::Binary, Some("≤")),
        (Kind::op_ge, _) => (Role::Binary, Some("≥")),
        (Kind::op_eq | Kind::op_lt | Kind::op_gt | Kind::op_approx, _) => (Role::Binary, None),
        (Kind::dash, Some(Kind::range_tail)) => (Role::Binary, Some("–")),
        (Kind::dash, Some(Kind::year_span)) => (Role::Tight, Some("-")),
        (Kind::dash, _) => (Role::Plain, Some("-")),
        (Kind::kw_basis, _) => (Role::Trailing, None),
        _ => return None,
    };
    Some(found)
}

/// The stretch between a name and its type, where the colon stands.
fn typing(node: &Node) -> Option<Range<usize>> {
    let typed =
        node.children.iter().position(|child| matches!(child.kind, Kind::type_expr | Kind::kw_money))?;
    let name = node.children.get(typed.checked_sub(1)?)?;
    Some(name.end..node.children.get(typed)?.start)
}
