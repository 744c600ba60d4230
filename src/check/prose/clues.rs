//! Whether the words around a number say that it counts this period's whole: every word before it is one that a plain account
//! has there, and none after it narrows what is counted. Else it may be another year's, a plan's, one campaign's, somebody
//! else's, what is left. Knows the language of reports, no indicator and no place.

use chrono::{Datelike, NaiveDate};
use foldhash::HashSet;

use super::phrases::Owned;
use super::words::{self, Word};
use crate::model::{Agency, Round};
use crate::vietnamese::{Number, Tokens, fold};

/// A rounded number.
const ABOUT: [&str; 9] = ["hơn", "trên", "gần", "khoảng", "dưới", "ngót", "chừng", "ước", "xỉ"];

/// What the words say that a number counts, the most sure last.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Counts {
    /// Nothing that is sure: it bears a figure out, and contradicts none.
    Unsure,
    /// At most the whole: one place's, somebody's.
    Part,
    #[default]
    Whole,
}

/// Whose account it is, and of what time.
pub(in crate::check) struct Teller<'r> {
    /// The words of its own name, folded.
    name: HashSet<String>,
    year: i32,
    round: Option<&'r Round>,
}

impl<'r> Teller<'r> {
    pub(in crate::check) fn new(agency: &Agency, year: i32, round: Option<&'r Round>) -> Self {
        let names = [&agency.name, &agency.short_name];
        let name = names.into_iter().flat_map(|name| name.split_whitespace().map(fold)).collect();
        Self { name, year, round }
    }
}

/// What each owned number counts, in order.
pub(super) fn read(tokens: &Tokens<'_>, owned: &[Owned<'_>], teller: &Teller<'_>) -> Vec<Counts> {
    let mut tells = vec![false; tokens.len()];
    let told = tokens.numbers.iter().map(|number| &number.at).chain(owned.iter().map(|owned| &owned.at));
    told.for_each(|at| tells[at.clone()].fill(true));
    let mut reading = Reading { tokens, owned, tells, teller, sentence: Sentence::default(), counts: Vec::new() };
    let mut at = 0;
    while at < tokens.len() && (reading.sentence.first.is_some() || reading.counts.len() < owned.len()) {
        at = reading.skip(at);
        at += reading.step(at);
    }
    reading.close_clause();
    reading.counts
}

/// Whether the number is a rounded one.
pub(super) fn is_about(tokens: &Tokens<'_>, owned: &Owned<'_>) -> bool {
    owned.number.at.start.checked_sub(1).is_some_and(|before| ABOUT.contains(&tokens.word(before)))
}

/// Whether what stands next to a number and its phrase makes it another thing: a range, a rate, a kind that goes by an amount.
fn is_other(tokens: &Tokens<'_>, owned: &Owned<'_>) -> bool {
    let (first, end) = (owned.number.at.start, owned.at.end.max(owned.number.at.end));
    let is_number = |at: usize| tokens.word(at).starts_with(|c: char| c.is_ascii_digit());
    let joins = |at: usize| ["-", "–", "đến", "tới"].contains(&tokens.word(at));
    let range = first >= 2 && joins(first - 1) && is_number(first - 2) || joins(end) && is_number(end + 1);
    let next = tokens.word(end);
    let rate = next == "/" && !is_number(end + 1) || ["một", "mỗi", "đang"].contains(&next);
    let amount = is_number(end) || ABOUT.contains(&next) && is_number(end + 1);
    // “thu 8 triệu đồng tiền bán hàng”
    let other_money = next == "tiền" && !["phạt", "xử"].contains(&tokens.word(end + 1));
    // “2 hộ bị phạt 8 triệu đồng”
    let theirs = owned.at.start > 0 && ["bị", "nộp"].contains(&tokens.word(owned.at.start - 1));
    range || rate || amount || other_money || theirs || tokens.word(first) == "một"
}

/// Whether a number is told of one whom the words single out: “phạt một cơ sở 60 triệu đồng”, “xử phạt 40 triệu đồng đối với
/// Công ty Minh Anh”, not “đối với các công ty”.
fn is_of_one(tokens: &Tokens<'_>, owned: &Owned<'_>) -> bool {
    const WITHIN: usize = 5;
    const PERSONS: [&str; 5] = ["một", "ông", "bà", "anh", "chị"];
    const MANY: [&str; 12] =
        ["các", "những", "nhiều", "mọi", "tất", "toàn", "theo", "do", "vì", "tại", "trên", "trong"];
    let end = owned.at.end.max(owned.number.at.end);
    let before = (owned.at.start..owned.number.at.start).any(|at| tokens.word(at) == "một");
    let with = end + usize::from(tokens.word(end) == "đối");
    let after = tokens.word(with) == "với";
    let mut whom = (with + 1..with + 1 + WITHIN)
        .take_while(|at| tokens.is_word(*at) && !MANY.contains(&tokens.word(*at)))
        .take_while(|at| !tokens.begins(*at, |c| c.is_ascii_digit()));
    before || after && whom.any(|at| PERSONS.contains(&tokens.word(at)) || tokens.begins(at, char::is_uppercase))
}

struct Reading<'r, 't> {
    tokens: &'r Tokens<'t>,
    owned: &'r [Owned<'t>],
    /// Of each token, whether it is of a number or of the words that tell one.
    tells: Vec<bool>,
    teller: &'r Teller<'r>,
    sentence: Sentence,
    counts: Vec<Counts>,
}

#[derive(Default)]
struct Sentence {
    /// Its first token.
    start: usize,
    /// What a number counts by the words before the sentence's first.
    counts: Counts,
    /// And by those of the clause before its first.
    clause: Counts,
    /// The clause's first number in `counts`.
    first: Option<usize>,
    /// Whether a number was told in the sentence.
    told: bool,
    /// And since its last semicolon; what a number counts by the words between that and the first.
    told_here: bool,
    here: Counts,
    in_paper: bool,
    in_bracket: bool,
    /// What the clause's numbers count at most, by the words after its first.
    narrowed: Counts,
}

impl Reading<'_, '_> {
    /// Where the sentence of the next number begins; here, where this one is begun.
    fn skip(&mut self, at: usize) -> usize {
        let next = self.owned.get(self.counts.len()).filter(|_| at == self.sentence.start);
        let end = next.and_then(|next| (at..next.number.at.start).rev().find(|mark| self.ends_sentence(*mark)));
        self.sentence.start = end.map_or(self.sentence.start, |end| end + 1);
        end.map_or(at, |end| end + 1)
    }

    fn ends_sentence(&self, at: usize) -> bool {
        let goes_on = || self.tokens.begins(at + 1, char::is_lowercase);
        matches!(self.tokens.word(at), "!" | "?" | "\n") || self.tokens.word(at) == "." && !goes_on()
    }

    /// Takes in what stands at a word; how many words that are.
    fn step(&mut self, at: usize) -> usize {
        let next = self.owned.get(self.counts.len()).filter(|next| next.number.at.start == at);
        if let Some(owned) = next {
            let other = self.sentence.in_bracket || self.lists_others(at) || is_other(self.tokens, owned);
            let end = owned.at.end.max(owned.number.at.end);
            let plain = self.goes_on_plainly(end) && !is_of_one(self.tokens, owned);
            let sentence = &mut self.sentence;
            sentence.first.get_or_insert(self.counts.len());
            (sentence.told, sentence.told_here) = (true, true);
            let next_to = match (other, plain) {
                (true, _) => Counts::Unsure,
                (false, false) => Counts::Part,
                (false, true) => Counts::Whole,
            };
            self.counts.push(next_to.min(sentence.counts).min(sentence.here).min(sentence.clause));
            return owned.number.at.len();
        }
        let word = self.tokens.word(at);
        if !self.tokens.is_word(at) {
            self.mark(word, at);
            return 1;
        }
        let (length, clue) = self.clue(at);
        self.take(clue, at);
        length
    }

    /// What stands at a word, and how many words that are.
    fn clue(&self, at: usize) -> (usize, Option<Word>) {
        if let Some(clue) = self.time(at) {
            return (1, Some(clue));
        }
        words::at(|back| self.tokens.word(at + back)).map_or((1, None), |(length, clue)| (length, Some(clue)))
    }

    /// Whether what follows a number and its phrase says no place, doer or kind by which it may be a part.
    fn goes_on_plainly(&self, end: usize) -> bool {
        !self.tokens.is_word(end)
            || self.is_known(end)
            || matches!(self.clue(end).1, Some(Word::Plain | Word::Next | Word::Paper))
    }

    /// “4 tổ chức, 19 cá nhân”, “nhắc nhở 5 vụ, xử phạt 9 vụ”: whether a number before this one, of no indicator, is in one
    /// list with it.
    fn lists_others(&self, at: usize) -> bool {
        let numbers = &self.tokens.numbers;
        let own = numbers.partition_point(|number| number.at.start < at);
        let Some(before) = own.checked_sub(1).filter(|before| numbers[*before].at.start >= self.sentence.start)
        else {
            return false;
        };
        let counter = |number: usize| self.tokens.word(numbers[number].at.end);
        let joined = [",", "và"].contains(&self.tokens.word(at - 1));
        (joined || counter(before) == counter(own)) && !self.is_of_owned(at)
    }

    /// Whether a word tells a number, or is of the agency's own name.
    fn is_known(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).map_or("", |at| self.tokens.word(at));
        // “tổ công tác số 2”
        let names = before(1) == "số" && before(2) != "tổng";
        self.tokens.word(at).starts_with(|c: char| c.is_ascii_digit()) && !names
            || self.tells.get(at).is_some_and(|tells| *tells)
            || self.teller.name.contains(self.tokens.word(at))
    }

    /// Takes in what a word says of the numbers after it, or of those before it in its clause.
    fn take(&mut self, clue: Option<Word>, at: usize) {
        // “Số lượt người tham gia: 690”
        let known = matches!(clue, None | Some(Word::Next)) && self.is_known(at);
        let sentence = &mut self.sentence;
        match clue {
            Some(Word::Paper) => sentence.in_paper = true,
            Some(Word::Plain) => {}
            _ if known || sentence.in_paper => {}
            Some(Word::Narrows | Word::Another) if sentence.first.is_some() => sentence.narrowed = Counts::Unsure,
            Some(Word::Of) if sentence.first.is_some() => sentence.narrowed = sentence.narrowed.min(Counts::Part),
            // “12 vụ đã được xử lý, xử phạt trong 42 vụ kiểm tra”
            Some(Word::Of) if sentence.told => {
                self.counts.last_mut().into_iter().for_each(|counts| *counts = Counts::Part.min(*counts))
            }
            _ if sentence.first.is_some() => {}
            _ => {
                let counts = if clue == Some(Word::Part) { Counts::Part } else { Counts::Unsure };
                sentence.clause = sentence.clause.min(counts);
                if clue == Some(Word::Another) && !sentence.told_here {
                    sentence.here = counts;
                }
                if !sentence.told {
                    sentence.counts = sentence.counts.min(counts);
                }
            }
        }
    }

    /// Takes in what a mark ends.
    fn mark(&mut self, mark: &str, at: usize) {
        match mark {
            _ if self.ends_sentence(at) => {
                self.close_clause();
                self.sentence = Sentence { start: at + 1, ..Sentence::default() };
            }
            "," | ":" => self.close_clause(),
            ";" => {
                self.close_clause();
                (self.sentence.told_here, self.sentence.here) = (false, Counts::Whole);
            }
            "(" | ")" => {
                self.close_clause();
                self.sentence.in_bracket = mark == "(";
            }
            _ => {}
        }
    }

    fn close_clause(&mut self) {
        let sentence = &mut self.sentence;
        if let Some(first) = sentence.first {
            self.counts[first..].iter_mut().for_each(|counts| *counts = sentence.narrowed.min(*counts));
        }
        (sentence.first, sentence.clause, sentence.in_paper, sentence.narrowed) =
            (None, Counts::Whole, false, Counts::Whole);
    }

    /// Days, months, quarters and years.
    fn time(&self, at: usize) -> Option<Word> {
        let (word, next) = (self.tokens.word(at), self.tokens.word(at + 1));
        let before = |back: usize| at.checked_sub(back).map_or("", |at| self.tokens.word(at));
        let next_number = || next.parse::<u32>().ok();
        let whole_months = || self.teller.round.map_or(12, |round| (round.data_to + chrono::Days::new(1)).month0());
        let whole = |whole: bool| Some(if whole { Word::Plain } else { Word::Narrows });
        match word {
            // “12 vụ vi phạm trong 42 vụ kiểm tra”; “giải quyết 3 vụ trong 5 ngày”
            "trong" if next_number().is_some() => {
                let tells = self.owned.get(self.counts.len()).is_some_and(|next| next.number.at.start == at + 1);
                Some(if tells { Word::Of } else { Word::Narrows })
            }
            "trong" if next == "đó" => Some(if self.is_of_owned(at) { Word::Plain } else { Word::Part }),
            "gồm" | "bao" => Some(if self.is_of_owned(at) { Word::Plain } else { Word::Part }),
            "năm" => whole(next_number().filter(|year| (1900..2100).contains(year))? as i32 == self.teller.year),
            "quý" => {
                (next_number().is_some() || ["i", "ii", "iii", "iv"].contains(&next)).then_some(Word::Narrows)
            }
            "tháng" => {
                let months = self.number_before(at).filter(|number| number.at.end == at);
                let month = next_number().filter(|_| before(1) != "hết").map(u64::from);
                let months = months.filter(|_| before(2) != "ngày").map(|months| months.value);
                match (months, month, next_number()) {
                    (Some(months), ..) => whole(months >= u64::from(whole_months())),
                    (_, Some(_), _) => Some(Word::Narrows),
                    (_, _, Some(month)) => whole(month >= whole_months()),
                    _ => None,
                }
            }
            "ngày" if next_number().is_some() => {
                // “Kế hoạch số 12/KH-UBND ngày 05/3/2026”
                let of_paper = at >= 2 && ["-", "/"].contains(&before(2));
                whole(of_paper || self.is_edge(at + 1, before(1)))
            }
            // “đến 31/5/2026”
            "từ" | "đến" | "tới" | "hết" | "trước" | "sau" if self.day(at + 1).is_some() => {
                whole(self.is_edge(at + 1, word))
            }
            _ => None,
        }
    }

    /// The last number that begins before a word.
    fn number_before(&self, at: usize) -> Option<&Number> {
        let numbers = &self.tokens.numbers;
        numbers[..numbers.partition_point(|number| number.at.start < at)].last()
    }

    /// Whether the last number of the sentence, whose parts are told from here on, is an indicator's.
    fn is_of_owned(&self, at: usize) -> bool {
        let last = self.number_before(at);
        let owned = self.counts.len().checked_sub(1).map(|owned| self.owned[owned].number);
        self.sentence.told && last == owned
    }

    /// The day that begins here, of the period's year.
    fn day(&self, at: usize) -> Option<NaiveDate> {
        let number = |at: usize| self.tokens.word(at).parse::<u32>().ok();
        let parted = ["/", "-", "tháng"].contains(&self.tokens.word(at + 1));
        let (day, month) = number(at).zip(number(at + 2)).filter(|_| parted)?;
        NaiveDate::from_ymd_opt(self.teller.round?.data_to.year(), month, day)
    }

    /// Whether the day that begins here after some word is the first, or about the last, of the period: “từ ngày 01/01 đến ngày
    /// 15/11”.
    fn is_edge(&self, at: usize, after: &str) -> bool {
        const ABOUT_A_MONTH: i64 = 31;
        let Some(round) = self.teller.round else { return true };
        let to = ["đến", "tới", "hết"].contains(&after);
        let is_last = |day: NaiveDate| to && (round.data_to - day).num_days() < ABOUT_A_MONTH;
        self.day(at).is_some_and(|day| day == round.data_from || is_last(day))
    }
}
