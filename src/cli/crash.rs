use std::io::Write;
use std::panic::{self, PanicHookInfo};
use std::thread;

use super::Exit;
use crate::render::visible;

/// The sizes of stack that are tried, largest first. Everything deep is counted and limited long before 256 MiB;
/// the memory is only taken when it is used.
const STACKS: [usize; 3] = [256 << 20, 64 << 20, 16 << 20];

/// Runs the work with a large stack. A fault of ours ends with its own message and number, never with a backtrace.
pub(super) fn guarded(work: impl FnOnce() -> Exit + Send + 'static) -> Exit {
    panic::set_hook(Box::new(tell));
    // The work waits in a cell, since a thread that cannot be started must not take it along.
    let cell = std::sync::Arc::new(std::sync::Mutex::new(Some(work)));
    for size in STACKS {
        let shared = std::sync::Arc::clone(&cell);
        let body = move || {
            let work = shared.lock().ok().and_then(|mut work| work.take());
            work.map_or(Exit::Bug, |work| work())
        };
        if let Ok(started) = thread::Builder::new().stack_size(size).spawn(body) {
            return started.join().unwrap_or(Exit::Bug);
        }
    }
    Exit::Limit
}

/// Has a file that grows beyond the quota of a user fail to be written, with words, instead of ending the program on the
/// spot. Where the signal cannot be caught, the program ends, and the old file stands.
pub(super) fn outlive_quotas() {
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
}

/// Tells of a fault of ours, in both languages, since we cannot know here which one is spoken.
fn tell(info: &PanicHookInfo<'_>) {
    let place = info.location().map_or_else(String::new, |at| format!(" ({}:{})", at.file(), at.line()));
    let payload = info.payload();
    let owned = payload.downcast_ref::<String>().map(String::as_str);
    let what = payload.downcast_ref::<&str>().copied().or(owned).unwrap_or_default();
    let version = env!("CARGO_PKG_VERSION");
    let message = format!(
        "Det er en fejl i klausul {version} selv, ikke i dine filer. Intet er skrevet.\n\
         This is a fault in klausul {version} itself, not in your files. Nothing was written.\n\
         {}{}\n",
        visible(what),
        visible(&place)
    );
    // When standard error is gone too, the exit code still tells.
    let _ = std::io::stderr().write_all(message.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_ours_ends_with_its_own_number() {
        let before = panic::take_hook();
        assert_eq!(guarded(|| panic!("prøve på en fejl \u{1b}[31m")), Exit::Bug);
        assert_eq!(guarded(|| Exit::Data), Exit::Data);
        panic::set_hook(before);
    }

    #[test]
    fn deep_work_has_room() {
        fn deep(left: usize) -> usize {
            let here = std::hint::black_box([left; 64]);
            if left == 0 { 0 } else { deep(left - 1) + here[0] - left + 1 }
        }
        let before = panic::take_hook();
        assert_eq!(guarded(|| if deep(100_000) == 100_000 { Exit::Ok } else { Exit::Bug }), Exit::Ok);
        panic::set_hook(before);
    }
}
