//! `check --plan`: how each definition that differs between entities is computed where there are many rows.

use crate::base::Lang;
use crate::render::{Align, Look, Table};
use crate::session::{DECIMALS_FROM_DATA, Planned, PlannedForm};

/// Words the plan as a table, and says what it takes for granted.
pub(super) fn planned_text(moment: &str, all: &[Planned], look: &Look) -> String {
    let lang = look.lang;
    if all.is_empty() {
        let words = lang.pick(
            "intet i reglerne er forskelligt for dem, de handler om",
            "nothing in the rules differs between those they are about",
        );
        return format!("{words}\n");
    }
    let headings = match lang {
        Lang::Da => ["for hver", "definition", "beregnes"],
        Lang::En => ["for each of", "definition", "is computed"],
    };
    let mut table = Table::new(headings.map(|heading| (heading, Align::Left)));
    for planned in all {
        table.row([planned.kind.clone(), planned.name.clone(), how(planned, lang)]);
    }
    let fast = all.iter().filter(|planned| is_fast(planned.form)).count();
    let (count, decimals) = (all.len(), DECIMALS_FROM_DATA);
    let told = match lang {
        Lang::Da => format!(
            "{fast} af {count} beregnes i kolonner for {moment}. Regnet med {decimals} decimaler i tal fra data i deres egen enhed; \
             om 64 eller 128 bit er nok, bevises af hver stump af data, og ellers regnes rækken af referencen."
        ),
        Lang::En => format!(
            "{fast} of {count} are computed in columns for {moment}. Numbers from data are taken to have {decimals} decimals in their own \
             unit; whether 64 or 128 bits are enough is proved of each stretch of data, and else the reference computes the row."
        ),
    };
    format!("{}\n{}\n", table.render(look.width), textwrap::fill(&told, look.width))
}

fn is_fast(form: PlannedForm) -> bool {
    match form {
        PlannedForm::Whole(_) | PlannedForm::Fraction | PlannedForm::Other | PlannedForm::Nothing => true,
        PlannedForm::OtherRows | PlannedForm::Left(_) => false,
    }
}

fn how(planned: &Planned, lang: Lang) -> String {
    let own = match planned.form {
        PlannedForm::Whole(0) => {
            lang.pick("som helt tal uden decimaler", "as a whole number without decimals").to_owned()
        }
        PlannedForm::Whole(1) => {
            lang.pick("som helt tal med 1 decimal", "as a whole number with 1 decimal").to_owned()
        }
        PlannedForm::Whole(decimals) => match lang {
            Lang::Da => format!("som helt tal med {decimals} decimaler"),
            Lang::En => format!("as a whole number with {decimals} decimals"),
        },
        PlannedForm::Fraction => lang
            .pick(
                "som brøk: der divideres uden for en afrunding",
                "as a fraction: a division stands outside a rounding",
            )
            .to_owned(),
        PlannedForm::Other => lang
            .pick("som sandt eller falsk, tekst eller dato", "as a truth value, a text or a date")
            .to_owned(),
        PlannedForm::Nothing => {
            lang.pick("ikke: den gælder ikke da", "not: it does not apply then").to_owned()
        }
        PlannedForm::OtherRows => lang
            .pick(
                "af referencen: den læser andre end sin egen",
                "by the reference: it reads others than its own",
            )
            .to_owned(),
        PlannedForm::Left(what) => {
            format!("{}: {}", lang.pick("af referencen", "by the reference"), what.words().get(lang))
        }
    };
    match planned.partly {
        None => own,
        Some(what) => {
            let some = lang.pick("i nogle rækker af referencen", "in some rows by the reference");
            format!("{own}; {some}: {}", what.words().get(lang))
        }
    }
}
