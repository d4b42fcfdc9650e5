/// The two languages that rule files and messages are written in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Lang {
    /// Danish: `1.723,9 mio. kr.`
    #[default]
    Da,
    /// English: `1,723.9 million kr.`
    En,
}

impl Lang {
    /// Chooses the text in this language.
    pub fn pick<T>(self, da: T, en: T) -> T {
        match self {
            Lang::Da => da,
            Lang::En => en,
        }
    }
}

/// A sentence in both languages; a message that lacks one of them cannot be written down.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Bi {
    /// The Danish wording.
    pub da: String,
    /// The English wording.
    pub en: String,
}

impl Bi {
    /// Makes a sentence from its two wordings.
    pub fn new(da: impl Into<String>, en: impl Into<String>) -> Self {
        Self { da: da.into(), en: en.into() }
    }
    /// Makes a text that is the same in both languages, such as a name.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { da: text.clone(), en: text }
    }
    /// Returns the wording in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.da, &self.en)
    }
}

/// Formats a sentence in both languages: `bi!("mangler {x}", "missing {x}")`.
macro_rules! bi {
    ($da:literal, $en:literal $(, $($arg:tt)*)?) => {
        $crate::base::Bi { da: format!($da $(, $($arg)*)?), en: format!($en $(, $($arg)*)?) }
    };
}
pub(crate) use bi;
