/// Why a character is not welcome in a rule file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum CharacterKind {
    /// NUL: most often a sign that the file is no text.
    Nul,
    /// A carriage return that no line feed follows.
    CarriageReturn,
    /// Any other control character.
    Control,
    /// Turns the direction of writing, so that the reader sees other words than the program.
    Direction,
    /// Takes no room on the screen.
    Invisible,
    /// A tab.
    Tab,
    /// A no-break or otherwise special space; read as a plain one.
    HardSpace,
}

/// Tells why a character is not welcome; `None` for ordinary ones.
pub(super) fn classify(char: char) -> Option<CharacterKind> {
    match char {
        '\n' => None,
        '\t' => Some(CharacterKind::Tab),
        '\0' => Some(CharacterKind::Nul),
        '\r' => Some(CharacterKind::CarriageReturn),
        '\u{01}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{2028}' | '\u{2029}' => Some(CharacterKind::Control),
        '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => {
            Some(CharacterKind::HardSpace)
        }
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            Some(CharacterKind::Direction)
        }
        _ if is_invisible(char) => Some(CharacterKind::Invisible),
        _ => None,
    }
}

/// The characters that Unicode lists as default ignorable, and the annotation marks.
fn is_invisible(char: char) -> bool {
    matches!(char,
        '\u{AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
        | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Returns the name people may know a character by.
pub(super) fn known_as(char: char) -> Option<crate::base::Bi> {
    use crate::base::Bi;
    let (da, en) = match char {
        '\u{A0}' => ("hårdt mellemrum", "no-break space"),
        '\u{202F}' => ("smalt hårdt mellemrum", "narrow no-break space"),
        '\u{AD}' => ("blød bindestreg", "soft hyphen"),
        '\u{200B}' => ("mellemrum uden bredde", "zero-width space"),
        '\u{200C}' => ("skiller uden bredde", "zero-width non-joiner"),
        '\u{200D}' => ("binder uden bredde", "zero-width joiner"),
        '\u{2060}' => ("ordbinder", "word joiner"),
        '\u{FEFF}' => ("byterækkefølgemærke", "byte-order mark"),
        '\u{200E}' => ("venstre-mod-højre-mærke", "left-to-right mark"),
        '\u{200F}' => ("højre-mod-venstre-mærke", "right-to-left mark"),
        '\u{202A}' => ("venstre-mod-højre-indlejring", "left-to-right embedding"),
        '\u{202B}' => ("højre-mod-venstre-indlejring", "right-to-left embedding"),
        '\u{202C}' => ("slut på skriveretning", "pop directional formatting"),
        '\u{202D}' => ("tvungen venstre-mod-højre", "left-to-right override"),
        '\u{202E}' => ("tvungen højre-mod-venstre", "right-to-left override"),
        '\u{2066}' => ("venstre-mod-højre-isolering", "left-to-right isolate"),
        '\u{2067}' => ("højre-mod-venstre-isolering", "right-to-left isolate"),
        '\u{2068}' => ("isolering efter første stærke tegn", "first strong isolate"),
        '\u{2069}' => ("slut på isolering", "pop directional isolate"),
        '\u{0C}' => ("sideskift", "form feed"),
        '\u{1B}' => ("escape", "escape"),
        '\u{FE0F}' => ("emojivælger", "emoji selector"),
        _ => return None,
    };
    Some(Bi::new(da, en))
}
