use crate::diag::{Code, Diagnostic, Severity};
use crate::world::WorldError;

/// How the program ends; the numbers are part of the contract in `docs/cli.md`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Exit {
    /// All is well.
    Ok = 0,
    /// Errors in rules, failed tests or checks.
    Findings = 1,
    /// The command line is wrong.
    Usage = 2,
    /// The data is wrong.
    Data = 3,
    /// A limit was reached.
    Limit = 4,
    /// Reading or writing failed.
    World = 5,
    /// A record does not verify.
    Unverified = 6,
    /// A fault of the program itself.
    Bug = 70,
}

impl Exit {
    /// Returns the number the system is told.
    pub fn code(self) -> u8 {
        self as u8
    }
    /// Chooses how to end for what was found: the gravest of its errors decides, reading and limits before data, and
    /// data before rules. Warnings and notes end well.
    pub fn of(found: &[Diagnostic]) -> Exit {
        let errors = found.iter().filter(|found| found.severity == Severity::Error);
        errors.map(|found| Exit::of_code(found.code)).max().unwrap_or(Exit::Ok)
    }
    /// Chooses how to end for something the world refused.
    pub fn of_world(error: &WorldError) -> Exit {
        if error.is_limit() { Exit::Limit } else { Exit::World }
    }
    fn of_code(code: Code) -> Exit {
        const LIMITS: [Code; 11] = [
            Code::FileTooLarge,
            Code::LineTooLong,
            Code::TooManyLines,
            Code::NameTooLong,
            Code::TotalTooLarge,
            Code::TextTooLong,
            Code::TooManyFiles,
            Code::TooManyRows,
            Code::TooNested,
            Code::DataNesting,
            Code::LimitReached,
        ];
        match code.id().get(1..3).unwrap_or_default() {
            _ if LIMITS.contains(&code) => Exit::Limit,
            "00" if code.id() >= "K0030" => Exit::World,
            // A what-if outside what its fact can be is bad data, like a value in a data file.
            _ if code == Code::OutsideDomain => Exit::Data,
            "06" => Exit::Data,
            "09" if code != Code::NotComputedYet => Exit::Usage,
            _ => Exit::Findings,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Bi;

    fn of(codes: &[Code]) -> Exit {
        Exit::of(&codes.iter().map(|code| Diagnostic::new(*code, Bi::same("x"))).collect::<Vec<_>>())
    }

    #[test]
    fn the_gravest_error_decides() {
        assert_eq!(of(&[]), Exit::Ok);
        assert_eq!(of(&[Code::HardSpace]), Exit::Ok);
        assert_eq!(of(&[Code::NotComputedYet]), Exit::Findings);
        assert_eq!(of(&[Code::NotComputedYet, Code::JsonSyntax]), Exit::Data);
        assert_eq!(of(&[Code::FileTooLarge, Code::JsonSyntax]), Exit::Limit);
        assert_eq!(of(&[Code::FileMissing]), Exit::World);
        assert_eq!(of(&[Code::LimitReached]), Exit::Limit);
        assert_eq!(of(&[Code::WhichYear]), Exit::Usage);
    }
}
