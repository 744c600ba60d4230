//! A workspace of any size: the repository's plan with as many communes as it takes, and three reports of each. Every report is
//! valid, no two are alike, and the same seed gives the same bytes.

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;

use crate::prose::{self, Figures};

/// The numbers of a seed (SplitMix64).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From `least` to `most`, both included.
    pub(crate) fn within(&mut self, least: u64, most: u64) -> u64 {
        least + self.next() % (most - least + 1)
    }

    pub(crate) fn pick<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.within(0, of.len() as u64 - 1) as usize]
    }
}

struct Commune {
    id: String,
    name: String,
}

impl Commune {
    fn new(index: usize) -> Self {
        let (first, second) = prose::NAMES;
        let (first, first_id) = first[index % first.len()];
        let (last, last_id) = second[index / prose::NAMES.0.len() % second.len()];
        let number = index / (prose::NAMES.0.len() * second.len()) + 1;
        Self { id: format!("xa-{first_id}-{last_id}-{number}"), name: format!("{first} {last} {number}") }
    }
}

/// Writes `reports` of them into `folder`, which is to be empty, after the plan and the reports of `repository`.
pub(crate) fn write(repository: &Path, folder: &Path, reports: usize, seed: u64) -> io::Result<()> {
    copy(&repository.join("plan"), &folder.join("plan"))?;
    copy(&repository.join("reports"), &folder.join("reports"))?;
    let communes: Vec<Commune> = (0..reports.div_ceil(3)).map(Commune::new).collect();
    let agencies = folder.join("plan/agencies.yaml");
    fs::write(&agencies, with(&fs::read_to_string(&agencies)?, &communes))?;
    let kinds =
        communes.iter().flat_map(|commune| ["consumer-day", "annual", "ad-hoc"].map(|kind| (commune, kind)));
    let mut random = Random::new(seed);
    let mut earlier = Figures::default();
    for (commune, kind) in kinds.take(reports) {
        let number = random.within(100, 199);
        let day = random.within(0, 4);
        let (path, text) = match kind {
            "consumer-day" => {
                earlier = Figures::new(&mut random);
                let (paper, received) = (format!("2026-06-{:02}", 1 + day), format!("2026-06-{:02}", 8 + day % 2));
                let head = head(commune, kind, number, &paper, &received, &mut random);
                (format!("consumer-day/{}", commune.id), head + &prose::account(&earlier, false, &mut random))
            }
            "annual" => {
                let (paper, received) = (format!("2026-11-{}", 16 + day), format!("2026-11-{}", 23 + day));
                let head = head(commune, kind, number + 200, &paper, &received, &mut random);
                let figures = earlier.later(&mut random);
                (format!("annual/{}", commune.id), head + &prose::account(&figures, true, &mut random))
            }
            _ => {
                let date = format!("2026-{:02}-{:02}", random.pick(&[7, 10]), 6 + day);
                let head = head(commune, kind, number + 100, &date, &date, &mut random);
                (format!("ad-hoc/{date}-{}", commune.id), head + &prose::event(&commune.name, &date, &mut random))
            }
        };
        fs::write(folder.join(format!("reports/{path}.yaml")), text)?;
    }
    Ok(())
}

fn head(commune: &Commune, round: &str, number: u64, paper: &str, received: &str, random: &mut Random) -> String {
    let post = random.pick(&["Chủ tịch UBND xã", "Phó Chủ tịch UBND xã", "Chánh Văn phòng HĐND và UBND xã"]);
    let unit = random.pick(&["Phòng Kinh tế", "Văn phòng HĐND và UBND", "Phòng Văn hóa – Xã hội"]);
    format!(
        "illustrative: true\nagency: {}\nround: {round}\ndocument: {{number: {number}/BC-UBND, date: {paper}}}\n\
         signer: {{post: {post}}}\ncontact: {{unit: {unit}}}\nreceived: {received}\n",
        commune.id
    )
}

/// The plan's agencies with some more, which are members of the group of communes.
fn with(agencies: &str, communes: &[Commune]) -> String {
    let (before, groups) = agencies.split_once("\ngroups:").expect("plan/agencies.yaml has groups");
    let (group, members) = groups.split_once("id: ubnd-cap-xa").expect("communes are a group");
    let (members, after) = members.split_once(']').expect("a group has members");
    let (mut declared, mut named) = (String::new(), String::new());
    for (index, Commune { id, name }) in communes.iter().enumerate() {
        let _ = write!(
            declared,
            "  - id: {id}\n    name: UBND xã {name}\n    short_name: xã {name}\n    document_code: UBND\n    \
             commune_code: \"{:05}\"\n    reporting: required\n    source: Dữ liệu thử\n",
            10_000 + index
        );
        named += if index % 8 == 0 { ",\n      " } else { ", " };
        named += id;
    }
    format!("{before}\n{declared}\ngroups:{group}id: ubnd-cap-xa{members}{named}]{after}")
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() { copy(&from, &to)? } else { fs::copy(&from, &to).map(drop)? }
    }
    Ok(())
}
