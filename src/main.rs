use std::process::ExitCode;

fn main() -> ExitCode {
    let environment = plan::Environment::of_process();
    let code =
        plan::run(std::env::args_os(), &environment, &mut std::io::stdout().lock(), &mut std::io::stderr().lock());
    ExitCode::from(code)
}
