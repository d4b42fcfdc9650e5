//! What the catalogue of the five documents holds. It stands here and nowhere else.

/// One of the documents that the packs encode.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Document {
    /// How its entries begin in the catalogue: `001-19`.
    pub(crate) number: &'static str,
    /// How rules cite it.
    pub(crate) id: &'static str,
    /// The folder of its pack, under `rules/`.
    pub(crate) folder: &'static str,
    /// The numbers of its entries; they have gaps where two were made one.
    pub(crate) entries: &'static [u8],
}

impl Document {
    /// The ids of its entries: `001-19`.
    pub(crate) fn ids(&self) -> impl Iterator<Item = String> {
        let number = self.number;
        self.entries.iter().map(move |entry| format!("{number}-{entry:02}"))
    }
}

/// The documents, the one with most entries first: 66, 42, 33, 16 and 11, together 168.
pub(crate) const DOCUMENTS: [Document; 5] = [
    Document {
        number: "001",
        id: "ØA25",
        folder: "oea25",
        entries: &[
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
            27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50,
            51, 52, 56, 57, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 71, 72,
        ],
    },
    Document {
        number: "004",
        id: "ØA20",
        folder: "oea20",
        entries: &[
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 23, 24, 25, 26, 27,
            28, 29, 30, 31, 32, 33, 34, 35, 36, 38, 39, 41, 42, 45, 47, 48,
        ],
    },
    Document {
        number: "002",
        id: "SR24",
        folder: "sr24",
        entries: &[
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 22, 23, 26, 27, 28, 31,
            32, 33, 34, 35, 36, 37, 38,
        ],
    },
    Document {
        number: "003",
        id: "ØA17",
        folder: "oea17",
        entries: &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
    },
    Document { number: "000", id: "CN24", folder: "cn24", entries: &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
];

/// The fewest entries that must be encoded; the others are background or left to judgement, with a reason.
pub(crate) const ENCODED_FLOOR: usize = 150;

/// The identities A1–A70.
pub(crate) const IDENTITIES: usize = 70;

/// The spots F1–F15.
pub(crate) const SPOTS: usize = 15;

/// The spots that were nearly among them; they may be listed too.
pub(crate) const RUNNERS_UP: &str = "abcdefghijk";
