//! From the concrete tree to the tree of the language. What the grammar reads leniently is judged here: numbers, dates,
//! and the lines that could be read two ways.

mod cite;
mod expr;
mod item;
mod line;
mod operators;
mod parts;
mod table;
mod time;
mod ty;

use self::parts::{Built, Lost, Parts};
use super::ast::{Assign, Expr, Item, ItemKind, Name, Path, Text};
use super::grammar::{Kind, Node};
use super::problem::SyntaxProblem;
use crate::base::{FileId, Lang, Limits, Span};

/// Builds trees from concrete nodes of one text.
#[derive(Debug)]
pub(crate) struct Builder<'t> {
    text: &'t str,
    file: FileId,
    lang: Lang,
    limits: Limits,
    depth: usize,
    said_too_deep: bool,
    blocks: usize,
    problems: Vec<SyntaxProblem>,
}

impl<'t> Builder<'t> {
    /// Starts with a text that is held to limits.
    pub(crate) fn new(text: &'t str, file: FileId, lang: Lang, limits: &Limits) -> Self {
        let limits = limits.clone();
        let (depth, blocks, problems) = (0, 0, Vec::new());
        Self { text, file, lang, limits, depth, said_too_deep: false, blocks, problems }
    }
    /// Returns what was found wrong, in the order it was found.
    pub(crate) fn into_problems(self) -> Vec<SyntaxProblem> {
        self.problems
    }
    /// Builds the items of a file, or the one item of [`Kind::only_item`].
    pub(crate) fn items(&mut self, root: &Node) -> Vec<Item> {
        root.children.iter().map(|node| self.item(node)).collect()
    }
    /// Builds the expression of [`Kind::only_expr`].
    pub(crate) fn only_expr(&mut self, root: &Node) -> Option<Expr> {
        let built = Parts::of(root).next().and_then(|node| self.expr(node));
        self.or_lost(built)
    }
    /// Builds the line of [`Kind::only_scenario_line`].
    pub(crate) fn only_line(&mut self, root: &Node) -> Option<super::ast::Stmt> {
        let built = Parts::of(root).next().and_then(|node| self.stmt(node));
        self.or_lost(built)
    }
    /// Builds the assignment of [`Kind::only_assign`].
    pub(crate) fn only_assign(&mut self, root: &Node) -> Option<Assign> {
        let built = Parts::of(root).next().and_then(|node| self.plain_assign(node));
        self.or_lost(built)
    }
    /// Builds the choice of [`Kind::only_reading_choice`].
    pub(crate) fn only_reading_choice(&mut self, root: &Node) -> Option<(Path, Name)> {
        let mut parts = Parts::of(root);
        let built = parts.take(Kind::path).and_then(|path| self.path(path));
        let path = self.or_lost(built)?;
        let name = parts.take(Kind::name).map(|name| self.name(name));
        Some((path, self.or_lost(name)?))
    }

    fn item(&mut self, node: &Node) -> Item {
        let built = self.item_kind(node);
        let kind = self.or_lost(built).unwrap_or(ItemKind::Error);
        Item { doc: self.docs(node), span: self.span(node), kind }
    }
    fn or_lost<T>(&mut self, built: Built<T>) -> Option<T> {
        match built {
            Ok(value) => Some(value),
            Err(Lost { at }) => {
                let at = self.span_of(at, at);
                self.problems.push(SyntaxProblem::NotUnderstood { at });
                None
            }
        }
    }

    fn span_of(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }
    fn span(&self, node: &Node) -> Span {
        self.span_of(node.start, node.end)
    }
    fn words(&self, node: &Node) -> &'t str {
        self.text.get(node.start..node.end).unwrap_or("")
    }
    fn written(&self, node: &Node) -> String {
        self.words(node).to_owned()
    }
    fn name(&self, node: &Node) -> Name {
        Name { text: self.written(node), span: self.span(node) }
    }
    fn quoted(&self, node: &Node) -> Text {
        let words = self.words(node);
        let inner = words.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(words);
        Text { text: inner.to_owned(), span: self.span(node) }
    }
    fn eat_text(&self, parts: &mut Parts<'_>) -> Option<Text> {
        parts.eat(Kind::text).map(|node| self.quoted(node))
    }
    fn texts(&self, parts: &mut Parts<'_>) -> Vec<Text> {
        parts.all(Kind::text).into_iter().map(|node| self.quoted(node)).collect()
    }
    fn names(&self, parts: &mut Parts<'_>) -> Vec<Name> {
        parts.all(Kind::name).into_iter().map(|node| self.name(node)).collect()
    }
    fn take_name(&self, parts: &mut Parts<'_>) -> Built<Name> {
        parts.take(Kind::name).map(|node| self.name(node))
    }
    fn take_text(&self, parts: &mut Parts<'_>) -> Built<Text> {
        parts.take(Kind::text).map(|node| self.quoted(node))
    }
    fn take_path(&mut self, parts: &mut Parts<'_>) -> Built<Path> {
        parts.take(Kind::path).and_then(|node| self.path(node))
    }
    fn next_expr(&mut self, parts: &mut Parts<'_>) -> Built<Expr> {
        parts.next().and_then(|node| self.expr(node))
    }

    /// Returns the `///` lines directly above a node.
    fn docs(&self, node: &Node) -> Vec<String> {
        let above = self.text.get(..node.start).unwrap_or("");
        // The last piece is the indentation of the node's own line.
        let mut docs: Vec<String> = (above.rsplit('\n').skip(1))
            .map_while(|line| line.trim().strip_prefix("///"))
            .map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end().to_owned())
            .collect();
        docs.reverse();
        docs
    }
}
