use std::process::ExitCode;

use anstream::AutoStream;

fn main() -> ExitCode {
    let environment = plan::Environment::of_process();
    // Makes a Windows console understand colours; what is printed is never altered.
    let mut out = AutoStream::always(std::io::stdout()).lock();
    // What a library tells there on another thread must not wait for the end of the program.
    let mut err = std::io::stderr();
    // The shells of Windows leave `*.xlsx` to the program.
    let code = plan::run(wild::args_os(), &environment, &mut out, &mut err);
    ExitCode::from(code)
}
