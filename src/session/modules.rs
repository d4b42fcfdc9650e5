//! Several modules asked for at once. Each is checked and tested by itself, with what it uses, as it would be when it was
//! given alone: what one agreement calls something never gets in the way of another. Only of what nobody uses do they
//! speak together: a name that any of them uses is used.

use std::collections::BTreeSet;

use super::imported::is_of_use;
use super::{CheckReport, Coverage, Mended, Session, Tally, TestReport};
use crate::base::{FileId, Lang, Span};
use crate::diag::{Code, Diagnostic, Problems};
use crate::lint::Proofs;
use crate::syntax::ast;

/// What came of looking at everything that was asked for.
#[derive(Clone, Debug)]
pub struct LookedAt {
    /// The findings.
    pub problems: Problems,
    /// What is proved, and what stays undecided.
    pub proofs: Proofs,
    /// How the text's own checks went.
    pub checks: Vec<CheckReport>,
    /// How many of the findings a certain correction takes away at once.
    pub mendable: usize,
    /// The same by module, where several were asked for.
    pub modules: Vec<ModuleFound>,
}

/// What came of one of several modules.
#[derive(Clone, Debug)]
pub struct ModuleFound {
    /// Its folder.
    pub folder: String,
    /// The agreements that stand in it.
    pub agreements: Vec<String>,
    /// Its findings counted.
    pub tally: Tally,
    /// How its own checks went.
    pub checks: Vec<CheckReport>,
    /// How many of its tables are proved complete.
    pub complete_tables: usize,
}

/// How the tests of a module went.
#[derive(Clone, Debug)]
pub struct ModuleTests {
    /// Its folder; empty where one module alone was asked for.
    pub folder: String,
    /// The agreements that stand in it.
    pub agreements: Vec<String>,
    /// Its tests, in the order they stand.
    pub reports: Vec<TestReport>,
}

/// The modules that were asked for, each with what it uses brought in. They are made once, for all that is asked of them.
#[derive(Clone, Debug)]
pub struct Modules {
    all: Vec<Module>,
    /// The files that were asked for.
    own: BTreeSet<FileId>,
}

/// A module that was asked for, with what it uses brought in.
#[derive(Clone, Debug)]
struct Module {
    folder: String,
    session: Session,
}

/// A module looked at by itself.
struct Alone<'s> {
    module: &'s Module,
    found: Vec<Diagnostic>,
    /// What it finds that nobody uses; `None` where it could not be looked for.
    unused: Option<BTreeSet<(Code, Option<Span>)>>,
}

impl Session {
    /// Returns the folders that were asked for, in their order; none where all is one module.
    pub fn folders(&self) -> Vec<String> {
        let mut folders: Vec<String> = Vec::new();
        for (file, _) in self.own_files() {
            match self.imports.module(file) {
                Some(folder) if !folders.iter().any(|known| known == folder) => {
                    folders.push(folder.to_owned())
                }
                Some(_) | None => {}
            }
        }
        folders
    }

    /// Remembers that one module uses another.
    pub fn add_use(&mut self, from: &str, to: &str) {
        self.changed();
        self.imports.uses.entry(from.to_owned()).or_default().insert(to.to_owned());
    }

    /// Remembers that a module has more rule files than were asked for.
    pub fn add_partial(&mut self, folder: &str) {
        self.changed();
        self.imports.partial.insert(folder.to_owned());
    }

    /// Finds everything that is wrong, and evaluates the text's own checks, each module by itself.
    pub fn looked_at(&self) -> LookedAt {
        let Modules { all: modules, .. } = self.modules();
        let several = modules.len() > 1;
        let mut all = LookedAt {
            problems: Problems::new(),
            proofs: Proofs { whole: true, ..Proofs::default() },
            checks: Vec::new(),
            mendable: 0,
            modules: Vec::new(),
        };
        let mut alone = Vec::new();
        for module in &modules {
            let (mut problems, proofs) = module.session.examined();
            let checks = module.session.checks(&mut problems);
            let found = problems.sorted();
            let of_use = found.iter().filter(|finding| is_of_use(finding));
            let unused = of_use.map(|finding| (finding.code, finding.span())).collect();
            alone.push(Alone { module, found, unused: proofs.whole.then_some(unused) });
            if several {
                all.modules.push(module.found(&checks, proofs.complete.len()));
            }
            all.checks.extend(checks);
            all.proofs.whole &= proofs.whole;
            all.proofs.complete.extend(proofs.complete);
            all.proofs.undecided.extend(proofs.undecided);
        }
        for (at, one) in alone.iter().enumerate() {
            let told: Vec<Diagnostic> = if several { self.told_of(one, &alone) } else { one.found.clone() };
            all.mendable += one.module.session.mendable(&told);
            if let Some(module) = all.modules.get_mut(at) {
                module.tally = one.module.session.tally(&told);
            }
            told.into_iter().for_each(|finding| all.problems.push(finding));
        }
        all
    }

    /// What is told of one of several modules: what is found in it, but for the names that others use; and of what it
    /// uses, errors that are told nowhere else.
    fn told_of(&self, one: &Alone<'_>, all: &[Alone<'_>]) -> Vec<Diagnostic> {
        let used_elsewhere = |finding: &Diagnostic, file: FileId| {
            let others = all.iter().filter(|other| other.module.session.rule_files.contains(&file));
            let unused = |other: &Alone<'_>| {
                other.unused.as_ref().is_some_and(|unused| unused.contains(&(finding.code, finding.span())))
            };
            !others.into_iter().all(unused)
        };
        let own = |module: &Module, file: FileId| module.session.own_files().any(|(id, _)| id == file);
        let elsewhere = |finding: &Diagnostic, file: FileId| {
            let mut owners = all.iter().filter(|other| own(other.module, file));
            let same = |other: &Diagnostic| other.code == finding.code && other.span() == finding.span();
            owners.any(|owner| owner.found.iter().any(same))
        };
        let is_told = |finding: &&Diagnostic| match finding.span().map(|span| span.file) {
            None => true,
            Some(file) if is_of_use(finding) => own(one.module, file) && !used_elsewhere(finding, file),
            Some(file) => own(one.module, file) || !elsewhere(finding, file),
        };
        one.found.iter().filter(is_told).cloned().collect()
    }

    /// Puts in every correction that is certain, module by module.
    pub fn all_mended(&self) -> Mended {
        let Modules { all: modules, .. } = self.modules();
        let (mut texts, mut applied) = (std::collections::BTreeMap::new(), Vec::new());
        for module in &modules {
            let mended = module.session.mended();
            let before = module.session.own_files().map(|(file, _)| file).zip(module.session.originals());
            let changed =
                before.zip(mended.session.originals()).filter(|((_, before), after)| before != after);
            texts.extend(changed.map(|((file, _), after)| (file, after.to_owned())));
            applied.extend(mended.applied);
        }
        let session = if texts.is_empty() { self.clone() } else { self.with_texts(&texts) };
        Mended { session, applied }
    }

    /// The modules that were asked for, each as a session of its own.
    pub fn modules(&self) -> Modules {
        let own = self.own_files().map(|(file, _)| file).collect();
        let folders = self.folders();
        if folders.len() < 2 {
            let folder = folders.into_iter().next().unwrap_or_default();
            return Modules { all: vec![Module { folder, session: self.clone() }], own };
        }
        let module = |folder: String| Module { session: self.module(&folder), folder };
        Modules { all: folders.into_iter().map(module).collect(), own }
    }

    /// One of several modules: its own files, and those that it uses brought in.
    fn module(&self, folder: &str) -> Session {
        let within = self.used_by(folder);
        let all = || self.rule_files.iter().copied().zip(&self.files);
        let own = all().filter(|(file, _)| self.imports.module(*file) == Some(folder));
        let used = all().filter(|(file, _)| {
            self.imports.module(*file).is_some_and(|module| module != folder && within.contains(module))
        });
        let (rule_files, files): (Vec<FileId>, Vec<ast::File>) =
            own.clone().chain(used.clone()).map(|(file, tree)| (file, tree.clone())).unzip();
        let mut imports = self.imports.clone();
        // What stands in a module of its own is as near as in one that is given alone.
        imports.modules.retain(|file, module| rule_files.contains(file) && module != folder);
        imports.brought_in = used.map(|(file, _)| file).collect();
        imports.known.extend(self.files.iter().flat_map(ast::File::agreements).map(str::to_owned));
        let mut parsed = Problems::new();
        let here = |finding: &&Diagnostic| finding.span().is_none_or(|span| rule_files.contains(&span.file));
        self.parsed.iter().filter(here).for_each(|finding| parsed.push(finding.clone()));
        let mut module = Session {
            map: self.map.clone(),
            data: self.data.clone(),
            left_out: self.imports.partial.contains(folder).then(|| folder.to_owned()),
            builds_each: self.builds_each,
            is_compared: true,
            files,
            rule_files,
            imports,
            parsed,
            stop: self.stop.clone(),
            ..Session::new()
        };
        // INVARIANT: a layer was added since what it speaks of is there; a module that lacks that is not changed by it.
        for layer in &self.layers {
            let _ = module.add_layer(layer.clone());
        }
        module
    }

    /// A module, those that it uses, and those that they use.
    fn used_by(&self, folder: &str) -> BTreeSet<String> {
        let (mut all, mut open) = (BTreeSet::new(), vec![folder.to_owned()]);
        while let Some(next) = open.pop() {
            if all.insert(next.clone()) {
                open.extend(self.imports.uses.get(&next).into_iter().flatten().cloned());
            }
        }
        all
    }
}

impl Modules {
    /// Runs every test, each seeing its own module and what that uses; module by module.
    pub fn run_tests(&self, lang: Lang) -> Vec<ModuleTests> {
        let tests = |module: &Module| ModuleTests {
            folder: module.folder.clone(),
            agreements: module.agreements(),
            reports: module.session.run_tests(lang),
        };
        self.all.iter().map(tests).collect()
    }

    /// Runs every test and counts what of the rules that were asked for they reach between them.
    pub fn coverage(&self) -> Coverage {
        Coverage::joined(self.all.iter().map(|module| module.session.places()), |at| {
            self.own.contains(&at.file)
        })
    }

    /// What is wrong with the rules before a test is run, of each module by itself.
    pub fn problems(&self) -> Problems {
        let mut all = Problems::new();
        for module in &self.all {
            all.append(module.session.check().problems);
        }
        all
    }
}

impl Module {
    fn found(&self, checks: &[CheckReport], complete_tables: usize) -> ModuleFound {
        let (folder, checks) = (self.folder.clone(), checks.to_vec());
        let (agreements, tally) = (self.agreements(), self.session.tally(&[]));
        ModuleFound { folder, agreements, tally, checks, complete_tables }
    }

    fn agreements(&self) -> Vec<String> {
        self.session.own_files().flat_map(|(_, tree)| tree.agreements()).map(str::to_owned).collect()
    }
}
