//! Results for machines and for tables.

use klausul::base::Lang;
use klausul::session::{Session, Sheet, sheet};

use super::{Asked, agreement, rules};

fn drawn(sheet: &Sheet) -> String {
    let mut out = String::new();
    for group in &sheet.groups {
        let head = [group.clause.clone(), group.title.clone(), Some(group.basis.clone())];
        out.push_str(&head.into_iter().flatten().collect::<Vec<_>>().join(" · "));
        out.push('\n');
        for row in &group.rows {
            let marks: String = row.marks.iter().map(|mark| mark.sign()).collect();
            let entity = row.entity.clone().unwrap_or_default();
            out.push_str(&format!("  {} | {entity} | {} | {marks}\n", row.name, row.value));
        }
        for note in &group.notes {
            out.push_str(&format!("  {} {}\n", note.mark.sign(), note.text));
        }
    }
    out
}

fn snapshot(name: &str, asked: &Asked, target: &str) {
    let answer = asked.answer(target);
    insta::assert_json_snapshot!(format!("{name}.json"), asked.session.results_json(&answer, Lang::Da));
    insta::assert_snapshot!(format!("{name}.table.da"), drawn(&sheet(&answer, Lang::Da)));
    insta::assert_snapshot!(format!("{name}.table.en"), drawn(&sheet(&answer, Lang::En)));
}

#[test]
fn a_clause_with_two_criteria_met() {
    snapshot("results_kept", &agreement().data("en_region.json"), "nærhedsfinansiering");
}

#[test]
fn unknown_values_have_bounds() {
    let mut asked = agreement().data("regioner.json");
    asked.session.choose_reading("dut_spænd = højst_500", klausul::model::Origin::Set).unwrap();
    snapshot("results_unknown", &asked, "betinget_bloktilskud");
}

#[test]
fn every_kind_of_value() {
    let text = "\
aftale PRØVE \"Prøve\"
  periode 2025
kilde PRØVE \"Prøve\"
måleenhed læge, læger
hver region, regioner, regionen har
  nøgle : pct.
klausul slags \"Hver sin slags\" for hver region
  hjemmel PRØVE bilag 1
  frist = 30. juni 2025
  navn  = \"tekst\"
  tom   = ingen
  sand  = nøgle > 10 pct.
  tredjedel = 100 kr. / 3
  promille_andel = nøgle / 3
  fejl  = 1 læge / 0
  kun_2026 i 2026 = 3 læger
  skøn  = 5 læger (skøn)
  delt  = nøgle × 2
";
    let asked = rules(text).json(r#"{"region": {"=Øst": {"nøgle": 33}}}"#);
    snapshot("results_kinds", &asked, "slags");
}

#[test]
fn what_ifs_are_marked() {
    let asked = agreement().data("en_region.json").set("nærhedsfinansiering.andel_bevaret[2] = 60 pct.");
    snapshot("results_what_if", &asked, "nærhedsfinansiering.bevaret");
}

#[test]
fn the_hash_of_the_rules_depends_on_names_and_texts() {
    let hash = |files: &[(&str, &str)]| {
        let mut session = Session::new();
        for (name, text) in files {
            session.add_rules(name, text.as_bytes());
        }
        session.rules_hash()
    };
    let (a, b) = (("mappe/a.klausul", "// a\n"), ("mappe/b.klausul", "// b\n"));
    let own = hash(&[a, b]);
    assert_eq!(own.len(), 64);
    assert_eq!(own, hash(&[b, ("/andet/sted/a.klausul", "// a\n")]), "folder and order do not count");
    assert_ne!(own, hash(&[("mappe/c.klausul", "// a\n"), b]));
    assert_ne!(own, hash(&[("mappe/a.klausul", "// a \n"), b]));
    let twins = hash(&[("x/a.klausul", "// 1\n"), ("y/a.klausul", "// 2\n")]);
    assert_ne!(twins, hash(&[("y/a.klausul", "// 2\n")]), "files of one name in two folders both count");
}
