use klausul::base::Lang;
use klausul::value::{Unit, UnitTable};

use super::number;

fn kroner() -> Unit {
    Unit::base(UnitTable::KRONE)
}

#[test]
fn units_multiply_and_divide() {
    let mut table = UnitTable::new();
    let inhabitant = Unit::base(table.add("indbygger", "indbyggere", false));
    let rate = kroner().per(&inhabitant);
    assert_eq!(rate.times(&inhabitant), kroner());
    assert!(rate.per(&rate).is_none());
    assert!(Unit::none().is_none());
    assert_eq!(inhabitant.times(&kroner()), kroner().times(&inhabitant));
    assert!(kroner().is_money(&table));
    assert!(!rate.is_money(&table) && rate.has_money(&table));
    assert!(!Unit::none().is_money(&table) && !inhabitant.has_money(&table));
}

#[test]
fn units_are_printed_after_numbers() {
    let mut table = UnitTable::new();
    let inhabitant = Unit::base(table.add("indbygger", "indbyggere", false));
    let doctor = Unit::base(table.add("læge", "læger", false));
    let month = Unit::base(UnitTable::MONTH);
    let print = |unit: &Unit, plural| [Lang::Da, Lang::En].map(|lang| unit.print(&table, lang, plural));
    assert_eq!(print(&kroner().per(&inhabitant), true), ["kr. pr. indbygger", "kr. per indbygger"]);
    assert_eq!(
        print(&kroner().per(&inhabitant).per(&month), true),
        ["kr. pr. indbygger pr. måned", "kr. per indbygger per month"]
    );
    assert_eq!(print(&month, false), ["måned", "month"]);
    assert_eq!(print(&month, true), ["måneder", "months"]);
    assert_eq!(print(&doctor.times(&month), true), ["læger × måneder", "læger × months"]);
    assert_eq!(print(&Unit::none().per(&inhabitant), true), ["pr. indbygger", "per indbygger"]);
    assert_eq!(
        print(&doctor.times(&doctor).per(&month.times(&month)), true),
        ["læger² pr. måned²", "læger² per month²"]
    );
    assert_eq!(print(&Unit::none(), true), ["", ""]);
}

#[test]
fn multiples_are_found_by_name() {
    let mut table = UnitTable::new();
    let kilo = Unit::base(table.add("kg", "kg", false));
    table.add_multiple("ton", "tons", &kilo, &number("1000"));
    let find = |name: &str| table.lookup(name).map(|(unit, scale)| (unit, scale.to_exact()));
    assert_eq!(find("tons"), Some((kilo, "1000".to_owned())));
    assert_eq!(find("mia. kr."), Some((kroner(), "1000000000".to_owned())));
    assert_eq!(find("thousand kr."), Some((kroner(), "1000".to_owned())));
    assert_eq!(find("kvartaler"), Some((Unit::base(UnitTable::MONTH), "3".to_owned())));
    assert_eq!(find("years"), Some((Unit::base(UnitTable::MONTH), "12".to_owned())));
    assert_eq!(find("dage"), Some((Unit::base(UnitTable::DAY), "1".to_owned())));
    assert_eq!(find("uge"), None);
}

#[test]
fn a_currency_of_its_own_is_money() {
    let mut table = UnitTable::new();
    let euro = Unit::base(table.add("euro", "euro", true));
    assert!(euro.is_money(&table));
    assert_ne!(euro, kroner());
}

#[test]
fn powers_beyond_all_measure_stay_there() {
    let table = UnitTable::new();
    let mut unit = kroner();
    for _ in 0..40 {
        unit = unit.times(&unit);
    }
    assert!(unit.is_excessive());
    assert_eq!(unit.per(&kroner()), unit);
    let below = Unit::none().per(&unit);
    assert_eq!(below.times(&kroner()), below);
    assert!(below.print(&table, Lang::Da, true).len() < 40);
}
