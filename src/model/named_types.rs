//! Named types, in whatever order they stand: `type niveau = en af "høj"; "lav"`.

use super::TypeRing;
use super::declare::Declarer;
use super::items::{declared, type_name};
use crate::diag::Report;
use crate::syntax::ast::{Expr, TypeDecl, TypeExpr};

impl Declarer<'_> {
    /// Declares every named type; one that is made of another comes after it.
    pub(super) fn named_types(&mut self, types: &[&TypeDecl]) {
        let mut open = types.to_vec();
        while let Some(at) = open.iter().position(|declaration| !waits(declaration, &open)) {
            let declaration = open.remove(at);
            let level = self.model.level_at(declaration.name.span);
            let declared = declared(&declaration.ty, self.model, level, self.problems);
            self.type_again(declaration, &declared);
            let name = &declaration.name.text;
            self.model.named_types.entry(name.clone()).or_insert(declared);
            self.type_trees.entry(name.clone()).or_insert_with(|| declaration.ty.clone());
        }
        if open.is_empty() {
            return;
        }
        let places = open.iter().map(|d| (d.name.text.clone(), d.name.span)).collect();
        self.problems.push(TypeRing { places }.report());
        for declaration in open {
            self.model.named_types.insert(declaration.name.text.clone(), super::Declared::unknown());
        }
    }

    /// Returns what values of a type are when none is given: as the line says, else as the named type says.
    pub(super) fn default_of<'t>(&'t self, ty: &'t TypeExpr) -> Option<&'t Expr> {
        let mut ty = ty;
        // Each step goes on to another declaration, so a ring ends as well.
        for _ in 0..=self.type_trees.len() {
            if let Some(default) = &ty.default {
                return Some(default);
            }
            ty = self.type_trees.get(type_name(ty)?)?;
        }
        None
    }
}

/// Tells whether a type is made of one that is not declared yet.
fn waits(declaration: &TypeDecl, open: &[&TypeDecl]) -> bool {
    type_name(&declaration.ty).is_some_and(|name| open.iter().any(|other| other.name.text == name))
}
