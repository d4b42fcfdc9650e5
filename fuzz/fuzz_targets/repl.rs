#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| klausul_fuzz::run("repl", bytes));
