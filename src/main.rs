use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};

fn main() -> ExitCode {
    let environment = plan::Environment::of_process();
    // Makes a Windows console understand colours; what is printed is never altered.
    let choice = if environment.colour { ColorChoice::Always } else { ColorChoice::AlwaysAnsi };
    let mut out = AutoStream::new(std::io::stdout(), choice).lock();
    // The shells of Windows leave `*.xlsx` to the program.
    let code = plan::run(wild::args_os(), &environment, &mut out, &mut std::io::stderr().lock());
    ExitCode::from(code)
}
