use std::ops::Range;

/// A value of JSON or TOML with its place. Nested at most [`MAX_DEPTH`] deep.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) span: Range<usize>,
    pub(super) value: NodeValue,
}

#[derive(Clone, Debug)]
pub(super) enum NodeValue {
    /// Members in the order they stand; keys in NFC, each once.
    Object(Vec<Member>),
    List(Vec<Node>),
    /// A number as written, with a decimal point if any.
    Number(String),
    Text(String),
    Truth(bool),
    Null,
}

#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) key: String,
    pub(super) key_span: Range<usize>,
    pub(super) node: Node,
}

/// How deep lists and objects may stand in each other.
pub(super) const MAX_DEPTH: usize = 128;

/// Finds the first bracket that opens a level deeper than [`MAX_DEPTH`]; quoted texts are skipped.
pub(super) fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Some(at);
                }
            }
            b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}
