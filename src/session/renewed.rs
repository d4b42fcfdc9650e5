//! A session with other texts in it: what is laid over the rules must go on pointing at its own words.

use std::collections::BTreeMap;

use super::Session;
use crate::base::FileId;
use crate::model::{Layer, Origin};
use crate::syntax::ast::ItemKind;

impl Session {
    /// The same session with other texts in some of its rule files, all of them read anew. Every text keeps its id, so that
    /// layers and data point at the words that they did; scenarios in force are as the new texts have them.
    pub(super) fn with_texts(&self, texts: &BTreeMap<FileId, String>) -> Session {
        let mut session = Session {
            layers: self.layers.clone(),
            data: self.data.clone(),
            left_out: self.left_out.clone(),
            builds_each: self.builds_each,
            ..Session::new()
        };
        session.imports = self.imports.clone();
        session.imports.named.clear();
        for (id, file) in self.map.iter() {
            if !self.rule_files.contains(&id) {
                session.map.add(file.clone());
                continue;
            }
            let bytes = texts.get(&id).map_or(file.original(), String::as_str).as_bytes();
            if let Some(added) = session.add_rules(&file.name, bytes).filter(|added| *added != id) {
                session.imports.renamed(id, added);
            }
        }
        session.changed();
        session.renew_scenarios();
        session
    }

    /// Puts the scenarios in force as the rule files have them now; one that they no longer have is in force no more.
    pub(super) fn renew_scenarios(&mut self) {
        let items = self.files.iter().flat_map(|file| &file.items);
        let declared: BTreeMap<&str, _> = items
            .filter_map(|item| match &item.kind {
                ItemKind::Scenario(scenario) => Some((scenario.name.text.as_str(), &scenario.body)),
                _ => None,
            })
            .collect();
        let renewed = |layer: &Layer| match &layer.origin {
            Origin::Scenario(name) => {
                let body = declared.get(name.as_str()).copied()?.clone();
                Some(Layer { origin: layer.origin.clone(), body })
            }
            _ => Some(layer.clone()),
        };
        self.layers = self.layers.iter().filter_map(renewed).collect();
        self.relaid();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that meets what it does not expect has failed")]

    use super::*;

    const RULES: &str = r#"aftale A "Opdigtet"
  periode 2025

kilde A "Opdigtet"

klausul pulje "Puljen"
  hjemmel A boks 1
  sats  = 5  pct.
  beløb = 12,0 mio. kr.

scenarie lavere
  pulje.sats = 4 pct.
"#;

    /// The words that each layer's statements stand in.
    fn words(session: &Session) -> Vec<String> {
        let all = session.layers().iter().flat_map(|layer| &layer.body);
        all.map(|stmt| session.sources().text(stmt.span).trim().to_owned()).collect()
    }

    fn laid() -> Session {
        let mut session = Session::new();
        session.add_rules("regler.klausul", RULES.as_bytes()).unwrap();
        session.use_scenario("lavere").unwrap();
        session.assign("--set", "pulje.beløb = 13,0 mio. kr.", Origin::Set).unwrap();
        session
    }

    #[test]
    fn layers_point_at_their_own_words_in_other_texts() {
        let session = laid();
        let file = session.rule_files()[0];
        let before = words(&session);
        assert_eq!(before, ["pulje.sats = 4 pct.", "pulje.beløb = 13,0 mio. kr."]);
        let longer = RULES.replace("\"Puljen\"", "\"Puljen til det hele\"");
        let renewed = session.with_texts(&BTreeMap::from([(file, longer.clone())]));
        assert_eq!(words(&renewed), before);
        assert_eq!(words(&session.with_text(file, &longer)), before);
    }

    #[test]
    fn a_scenario_in_force_is_as_the_new_text_has_it() {
        let session = laid();
        let file = session.rule_files()[0];
        let other = RULES.replace("4 pct.", "3 pct.");
        let renewed = session.with_texts(&BTreeMap::from([(file, other.clone())]));
        assert_eq!(words(&renewed)[0], "pulje.sats = 3 pct.");
        assert_eq!(words(&session.with_text(file, &other))[0], "pulje.sats = 3 pct.");
        let without = RULES.split("scenarie").next().unwrap().to_owned();
        let renewed = session.with_texts(&BTreeMap::from([(file, without)]));
        assert_eq!(words(&renewed), ["pulje.beløb = 13,0 mio. kr."]);
    }
}
