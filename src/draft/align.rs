//! Which line that was read is which that was written, by their texts alone: ids in a file do not outlive an editor. Equal
//! lines first, wherever they went; then in each gap the pairing that keeps most words; then what is left alone on both
//! sides; then what went elsewhere with most of its words.

use std::collections::BTreeMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::word::ReadLine;
use crate::doc::Written;

/// Parts of a thousand that two lines must share to be one, in one place and in another.
const ALIKE: u64 = 300;
const ALIKE_ELSEWHERE: u64 = 700;
/// A line of which this much stands in another was joined with it, or split off from it.
const CONTAINED: u64 = 850;
/// Fewer words than this are contained everywhere.
const FEW: usize = 4;
/// Words of a line that are compared, and how much is compared in all: a file may be made to take long.
const MOST_WORDS: usize = 400;
const MOST_WORK: u64 = 200_000_000;
const MOST_PAIRS: usize = 250_000;

/// For each line that was read the one that was written, where there is one; none twice.
pub(crate) fn align(written: &[Written], read: &[ReadLine]) -> Vec<Option<usize>> {
    let mut alignment = Alignment::new(written, read);
    let gaps = alignment.anchors();
    alignment.equal_elsewhere();
    for (old, new) in gaps {
        alignment.gap(&old, &new);
    }
    alignment.alike_elsewhere();
    alignment.of
}

/// The words of a line as numbers, in their order and sorted.
struct Words {
    words: Vec<u32>,
    sorted: Vec<u32>,
    table: bool,
}

struct Alignment<'t> {
    written: Vec<(&'t str, bool)>,
    read: Vec<(&'t str, bool)>,
    old: Vec<Words>,
    new: Vec<Words>,
    of: Vec<Option<usize>>,
    taken: Vec<bool>,
    work: u64,
}

impl<'t> Alignment<'t> {
    fn new(written: &'t [Written], read: &'t [ReadLine]) -> Self {
        let mut known: BTreeMap<&str, u32> = BTreeMap::new();
        let mut words = |text: &'t str, table: bool| -> Words {
            let words = text.split_whitespace().take(MOST_WORDS).map(|word| {
                let next = known.len() as u32;
                *known.entry(word).or_insert(next)
            });
            let words: Vec<u32> = words.collect();
            let mut sorted = words.clone();
            sorted.sort_unstable();
            Words { words, sorted, table }
        };
        Self {
            old: written.iter().map(|line| words(&line.text, line.table)).collect(),
            new: read.iter().map(|line| words(&line.text, line.table)).collect(),
            written: written.iter().map(|line| (line.text.as_str(), line.table)).collect(),
            read: read.iter().map(|line| (line.text.as_str(), line.table)).collect(),
            of: vec![None; read.len()],
            taken: vec![false; written.len()],
            work: 0,
        }
    }

    fn pair(&mut self, old: usize, new: usize) {
        self.of[new] = Some(old);
        self.taken[old] = true;
    }

    /// Pairs what stands in order unchanged; gives the gaps between.
    fn anchors(&mut self) -> Vec<(Vec<usize>, Vec<usize>)> {
        let mut gaps = vec![(Vec::new(), Vec::new())];
        for op in capture_diff_slices(Algorithm::Patience, &self.written, &self.read) {
            if let DiffOp::Equal { old_index, new_index, len } = op {
                (0..len).for_each(|step| self.pair(old_index + step, new_index + step));
                gaps.push((Vec::new(), Vec::new()));
            } else if let Some((old, new)) = gaps.last_mut() {
                old.extend(op.old_range());
                new.extend(op.new_range());
            }
        }
        gaps
    }

    fn free_old(&self) -> Vec<usize> {
        (0..self.old.len()).filter(|old| !self.taken[*old]).collect()
    }

    fn free_new(&self) -> Vec<usize> {
        (0..self.new.len()).filter(|new| self.of[*new].is_none()).collect()
    }

    fn equal_elsewhere(&mut self) {
        let mut places: BTreeMap<(&str, bool), Vec<usize>> = BTreeMap::new();
        for old in self.free_old().into_iter().rev() {
            places.entry(self.written[old]).or_default().push(old);
        }
        for new in self.free_new() {
            if let Some(old) = places.get_mut(&self.read[new]).and_then(Vec::pop) {
                self.pair(old, new);
            }
        }
    }

    /// Pairs lines in order so that most is alike; what is left alone on both sides between two pairs was written anew.
    fn gap(&mut self, old: &[usize], new: &[usize]) {
        let old: Vec<usize> = old.iter().copied().filter(|old| !self.taken[*old]).collect();
        let new: Vec<usize> = new.iter().copied().filter(|new| self.of[*new].is_none()).collect();
        if old.len() * new.len() > MOST_PAIRS {
            return;
        }
        let width = new.len() + 1;
        let alike: Vec<u64> = old
            .iter()
            .flat_map(|old| new.iter().map(move |new| (*old, *new)))
            .map(|(old, new)| self.alike(old, new))
            .collect();
        // The most that the first lines of both sides can share.
        let mut best = vec![0; (old.len() + 1) * width];
        for i in 0..old.len() {
            for j in 0..new.len() {
                let paired = best[i * width + j]
                    + Some(alike[i * new.len() + j]).filter(|alike| *alike >= ALIKE).unwrap_or(0);
                best[(i + 1) * width + j + 1] = paired.max(best[i * width + j + 1]).max(best[(i + 1) * width + j]);
            }
        }
        let (mut i, mut j) = (old.len(), new.len());
        let mut left = (Vec::new(), Vec::new());
        while i > 0 || j > 0 {
            let here = best[i * width + j];
            if i > 0 && here == best[(i - 1) * width + j] {
                i -= 1;
                left.0.push(old[i]);
            } else if j > 0 && here == best[i * width + j - 1] {
                j -= 1;
                left.1.push(new[j]);
            } else {
                (i, j) = (i - 1, j - 1);
                self.pair(old[i], new[j]);
                self.alone(&std::mem::take(&mut left));
            }
        }
        self.alone(&left);
    }

    fn alone(&mut self, left: &(Vec<usize>, Vec<usize>)) {
        if let ([old], [new]) = (left.0.as_slice(), left.1.as_slice())
            && self.old[*old].table == self.new[*new].table
        {
            self.pair(*old, *new);
        }
    }

    fn alike_elsewhere(&mut self) {
        for new in self.free_new() {
            let free = self.free_old().into_iter();
            let alike: Vec<(u64, usize)> = free
                .map(|old| (self.alike(old, new), old))
                .filter(|(alike, _)| *alike >= ALIKE_ELSEWHERE)
                .collect();
            if let Some((_, old)) = alike.into_iter().max_by_key(|(alike, old)| (*alike, std::cmp::Reverse(*old))) {
                self.pair(old, new);
            }
        }
    }

    /// How much two lines share, in parts of a thousand.
    fn alike(&mut self, old: usize, new: usize) -> u64 {
        let (old, new) = (&self.old[old], &self.new[new]);
        if old.table != new.table || self.work > MOST_WORK {
            return 0;
        }
        similarity(&old.words, &new.words, common(&old.sorted, &new.sorted), &mut self.work)
    }
}

/// How much two texts share, in parts of a thousand.
pub(super) fn alike(one: &str, other: &str) -> u64 {
    let line = |text: &str| Written { of: String::new(), text: text.to_owned(), table: false };
    let read = [ReadLine { text: other.to_owned(), table: false }];
    Alignment::new(&[line(one)], &read).alike(0, 0)
}

/// `common`: how many words they share in any order, which is the most that they can in order.
fn similarity(old: &[u32], new: &[u32], common: usize, work: &mut u64) -> u64 {
    let (both, shorter) = (old.len() + new.len(), old.len().min(new.len()));
    let share = |of: usize, whole: usize| (of as u64 * 1000).checked_div(whole as u64).unwrap_or(0);
    let is_contained = |kept: usize| shorter >= FEW && share(kept, shorter) >= CONTAINED;
    *work += both as u64;
    if share(2 * common, both) < ALIKE && !is_contained(common) {
        return 0;
    }
    *work += (old.len() * new.len()) as u64;
    let equal = |op: DiffOp| if let DiffOp::Equal { len, .. } = op { len } else { 0 };
    let kept: usize = capture_diff_slices(Algorithm::Myers, old, new).into_iter().map(equal).sum();
    let alike = share(2 * kept, both);
    if is_contained(kept) { alike.max(500) } else { alike }
}

/// How many words two sorted lists share.
fn common(one: &[u32], other: &[u32]) -> usize {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while i < one.len() && j < other.len() {
        match one[i].cmp(&other[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                (i, j, common) = (i + 1, j + 1, common + 1);
            }
        }
    }
    common
}
