//! Pages of codes as data: halves, and the marked blocks in them.

use klausul::base::Lang;
use klausul::diag::Code;

/// One language's half of a page.
pub(super) struct Half {
    pub(super) code: Code,
    pub(super) lang: Lang,
    pub(super) blocks: Vec<Block>,
    pub(super) lines: usize,
}

/// A fenced block: its mark (`klausul fejl` is a form and a word) and its text, fillings written out.
pub(super) struct Block {
    pub(super) form: String,
    pub(super) words: Vec<String>,
    /// The line of the page on which it opens.
    pub(super) line: usize,
    pub(super) bytes: Vec<u8>,
}

impl Block {
    pub(super) fn is(&self, word: &str) -> bool {
        self.words.iter().any(|own| own == word)
    }
    /// What the other blocks need: rules, data or the files of a folder.
    pub(super) fn is_setting(&self) -> bool {
        ["regler", "data", "mappe"].iter().any(|word| self.is(word))
    }
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

impl Half {
    pub(super) fn setting(&self, word: &str) -> Option<&Block> {
        self.blocks.iter().find(|block| block.is(word))
    }
    pub(super) fn failing(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|block| block.is("fejl"))
    }
    pub(super) fn mended(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|block| !block.is("fejl") && !block.is_setting())
    }
    pub(super) fn place(&self, block: &Block) -> String {
        format!("{}.md:{}", self.code.id(), block.line)
    }
}

/// Both halves of the page of a code, read from its file: what is compiled in is the same text.
pub(super) fn halves(code: Code) -> [Half; 2] {
    let path = format!("{}/docs/codes/{}.md", env!("CARGO_MANIFEST_DIR"), code.id());
    let page = String::from_utf8(crate::read_bytes(path.as_ref())).expect("a page is text");
    [(Lang::Da, "## Dansk"), (Lang::En, "## English")].map(|(lang, heading)| {
        let lines: Vec<(usize, &str)> = page.lines().enumerate().collect();
        let start = lines.iter().position(|(_, line)| *line == heading);
        let start = start.unwrap_or_else(|| panic!("{}: no `{heading}`", code.id())) + 1;
        let end = lines[start..].iter().position(|(_, line)| line.starts_with("## "));
        let inside = &lines[start..end.map_or(lines.len(), |end| start + end)];
        Half { code, lang, blocks: blocks(inside), lines: inside.len() }
    })
}

fn blocks(lines: &[(usize, &str)]) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut open: Option<Block> = None;
    for (at, line) in lines {
        match (line.strip_prefix("```"), open.as_mut()) {
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(mark), None) => {
                let mut words = mark.split_whitespace().map(str::to_owned);
                let form = words.next().unwrap_or_default();
                open = Some(Block { form, words: words.collect(), line: at + 1, bytes: Vec::new() });
            }
            (None, Some(block)) => {
                let bytes = if block.is("tegn") { filled(line) } else { line.as_bytes().to_vec() };
                block.bytes.extend(bytes);
                block.bytes.push(b'\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is never closed");
    found
}

/// Writes out what a page cannot show: `‹U+00AD›` is that character, `‹byte E6›` that byte, and `‹"x" 300 gange›`
/// (`times`) the text that often, with `⏎` for a new line.
fn filled(line: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('‹') {
        let (filling, after) = after.split_once('›').expect("a filling ends with ›");
        bytes.extend(before.as_bytes());
        bytes.extend(filling_bytes(filling));
        rest = after;
    }
    bytes.extend(rest.as_bytes());
    bytes
}

fn filling_bytes(filling: &str) -> Vec<u8> {
    if let Some(point) = filling.strip_prefix("U+") {
        let point = u32::from_str_radix(point, 16).ok().and_then(char::from_u32);
        return point.expect("a code point").to_string().into_bytes();
    }
    if let Some(byte) = filling.strip_prefix("byte ") {
        return vec![u8::from_str_radix(byte, 16).expect("a byte")];
    }
    let (text, count) =
        filling.strip_prefix('"').and_then(|f| f.split_once("\" ")).expect("a text and a count");
    let count = count.trim_end_matches(" gange").trim_end_matches(" times").replace(['.', ','], "");
    text.replace('⏎', "\n").repeat(count.parse().expect("a count")).into_bytes()
}

#[test]
fn fillings_are_written_out() {
    assert_eq!(filled("a‹U+00AD›b‹byte E6›"), [&b"a"[..], "\u{ad}".as_bytes(), b"b\xe6"].concat());
    assert_eq!(filled("‹\"x⏎\" 2 gange›‹\"(\" 1.0 times›"), b"x\nx\n((((((((((");
}
