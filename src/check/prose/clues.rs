//! What the words around a number say that it counts: this period's whole, a part of it, or something else (another year, a
//! plan, a campaign, a remainder). Knows the language of reports, no indicator and no place.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};

use super::phrases::Owned;
use super::tokens::Tokens;
use crate::model::Round;

/// What a number stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stands {
    Whole,
    /// For a part: another part may be told elsewhere, or nowhere.
    Part,
    /// For what is left of it, or comes to it.
    Rest,
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clue {
    /// Another time, a part of this one, an average: on to the end of the sentence, and back within the clause.
    Aside,
    /// This whole period: an aside ends where a clause begins so.
    Whole,
    /// What is to come: on to the end of the sentence, or to what is done.
    Plan,
    Done,
    /// Somebody else, or one of many: on to the end of the sentence.
    Doer,
    /// A limit, a share: throughout the clause.
    Share,
    /// A remainder, a difference: on to the end of the clause.
    Rest,
    /// A comparison: on to the end of the clause, where other times are only compared with.
    Comparison,
    /// Parts of what was told before: on to the end of the sentence.
    Parts,
    /// Words that hold a clue's and mean nothing.
    Nothing,
}

/// The longest that fits counts.
const CLUES: [(Clue, &str); 10] = [
    (
        Clue::Aside,
        "cùng kỳ, năm trước, năm ngoái, năm tới, năm sau, kỳ trước, kỳ sau, trước đó, trước đây, đợt, dịp, \
             cao điểm, chiến dịch, riêng, hưởng ứng, tuần lễ, trong tuần, trong tháng, thời gian tới, tháng hành \
             động, tháng khuyến mại, tết, bước đầu, mỗi, bình quân, trung bình, hằng tháng, hàng tháng, hằng \
             tuần, hàng tuần, hằng quý, hàng quý, định kỳ",
    ),
    (Clue::Whole, "năm nay, cả năm, trong năm, lũy kế, cộng dồn, đến nay, từ đầu năm, trong kỳ, kỳ này, tổng cộng"),
    (
        Clue::Plan,
        "kế hoạch, chỉ tiêu, mục tiêu, phấn đấu, dự kiến, sẽ, được giao, đề ra, đăng ký, nhu cầu, yêu cầu",
    ),
    (Clue::Done, "đã, đến nay, kết quả, thực hiện được, tổ chức được, hoàn thành"),
    (
        Clue::Doer,
        "bản, thôn, xóm, tiểu khu, tổ dân phố, khu phố, chợ, trường, chi bộ, chi đoàn, hội, đoàn thanh, công \
             an, đội, phòng, trạm, cụm, khối, đảng ủy, lĩnh vực, mặt hàng, nhóm, huyện, tòa án khu, phối hợp với, phối hợp cùng",
    ),
    (
        Clue::Share,
        "ít nhất, tối thiểu, tối đa, không quá, giai đoạn, nhiệm kỳ, theo kế hoạch, đột xuất, cao nhất, \
             thấp nhất, mức phạt, trong số, đầu tiên",
    ),
    (
        Clue::Rest,
        "còn, chưa, không, tồn, tăng, giảm, nhiều hơn, ít hơn, cao hơn, thấp hơn, vượt, nhắc nhở, cảnh cáo, \
             căn cứ, nhận được, chia sẻ, đăng lại, chuyển tiếp, chuyển sang, cử, thay, cấp, tham gia, dự",
    ),
    (Clue::Comparison, "so với, so cùng kỳ"),
    (Clue::Parts, "trong đó, bao gồm, gồm, cụ thể, cụ thể là, trong số đó"),
    (
        Clue::Nothing,
        "tăng cường, cấp phát, cấp xã, cấp tỉnh, các cấp, hội nghị, hội thảo, hội trường, hội viên, đội ngũ, \
             không chỉ, không còn, văn bản, bản cam kết, phòng chống, phòng ngừa, dự án, thay đổi, thị trường, \
             môi trường, kế hoạch số, thực hiện kế hoạch, ban hành kế hoạch, xây dựng kế hoạch, triển \
             khai kế hoạch, cộng đồng, nhóm zalo, đã đề, đã đăng ký, bộ phận, trường hợp, không phát sinh, \
             theo yêu cầu, tiếp nhận được",
    ),
];

/// By the first word of each clue, its words.
type Clues = HashMap<&'static str, Vec<(Vec<&'static str>, Clue)>>;

static BY_FIRST: LazyLock<Clues> = LazyLock::new(|| {
    let mut by_first = Clues::new();
    for (clue, phrase) in CLUES.iter().flat_map(|(clue, phrases)| phrases.split(", ").map(|phrase| (*clue, phrase)))
    {
        let words: Vec<&str> = phrase.split(' ').collect();
        by_first.entry(words[0]).or_default().push((words, clue));
    }
    by_first.values_mut().for_each(|clues| clues.sort_by_key(|(words, _)| std::cmp::Reverse(words.len())));
    by_first
});

/// A rounded number.
const ABOUT: [&str; 9] = ["hơn", "trên", "gần", "khoảng", "dưới", "ngót", "chừng", "ước", "xỉ"];
/// A doer after these is one of all, or only beside: “tại các bản”, “cùng Công an xã”.
const NOT_ALONE: [&str; 14] =
    ["các", "những", "toàn", "mọi", "với", "và", "cùng", "cho", "đến", "tới", "của", "đoàn", "ban", "số"];
/// After the words: one place, one way; unless it goes on with all of them.
const ONLY: [&str; 7] = ["ở", "tại", "do", "thuộc", "vào", "lần", "theo"];
const ALL: [&str; 16] = [
    "các",
    "những",
    "địa",
    "toàn",
    "mọi",
    "cả",
    "tất",
    "xã",
    "phường",
    "tỉnh",
    "nhà",
    "cơ",
    "trụ",
    "trung",
    "hội",
    "hệ",
];
/// After the words: whose they are, where not the agency's own.
const OTHERS: [&str; 10] = ["bộ", "sở", "cấp", "trung", "chính", "tỉnh", "chi", "ubnd", "thủ", "cục"];

/// The state of reading at a word.
#[derive(Debug, Default, Clone, Copy)]
struct State {
    clause: usize,
    aside: bool,
    plan: bool,
    doer: bool,
    rest: bool,
    comparing: bool,
    parts: bool,
    /// Whether they are parts of what no indicator counts: “42 cơ sở, trong đó”.
    of_other: bool,
}

/// What holds throughout a clause.
#[derive(Debug, Default, Clone, Copy)]
struct Throughout {
    aside: bool,
    share: bool,
}

/// For each owned number: what it stands for, and whether parts of what was told before are listed there.
pub(super) fn read(
    tokens: &Tokens<'_>,
    owned: &[Owned<'_>],
    year: i32,
    round: Option<&Round>,
) -> Vec<(Stands, bool)> {
    let mut reading = Reading {
        tokens,
        owned,
        year,
        round,
        state: State::default(),
        clauses: vec![Throughout::default()],
        outer: None,
    };
    let mut states = Vec::with_capacity(owned.len());
    let mut at = 0;
    while at < tokens.all.len() {
        if owned.get(states.len()).is_some_and(|next| next.number.at.start <= at) {
            states.push(reading.state);
        }
        at += reading.step(at);
    }
    states.resize(owned.len(), reading.state);
    let stands = |(state, owned): (&State, &Owned<'_>)| {
        let clause = reading.clauses[state.clause];
        let told = match state {
            _ if state.aside || clause.aside || state.plan || state.comparing || clause.share => Stands::Other,
            _ if state.rest => Stands::Rest,
            _ if state.doer || state.of_other => Stands::Part,
            _ => Stands::Whole,
        };
        (told.max(around(tokens, owned)), state.parts)
    };
    states.iter().zip(owned).map(stands).collect()
}

/// Whether the number is a rounded one.
pub(super) fn is_about(tokens: &Tokens<'_>, owned: &Owned<'_>) -> bool {
    owned.number.at.start.checked_sub(1).is_some_and(|before| ABOUT.contains(&tokens.word(before)))
}

/// What the words next to a number and its phrase say.
fn around(tokens: &Tokens<'_>, owned: &Owned<'_>) -> Stands {
    let (first, end) = (owned.number.at.start, owned.at.end.max(owned.number.at.end));
    let is_number = |at: usize| tokens.word(at).starts_with(|c: char| c.is_ascii_digit());
    let joins = |at: usize| ["-", "–", "đến", "tới"].contains(&tokens.word(at));
    let range = first >= 2 && joins(first - 1) && is_number(first - 2) || joins(end) && is_number(end + 1);
    let (next, after) = (tokens.word(end), tokens.word(end + 1));
    let rate = next == "/" && !is_number(end + 1) || next == "một" || next == "mỗi";
    let others = next == "của" && OTHERS.contains(&after);
    if range || rate || others || ["chưa", "đang"].contains(&next) || tokens.word(first) == "một" {
        Stands::Other
    } else if ONLY.contains(&next) && !ALL.contains(&after) && !is_number(end + 1) {
        Stands::Part
    } else {
        Stands::Whole
    }
}

struct Reading<'r, 't> {
    tokens: &'r Tokens<'t>,
    owned: &'r [Owned<'t>],
    year: i32,
    round: Option<&'r Round>,
    state: State,
    clauses: Vec<Throughout>,
    /// The state before a bracket.
    outer: Option<State>,
}

impl Reading<'_, '_> {
    /// Takes in what stands at a word; how many words that are.
    fn step(&mut self, at: usize) -> usize {
        let word = self.tokens.word(at);
        if !self.tokens.all[at].is_word() {
            self.mark(word);
            return 1;
        }
        if let Some(clue) = self.time(at) {
            self.take(clue, at);
            return 1;
        }
        let says = |words: &[&str]| words.iter().zip(at..).all(|(word, at)| self.tokens.word(at) == *word);
        let found = BY_FIRST.get(word).and_then(|clues| clues.iter().find(|(words, _)| says(words)));
        let Some((words, clue)) = found else { return 1 };
        self.take(*clue, at);
        // “đến nay” ends an aside and a plan.
        if words[..] == ["đến", "nay"] {
            self.take(Clue::Done, at);
        }
        words.len()
    }

    fn mark(&mut self, mark: &str) {
        match mark {
            "." | "!" | "?" | "\n" => {
                self.state = State::default();
                self.outer = None;
            }
            ";" => self.state = State { aside: self.state.aside, ..State::default() },
            "," | ":" => {}
            "(" => self.outer = Some(self.state),
            ")" => self.state = self.outer.take().unwrap_or(self.state),
            _ => return,
        }
        self.clauses.push(Throughout::default());
        self.state = State { clause: self.clauses.len() - 1, rest: false, comparing: false, ..self.state };
    }

    fn take(&mut self, clue: Clue, at: usize) {
        match clue {
            Clue::Aside if self.state.comparing => {}
            Clue::Aside => (self.state.aside, self.clauses[self.state.clause].aside) = (true, true),
            Clue::Whole if self.begins_clause(at) => self.state.aside = false,
            Clue::Plan => self.state.plan = true,
            Clue::Done => self.state.plan = false,
            Clue::Doer if self.is_alone(at) => self.state.doer = true,
            Clue::Share => self.clauses[self.state.clause].share = true,
            Clue::Rest => self.state.rest = true,
            Clue::Comparison => self.state.comparing = true,
            Clue::Parts => (self.state.parts, self.state.of_other) = (true, !self.is_whole_owned(at)),
            Clue::Whole | Clue::Doer | Clue::Nothing => {}
        }
    }

    /// Whether the number whose parts are told from here on belongs to an indicator: the one before, or that of “trong 42 vụ”.
    fn is_whole_owned(&self, at: usize) -> bool {
        let numbers = &self.tokens.numbers;
        let next = numbers.partition_point(|number| number.at.start <= at);
        let among = numbers.get(next).filter(|number| number.at.start == at + 1);
        let whole = among.or_else(|| numbers.get(next.checked_sub(1)?));
        let starts = |whole: usize| self.owned.binary_search_by_key(&whole, |owned| owned.number.at.start);
        whole.is_some_and(|whole| starts(whole.at.start).is_ok())
    }

    /// Whether only a conjunction stands between a mark and this word.
    fn begins_clause(&self, at: usize) -> bool {
        const LEADING: [&str; 7] = ["trong", "tính", "từ", "và", "còn", "sang", "thì"];
        let mut before = (0..at).rev().map(|at| &self.tokens.all[at]);
        before.find(|token| !LEADING.contains(&&*token.folded)).is_none_or(|token| !token.is_word())
    }

    /// Whether one doer begins here, instead of all of them or of somebody beside.
    fn is_alone(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |before| self.tokens.word(before));
        !NOT_ALONE.contains(&before) && !before.starts_with(|c: char| c.is_ascii_digit())
    }

    /// Days, months, quarters and years.
    fn time(&self, at: usize) -> Option<Clue> {
        let (word, next) = (self.tokens.word(at), self.tokens.word(at + 1));
        let before = |back: usize| at.checked_sub(back).map_or("", |at| self.tokens.word(at));
        let next_number = next.parse::<u32>().ok();
        let whole_months = self.round.map_or(12, |round| (round.data_to + chrono::Days::new(1)).month0());
        match word {
            // “trong 42 vụ có 10 vụ vi phạm”
            "trong" if next_number.is_some() => {
                (!["tháng", "ngày", "tuần", "năm"].contains(&self.tokens.word(at + 2))).then_some(Clue::Parts)
            }
            "năm" => match next_number? {
                year @ 1900..2100 if year as i32 == self.year => Some(Clue::Whole),
                1900..2100 => Some(Clue::Aside),
                _ => None,
            },
            "quý" => (next_number.is_some() || ["i", "ii", "iii", "iv"].contains(&next)).then_some(Clue::Aside),
            "tháng" => match (before(1).parse::<u32>(), next_number) {
                (Ok(months), _) if before(2) != "ngày" => {
                    Some(if months < whole_months { Clue::Aside } else { Clue::Nothing })
                }
                (_, Some(month)) if before(1) != "hết" || month < whole_months => Some(Clue::Aside),
                _ => None,
            },
            "ngày" if next_number.is_some() => {
                // “Kế hoạch số 12/KH-UBND ngày 05/3/2026”
                let of_paper = at >= 2 && ["-", "/"].contains(&before(2));
                (!of_paper && !self.is_edge(at)).then_some(Clue::Aside)
            }
            _ => None,
        }
    }

    /// Whether the day that begins here is the first, or about the last, of the period: “từ ngày 01/01 đến ngày 15/11”.
    fn is_edge(&self, at: usize) -> bool {
        const ABOUT_A_MONTH: i64 = 31;
        let Some(round) = self.round else { return true };
        let number = |at: usize| self.tokens.word(at).parse::<u32>().ok();
        let day = number(at + 1).zip(number(at + 3));
        let day = day.and_then(|(day, month)| NaiveDate::from_ymd_opt(round.data_to.year(), month, day));
        day.is_some_and(|day| day == round.data_from || (round.data_to - day).num_days() < ABOUT_A_MONTH)
    }
}
