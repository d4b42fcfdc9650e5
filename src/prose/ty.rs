//! What somebody must supply, in words: `et beløb i mio. kr., mindst 0 kr.`.

use super::document::{Line, listed, say, words_of};
use super::voice::Voice;
use crate::syntax::ast::{TypeBase, TypeExpr, UnitExpr, UnitKind};

impl Voice<'_> {
    /// Words a type with its domain and what is taken where nothing is supplied.
    pub(super) fn type_of(&self, ty: &TypeExpr) -> Line {
        let lang = self.lang;
        let mut line = self.base(&ty.base);
        if let Some(level) = ty.level {
            line = line.then(&format!(" ({})", self.level(level)));
        }
        if ty.or_none {
            line = line.then(lang.pick(" eller ingen", " or none"));
        }
        if let Some(domain) = &ty.domain {
            line = line.then(", ").and(self.range(domain));
        }
        if ty.always {
            line = line.then(lang.pick(", det samme til enhver tid", ", the same at all times"));
        }
        match &ty.default {
            Some(default) => line.and(say(
                lang.pick("; oplyses det ikke, regnes der med {0}", "; if it is not supplied, {0} is used"),
                &[&self.value(default)],
            )),
            None => line,
        }
    }

    fn base(&self, base: &TypeBase) -> Line {
        let lang = self.lang;
        match base {
            TypeBase::Number => Line::text(lang.pick("et tal", "a number")),
            TypeBase::Whole(None) => Line::text(lang.pick("et helt tal", "a whole number")),
            TypeBase::Whole(Some(unit)) => {
                let unit = self.unit(unit, false);
                Line::text(lang.pick(format!("et helt antal {unit}"), format!("a whole number of {unit}")))
            }
            TypeBase::Text => Line::text(lang.pick("tekst", "text")),
            TypeBase::Date => Line::text(lang.pick("en dato", "a date")),
            TypeBase::YesNo => Line::text(lang.pick("ja eller nej", "yes or no")),
            TypeBase::OneOf(values) => {
                let values: Vec<Line> = values.iter().map(|value| self.quoted(&value.text)).collect();
                let values = listed(&values, ", ", lang.pick(" eller ", " or "));
                say(lang.pick("en af værdierne {0}", "one of the values {0}"), &[&values])
            }
            TypeBase::Unit(unit) => self.of_unit(unit),
        }
    }

    /// A unit, a kind or a named type: the names tell which.
    fn of_unit(&self, unit: &UnitExpr) -> Line {
        let lang = self.lang;
        if let UnitKind::Named(name) = &unit.over.kind
            && let Some(kind) = self.names.kind(name)
        {
            // The gender of a kind is not known, its plural is.
            let all = kind.names.get(1).or(kind.names.first()).map_or(name, |name| &name.text);
            let template = lang.pick("et navn på listen over {0}", "a name on the list of {0}");
            return say(template, &[&Line::text(words_of(all))]);
        }
        let words = Line::text(self.unit(unit, false));
        let template = match &unit.over.kind {
            UnitKind::Named(name) if self.names.is_type(name) => lang.pick("af arten {0}", "of the sort {0}"),
            UnitKind::Krone
            | UnitKind::ThousandKroner
            | UnitKind::MillionKroner
            | UnitKind::BillionKroner => lang.pick("et beløb i {0}", "an amount in {0}"),
            UnitKind::Percent | UnitKind::PercentagePoint | UnitKind::PerMille => {
                lang.pick("en andel i {0}", "a share in {0}")
            }
            UnitKind::Year | UnitKind::Quarter | UnitKind::Month | UnitKind::Day => {
                lang.pick("en varighed i {0}", "a duration in {0}")
            }
            UnitKind::Named(_) => lang.pick("et antal {0}", "a number of {0}"),
        };
        say(template, &[&words])
    }

    /// The word for more than one of a unit.
    pub(super) fn declared(&self, names: &[crate::syntax::ast::Name]) -> Line {
        Line::text(names.last().map(|name| words_of(&name.text)).unwrap_or_default())
    }
}
