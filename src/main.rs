//! The `klausul` program: arguments in, exit code out.

fn main() -> std::process::ExitCode {
    klausul::cli::main().into()
}
