//! What is wrong with the catalogue files, held against the packs.

use std::collections::{BTreeMap, BTreeSet};

use klausul::session::CheckOutcome;

use super::expected::{DOCUMENTS, ENCODED_FLOOR, IDENTITIES, RUNNERS_UP, SPOTS};
use super::files::{Identity, Post, Spot, SpotAt, Status};
use super::packs::{Check, Pack};

/// What is wrong with what is listed: names that do not exist, entries listed twice, entries without a test.
pub(crate) fn faults(packs: &[Pack]) -> Vec<String> {
    let mut faults: Vec<String> = packs.iter().flat_map(|pack| pack.listed.faults.clone()).collect();
    for pack in packs {
        pack.listed.posts.iter().for_each(|post| of_post(pack, post, &mut faults));
        pack.listed.identities.iter().for_each(|identity| of_identity(pack, identity, &mut faults));
        pack.listed.spots.iter().for_each(|spot| of_spot(pack, spot, &mut faults));
    }
    twice(packs.iter().flat_map(|pack| &pack.listed.posts).map(|post| post.id.clone()), &mut faults);
    let checks = packs.iter().flat_map(|pack| {
        let told = |identity: &Identity| format!("{} ({}: {})", identity.id, pack.folder, identity.title);
        pack.listed.identities.iter().map(told)
    });
    twice(checks, &mut faults);
    faults
}

/// What the catalogue holds and no pack lists.
pub(crate) fn missing(packs: &[Pack]) -> Vec<String> {
    let mut missing = Vec::new();
    let posts = || packs.iter().flat_map(|pack| &pack.listed.posts);
    let listed: BTreeSet<&str> = posts().map(|post| post.id.as_str()).collect();
    for document in &DOCUMENTS {
        let absent: Vec<String> = document.ids().filter(|id| !listed.contains(id.as_str())).collect();
        if !absent.is_empty() {
            let (id, count, all) = (document.id, absent.len(), document.entries.len());
            missing.push(format!("{id}: {count} of {all} entries are not listed: {}", absent.join(", ")));
        }
    }
    let encoded = posts().filter(|post| post.status == Status::Encoded).count();
    if encoded < ENCODED_FLOOR {
        missing.push(format!("{encoded} entries are encoded; at least {ENCODED_FLOOR} must be"));
    }
    let identities: BTreeSet<usize> = identities(packs).map(|(number, ..)| number).collect();
    let absent = (1..=IDENTITIES).filter(|number| !identities.contains(number));
    missing.extend(absent.map(|number| format!("A{number}: no check is listed")));
    let spots: BTreeSet<SpotAt> =
        packs.iter().flat_map(|pack| &pack.listed.spots).map(|spot| spot.at).collect();
    let absent = (1..=SPOTS).filter(|number| !spots.contains(&SpotAt::Number(*number)));
    missing.extend(absent.map(|number| format!("F{number}: not listed")));
    missing
}

/// Every identity with its number and its pack.
pub(crate) fn identities(packs: &[Pack]) -> impl Iterator<Item = (usize, &Pack, &Identity)> {
    let of = |pack: &'_ Pack| pack.listed.identities.len();
    packs.iter().filter(move |pack| of(pack) > 0).flat_map(|pack| {
        let numbered = pack.listed.identities.iter();
        numbered.filter_map(move |identity| Some((number(identity)?, pack, identity)))
    })
}

fn number(identity: &Identity) -> Option<usize> {
    identity.id.strip_prefix('A')?.parse().ok()
}

/// Finds the check that an identity names.
pub(crate) fn check<'p>(pack: &'p Pack, identity: &Identity) -> Option<&'p Check> {
    let within = |check: &&Check| match (&check.clause, &identity.name) {
        (Some(clause), Some(name)) => {
            name == clause || name.strip_prefix(clause.as_str()).is_some_and(|rest| rest.starts_with('.'))
        }
        (Some(_) | None, None) => true,
        (None, Some(name)) => pack.names.contains(name),
    };
    pack.checks.iter().filter(|check| check.title == identity.title).find(within)
}

fn of_post(pack: &Pack, post: &Post, faults: &mut Vec<String>) {
    let mut fault = |what: String| faults.push(format!("{} {}: {what}", pack.folder, post.id));
    if !DOCUMENTS.iter().any(|document| document.ids().any(|id| id == post.id)) {
        fault("this is no number of an entry".to_owned());
    }
    let unknown = post.names.iter().filter(|name| !pack.names.contains(*name));
    unknown.for_each(|name| fault(format!("the rules have no `{name}`")));
    let untitled = post.tests.iter().filter(|title| !pack.tests.contains(*title));
    untitled.for_each(|title| fault(format!("there is no test \"{title}\"")));
    if post.names.is_empty() {
        fault("it names nothing of the rules".to_owned());
    }
    match (post.status, &post.reason) {
        (Status::Encoded, _)
            if post.tests.is_empty() && post.untested.is_empty() && post.reason.is_none() =>
        {
            fault("it is encoded, and has neither a test nor a reason".to_owned());
        }
        (Status::Background | Status::Judgement, None) => fault("it does not say why (`grund`)".to_owned()),
        (Status::Encoded | Status::Background | Status::Judgement, _) => {}
    }
}

fn of_identity(pack: &Pack, identity: &Identity, faults: &mut Vec<String>) {
    let at = format!("{} {}", pack.folder, identity.id);
    if !number(identity).is_some_and(|number| (1..=IDENTITIES).contains(&number)) {
        faults.push(format!("{at}: this is none of A1–A{IDENTITIES}"));
    }
    match check(pack, identity).map(|check| check.outcome) {
        None => {
            let name = identity.name.as_deref().unwrap_or("the file");
            faults.push(format!("{at}: there is no check \"{}\" in {name}", identity.title));
        }
        Some(CheckOutcome::Holds | CheckOutcome::KnownDifference | CheckOutcome::Open) => {}
        Some(CheckOutcome::Broken | CheckOutcome::Fails) => {
            faults.push(format!("{at}: the check \"{}\" does not hold", identity.title));
        }
    }
}

fn of_spot(pack: &Pack, spot: &Spot, faults: &mut Vec<String>) {
    let at = format!("{} {}", pack.folder, spot.at.label());
    let is_one = match spot.at {
        SpotAt::Number(number) => (1..=SPOTS).contains(&number),
        SpotAt::Letter(letter) => RUNNERS_UP.contains(letter),
    };
    if !is_one {
        faults.push(format!("{at}: this is none of F1–F{SPOTS}, and no runner-up"));
    }
    let known = |name: &String| pack.names.contains(name) || pack.checks.iter().any(|c| c.title == *name);
    match &spot.name {
        Some(name) if !known(name) => faults.push(format!("{at}: the rules have no `{name}`")),
        None if spot.how == "kontrol" || spot.how == "læsning" => {
            faults.push(format!("{at}: it does not say which {} (`navn`)", spot.how));
        }
        Some(_) | None => {}
    }
}

fn twice(all: impl Iterator<Item = String>, faults: &mut Vec<String>) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    all.for_each(|id| *seen.entry(id).or_default() += 1);
    faults.extend(
        seen.into_iter().filter(|(_, times)| *times > 1).map(|(id, _)| format!("{id} is listed twice")),
    );
}
