//! Citations and their locators.

use super::super::ast::{Citation, Locator, LocatorKind};
use super::super::grammar::{Kind, Node};
use super::Builder;
use super::parts::{Built, Lost, Parts};

impl Builder<'_> {
    /// `hjemmel ØA25 "…"; …`.
    pub(super) fn basis(&self, node: &Node) -> Built<Vec<Citation>> {
        let mut parts = Parts::of(node);
        parts.take(Kind::kw_basis)?;
        parts.rest().iter().map(|citation| self.citation(citation)).collect()
    }
    /// A basis that may stand at the end of a line.
    pub(super) fn trailing_basis(&self, parts: &mut Parts<'_>) -> Built<Vec<Citation>> {
        parts.eat(Kind::basis).map_or(Ok(Vec::new()), |node| self.basis(node))
    }

    fn citation(&self, node: &Node) -> Built<Citation> {
        let mut parts = Parts::of(node);
        let source = self.take_name(&mut parts)?;
        let locators = parts.rest().iter().map(|locator| self.locator(locator)).collect::<Built<_>>()?;
        Ok(Citation { source, locators, span: self.span(node) })
    }

    fn locator(&self, node: &Node) -> Built<Locator> {
        let span = self.span(node);
        if node.kind == Kind::text {
            return Ok(Locator { kind: LocatorKind::Heading(self.quoted(node).text), span });
        }
        let mut parts = Parts::of(node);
        let what = parts.next()?;
        let place = parts.next()?;
        let written = self.written(place);
        let kind = match what.kind {
            Kind::kw_annex => LocatorKind::Annex(written),
            Kind::kw_box => LocatorKind::Box(written),
            Kind::kw_bullet => LocatorKind::Bullet(written),
            Kind::kw_section => LocatorKind::Section(written),
            Kind::kw_article => LocatorKind::Article(written),
            Kind::kw_paragraph => LocatorKind::Paragraph(written),
            Kind::kw_subsection => LocatorKind::Subsection(written),
            Kind::kw_number_ref => LocatorKind::Number(written),
            Kind::kw_letter => LocatorKind::Letter(written),
            Kind::kw_from => {
                parts.take(Kind::kw_to)?;
                LocatorKind::Passage(self.quoted(place).text, self.take_text(&mut parts)?.text)
            }
            _ => return Err(Lost { at: what.start }),
        };
        Ok(Locator { kind, span })
    }
}
