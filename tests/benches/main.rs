//! How fast the whole program is, beside the least that reading the same files costs. `cargo bench` builds both, makes the
//! workspaces, runs the jobs in turn with the floor and prints a table of ratios; README.md holds the last one.

#![expect(clippy::print_stdout, reason = "a table to read")]

mod floor;
mod process;
mod prose;
mod workspace;

use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;

use process::{Cost, cost, median};

const PLAN: &str = env!("CARGO_BIN_EXE_plan");
const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");

/// How often each job is run, in turn with what it is compared with.
const RUNS: usize = 5;
const SEED: u64 = 13;

const HEAD: &str = "| workspace | job | wall, ms | CPU, ms | peak, MB | wall, × | CPU, × | peak, × bytes |\n\
                    | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |";

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo says that it runs a bench.
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [process::RUN, ..] => println!("{}", process::run(&arguments[1..])?),
        ["floor", ..] => {
            let (files, bytes) = floor::run(&arguments[1..])?;
            println!("{files} files, {bytes} bytes");
        }
        ["make", folder, reports] => {
            workspace::write(Path::new(REPOSITORY), Path::new(folder), reports.parse()?, SEED)?;
        }
        [] => table(10_000)?,
        ["ratios"] => ratios(10_000)?,
        [reports] => table(reports.parse()?)?,
        _ => {
            return Err(
                "cargo bench --bench speed [-- REPORTS | ratios | make FOLDER REPORTS | floor PATH …]".into()
            );
        }
    }
    Ok(())
}

/// Every job, on the repository's own workspace and on one of `reports` reports.
fn table(reports: usize) -> Result<(), Box<dyn Error>> {
    let made = tempfile::tempdir()?;
    let folder = made.path();
    workspace::write(Path::new(REPOSITORY), folder, reports, SEED)?;
    println!("{HEAD}");
    row("", "--version", &[PLAN, "--version"], &[PLAN, "--version"], None)?;
    jobs("province", Path::new(REPOSITORY))?;
    jobs(&format!("{reports} reports"), folder)
}

/// What reading, checking and the state of one of `reports` reports cost, and nothing else: a minute.
fn ratios(reports: usize) -> Result<(), Box<dyn Error>> {
    let made = tempfile::tempdir()?;
    workspace::write(Path::new(REPOSITORY), made.path(), reports, SEED)?;
    println!("{HEAD}");
    reading(&format!("{reports} reports"), made.path())
}

fn reading(name: &str, folder: &Path) -> Result<(), Box<dyn Error>> {
    let exe = env::current_exe()?;
    let (exe, root) = (text(&exe)?, text(folder)?);
    let (plan, reports) = (format!("{root}/plan"), format!("{root}/reports"));
    let (_, bytes) = floor::run(&[plan.clone(), reports.clone()])?;
    let floor = [exe, "floor", &plan, &reports];
    row(name, "floor", &floor, &floor, Some(bytes))?;
    row(name, "check", &[PLAN, "-C", root, "check", "--format", "short"], &floor, Some(bytes))?;
    row(name, "status", &[PLAN, "-C", root, "status"], &floor, Some(bytes))
}

/// A table's rows for one workspace.
fn jobs(name: &str, folder: &Path) -> Result<(), Box<dyn Error>> {
    reading(name, folder)?;
    let exe = env::current_exe()?;
    let (exe, root) = (text(&exe)?, text(folder)?);
    let outputs = tempfile::tempdir()?;
    let out = |name: &str| outputs.path().join(name).display().to_string();
    let (plan, reports) = (format!("{root}/plan"), format!("{root}/reports"));
    let check = [PLAN, "-C", root, "check", "--format", "short"];
    for extension in ["docx", "html", "xlsx", "md", "json", "csv"] {
        // Tables go into a folder, a file each.
        let file = if extension == "csv" { out("tables") } else { out(&format!("report.{extension}")) };
        let command =
            [PLAN, "-C", root, "compile", "--skip-invalid", "--force", "--format", extension, "-o", &file];
        row(name, &format!("compile {extension}, × check"), &command, &check, None)?;
    }
    let mut alone: Vec<_> = fs::read_dir(format!("{reports}/annual"))?.collect::<Result<_, _>>()?;
    alone.retain(|entry| entry.path().is_file());
    alone.sort_by_key(fs::DirEntry::file_name);
    let alone = alone.last().ok_or("no report")?.path();
    let alone = text(&alone)?;
    let floor = [exe, "floor", &plan, alone];
    row(
        name,
        "check --alone FILE, × plan/ and that file",
        &[PLAN, "-C", root, "check", "--alone", alone],
        &floor,
        None,
    )?;
    let (forms, status) = (out("forms"), [PLAN, "-C", root, "status"]);
    let export = [PLAN, "-C", root, "form", "export", "--all", "--force", "-o", &forms];
    row(name, "form export --all, × status", &export, &status, None)?;
    println!("| {name} | forms | {} | | | | | |", fs::read_dir(&forms)?.count());
    Ok(())
}

/// Runs a job in turn with another, and prints its cost, ratio by ratio.
fn row(
    name: &str,
    job: &str,
    command: &[&str],
    other: &[&str],
    bytes: Option<usize>,
) -> Result<(), Box<dyn Error>> {
    let runs = |_| Ok::<_, Box<dyn Error>>((cost(other)?, cost(command)?));
    // The first run warms the disk's cache, and does not count.
    runs(0)?;
    let runs: Vec<(Cost, Cost)> = (0..RUNS).map(runs).collect::<Result<_, _>>()?;
    let of = |figure: fn(&Cost) -> f64| median(runs.iter().map(|(_, own)| figure(own)));
    let ratio = |figure: fn(&Cost) -> f64| median(runs.iter().map(|(other, own)| figure(own) / figure(other)));
    let (wall, cpu, peak) = (of(|cost| cost.wall), of(|cost| cost.cpu), of(|cost| cost.peak));
    let of_bytes = bytes.map_or_else(String::new, |bytes| format!("{:.1}", peak / bytes as f64));
    println!(
        "| {name} | {job} | {:.1} | {:.1} | {:.1} | {:.2} | {:.2} | {of_bytes} |",
        wall * 1e3,
        cpu * 1e3,
        peak / 1e6,
        ratio(|cost| cost.wall),
        ratio(|cost| cost.cpu)
    );
    Ok(())
}

fn text(path: &Path) -> Result<&str, Box<dyn Error>> {
    path.to_str().ok_or_else(|| "a folder whose name is not UTF-8".into())
}
