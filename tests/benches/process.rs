//! Whole processes: how long one takes, by the clock and on all cores, and the most memory that it holds.

use std::env;
use std::io;
use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};

/// Seconds and bytes of one run, or the middle ones of some.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) wall: f64,
    pub(crate) cpu: f64,
    pub(crate) peak: f64,
}

/// The word that makes this program run another and print its cost: the system tells the peak of all that a process has waited
/// for, so that each run needs a parent of its own.
pub(crate) const RUN: &str = "run";

/// Runs a program once.
///
/// # Errors
/// When it cannot be run, or ends by a signal.
pub(crate) fn cost(program: &[&str]) -> io::Result<Cost> {
    let output = Command::new(env::current_exe()?).arg(RUN).args(program).stderr(Stdio::inherit()).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let figures: Vec<f64> = text.split_whitespace().filter_map(|figure| figure.parse().ok()).collect();
    let [wall, cpu, peak] = figures[..] else {
        return Err(io::Error::other(format!("{} did not run: {text}", program.join(" "))));
    };
    Ok(Cost { wall, cpu, peak })
}

/// The other side of [`cost`]: runs a program with its output thrown away, and says what it cost.
///
/// # Errors
/// When it cannot be run, or ends as one does that was typed wrong.
pub(crate) fn run(program: &[String]) -> io::Result<String> {
    let start = Instant::now();
    let status =
        Command::new(&program[0]).args(&program[1..]).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    let wall = start.elapsed().as_secs_f64();
    // 1 says that problems were found.
    if status.code().is_none_or(|code| code > 1) {
        return Err(io::Error::other(format!("ended with {status}")));
    }
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let seconds = |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    let cpu = seconds(usage.user_time()) + seconds(usage.system_time());
    Ok(format!("{wall} {cpu} {}", usage.max_rss() * 1024))
}

/// The middle of some numbers.
pub(crate) fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}
