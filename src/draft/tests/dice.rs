//! Reports, what people do to them and what comes later, at random.

use super::*;

/// A generator of its own: the same hands in every run.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }

    fn words(&mut self, count: usize) -> String {
        const WORDS: [&str; 24] = [
            "kiểm", "tra", "xử", "lý", "vi", "phạm", "người", "tiêu", "dùng", "hội", "nghị", "tuyên", "truyền",
            "cơ", "sở", "kinh", "doanh", "phối", "hợp", "báo", "cáo", "tháng", "quý", "năm",
        ];
        let word = |dice: &mut Self| match dice.roll(6) {
            0 => (dice.roll(2000)).to_string(),
            _ => WORDS[dice.roll(WORDS.len())].to_owned(),
        };
        (0..count).map(|_| word(self)).collect::<Vec<_>>().join(" ")
    }

    /// A report of some 150 lines, with tables and lines that stand in it twice.
    pub(super) fn report(&mut self) -> Vec<Line> {
        let line = |id: String, text: String| Line { id, text, table: false };
        let mut lines = Vec::new();
        for part in 0..8 {
            lines.push(line(format!("P{part}"), format!("{part}. {}", self.words(5))));
            for agency in 0..15 {
                let length = 8 + self.roll(30);
                lines
                    .push(line(format!("P{part}/a{agency}"), format!("Cơ quan {agency}: {}.", self.words(length))));
            }
            lines.push(line(format!("P{part}/missing"), "Chưa có báo cáo hợp lệ của cơ quan chủ trì.".to_owned()));
            lines.push(Line { id: format!("table/{part}"), text: format!("STT Tên {part:016x}"), table: true });
        }
        lines
    }

    /// One thing that people do to a text.
    fn edit(&mut self, lines: &mut Vec<ReadLine>) {
        let at = self.roll(lines.len());
        if lines[at].table {
            return;
        }
        let text = lines[at].text.clone();
        let words: Vec<&str> = text.split(' ').collect();
        let line = |text: String| ReadLine { text, table: false };
        match self.roll(8) {
            0 | 1 => {
                let mut words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
                for _ in 0..=words.len() / 6 {
                    let word = self.roll(words.len());
                    words[word] = self.words(1);
                }
                lines[at] = line(words.join(" "));
            }
            2 => lines[at] = line(self.words(12)),
            3 => drop(lines.remove(at)),
            4 => {
                let text = self.words(10);
                lines.insert(at, line(text));
            }
            5 if words.len() > 3 => {
                lines[at] = line(words[..words.len() / 2].join(" "));
                lines.insert(at + 1, line(words[words.len() / 2..].join(" ")));
            }
            6 if lines.get(at + 1).is_some_and(|next| !next.table) => {
                let next = lines.remove(at + 1);
                lines[at] = line(format!("{text} {}", next.text));
            }
            _ => {
                let moved = lines.remove(at);
                let to = self.roll(lines.len());
                lines.insert(to, moved);
            }
        }
    }

    pub(super) fn edited(&mut self, written: &[Written], times: usize) -> Vec<ReadLine> {
        let mut lines: Vec<ReadLine> =
            written.iter().map(|line| ReadLine { text: line.text.clone(), table: line.table }).collect();
        (0..times).for_each(|_| self.edit(&mut lines));
        lines
    }

    /// What the data give after more reports came: most lines the same, some changed, some new, few gone.
    pub(super) fn later(&mut self, source: &[Line]) -> Vec<Line> {
        let mut later = Vec::new();
        for line in source {
            let roll = self.roll(20);
            if line.table || roll > 2 {
                later.push(line.clone());
            } else if roll > 0 {
                later.push(Line { text: format!("{} {}", line.text, self.words(4)), ..line.clone() });
            }
            if self.roll(30) == 0 {
                later.push(Line { id: format!("{}/late", line.id), text: self.words(14), table: false });
            }
        }
        later
    }
}
