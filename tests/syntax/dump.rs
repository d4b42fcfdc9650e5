//! A compact print of a tree for snapshots: places are left out, empty parts too, and names and texts stand alone.

use std::iter::Peekable;
use std::str::Chars;

use klausul::syntax::ast;

/// How wide a printed line may be before its parts go on lines of their own.
const WIDTH: usize = 110;

/// Prints the items of a file.
pub(crate) fn dump(file: &ast::File) -> String {
    file.items.iter().map(|item| show(&format!("{item:?}"))).collect()
}

/// Prints anything from its derived `Debug` form.
pub(crate) fn show(debug: &str) -> String {
    let tree = read(&mut debug.chars().peekable());
    let mut out = String::new();
    write(&tidy(tree), 0, &mut out);
    out
}

/// What a derived `Debug` form consists of.
#[derive(Clone, PartialEq, Debug)]
enum Tree {
    Word(String),
    Struct(String, Vec<(String, Tree)>),
    Tuple(String, Vec<Tree>),
    List(Vec<Tree>),
}

type Source<'a> = Peekable<Chars<'a>>;

fn read(source: &mut Source<'_>) -> Tree {
    match source.peek() {
        Some('[') => Tree::List(read_all(source, ']')),
        Some('(') => Tree::Tuple(String::new(), read_all(source, ')')),
        Some('"') => Tree::Word(read_text(source)),
        _ => read_named(source),
    }
}

fn read_named(source: &mut Source<'_>) -> Tree {
    let name = read_word(source);
    if source.peek() == Some(&'(') {
        return Tree::Tuple(name, read_all(source, ')'));
    }
    let mut ahead = source.clone();
    if ahead.next() != Some(' ') || ahead.next() != Some('{') {
        return Tree::Word(name);
    }
    *source = ahead;
    let mut fields = Vec::new();
    while skip(source) != Some('}') {
        let field = read_word(source);
        source.next_if_eq(&':');
        skip(source);
        fields.push((field, read(source)));
    }
    source.next();
    Tree::Struct(name, fields)
}

fn read_word(source: &mut Source<'_>) -> String {
    std::iter::from_fn(|| source.next_if(|char| !" ,:(){}[]".contains(*char))).collect()
}

fn read_text(source: &mut Source<'_>) -> String {
    let mut text = String::from(source.next().unwrap_or_default());
    while let Some(char) = source.next() {
        text.push(char);
        match char {
            '\\' => text.extend(source.next()),
            '"' => break,
            _ => {}
        }
    }
    text
}

fn read_all(source: &mut Source<'_>, end: char) -> Vec<Tree> {
    source.next();
    let mut all = Vec::new();
    while skip(source).is_some_and(|char| char != end) {
        all.push(read(source));
    }
    source.next();
    all
}

fn skip(source: &mut Source<'_>) -> Option<char> {
    while source.next_if(|char| " ,".contains(*char)).is_some() {}
    source.peek().copied()
}

/// Leaves out places, the text as written and what is empty; names, texts, numbers and expressions stand for
/// themselves.
fn tidy(tree: Tree) -> Tree {
    match tree {
        Tree::Word(word) => Tree::Word(word),
        Tree::List(all) => Tree::List(all.into_iter().map(tidy).collect()),
        Tree::Tuple(name, all) => {
            let all = all.into_iter().filter(|part| !is_place(part)).map(tidy).collect();
            tidy_tuple(name, all)
        }
        Tree::Struct(name, fields) => {
            let kept = fields.into_iter().filter(|(field, part)| !is_place(part) && field != "written");
            let fields = kept.map(|(field, part)| (field, tidy(part)));
            tidy_struct(name, fields.filter(|(_, part)| !is_empty(part)).collect())
        }
    }
}

fn tidy_tuple(name: String, mut all: Vec<Tree>) -> Tree {
    match (name.as_str(), all.as_slice()) {
        ("Some" | "", [_]) => all.swap_remove(0),
        // `Clause(Clause { … })`, and a literal that is only its number.
        (_, [Tree::Struct(inner, _)]) if *inner == name => all.swap_remove(0),
        ("Literal" | "Path", [Tree::Word(_)]) => all.swap_remove(0),
        _ => Tree::Tuple(name, all),
    }
}

fn tidy_struct(name: String, mut fields: Vec<(String, Tree)>) -> Tree {
    match (name.as_str(), fields.as_slice()) {
        ("Name", [(_, Tree::Word(text))]) => Tree::Word(text.trim_matches('"').to_owned()),
        ("NumberLit", [(_, Tree::Word(value)), (_, Tree::Word(decimals))]) => {
            let shown = value.split_once('.').map_or(0, |(_, after)| after.len()).to_string() == *decimals;
            Tree::Word(if shown { value.clone() } else { format!("{value}#{decimals}") })
        }
        ("Path", [(_, Tree::List(parts))]) if parts.iter().all(|part| matches!(part, Tree::Word(_))) => {
            Tree::Word(parts.iter().map(one_line).collect::<Vec<_>>().join("."))
        }
        (
            "Text" | "Expr" | "Item" | "Stmt" | "When" | "Time" | "Locator" | "Cell" | "PathPart"
            | "UnitWord" | "UnitExpr" | "Target" | "Literal",
            [_],
        ) => fields.swap_remove(0).1,
        _ => Tree::Struct(name, fields),
    }
}

fn is_place(tree: &Tree) -> bool {
    matches!(tree, Tree::Struct(name, _) if name == "Span")
}

fn is_empty(tree: &Tree) -> bool {
    match tree {
        Tree::Word(word) => ["None", "false", "Final"].contains(&word.as_str()),
        Tree::List(all) => all.is_empty(),
        Tree::Struct(..) | Tree::Tuple(..) => false,
    }
}

fn write(tree: &Tree, indent: usize, out: &mut String) {
    let line = one_line(tree);
    let (head, parts) = parts(tree);
    if indent + line.chars().count() <= WIDTH || parts.is_empty() {
        out.push_str(&format!("{:indent$}{line}\n", ""));
        return;
    }
    out.push_str(&format!("{:indent$}{head}\n", ""));
    for (field, part) in parts {
        match field {
            Some(field) if indent + 4 + field.len() + one_line(part).chars().count() > WIDTH => {
                out.push_str(&format!("{:1$}{field}:\n", "", indent + 2));
                write(part, indent + 4, out);
            }
            Some(field) => out.push_str(&format!("{:2$}{field}: {}\n", "", one_line(part), indent + 2)),
            None => write(part, indent + 2, out),
        }
    }
}

fn parts(tree: &Tree) -> (&str, Vec<(Option<&str>, &Tree)>) {
    match tree {
        Tree::Word(word) => (word, Vec::new()),
        Tree::Struct(name, fields) => {
            (name, fields.iter().map(|(field, part)| (Some(field.as_str()), part)).collect())
        }
        Tree::Tuple(name, all) => (name, all.iter().map(|part| (None, part)).collect()),
        Tree::List(all) => ("-", all.iter().map(|part| (None, part)).collect()),
    }
}

fn one_line(tree: &Tree) -> String {
    let join = |all: &[Tree]| all.iter().map(one_line).collect::<Vec<_>>().join(", ");
    match tree {
        Tree::Word(word) => word.clone(),
        Tree::List(all) => format!("[{}]", join(all)),
        Tree::Tuple(name, all) => format!("{name}({})", join(all)),
        Tree::Struct(name, fields) => {
            let fields: Vec<String> =
                fields.iter().map(|(field, part)| format!("{field}: {}", one_line(part))).collect();
            format!("{name}{{{}}}", fields.join(", "))
        }
    }
}
