use super::*;

/// The parts of a text, one per line: kind, number, heading, and the first and last line that it covers.
fn told(text: &str) -> String {
    let line = |at: usize| text[..at].matches('\n').count() + 1;
    let one = |part: &Part| {
        let title = text[part.title.clone()].replace('\n', "|");
        let last = line(text[..part.whole.end].trim_end().len());
        format!("{:?} {} '{}' {}-{}\n", part.kind, part.number, title, line(part.whole.start), last)
    };
    outline(text).iter().map(one).collect()
}

#[test]
fn annexes_boxes_headings_and_items_are_told_apart() {
    let text = "1. Indledning\n\nTekst, der fylder en linje og slutter med et punktum.\n\nNærhed\n\nMere tekst, jf. bilag 1, og så videre.\n\
        \nBilag 1. Økonomi\n\nBoks 1\n\nForudsætninger\n\n- Der er 5 mio. kr.\n- Der er 6 mio. kr.\n\nBoks 2. Kriterier\n1. Reduktion i antal.\n2. Stigning i andel.\n";
    insta::assert_snapshot!(told(text), @r"
    Section(1) 1 'Indledning' 1-7
    Heading  'Nærhed' 5-7
    Annex 1 'Økonomi' 9-20
    Box 1 'Forudsætninger' 11-16
    Bullet  'Der er 5 mio. kr.' 15-15
    Bullet  'Der er 6 mio. kr.' 16-16
    Box 2 'Kriterier' 18-20
    Bullet 1 'Reduktion i antal.' 19-19
    Bullet 2 'Stigning i andel.' 20-20
    ");
}

#[test]
fn a_document_with_fixed_line_ends_keeps_its_headings() {
    let text = "\u{C} 1. Indledning \nRegeringen er enig med regionerne om at fortsætte den udvikling, der er begyndt, og om \nat den skal give bedre vilkår.  \nEn stærkere rolle i det grænseoverskridende samarbejde \nParterne er enige om, at regionerne bidrager til det grænseoverskridende samarbejde, og at det\nskal fortsætte på \nde områder. \n\u{F0B7} Med aftalen løftes det regionale udgiftsniveau på sundhedsområdet med 1,5 mia. kr. i det\nnæste år.  \n\u{F0B7} Endnu et punkt.\n\u{C} Bilag 1. En brugervenlig \ndigital offentlig sektor  \nTekst om den del, som binder indsatsen i kommuner, regioner og praksissektoren sammen til ét.\n";
    insta::assert_snapshot!(told(text), @r"
    Section(1) 1 'Indledning' 1-10
    Heading  'En stærkere rolle i det grænseoverskridende samarbejde' 4-10
    Bullet  'Med aftalen løftes det regionale udgiftsniveau på sundhedsområdet med 1,5 mia. kr. i det' 8-9
    Bullet  'Endnu et punkt.' 10-10
    Annex 1 'En brugervenlig |digital offentlig sektor' 11-13
    ");
}

#[test]
fn an_act_has_paragraphs_subsections_numbers_and_letters() {
    let text = "Kapitel 1\n\n§ 14. Tilskud gives til\n1) kommuner og\n2) regioner, når\na) de søger, og\nb) de opfylder § 15.\nStk. 2. Tilskuddet udgør 5 mio. kr.\n\n§ 15 a. Ministeren fastsætter regler, jf. § 14.\n\nArtikel 4\nTekst.\n";
    insta::assert_snapshot!(told(text), @r"
    Heading  'Kapitel 1' 1-1
    Paragraph 14 'Tilskud gives til' 3-8
    Number 1 'kommuner og' 4-4
    Number 2 'regioner, når' 5-7
    Letter a 'de søger, og' 6-6
    Letter b 'de opfylder § 15.' 7-7
    Subsection 2 'Tilskuddet udgør 5 mio. kr.' 8-8
    Paragraph 15a 'Ministeren fastsætter regler, jf. § 14.' 10-10
    Article 4 '' 12-13
    ");
}

#[test]
fn running_text_that_begins_like_a_part_is_none() {
    let text = "Regionerne følger aftalen om de næste års rammer, som den er skrevet ned i\nbilag 1 og i de bokse, der hører til det, og de ser efter, om den bliver holdt i\nBoks 2 om andre ting, der skal ske i løbet af de næste år, og som parterne er enige\nom. Det er i\n2025. Det er sagt.\n- 8 mio. kr. i alt\n";
    insta::assert_snapshot!(told(text), @r"
    Bullet  '8 mio. kr. i alt' 6-6
    ");
}
