use std::ops::Range;

/// A value of JSON or TOML with its place. Nested no deeper than [`Limit::DataNesting`] says.
///
/// [`Limit::DataNesting`]: crate::base::Limit::DataNesting
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

/// Finds the first bracket that opens a level deeper than a limit; quoted texts are skipped.
pub(super) fn too_deep(text: &str, limit: usize) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => {
                depth += 1;
                if depth > limit {
                    return Some(at);
                }
            }
            b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}
