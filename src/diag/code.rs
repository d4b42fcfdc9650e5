use crate::base::Bi;

/// How much a finding weighs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// The rules or data cannot be used as they stand.
    Error,
    /// Probably a mistake; the rules still run.
    Warning,
    /// Something the reader should know.
    Note,
}

/// Declares the register: identifier, number, default severity, and its title in both languages. The page
/// `docs/codes/<number>.md` is compiled in, so a code without a page does not build.
macro_rules! register {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $severity:ident, $da:literal, $en:literal;)*) => {
        /// A registered diagnostic code; each has a page in `docs/codes/`.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub enum Code { $($(#[$doc])* #[doc = $en] $name,)* }

        impl Code {
            /// Every code, in the order of the register.
            pub const ALL: &'static [Code] = &[$(Code::$name),*];
            /// Returns the number users see, such as `K0101`.
            pub fn id(self) -> &'static str {
                match self { $(Code::$name => $id,)* }
            }
            /// Returns the severity it has unless a caller raises or lowers it.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }
            /// Returns its short title.
            pub fn title(self) -> Bi {
                match self { $(Code::$name => Bi::new($da, $en),)* }
            }
            /// Returns its page: Markdown with a part headed `## Dansk` and one headed `## English`.
            pub fn page(self) -> &'static str {
                match self { $(Code::$name => include_str!(concat!("../../docs/codes/", $id, ".md")),)* }
            }
            /// Finds a code by its number, in any case.
            pub fn find(id: &str) -> Option<Code> {
                Code::ALL.iter().copied().find(|code| code.id().eq_ignore_ascii_case(id))
            }
        }
    };
}

// Numbers: K00xx texts and files · K01xx syntax · K02xx names · K03xx types, units, levels · K04xx running ·
// K05xx analysis and the text's own checks · K06xx data · K09xx the tool itself. A number is never reused.
register! {
    // --- texts and files (syntax::admit, session)
    FileTooLarge = "K0001", Error, "filen er for stor", "the file is too large";
    LineTooLong = "K0002", Error, "linjen er for lang", "the line is too long";
    TooManyLines = "K0003", Error, "filen har for mange linjer", "the file has too many lines";
    NotUtf8 = "K0004", Error, "filen er ikke UTF-8", "the file is not UTF-8";
    NulCharacter = "K0005", Error, "filen er ikke ren tekst", "the file is not plain text";
    DirectionControl = "K0006", Error, "tegn, der vender læseretningen", "character that turns the reading direction";
    InvisibleCharacter = "K0007", Error, "usynligt tegn", "invisible character";
    ControlCharacter = "K0008", Error, "styretegn", "control character";
    Tab = "K0009", Error, "tabulator", "tab";
    HardSpace = "K0010", Note, "særligt mellemrum", "special space";
    Decomposed = "K0011", Note, "bogstaver i to dele", "letters in two parts";
    NameTooLong = "K0012", Error, "navnet er for langt", "the name is too long";
    MixedScripts = "K0013", Error, "navnet blander alfabeter", "the name mixes alphabets";
    ConfusableNames = "K0014", Error, "navne, der ligner hinanden", "names that look alike";
    TotalTooLarge = "K0015", Error, "filerne er for store tilsammen", "the files are too large together";
    TextTooLong = "K0016", Error, "teksten er for lang", "the text is too long";
    TooManyFiles = "K0017", Error, "for mange regelfiler", "too many rule files";
    TooManyRows = "K0018", Error, "tabellen har for mange rækker", "the table has too many rows";
    FileMissing = "K0030", Error, "filen findes ikke", "the file does not exist";
    FolderNotFile = "K0031", Error, "en mappe, hvor der ventes en fil", "a folder where a file is expected";
    FileNotFolder = "K0032", Error, "en fil, hvor der ventes en mappe", "a file where a folder is expected";
    NotAStoredFile = "K0033", Error, "ikke en gemt fil", "not a stored file";
    ReadFailed = "K0035", Error, "filen kan ikke læses", "the file cannot be read";
    WriteFailed = "K0036", Error, "filen kan ikke skrives", "the file cannot be written";
    NotARuleFile = "K0037", Error, "ikke en regelfil", "not a rule file";
    FolderWithoutRules = "K0038", Error, "mappen har ingen regelfiler", "the folder has no rule files";
    AlreadyThere = "K0039", Error, "findes allerede", "exists already";
    FileChanged = "K0041", Error, "filen er ændret imens", "the file has changed meanwhile";
    NotAScenario = "K0047", Error, "filen er ikke ét scenarie", "the file is not one scenario";
    NotSaved = "K0048", Error, "kan ikke gemmes som scenarie", "cannot be saved as a scenario";
    // --- what a result rests on (explore)
    NotDrawn = "K0049", Error, "kan ikke tegnes", "cannot be drawn";
    NothingToFollow = "K0040", Error, "der er intet at følge", "there is nothing to follow";
    NotVaried = "K0042", Error, "kan ikke følges", "cannot be followed";
    NoRange = "K0043", Error, "strækningen mangler", "the range is missing";
    NothingToAskWhy = "K0044", Error, "ingenting, der kan gælde eller ej", "nothing that can apply or not";
    NotRestedOn = "K0045", Error, "svaret bygger ikke på det", "the answer does not rest on it";
    NotAGoal = "K0046", Error, "ikke noget, der kan være opfyldt", "nothing that can hold";
    SameTwice = "K0050", Error, "en eller to forskellige ubekendte", "one or two different unknowns";
    NoStep = "K0051", Error, "trinet deler ikke strækningen", "the step does not part the range";
    // --- syntax
    UnexpectedHere = "K0130", Error, "det kan ikke stå her", "this cannot stand here";
    TooNested = "K0131", Error, "for mange niveauer", "too many levels";
    NumberForm = "K0132", Error, "tallet er ikke skrevet som på dansk eller engelsk", "the number is not written as in the language of the file";
    NoSuchDate = "K0133", Error, "datoen findes ikke", "there is no such date";
    BareTo = "K0134", Error, "det fremgår ikke, om slutdagen er med", "it is not said whether the last day is included";
    SpanOfYears = "K0135", Error, "flere år, hvor der skal stå ét, eller et årstal, der er forkortet", "several years where one is meant, or a year cut short";
    DomainForm = "K0136", Error, "området er ikke et interval", "the domain is not a range";
    WordAfterSum = "K0137", Error, "ord efter en sum kan læses på to måder", "words after a sum can be read in two ways";
    WhereInArithmetic = "K0138", Error, "det fremgår ikke, hvor betingelsen slutter", "it is not clear where the condition ends";
    ListNotHere = "K0139", Error, "en liste kan ikke stå her", "a list cannot stand here";
    WithoutSet = "K0140", Error, "det mangler at sige, hvem der regnes over", "it is not said over whom this is computed";
    ChainedComparison = "K0141", Error, "to sammenligninger efter hinanden", "two comparisons in a row";
    NotOneDivision = "K0142", Error, "tilføjelsen gælder én division", "the addition applies to one division";
    PartNotHere = "K0143", Error, "tilføjelsen hører ikke til her", "the addition does not belong here";
    CellColumn = "K0144", Error, "cellen passer ikke til sin kolonne", "the cell does not fit its column";
    SaidTwice = "K0145", Error, "sagt to gange", "said twice";
    NotUnderstood = "K0149", Error, "linjen kan ikke læses", "the line cannot be read";
    Indentation = "K0150", Error, "linjen står ved en forkert indrykning", "the line has the wrong indentation";
    PercentSign = "K0151", Error, "procenttegn", "percent sign";
    ForeignSign = "K0152", Error, "et tegn, som sproget ikke har", "a sign the language does not have";
    Braces = "K0153", Error, "krøllede parenteser", "braces";
    Semicolon = "K0154", Error, "semikolon sidst på linjen", "semicolon at the end of a line";
    OtherLanguage = "K0155", Error, "et ord på det andet sprog", "a word of the other language";
    CapitalKeyword = "K0156", Error, "et ord med stort begyndelsesbogstav", "a word in capitals";
    TypographicQuotes = "K0157", Error, "krumme anførselstegn", "curly quotes";
    UnitSpelling = "K0158", Error, "en enhed, der er skrevet anderledes", "a unit spelt differently";
    HeaderContinued = "K0159", Error, "en overskrift over flere linjer", "a header over several lines";
    ReservedName = "K0160", Error, "et ord i sproget brugt som navn", "a word of the language used as a name";
    IncompleteChoice = "K0161", Error, "et valg, der mangler en del", "a choice that lacks a part";
    OpenText = "K0162", Error, "en tekst, der ikke sluttes", "a text that is not closed";
    Brackets = "K0163", Error, "parenteser, der ikke passer", "brackets that do not match";
    CallStyle = "K0164", Error, "skrevet som en funktion", "written as a function";
    EmptyBlock = "K0165", Error, "en overskrift uden linjer", "a header without lines";
    ForeignComment = "K0166", Error, "en kommentar fra et andet sprog", "a comment of another language";
    MisspeltWord = "K0167", Error, "et ord, der er stavet forkert", "a misspelt word";
    ThreeDecimals = "K0168", Warning, "tre decimaler eller tusinder", "three decimals or thousands";
    NotFormatted = "K0190", Error, "filen kan ikke formateres, før fejlene er rettet", "the file cannot be formatted until its errors are mended";
    ReservedInOther = "K0191", Error, "navne er reserveret på det andet sprog", "names are reserved in the other language";
    FormatterFault = "K0192", Error, "formateringen er afbrudt", "formatting was stopped";
    // --- names
    UndefinedName = "K0201", Error, "ukendt navn", "unknown name";
    DuplicateName = "K0202", Error, "navn erklæret to gange", "name declared twice";
    AmbiguousName = "K0203", Error, "navn med flere betydninger", "name with several meanings";
    OverlappingDefinitions = "K0204", Error, "to fastsættelser for samme tid", "set twice for the same time";
    UnknownUnit = "K0205", Error, "ukendt enhed", "unknown unit";
    UnknownKind = "K0206", Error, "ukendt slags", "unknown kind";
    UnknownSource = "K0207", Error, "ukendt kilde", "unknown source";
    NoSuchCell = "K0208", Error, "rækken findes ikke", "no such row";
    NotAssignable = "K0209", Error, "kan ikke tildeles en værdi", "cannot be given a value";
    Cycle = "K0210", Error, "definitioner i ring", "definitions in a ring";
    DanglingName = "K0211", Error, "henvisning til noget, der ikke findes", "reference to something that is not there";
    NearlyRestated = "K0212", Error, "navn i undtagelse, der ligner klausulens", "name in an exception that resembles the clause's";
    ReversedPeriod = "K0213", Error, "periode, der slutter før den begynder", "period that ends before it begins";
    VagueDate = "K0214", Error, "dato, der ikke er en bestemt dag", "date that is not a certain day";
    Misplaced = "K0215", Error, "tilføjelse uden noget at virke på", "modifier with nothing to act on";
    TwoChosen = "K0216", Error, "to valgte læsninger", "two chosen readings";
    CellCount = "K0217", Error, "forkert antal felter i en række", "wrong number of cells in a row";
    NotAFigure = "K0218", Error, "her skal stå et skrevet tal", "a written figure must stand here";
    NoBasis = "K0219", Warning, "tal uden hjemmel", "figures without a basis";
    ZeroDenominator = "K0220", Error, "brøk med nævneren 0", "fraction with the denominator 0";
    SpanOutsideSum = "K0221", Error, "flere år uden `sum af`", "several years without `sum of`";
    NoConditions = "K0222", Error, "ingen betingelser at tælle", "no conditions to count";
    ZeroStep = "K0223", Error, "afrunding til 0", "rounding to 0";
    TimedFigure = "K0240", Error, "tid efter et skrevet tal", "time after a written figure";
    ExpectsNothing = "K0241", Error, "prøve, der ikke venter noget", "test that expects nothing";
    AlwaysExcepted = "K0242", Warning, "undtagelse, der altid gælder", "exception that always applies";
    DirectedShare = "K0224", Error, "retning på en fordelings afrunding", "direction on a distribution's rounding";
    IndexOverlap = "K0260", Error, "indeks, der siger det samme to gange", "index that says the same twice";
    IndexMixed = "K0261", Error, "indeks med to slags linjer", "index with two kinds of lines";
    IndexFigure = "K0262", Error, "indekstal, der ikke kan regnes med", "index figure that cannot be computed with";
    NotAnIndex = "K0263", Error, "ikke et indeks", "not an index";
    IndexAsValue = "K0264", Error, "indeks brugt som værdi", "index used as a value";
    PeriodAsDate = "K0250", Error, "måned eller kvartal, hvor der skal stå en dato", "month or quarter where a date is needed";
    NothingToCarryOn = "K0251", Error, "ingen værdi at videreføre", "no value to carry on";
    OutsideClauseTime = "K0253", Error, "linje uden for klausulens tid", "line outside the time of its clause";
    GivenBoundNotHere = "K0254", Error, "given dato, hvor datoen skal skrives", "given date where the date must be written";
    NoAgreement = "K0290", Error, "ukendt aftale", "unknown agreement";
    UsesItself = "K0291", Warning, "en aftale, der bruger sig selv", "an agreement that uses itself";
    WhichAgreement = "K0292", Error, "klausul uden en bestemt aftale", "clause of no certain agreement";
    NothingToCarry = "K0293", Error, "ingen klausul at videreføre", "no clause to carry over";
    CarryRing = "K0294", Error, "klausuler, der viderefører hinanden", "clauses that carry each other over";
    CarriedForAnother = "K0295", Error, "videreført for en anden slags", "carried over for another kind";
    Contradiction = "K0296", Error, "erklæret på to måder", "declared in two ways";
    UseRing = "K0297", Warning, "aftaler, der bruger hinanden i ring", "agreements that use each other in a ring";
    SeveralRests = "K0278", Error, "flere dele, der er resten", "several parts that are the rest";
    EachRoundedOnce = "K0279", Error, "afrunding af hele klausulen, sagt to gange eller i en undtagelse", "rounding of the whole clause, said twice or in an exception";
    NotATable = "K0275", Error, "række af noget uden rækker", "row of something without rows";
    NotAPoint = "K0276", Error, "række, der ikke er ét punkt", "row that is not one point";
    PointKeys = "K0277", Error, "punkter af flere nøgler", "points of several keys";
    BothHave = "K0265", Error, "navn, som to har", "name that two have";
    NotAtHand = "K0266", Error, "ingen at pege på", "nobody to point at";
    NoLink = "K0267", Error, "intet entydigt led", "no single link";
    SameAsWhom = "K0268", Error, "samme som hvem", "the same as whom";
    Succession = "K0270", Error, "afløsning, der ikke går op", "succession that does not add up";
    RankOrder = "K0269", Error, "rang uden retning", "rank without an order";
    WhichClause = "K0280", Error, "linje uden klausul", "line without a clause";
    UndatedAmendment = "K0281", Error, "ændring uden dato", "amendment without a date";
    PrecedenceRing = "K0282", Error, "forrang i ring", "precedence in a ring";
    LayersConflict = "K0283", Error, "to læsninger eller ændringer af det samme", "two readings or amendments of the same";
    NothingFormer = "K0284", Error, "ingen hidtidig værdi", "no former value";
    // --- types
    UnitsDiffer = "K0301", Error, "enhederne passer ikke sammen", "the units do not fit together";
    AmountAndPercent = "K0302", Error, "beløb og procentsats", "amount and percentage";
    BareForPercent = "K0303", Error, "tal uden enhed i stedet for en procentsats", "bare number for a percentage";
    LevelsDiffer = "K0304", Error, "forskellige prisniveauer", "different price levels";
    WrongType = "K0305", Error, "noget andet end ventet", "something else than expected";
    RaisedPercent = "K0306", Error, "procent af en procentsats, eller point", "per cent of a rate, or points";
    RoundingUnit = "K0307", Error, "afrunding i en anden enhed", "rounding in another unit";
    NotOneOf = "K0308", Error, "tekst, der ikke er en af de tilladte", "text that is not one of the allowed";
    WhichEntity = "K0309", Error, "værdi for hver, uden at sige for hvilken", "a value for each, without saying which";
    PoolPerEntity = "K0310", Error, "pulje, der ikke er den samme for alle", "pool that is not the same for all";
    DateCell = "K0371", Error, "tid som række for noget, der ikke er en dato", "time as a row for what is no date";
    PercentPart = "K0373", Error, "del, der er en procentsats", "part that is a percentage";
    EachNoMoney = "K0374", Error, "hvert beløb afrundet til noget andet end penge", "each amount rounded to something else than money";
    NotBetween = "K0372", Error, "noget, der ikke kan regnes mellem", "something without a between";
    FlatRate = "K0370", Error, "sats, der ikke er pr. enhed", "rate that is not per unit";
    NotConvertible = "K0355", Error, "kan ikke omregnes mellem prisniveauer", "cannot be converted between price levels";
    YearsMissing = "K0356", Error, "år, som indekset mangler", "years that the index lacks";
    SumLevels = "K0357", Error, "sum over år i hver sit prisniveau", "sum over years at different price levels";
    SeveralYears = "K0358", Error, "beløb fra flere års priser", "amount of several years' prices";
    WhichLevel = "K0359", Error, "prisniveauet fremgår ikke", "the price level is not certain";
    UnguardedNone = "K0383", Error, "måske ingen, uden at det er spurgt", "perhaps none, without asking";
    NeverNone = "K0384", Warning, "spørgsmål om `ingen`, der aldrig kan være det", "asking for `none` of what never is";
    ReversedDomain = "K0385", Error, "område, der er tomt", "domain that is empty";
    DomainMisfit = "K0386", Error, "område, der ikke passer til typen", "domain that does not fit the type";
    UnitMultiple = "K0387", Error, "enhed, der ikke kan være et antal af en anden", "unit that cannot be a number of another";
    WholeKind = "K0389", Warning, "alle talt med, ikke kun dens egne", "all counted, not only its own";
    UnitContradiction = "K0388", Error, "enhed, der allerede er en anden", "unit that is another already";
    DayMayBeMissing = "K0350", Error, "en dag, som måneden måske ikke har", "a day that the month may lack";
    ShareByViewer = "K0365", Error, "fordeling, der afhænger af, hvem der spørger", "distribution that depends on who asks";
    // --- running
    DivisionByZero = "K0401", Error, "division med 0", "division by 0";
    NoRow = "K0402", Error, "ingen række passer", "no row fits";
    SeveralRows = "K0403", Error, "flere rækker passer", "several rows fit";
    ChangesWithin = "K0404", Error, "værdien ændrer sig undervejs", "the value changes meanwhile";
    ConflictingExceptions = "K0405", Error, "undtagelser, der strider mod hinanden", "exceptions that conflict";
    KeysDoNotAdd = "K0406", Error, "nøgle, der ikke giver 100 pct.", "key that does not add to 100 per cent";
    ZeroKey = "K0407", Error, "nøgle på 0", "key of 0";
    PoolNotMultiple = "K0408", Error, "pulje, der ikke går op", "pool that is not a multiple";
    NobodySelected = "K0409", Error, "ingen at regne over", "nobody to compute over";
    Faulty = "K0410", Error, "bygger på noget, der er fejl i", "builds on something with errors";
    Endless = "K0411", Error, "skal kende sig selv", "needs itself";
    NegativeKey = "K0412", Error, "negativ nøgle", "negative key";
    NoSuchRecipient = "K0413", Error, "modtager af resten findes ikke", "recipient of the rest is not there";
    OutsideCalendar = "K0414", Error, "uden for kalenderen", "outside the calendar";
    NoDay = "K0415", Error, "`dag` uden en dato", "`day` without a date";
    OutsideDomain = "K0417", Error, "uden for det tilladte", "outside what is allowed";
    LimitReached = "K0418", Error, "en grænse er nået", "a limit is reached";
    ColumnUnread = "K0419", Error, "kolonne, der ikke kan læses", "column that cannot be read";
    ColumnTwice = "K0420", Error, "to kolonner med ét navn", "two columns of one name";
    NoBridge = "K0421", Error, "ingen bro", "no bridge";
    TwoNumbers = "K0424", Error, "et tal, der læses på to måder", "a number that reads in two ways";
    PlainQuestion = "K0425", Error, "et spørgsmål i almindelige ord", "a question in plain words";
    Stopped = "K0426", Error, "afbrudt", "stopped";
    LineBreaks = "K0427", Warning, "en linje, der bryder et krav", "a line that breaks a requirement";
    NegativeBase = "K0475", Error, "en trappe af noget negativt", "a scale of something negative";
    AboveScale = "K0476", Error, "over trappens sidste trin", "above the last slice of the scale";
    PartsExceed = "K0479", Error, "dele, der er mere end helheden", "parts that are more than the whole";
    SamePoint = "K0478", Error, "to rækker for samme punkt", "two rows for one point";
    ScaleFalls = "K0477", Error, "trin, der ikke stiger", "slices that do not rise";
    IndexEnds = "K0460", Error, "indekset når ikke så langt", "the index does not reach that far";
    NoSuchDay = "K0450", Error, "måneden har ikke dagen", "the month lacks the day";
    NotWholeMonths = "K0451", Error, "ikke et helt antal måneder", "not a whole number of months";
    GivenOverlap = "K0452", Error, "to linjer for samme tid, som datoerne blev", "two lines for the same time, as the dates turned out";
    NoOpening = "K0453", Error, "ingen begyndelsesværdi", "no opening value";
    NothingBefore = "K0454", Error, "ingen tidligere værdi at videreføre", "no earlier value to carry on";
    NoTotal = "K0455", Error, "ingen sum for perioden", "no total for the period";
    KindChanges = "K0465", Error, "ikke de samme hele året", "not the same all year";
    NobodyCalled = "K0466", Error, "led til et navn, ingen har", "link to a name that nobody has";
    PoolDiffers = "K0467", Error, "pulje, der er forskellig inden for gruppen", "pool that differs within the group";
    WeightsZero = "K0468", Error, "vægte, der giver 0", "weights that add to 0";
    NegativeWeight = "K0469", Error, "negativ vægt", "negative weight";
    // --- analysis
    TableGap = "K0510", Error, "tabel med et hul", "table with a gap";
    TableOverlap = "K0511", Error, "rækker, der overlapper", "rows that overlap";
    DeadRow = "K0512", Warning, "række, der aldrig kan passe", "row that can never fit";
    EmptyRange = "K0517", Error, "tomt interval", "empty range";
    WrittenSamePoint = "K0518", Error, "to rækker skrevet for samme punkt", "two rows written for one point";
    PointsFall = "K0519", Warning, "punkter, der ikke stiger", "points that do not rise";
    WrittenPartsExceed = "K0516", Error, "dele, der er skrevet større end helheden", "parts that are written larger than the whole";
    SlicesFall = "K0515", Error, "trin i en trappe, der ikke stiger", "slices of a scale that do not rise";
    UnusedLocal = "K0520", Warning, "navn i en undtagelse, som intet bruger", "name in an exception that nothing uses";
    UnusedFact = "K0521", Warning, "oplysning, som ingen regel bruger", "fact that no rule uses";
    IdleReading = "K0522", Warning, "læsning uden virkning", "reading without effect";
    IdleOtherwise = "K0523", Warning, "`ellers`, der intet dækker", "`otherwise` that covers nothing";
    EmptyClause = "K0524", Warning, "tom klausul eller undtagelse", "empty clause or exception";
    NeverLive = "K0525", Warning, "undtagelse, der aldrig kan gælde", "exception that can never hold";
    MeetsZero = "K0530", Warning, "division, der kan møde 0", "division that can meet 0";
    UnroundedPay = "K0531", Warning, "udbetalt beløb, der ikke afrundes", "amount paid out that is not rounded";
    RoundedTwice = "K0532", Warning, "beløb, der afrundes to gange", "amount that is rounded twice";
    RoundedEarly = "K0533", Warning, "dele, der afrundes før deres sum", "parts that are rounded before their sum";
    SharesDoNotAdd = "K0534", Warning, "andele, der ikke behøver gå op", "shares that need not add up";
    TotalForAYear = "K0535", Warning, "samlet beløb brugt som ét års", "total used as one year's amount";
    OtherLevel = "K0536", Warning, "prisniveau, der skiller sig ud", "price level that stands out";
    LiveTogether = "K0540", Warning, "undtagelser, der kan gælde samtidig", "exceptions that can be live together";
    NeverTrue = "K0541", Warning, "betingelse, der aldrig er opfyldt", "condition that is never met";
    AlwaysTrue = "K0542", Warning, "betingelse, der altid er opfyldt", "condition that is always met";
    DeadBranch = "K0543", Warning, "gren, der aldrig nås", "branch that is never reached";
    NeverPaid = "K0544", Warning, "tilskud, der aldrig kan udbetales", "grant that can never be paid";
    NeverLapses = "K0545", Warning, "tilskud, der aldrig kan bortfalde", "grant that can never lapse";
    OutsideStated = "K0546", Warning, "værdi læst uden for sin tid", "value read outside its time";
    SeriesHole = "K0547", Warning, "tid, som en række af linjer springer over", "time that a series of lines leaves out";
    StartNotFixed = "K0548", Note, "begyndelse, der ikke ligger fast", "beginning that is not fixed";
    OutsideException = "K0549", Warning, "linje uden for undtagelsens tid", "line outside the time of its exception";
    RestatingReading = "K0550", Warning, "læsning, der fastsætter det, der allerede står", "reading that states what already stands";
    ErrorInReading = "K0551", Warning, "fejl, som kun en anden læsning har", "error that only another reading has";
    OutsideAgreement = "K0560", Warning, "undtagelse uden for aftalens periode", "exception outside the agreement's period";
    CheckFails = "K0501", Error, "aftalens egen sum stemmer ikke", "the agreement's own sum does not hold";
    CheckOpen = "K0502", Note, "kontrol, der mangler oplysninger", "check that lacks facts";
    DeviationChanged = "K0503", Error, "kendt afvigelse, der er ændret", "known difference that has changed";
    CheckError = "K0504", Error, "kontrol, der ikke kan regnes ud", "check that cannot be computed";
    // --- data
    DataUnknownName = "K0640", Warning, "navn i data, som reglerne ikke kender", "name in data that the rules do not know";
    DataUnknownKind = "K0641", Error, "slags i data, som reglerne ikke kender", "kind in data that the rules do not know";
    DataWrongType = "K0642", Error, "værdi af en anden slags", "value of another kind";
    DataWrongUnit = "K0643", Error, "værdi i en anden enhed", "value in another unit";
    DataOutsideDomain = "K0644", Error, "værdi uden for det tilladte", "value outside what is allowed";
    DataNobodyCalled = "K0660", Error, "led i data til et navn, ingen har", "link in data to a name that nobody has";
    DataNested = "K0661", Error, "indlejret uden et entydigt led", "nested without a single link";
    SucceededUnknown = "K0662", Error, "afløst navn, ingen har", "succeeded name that nobody has";
    JsonSyntax = "K0601", Error, "JSON kan ikke læses", "JSON cannot be read";
    TomlSyntax = "K0602", Error, "TOML kan ikke læses", "TOML cannot be read";
    CsvShape = "K0603", Error, "tabellens form er gal", "the shape of the table is wrong";
    DataRepeated = "K0604", Error, "oplyst to gange", "given twice";
    NumberAmbiguous = "K0605", Error, "tal, der kan læses på to måder", "number that can be read two ways";
    DataShape = "K0606", Error, "uventet form på data", "unexpected shape of data";
    DataPeriod = "K0607", Error, "ukendt tidspunkt i data", "unknown time in data";
    DataNumber = "K0608", Error, "tal, der ikke kan bruges", "number that cannot be used";
    DataForm = "K0609", Error, "ukendt slags datafil", "unknown kind of data file";
    DataNesting = "K0610", Error, "data er indlejret for dybt", "data is nested too deeply";
    CsvSeparator = "K0611", Error, "kolonner adskilles på to måder", "columns are separated in two ways";
    DecimalMarks = "K0612", Error, "to slags decimaltegn", "two kinds of decimal mark";
    DataName = "K0613", Error, "navn i data kan ikke bruges", "name in data cannot be used";
    DataEncoding = "K0614", Error, "datafilen er ikke UTF-8-tekst", "the data file is not UTF-8 text";
    NotInData = "K0669", Warning, "navn i reglerne, som ingen i data har", "name in the rules that nobody in the data has";
    RequirementUnmet = "K0667", Error, "data, der ikke opfylder et krav", "data that does not meet a requirement";
    RequirementOpen = "K0668", Note, "krav, der mangler oplysninger", "requirement that lacks facts";
    // --- the tool
    // --- documents that rules cite (sources)
    RegisterFault = "K0701", Error, "registret over dokumenter", "the register of documents";
    DocumentNotAtHand = "K0702", Error, "dokumentet er ikke ved hånden", "the document is not at hand";
    DocumentNotText = "K0703", Error, "dokumentet er ikke UTF-8", "the document is not UTF-8";
    LockFault = "K0704", Error, "låsefilen kan ikke læses", "the lock file cannot be read";
    CitationUnresolved = "K0710", Error, "stedet findes ikke i dokumentet", "the place is not in the document";
    CitationAmbiguous = "K0711", Error, "henvisningen passer flere steder", "the citation fits several places";
    FigureNotInPassage = "K0720", Error, "tallet står ikke på stedet", "the figure is not in the passage";
    PassageMoved = "K0721", Warning, "stedet er flyttet", "the passage has moved";
    PassageChanged = "K0722", Warning, "stedet siger noget andet end før", "the passage says something else than before";
    LockBehind = "K0723", Warning, "låsefilen følger ikke reglerne", "the lock file does not follow the rules";
    HeadingSpelledOtherwise = "K0712", Note, "overskriften staves anderledes", "the heading is spelled otherwise";

    NoRecords = "K0801", Error, "filen er ingen fil med spor", "the file is no file of records";
    NoKey = "K0802", Error, "filen er ikke den nøgle, der skal bruges", "the file is not the key that is wanted";

    WhichYear = "K0902", Error, "hvilket år?", "which year?";
    NoSuchTarget = "K0903", Error, "ukendt spørgsmål", "unknown question";
    NoSuchEntity = "K0904", Error, "ukendt enhed i spørgsmålet", "unknown entity in the question";
    UnreadableOption = "K0906", Error, "valgmulighed, der ikke kan læses", "option that cannot be read";
    NoSuchScenario = "K0905", Error, "ukendt scenarie", "unknown scenario";
    NotComputedYet = "K0901", Error, "beregnes endnu ikke", "not computed yet";
    WrongUsage = "K0910", Error, "kommandolinjen er ikke forstået", "the command line was not understood";
    ReplUnknownCommand = "K0920", Error, "ukendt kommando", "unknown command";
    ReplArgument = "K0921", Error, "kommandoen er ikke forstået", "the command was not understood";
    ReplNoSuchTopic = "K0922", Error, "ingen hjælp om emnet", "no help about the topic";
}
