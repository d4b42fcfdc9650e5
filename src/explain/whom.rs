//! Whom something is about: kinds, owners, selections, aggregates and ranks in words.

use super::phrase::{ADD, COMPARE, Phrase, Site};
use super::teller::{Around, Teller};
use crate::model::{Aggregate, ExprId, KindId, NodeKind, Selection, genitive};
use crate::value::{Number, print_number};

impl Teller<'_> {
    /// `alle kommuner i regionen med samme stratum hvor …`.
    pub(super) fn whom(&self, set: &Selection, around: Around) -> String {
        let all = self.words.lang.pick("alle", "all");
        format!("{all} {}", self.those(set, around))
    }

    /// The same without `alle`.
    fn those(&self, set: &Selection, around: Around) -> String {
        let lang = self.words.lang;
        let mut text = self.words.model.kinds[set.kind].plural.clone();
        if let Some(within) = set.within {
            text = format!("{text} {} {}", lang.pick("i", "in"), self.owner_word(within.owner));
        }
        if let Some(same) = set.same {
            let word = lang.pick("med samme", "with the same");
            text = format!("{text} {word} {}", self.names(same, around));
        }
        format!("{text}{}", self.filter(set.filter, around))
    }

    fn filter(&self, filter: Option<ExprId>, around: Around) -> String {
        let where_ = self.words.lang.pick("hvor", "where");
        filter.map(|filter| format!(" {where_} {}", self.names(filter, around))).unwrap_or_default()
    }

    /// `kommunens`, `barnets husstands`.
    pub(super) fn whose(&self, owner: ExprId) -> String {
        let lang = self.words.lang;
        match &self.words.model.node(owner).kind {
            NodeKind::Of { owner: first, value, .. } => {
                format!("{} {}", self.whose(*first), genitive(&self.link_word(*value), lang))
            }
            _ => genitive(&self.owner_word(owner), lang),
        }
    }

    /// `kommunen`, `regionen`: whom an owner is, in the definite form where there is one.
    fn owner_word(&self, owner: ExprId) -> String {
        let model = self.words.model;
        let definite = |kind: KindId| {
            let data = &model.kinds[kind];
            data.definite.clone().unwrap_or_else(|| data.name.clone())
        };
        match &model.node(owner).kind {
            NodeKind::Entity(kind, _) => definite(*kind),
            NodeKind::Of { owner, value, .. } => format!("{} {}", self.whose(*owner), self.link_word(*value)),
            NodeKind::Fact(fact) => match model.facts[*fact].declared.ty {
                crate::model::Ty::Entity(kind) if model.kinds[kind].name == model.facts[*fact].name => {
                    definite(kind)
                }
                _ => model.facts[*fact].name.clone(),
            },
            _ => "…".to_owned(),
        }
    }

    /// `almenlægen`, where the rule has the definite form; the place of the word is as long as the word.
    pub(super) fn kind_as_written(&self, kind: KindId, expr: ExprId) -> String {
        let (data, span) = (&self.words.model.kinds[kind], self.words.model.node(expr).span);
        let definite = data.definite.as_ref().filter(|word| word.len() == span.len());
        definite.unwrap_or(&data.name).clone()
    }

    fn link_word(&self, link: ExprId) -> String {
        match &self.words.model.node(link).kind {
            NodeKind::Fact(fact) => self.words.model.facts[*fact].name.clone(),
            _ => "…".to_owned(),
        }
    }
}

impl Site<'_, '_> {
    pub(super) fn quantified(&self, condition: ExprId, at_least: Option<&Number>, set: &Selection) -> Phrase {
        let (lang, teller) = (self.lang(), self.teller);
        let whom = match at_least {
            None => format!("{} {}", lang.pick("for", "for"), teller.whom(set, self.around)),
            Some(least) => {
                let count = print_number(least, lang, 0, 28).text;
                let word = lang.pick("for mindst", "for at least");
                let those = teller.those(set, self.around);
                let kind = &teller.words.model.kinds[set.kind];
                let rest = those.strip_prefix(kind.plural.as_str()).unwrap_or_default();
                let name = if *least == Number::one() { &kind.name } else { &kind.plural };
                format!("{word} {count} {name}{rest}")
            }
        };
        Phrase::new(format!("{} {whom}", self.named(condition, COMPARE)), COMPARE)
    }

    pub(super) fn aggregate(
        &self,
        op: Aggregate,
        of: Option<ExprId>,
        set: &Selection,
        weight: Option<ExprId>,
    ) -> Phrase {
        let (lang, teller) = (self.lang(), self.teller);
        let word = match op {
            Aggregate::Count => {
                let those = teller.those(set, self.around);
                return Phrase::new(format!("{} {those}", lang.pick("antal", "number of")), COMPARE);
            }
            Aggregate::Sum => lang.pick("sum af", "sum of"),
            Aggregate::Average => lang.pick("gennemsnit af", "average of"),
            Aggregate::Largest => lang.pick("største af", "largest of"),
            Aggregate::Smallest => lang.pick("mindste af", "smallest of"),
            Aggregate::Rank => lang.pick("rang af", "rank of"),
        };
        let of = of.map(|of| self.named(of, ADD)).unwrap_or_default();
        let whom = teller.whom(set, self.around);
        let by = lang.pick("vægtet med", "weighted by");
        let weight = weight.map(|weight| format!(" {by} {}", self.named(weight, ADD))).unwrap_or_default();
        Phrase::new(format!("{word} {of} {} {whom}{weight}", lang.pick("for", "for")), COMPARE)
    }

    pub(super) fn rank(&self, of: ExprId, set: &Selection, largest_first: bool) -> Phrase {
        let (lang, teller) = (self.lang(), self.teller);
        let (rank, among) = (lang.pick("rang af", "rank of"), lang.pick("blandt", "among"));
        let order = match largest_first {
            true => lang.pick("størst først", "largest first"),
            false => lang.pick("mindst først", "smallest first"),
        };
        let whom = teller.whom(set, self.around);
        Phrase::new(format!("{rank} {} {among} {whom}, {order}", self.named(of, ADD)), COMPARE)
    }
}
