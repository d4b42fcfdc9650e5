//! Somebody whom a question names and nobody knows: neither data nor rules have them. A question is about those there
//! are, so that a slip of the pen is told and not answered with what would be missing.

use super::{Session, SessionProblem};
use crate::base::{FileId, Lang, SourceMap, Span};
use crate::diag::meant;
use crate::facts::Facts;
use crate::model::{ExprId, KindId, Model, NodeKind, Ty};
use crate::syntax::keywords::is_reserved;
use crate::syntax::{Token, TokenKind, tokens};

/// The first one that a question names and nobody has. Of a kind that nobody is loaded of it cannot be told, and a name
/// that the rules know is one though its data are not there.
pub(super) fn named_in(
    query: ExprId,
    model: &Model,
    facts: &Facts,
    sources: &SourceMap,
) -> Option<SessionProblem> {
    let typed = model.node(query).span.file;
    let (mut open, mut found) = (vec![query], Vec::new());
    while let Some(expr) = open.pop() {
        let node = model.node(expr);
        if let Some((kind, name)) = named(&node.kind, &node.ty)
            && node.span.file == typed
        {
            found.push((node.span, kind, name));
        }
        open.extend(node.children(&model.tables));
    }
    found.sort_by_key(|(span, ..)| (span.start, span.end));
    let nobody = |kind: KindId, name: &str| {
        facts.find(kind, name).is_none()
            && !facts.of_kind(kind).is_empty()
            && !is_in_rules(kind, name, typed, model)
    };
    found.into_iter().find(|(_, kind, name)| nobody(*kind, name)).map(|(span, kind, name)| {
        SessionProblem::NoSuchEntity {
            kind: model.kinds[kind].name.clone(),
            name: name.to_owned(),
            loaded: facts.of_kind(kind).into_iter().map(|id| facts.get(id).name.clone()).collect(),
            at: Some(quoted(span, name, sources)),
        }
    })
}

fn named<'m>(kind: &'m NodeKind, ty: &Ty) -> Option<(KindId, &'m str)> {
    match (kind, ty) {
        (NodeKind::ForEntity(_, kind, name), _) => Some((*kind, name)),
        (NodeKind::Text(name), Ty::Entity(kind)) => Some((*kind, name)),
        (_, _) => None,
    }
}

fn is_in_rules(kind: KindId, name: &str, typed: FileId, model: &Model) -> bool {
    let of_rules = model.nodes.iter().filter(|node| node.span.file != typed);
    let mut all = of_rules.filter_map(|node| named(&node.kind, &node.ty));
    all.any(|(other, written)| other == kind && written == name)
}

/// Where a name stands in quotation marks within a place; the whole place where it cannot be told.
fn quoted(span: Span, name: &str, sources: &SourceMap) -> Span {
    let written = format!("\"{name}\"");
    match (sources.text(span).rfind(&written), span.range().start) {
        (Some(at), start) => Span::new(span.file, start + at, start + at + written.len()),
        (None, _) => span,
    }
}

impl Session {
    /// `kept for zealand`: a name without quotation marks after `for`, which is not right even with them. `None` where
    /// there is none, or where marks are all that it lacks.
    pub(super) fn unquoted(&self, text: &str, file: FileId, model: &Model) -> Option<SessionProblem> {
        let all = tokens(text, self.lang());
        let after = all.iter().position(|token| is_for(token, text, self.lang()))?;
        let names = all.iter().skip(after + 1).take_while(|token| joins(token));
        let names: Vec<&Token> = names.filter(|token| token.kind == TokenKind::Name).collect();
        let (first, last) = (names.first()?, names.last()?);
        let range = first.range.start..last.range.end;
        let name = text.get(range.clone())?;
        let all = self.known(model);
        // Those of the kind that is meant, or of the only kind there is.
        let of = |kind: &str| -> Vec<String> {
            all.iter().filter(|(other, _)| other == kind).map(|(_, name)| name.clone()).collect()
        };
        let near = meant(name, all.iter().map(|(_, name)| name.as_str()));
        let is_one = all.iter().any(|(_, known)| known == name);
        let kind = match near {
            Some(near) => all.iter().find(|(_, name)| name == near).map(|(kind, _)| kind)?,
            None => all.first().map(|(kind, _)| kind).filter(|kind| of(kind).len() == all.len())?,
        };
        let problem = SessionProblem::NoSuchEntity {
            kind: kind.clone(),
            name: name.to_owned(),
            loaded: of(kind),
            at: Some(Span::new(file, range.start, range.end)),
        };
        (!is_one).then_some(problem)
    }

    /// Everybody whom data and rules name, with their kind.
    pub(super) fn known(&self, model: &Model) -> Vec<(String, String)> {
        let data = self.data().entities.iter().filter_map(|entity| {
            Some((model.kinds[model.find_kind(&entity.kind)?].name.clone(), entity.key.clone()))
        });
        let named = model.named_entities.iter();
        let mut all: Vec<(String, String)> =
            data.chain(named.map(|(kind, name)| (model.kinds[*kind].name.clone(), name.clone()))).collect();
        all.dedup();
        all
    }
}

fn is_for(token: &Token, text: &str, lang: Lang) -> bool {
    let word = text.get(token.range.clone()).unwrap_or_default();
    token.kind == TokenKind::Keyword && word == "for" && is_reserved(lang, word)
}

fn joins(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Name | TokenKind::Space)
}
