use super::visible;

/// Writes a table as CSV: `;` between cells, quotation marks where needed, `\n` at line ends. A text that a spreadsheet
/// would take for a formula gets an apostrophe in front; plain numbers stay numbers.
pub fn csv_text<S: AsRef<str>>(rows: &[Vec<S>]) -> String {
    let line =
        |row: &Vec<S>| row.iter().map(|cell| quoted(&harmless(cell.as_ref()))).collect::<Vec<_>>().join(";");
    rows.iter().map(|row| line(row) + "\n").collect()
}

fn harmless(cell: &str) -> String {
    let starts_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '|', '%']);
    let guard = if starts_formula && !is_number(cell) { "'" } else { "" };
    format!("{guard}{}", visible(cell))
}

/// Tells whether a cell is a number alone: a sign, digits, and marks between digits.
fn is_number(cell: &str) -> bool {
    let body = cell.strip_prefix(['-', '−']).unwrap_or(cell);
    let is_digit = |c: char| c.is_ascii_digit();
    body.starts_with(is_digit)
        && body.ends_with(is_digit)
        && body.chars().all(|c| is_digit(c) || matches!(c, '.' | ','))
}

fn quoted(cell: &str) -> String {
    match cell.contains([';', ',', '"', ' ', '\'']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_cannot_become_formulas() {
        let rows = [
            vec!["mål", "værdi"],
            vec!["=1+1", "-5"],
            vec!["a;\"b\"", "−1.234,50"],
            vec!["+cmd|' /C calc'!A0", "-2+3"],
            vec!["x\ny\u{1b}", ""],
        ];
        assert_eq!(
            csv_text(&rows),
            "mål;værdi\n\"'=1+1\";-5\n\"a;\"\"b\"\"\";\"−1.234,50\"\n\"'+cmd|' /C calc'!A0\";\"'-2+3\"\nx␊y␛;\n"
        );
    }
}
