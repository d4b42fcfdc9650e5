//! The counted limits: each is moved by a flag, refuses what is one more, takes what is one less, and says the number; and the
//! verdict is the same whatever the stack.

use std::path::Path;
use std::process::{Command, Output};

use klausul::base::Limit;

/// What a command is run on.
struct Input {
    files: Vec<(String, String)>,
    args: Vec<&'static str>,
}

fn rules(text: impl Into<String>) -> Input {
    Input { files: vec![("a.klausul".to_owned(), text.into())], args: vec!["check", "a.klausul"] }
}

fn value(text: &str) -> Input {
    Input {
        args: vec!["eval", "a.klausul", "k.x", "--year", "2025"],
        ..rules(format!("klausul k\n  x = {text}\n"))
    }
}

/// A text of so many bytes that starts with one and is otherwise a comment.
fn padded(start: &str, size: usize) -> String {
    let pad = size.checked_sub(start.len() + 3).expect("room for a comment");
    format!("{start}//{}\n", "x".repeat(pad))
}

/// A chain of which each reads the one before, a year earlier.
fn years(links: usize) -> String {
    let terms: String = (2..=links)
        .map(|at| {
            format!(
                "  x{at} = x{} (året før) + 1
",
                at - 1
            )
        })
        .collect();
    format!(
        "klausul k
  x1 = 1
{terms}  x = x{links}
"
    )
}

fn chain(links: usize) -> String {
    let terms: String = (2..=links).map(|at| format!("  x{at} = x{} + 1\n", at - 1)).collect();
    format!("klausul k\n  x1 = 1\n{terms}  x = x{links}\n")
}

fn json(depth: usize) -> String {
    // The outermost object and `given` are two levels; what is below is refused for its form, but only when it is read.
    format!("{{\"given\":{}{}}}", "[".repeat(depth - 1), "]".repeat(depth - 1))
}

fn table(rows: impl IntoIterator<Item = String>) -> Input {
    let rules =
        "hver region, regioner, regionen har\n  pulje : kr.\n\nklausul s for hver region\n  s = pulje\n";
    let rows: String = rows.into_iter().collect();
    Input {
        files: vec![
            ("a.klausul".to_owned(), rules.to_owned()),
            ("t.csv".to_owned(), format!("region;pulje\n{rows}")),
        ],
        args: vec!["eval", "a.klausul", "s.s", "--rows", "region=t.csv", "-o", "ud.csv", "--year", "2025"],
    }
}

/// An input that measures so much, where its size can be chosen.
fn sized(limit: Limit, size: usize) -> Option<Input> {
    Some(match limit {
        Limit::FileSize => rules(padded("klausul k\n  x = 1\n", size)),
        Limit::TotalSize => {
            let (own, data) = ("klausul k\n  x = 1\n", size - 60);
            Input {
                files: vec![
                    ("a.klausul".to_owned(), padded(own, 60)),
                    ("t.json".to_owned(), format!("{{{}}}", " ".repeat(data - 2))),
                ],
                args: vec!["eval", "a.klausul", "--data", "t.json", "--year", "2025"],
            }
        }
        Limit::Files => {
            let file = |at| (format!("a{at}.klausul"), "// en note\n".to_owned());
            Input { files: (0..size).map(file).collect(), args: vec!["check", "."] }
        }
        Limit::LineLength => rules(format!("klausul k\n  x = 1\n{}\n", padded("", size + 1).trim_end())),
        Limit::Lines => rules(format!("{}klausul k\n  x = 1\n", "\n".repeat(size - 2))),
        Limit::NameLength => rules(format!("klausul {}\n  x = 1\n", "n".repeat(size))),
        Limit::TextLength => rules(format!("klausul k \"{}\"\n  x = 1\n", "t".repeat(size))),
        Limit::Digits => value(&"1".repeat(size)),
        Limit::Nesting => value(&format!("{}1{}", "(".repeat(size), ")".repeat(size))),
        Limit::Blocks => {
            // A clause's own lines are the first block; the innermost line is a block of none.
            let header = |level: usize| format!("{}undtagelse u{level}\n", "  ".repeat(level));
            let headers: String = (1..size).map(header).collect();
            rules(format!("klausul k\n{headers}{}x = 1\n", "  ".repeat(size)))
        }
        // The expression itself is a link.
        Limit::Operators => value(&format!("1{}", " + 1".repeat(size - 1))),
        Limit::DataNesting => Input {
            files: vec![
                ("a.klausul".to_owned(), "klausul k\n  x = 1\n".to_owned()),
                ("t.json".to_owned(), json(size)),
            ],
            args: vec!["eval", "a.klausul", "--data", "t.json", "--year", "2025"],
        },
        // `x` is the outermost definition of the chain.
        Limit::Depth => {
            Input { args: vec!["eval", "a.klausul", "k.x", "--year", "2025"], ..rules(years(size - 1)) }
        }
        Limit::Rows => table((0..size).map(|at| format!("r{at};{at}\n"))),
        Limit::RowLength => table([format!("{};1\n", "r".repeat(size - 3))]),
        Limit::Findings => {
            let line = |at| format!("  y{at} = ukendt{at}\n");
            rules(format!("klausul k\n{}", (0..size).map(line).collect::<String>()))
        }
        Limit::Steps | Limit::OpenExpressions | Limit::Memory => return None,
    })
}

/// An input whose measure is what the program finds it to be.
fn measured(limit: Limit) -> Input {
    match limit {
        Limit::Memory | Limit::Steps => {
            Input { args: vec!["eval", "a.klausul", "k.x", "--year", "2025"], ..rules(chain(40)) }
        }
        _ => value("(1 + (2 + (3 + 4)))"),
    }
}

fn code(limit: Limit) -> &'static str {
    match limit {
        Limit::FileSize => "K0001",
        Limit::TotalSize => "K0015",
        Limit::Files => "K0017",
        Limit::LineLength | Limit::RowLength => "K0002",
        Limit::Lines => "K0003",
        Limit::NameLength => "K0012",
        Limit::TextLength => "K0016",
        Limit::Digits => "K0132",
        Limit::Nesting | Limit::Blocks | Limit::Operators => "K0131",
        Limit::DataNesting => "K0610",
        Limit::Steps | Limit::Depth | Limit::OpenExpressions | Limit::Memory => "K0418",
        Limit::Rows => "K0018",
        Limit::Findings => "fund mere",
    }
}

fn run(input: &Input, limits: &[String], stack: Option<u32>) -> (i32, String) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in &input.files {
        write(&folder.path().join(name), text);
    }
    let mut args: Vec<&str> = input.args.clone();
    args.extend(["--lang", "da"]);
    limits.iter().for_each(|limit| args.extend(["--limit", limit]));
    let program = env!("CARGO_BIN_EXE_klausul");
    let mut command = match stack {
        None => Command::new(program),
        Some(kib) => {
            let mut shell = Command::new("sh");
            shell.args(["-c", &format!("ulimit -s {kib} 2>/dev/null; exec \"$0\" \"$@\""), program]);
            shell
        }
    };
    let Output { status, stdout, stderr } =
        command.args(&args).current_dir(folder.path()).output().expect("the program runs");
    let text = [stdout, stderr].map(|bytes| String::from_utf8(bytes).expect("text")).concat();
    (status.code().expect("the program ends by itself"), text)
}

#[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
fn write(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
}

/// Whether an input is refused for a limit; the number stands in the message, and in nothing else that is said.
fn refused(limit: Limit, input: &Input, at: u64) -> bool {
    let (exit, text) = run(input, &[format!("{}={at}", limit.name())], None);
    // Texts that take too much before anything is computed are refused as texts.
    let by_text = limit == Limit::Memory && text.contains("K0015");
    let is_told = by_text || text.contains(code(limit));
    if limit == Limit::Findings {
        return is_told;
    }
    // A text that is refused for its digits is wrong as rules; all else is a limit.
    let expected = if limit == Limit::Digits { 1 } else { 4 };
    assert_eq!(exit == expected, is_told, "{} = {at}: {exit}\n{text}", limit.name());
    if is_told {
        let number = format!("{at}");
        assert!(text.contains(&number), "{} = {at} is not told:\n{text}", limit.name());
    }
    is_told
}

#[test]
fn each_limit_is_held_to_the_unit() {
    for limit in Limit::ALL {
        // Small enough to be quick, large enough for what every input must hold.
        let at = match limit {
            Limit::FileSize | Limit::TotalSize => 200,
            Limit::LineLength | Limit::RowLength => 64,
            _ => 20,
        };
        if sized(limit, at).is_none() {
            continue;
        }
        for (size, expected) in [(at - 1, false), (at, false), (at + 1, true)] {
            let input = sized(limit, size).expect("sized");
            assert_eq!(refused(limit, &input, at as u64), expected, "{}: {size} of {at}", limit.name());
        }
    }
}

/// Steps, open expressions and estimated bytes are not seen in a text. What an input needs is found by halving; one less
/// is refused, and from there on nothing is.
#[test]
fn what_a_computation_needs_is_one_number() {
    for limit in [Limit::Steps, Limit::OpenExpressions, Limit::Memory] {
        let input = measured(limit);
        let (mut low, mut high) = (1, limit.default());
        assert!(refused(limit, &input, low), "{}", limit.name());
        assert!(!refused(limit, &input, high), "{}", limit.name());
        while high - low > 1 {
            let middle = low.midpoint(high);
            match refused(limit, &input, middle) {
                true => low = middle,
                false => high = middle,
            }
        }
        assert!(refused(limit, &input, high - 1) && !refused(limit, &input, high + 1), "{}", limit.name());
    }
}

/// At the limits that are held on a stack, the verdict is the same on every stack.
#[test]
#[cfg(target_os = "linux")]
fn no_stack_changes_a_verdict() {
    let stacks = [256, 1_024, 8_192, 65_536];
    for limit in [Limit::Nesting, Limit::Blocks, Limit::Operators, Limit::DataNesting, Limit::Depth] {
        let most = usize::try_from(limit.default()).unwrap();
        for (size, expected) in [(most, false), (most + 1, true)] {
            let input = sized(limit, size).expect("sized");
            let told: Vec<_> = stacks.iter().map(|stack| run(&input, &[], Some(*stack))).collect();
            for (stack, (exit, text)) in stacks.iter().zip(&told) {
                let name = limit.name();
                assert_eq!(text.contains(code(limit)), expected, "{name} {size} {stack} KiB: {exit}\n{text}");
            }
            assert!(told.windows(2).all(|pair| pair[0] == pair[1]), "{} {size}", limit.name());
        }
    }
}

#[test]
fn a_limit_that_is_written_wrong_is_told() {
    let input = rules("klausul k\n  x = 1\n");
    let mut told = String::new();
    for written in ["steps", "trin=5", "step=5", "steps=mange", "file-size=2MB", "nesting=500", "steps=0"] {
        let (exit, text) = run(&input, &[written.to_owned()], None);
        assert_eq!(exit, 2, "{written}: {text}");
        told += &format!("--limit {written}\n{text}\n");
    }
    insta::assert_snapshot!(told);
}

#[test]
fn the_limits_are_listed() {
    let empty = Input { files: Vec::new(), args: vec!["help", "grænser"] };
    insta::assert_snapshot!(run(&empty, &[], None).1);
}

/// The page of the limits has a row for each, with its default, its flag's most, and its code.
#[test]
fn the_page_tells_each_limit() {
    let page = include_str!("../docs/limits.md");
    for limit in Limit::ALL {
        let name = limit.name();
        let row = page.lines().find(|line| line.starts_with(&format!("| `{name}` |")));
        let row = row.unwrap_or_else(|| panic!("docs/limits.md has no row for `{name}`"));
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let plain = |cell: &str| cell.replace([',', ' '], "");
        assert_eq!(plain(cells[1]), limit.default().to_string(), "{name}");
        assert_eq!(plain(cells[2]), limit.most().to_string(), "{name}");
        assert_eq!(cells[3], limit.what().en, "{name}");
        let code = if limit == Limit::Findings { "none" } else { code(limit) };
        assert_eq!(cells[4], code, "{name}");
    }
}
