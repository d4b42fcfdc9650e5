//! Reading a concrete node part by part, in the order that the grammar gives them.

use super::super::grammar::{Kind, Node};

/// A node that does not have the parts its rule promises. INVARIANT: the grammar and the builder agree, so this never
/// happens; if it does, the item is reported as not understood instead of being guessed at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Lost {
    /// Where the node starts.
    pub(super) at: usize,
}

/// What a builder function gives.
pub(super) type Built<T> = Result<T, Lost>;

/// The parts of a node that have not been read yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts<'n> {
    rest: &'n [Node],
    at: usize,
}

impl<'n> Parts<'n> {
    /// Starts at a node's first part.
    pub(super) fn of(node: &'n Node) -> Self {
        Self { rest: &node.children, at: node.start }
    }
    /// Returns the next part without reading it.
    pub(super) fn peek(&self) -> Option<&'n Node> {
        self.rest.first()
    }
    /// Returns the kind of the next part.
    pub(super) fn peek_kind(&self) -> Option<Kind> {
        self.peek().map(|node| node.kind)
    }
    /// Reads the next part.
    pub(super) fn next(&mut self) -> Built<&'n Node> {
        let (first, rest) = self.rest.split_first().ok_or(Lost { at: self.at })?;
        self.rest = rest;
        Ok(first)
    }
    /// Reads the next part if it is of this kind.
    pub(super) fn eat(&mut self, kind: Kind) -> Option<&'n Node> {
        if self.peek_kind() == Some(kind) { self.next().ok() } else { None }
    }
    /// Reads the next part, which is of this kind.
    pub(super) fn take(&mut self, kind: Kind) -> Built<&'n Node> {
        self.eat(kind).ok_or(Lost { at: self.at })
    }
    /// Reads all parts of this kind that come next.
    pub(super) fn all(&mut self, kind: Kind) -> Vec<&'n Node> {
        std::iter::from_fn(|| self.eat(kind)).collect()
    }
    /// Reads everything that is left.
    pub(super) fn rest(&mut self) -> &'n [Node] {
        std::mem::take(&mut self.rest)
    }
    /// Checks that everything has been read.
    pub(super) fn done(&self) -> Built<()> {
        self.peek().map_or(Ok(()), |node| Err(Lost { at: node.start }))
    }
}
