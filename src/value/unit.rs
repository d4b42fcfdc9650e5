use std::collections::BTreeMap;

use crate::base::{IndexVec, Lang, id_type};

use super::Number;

id_type! {
    /// A unit that is not made of others: krone, month, day, or one that a text declares.
    BaseUnit
}

/// What is counted: a product of base units with their powers. A plain number has no unit; percent is not one.
///
/// Units are equal when they are the same product, however they came about: `kr. pr. indbygger × indbygger` is `kr.`.
// INVARIANT: sorted by base unit, each at most once, no power 0.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Unit(Vec<(BaseUnit, i32)>);

impl Unit {
    /// The unit of plain numbers.
    pub fn none() -> Unit {
        Unit::default()
    }

    /// One base unit alone.
    pub fn base(base: BaseUnit) -> Unit {
        Unit(vec![(base, 1)])
    }

    /// Multiplies.
    ///
    /// A power that reaches the limits of `i32` stays there, whatever it is multiplied by; [`Unit::is_excessive`].
    pub fn times(&self, other: &Unit) -> Unit {
        let mut powers: BTreeMap<BaseUnit, i32> = self.0.iter().copied().collect();
        for (base, power) in &other.0 {
            let sum = powers.entry(*base).or_insert(0);
            *sum = sum_of_powers(*sum, *power);
        }
        Unit(powers.into_iter().filter(|(_, power)| *power != 0).collect())
    }

    /// Divides: `kr.` per `indbygger`.
    pub fn per(&self, other: &Unit) -> Unit {
        // INVARIANT: powers are at least LOWEST, so that turning the sign cannot overflow.
        let inverse = other.0.iter().map(|(base, power)| (*base, -power)).collect();
        self.times(&Unit(inverse))
    }

    /// Tells whether this is the unit of plain numbers.
    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    /// Tells whether this is one kind of money and nothing else: `kr.`, not `kr. pr. indbygger`.
    pub fn is_money(&self, table: &UnitTable) -> bool {
        matches!(self.0.as_slice(), [(base, 1)] if table.is_money(*base))
    }

    /// Tells whether money is part of it, as in `kr. pr. indbygger`: then an amount has a price level.
    pub fn has_money(&self, table: &UnitTable) -> bool {
        self.0.iter().any(|(base, _)| table.is_money(*base))
    }

    /// Tells whether a power is beyond anything meant, so that a checker can refuse it.
    pub fn is_excessive(&self) -> bool {
        self.0.iter().any(|(_, power)| power.unsigned_abs() > 1_000)
    }

    /// Walks the base units and their powers, in the order in which the base units were declared.
    pub fn powers(&self) -> impl ExactSizeIterator<Item = (BaseUnit, i32)> + '_ {
        self.0.iter().copied()
    }

    /// Writes the unit as it follows a number: `kr. pr. indbygger`, `forløb`, `læger × timer`, `pr. indbygger`.
    ///
    /// `plural` says whether the number is other than 1. Plain numbers have the empty text.
    pub fn print(&self, table: &UnitTable, lang: Lang, plural: bool) -> String {
        let mut powers = self.0.clone();
        // What a text declares comes before time, as in `kr. pr. indbygger pr. måned`.
        powers.sort_by_key(|(base, _)| matches!(*base, UnitTable::MONTH | UnitTable::DAY));
        let over: Vec<String> = powers
            .iter()
            .copied()
            .filter(|(_, power)| *power > 0)
            .map(|(base, power)| format!("{}{}", table.name(base, lang, plural), raised(power)))
            .collect();
        let per = powers.iter().copied().filter(|(_, power)| *power < 0).map(|(base, power)| {
            let power = raised(power.saturating_neg());
            format!("{} {}{power}", lang.pick("pr.", "per"), table.name(base, lang, false))
        });
        let over = (!over.is_empty()).then(|| over.join(" × "));
        over.into_iter().chain(per).collect::<Vec<_>>().join(" ")
    }
}

/// The lowest power; its opposite is the highest.
const LOWEST: i32 = -i32::MAX;

fn sum_of_powers(a: i32, b: i32) -> i32 {
    match (a, b) {
        (i32::MAX, _) | (_, i32::MAX) => i32::MAX,
        (LOWEST, _) | (_, LOWEST) => LOWEST,
        (_, _) => a.saturating_add(b).max(LOWEST),
    }
}

/// Writes a power above 1 after its unit.
fn raised(power: i32) -> String {
    match power {
        1 => String::new(),
        2 => "²".to_owned(),
        3 => "³".to_owned(),
        _ => format!("^{power}"),
    }
}

/// The units that there are: money and time from the start, and what texts declare.
#[derive(Clone, Debug)]
pub struct UnitTable {
    bases: IndexVec<BaseUnit, Names>,
    by_name: BTreeMap<String, (Unit, Number)>,
}

/// How a base unit is called in both languages.
#[derive(Clone, Debug)]
struct Names {
    da: [String; 2],
    en: [String; 2],
    is_money: bool,
}

impl UnitTable {
    /// The krone.
    pub const KRONE: BaseUnit = BaseUnit(0);
    /// The month, of which quarters and years are multiples.
    pub const MONTH: BaseUnit = BaseUnit(1);
    /// The day.
    pub const DAY: BaseUnit = BaseUnit(2);

    /// Makes the table with the krone, the month and the day, and their multiples.
    pub fn new() -> UnitTable {
        let mut table = UnitTable { bases: IndexVec::new(), by_name: BTreeMap::new() };
        // INVARIANT: the order is that of the constants above.
        table.build_in(["kr.", "kr."], ["kr.", "kr."], true);
        table.build_in(["måned", "måneder"], ["month", "months"], false);
        table.build_in(["dag", "dage"], ["day", "days"], false);
        for (base, factor, names) in BUILT_IN_NAMES {
            for name in *names {
                table.note(name, Unit::base(*base), Number::from_i64(*factor));
            }
        }
        table
    }

    /// Adds a base unit, a currency when `is_money`, called the same in both languages.
    ///
    /// A name already taken keeps its first meaning: look names up first.
    pub fn add(&mut self, singular: &str, plural: &str, is_money: bool) -> BaseUnit {
        let names = [singular.to_owned(), plural.to_owned()];
        self.add_base(Names { da: names.clone(), en: names, is_money })
    }

    /// Adds a name for `factor` times `of`: `ton` for 1.000 `kg`. A name already taken keeps its first meaning.
    pub fn add_multiple(&mut self, singular: &str, plural: &str, of: &Unit, factor: &Number) {
        self.note(singular, of.clone(), factor.clone());
        self.note(plural, of.clone(), factor.clone());
    }

    /// Finds a unit by any of its names, and how many of it one of that name is: `mio. kr.` is 1.000.000 of `kr.`.
    pub fn lookup(&self, name: &str) -> Option<(Unit, Number)> {
        self.by_name.get(name).cloned()
    }

    /// Walks all names there are, in alphabetical order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    /// Returns the name of a base unit; the empty text when it belongs to another table.
    pub fn name(&self, base: BaseUnit, lang: Lang, plural: bool) -> &str {
        self.bases.get(base).map_or("", |names| {
            let [one, many] = lang.pick(&names.da, &names.en);
            if plural { many } else { one }
        })
    }

    /// Tells whether a base unit is a currency.
    pub fn is_money(&self, base: BaseUnit) -> bool {
        self.bases.get(base).is_some_and(|names| names.is_money)
    }

    fn build_in(&mut self, da: [&str; 2], en: [&str; 2], is_money: bool) {
        self.add_base(Names { da: da.map(str::to_owned), en: en.map(str::to_owned), is_money });
    }

    fn add_base(&mut self, names: Names) -> BaseUnit {
        let all: Vec<String> = names.da.iter().chain(&names.en).cloned().collect();
        let base = self.bases.push(names);
        for name in all {
            self.note(&name, Unit::base(base), Number::one());
        }
        base
    }

    fn note(&mut self, name: &str, unit: Unit, scale: Number) {
        self.by_name.entry(name.to_owned()).or_insert((unit, scale));
    }
}

impl Default for UnitTable {
    fn default() -> Self {
        Self::new()
    }
}

/// Names of built-in units beside those they are printed with, each with its size in the base unit.
static BUILT_IN_NAMES: &[(BaseUnit, i64, &[&str])] = &[
    (UnitTable::KRONE, 1, &["kr", "krone", "kroner"]),
    (UnitTable::KRONE, 1_000, &["t.kr.", "t. kr.", "thousand kr."]),
    (UnitTable::KRONE, 1_000_000, &["mio. kr.", "mio.kr.", "million kr."]),
    (UnitTable::KRONE, 1_000_000_000, &["mia. kr.", "mia.kr.", "billion kr."]),
    (UnitTable::MONTH, 3, &["kvartal", "kvartaler", "quarter", "quarters"]),
    (UnitTable::MONTH, 12, &["år", "year", "years"]),
];
