//! Which indicator a number in prose belongs to, by the words that the plan gives for it (`in_prose`). Judges no number.

use std::collections::HashMap;
use std::ops::Range;

use super::numbers::Number;
use super::tokens::Tokens;
use crate::model::{Indicator, IndicatorId, Plan};
use crate::vietnamese::fold;

/// Words that may stand between a phrase and its number without a change of sense: “kiểm tra được tổng số 12 vụ”.
const BETWEEN: [&str; 41] = [
    "đã", "được", "là", "đạt", "tổng", "số", "cộng", "có", "gồm", "với", "trong", "kỳ", "năm", "cả", "thực",
    "hiện", "tất", "lũy", "kế", ":", "=", "nhà", "nước", "thêm", "mới", "lên", "ra", "thành", "công", "hơn",
    "trên", "gần", "khoảng", "dưới", "xấp", "xỉ", "ước", "chừng", "chung", "liên", "ngành",
];
/// And between a phrase and an amount: “xử phạt 9 hộ kinh doanh, số tiền 12 triệu đồng”.
const BEFORE_MONEY: [&str; 31] = [
    "tiền",
    ",",
    "vụ",
    "việc",
    "hộ",
    "cơ",
    "sở",
    "kinh",
    "doanh",
    "trường",
    "hợp",
    "đối",
    "tượng",
    "tổ",
    "chức",
    "cá",
    "nhân",
    "vi",
    "phạm",
    "hành",
    "chính",
    "hàng",
    "hóa",
    "từ",
    "xử",
    "lý",
    "phạt",
    "tịch",
    "thu",
    "tiêu",
    "hủy",
];
/// How many of these at most.
const FURTHEST: usize = 14;
/// Words that go on after a counter alone; any other says of what kind it is: “kiểm tra 12 vụ tại chợ”, “12 vụ án”.
const AFTER: [&str; 52] = [
    "với", "cho", "đối", "và", "có", "được", "bị", "do", "ở", "tại", "trên", "trong", "của", "để", "nhằm", "qua",
    "thông", "bằng", "tới", "đến", "gồm", "là", "từ", "về", "khi", "sau", "trước", "theo", "thuộc", "liên", "tham",
    "thu", "đã", "đang", "chưa", "còn", "so", "tăng", "giảm", "thì", "mà", "nên", "như", "cùng", "vào", "riêng",
    "mỗi", "năm", "tương", "đều", "nữa", "các",
];

/// A way to tell a figure, `{n}` taken out: each word one of several.
struct Phrase {
    before: Vec<Vec<String>>,
    after: Vec<Vec<String>>,
    /// Whether a word that goes on would make it another thing: “12 buổi phát thanh” is not “12 buổi”.
    is_bare: bool,
    indicator: IndicatorId,
}

/// Every way in which the plan's figures are told.
pub(in crate::check) struct Phrases {
    all: Vec<Phrase>,
    /// By the word after the number; `""` where the phrase ends with the number.
    by_next: HashMap<String, Vec<usize>>,
}

/// A number with the indicators that it may belong to, and the words that tell it.
pub(super) struct Owned<'t> {
    pub(super) number: &'t Number,
    pub(super) owners: Vec<IndicatorId>,
    pub(super) at: Range<usize>,
    /// Whether the words say that it is a total.
    pub(super) is_total: bool,
    /// Whether no phrase tells it: it only counts the same as the number before.
    pub(super) is_beside: bool,
}

impl Phrases {
    pub(in crate::check) fn new(plan: &Plan) -> Self {
        let of = |indicator: &Indicator| {
            let label = fold(&indicator.label);
            // “Trong đó đã giải quyết” names nothing by itself.
            let label = (!label.starts_with("trong đó")).then(|| format!("{label} {{n}}"));
            let said = indicator.in_prose.iter().cloned().chain(label);
            said.filter_map(|phrase| Phrase::new(&phrase, indicator.id)).collect::<Vec<_>>()
        };
        let all: Vec<Phrase> = plan.indicators.iter().flat_map(of).collect();
        let mut by_next: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, phrase) in all.iter().enumerate() {
            for next in phrase.after.first().unwrap_or(&vec![String::new()]) {
                by_next.entry(next.clone()).or_default().push(index);
            }
        }
        Self { all, by_next }
    }

    /// The numbers of a text that some phrase tells, in order. Each belongs to whose phrase is longest; “tiếp nhận 9 phản
    /// ánh qua điện thoại, 6 phản ánh trực tiếp” counts on beside the one before.
    pub(super) fn owned<'t>(&self, tokens: &'t Tokens<'_>, plan: &Plan) -> Vec<Owned<'t>> {
        let mut owned: Vec<Owned<'t>> = Vec::new();
        for number in &tokens.numbers {
            let counter = tokens.word(number.at.end);
            let beside = || {
                let both = |before: &Number| [before.is_money, number.is_money] == [Some(true); 2];
                let alike = |before: &Number| tokens.word(before.at.end) == counter || both(before);
                let before = owned.last().filter(|before| alike(before.number))?;
                let at = number.at.clone();
                Some(Owned { number, owners: before.owners.clone(), at, is_total: false, is_beside: true })
            };
            let found = self.owner(tokens, number, plan).or_else(beside);
            owned.extend(found);
        }
        owned
    }

    fn owner<'t>(&self, tokens: &'t Tokens<'_>, number: &'t Number, plan: &Plan) -> Option<Owned<'t>> {
        let next = tokens.word(number.at.end);
        let phrases = [next, ""].into_iter().filter_map(|next| self.by_next.get(next)).flatten();
        let mut longest = 0;
        let mut found: Option<Owned<'t>> = None;
        for phrase in phrases.map(|&index| &self.all[index]) {
            let indicator = &plan[phrase.indicator];
            if number.is_money.is_some_and(|money| money != indicator.is_money()) {
                continue;
            }
            let Some((at, is_total)) = phrase.find(tokens, number, indicator) else { continue };
            let length = phrase.before.len() + phrase.after.len();
            match &mut found {
                Some(owned) if length == longest => owned.owners.push(phrase.indicator),
                Some(_) if length < longest => {}
                _ => {
                    longest = length;
                    found = Some(Owned { number, owners: vec![phrase.indicator], at, is_total, is_beside: false });
                }
            }
        }
        found
    }
}

impl Phrase {
    /// `None` without a `{n}`.
    fn new(phrase: &str, indicator: IndicatorId) -> Option<Self> {
        let words = |part: &str| {
            let pieces = part.split_whitespace().flat_map(|piece| match piece.strip_suffix(',') {
                Some(word) => vec![word, ","],
                None => vec![piece],
            });
            pieces.map(|piece| piece.split('|').map(fold).collect()).collect()
        };
        let (before, after) = phrase.split_once("{n}")?;
        let (after, ends) = after.strip_suffix('.').map_or((after, false), |after| (after, true));
        let after: Vec<Vec<String>> = words(after);
        Some(Self { before: words(before), is_bare: ends || after.len() == 1, after, indicator })
    }

    /// Which tokens tell the number in this way, and whether as a total.
    fn find(&self, tokens: &Tokens<'_>, number: &Number, indicator: &Indicator) -> Option<(Range<usize>, bool)> {
        let end = number.at.end + self.after.len();
        if !says(tokens, number.at.end, &self.after) || !self.is_whole(tokens, end, indicator) {
            return None;
        }
        let (start, is_total) = self.start(tokens, number.at.start, indicator.is_money())?;
        Some((start..end, is_total))
    }

    /// Whether the words end where the phrase does.
    fn is_whole(&self, tokens: &Tokens<'_>, end: usize, indicator: &Indicator) -> bool {
        let next = tokens.word(end);
        let is_word = tokens.all.get(end).is_some_and(|token| token.raw.starts_with(char::is_alphabetic));
        let goes_on = is_word && !AFTER.contains(&next);
        if self.after.is_empty() && !indicator.is_money() {
            return next != "%" && (!goes_on || fold(&indicator.unit).starts_with(next));
        }
        !(self.is_bare && goes_on)
    }

    /// Where the words before the number begin, and whether what stands between or before them says “tổng số”, “lũy kế”.
    fn start(&self, tokens: &Tokens<'_>, number: usize, money: bool) -> Option<(usize, bool)> {
        let totals = |mut words: Range<usize>| words.any(|at| ["tổng", "lũy"].contains(&tokens.word(at)));
        let mut at = number;
        for _ in 0..=FURTHEST {
            let start = at.checked_sub(self.before.len());
            if let Some(start) = start.filter(|&start| says(tokens, start, &self.before)) {
                let first = if self.before.is_empty() { number } else { start };
                return Some((first, totals(at..number) || totals(start.saturating_sub(2)..start)));
            }
            at = at.checked_sub(1)?;
            let word = tokens.word(at);
            let is_number = || tokens.numbers.binary_search_by_key(&at, |number| number.at.end - 1).is_ok();
            let is_year = || at > 0 && tokens.word(at - 1) == "năm" && word.len() == 4;
            let passes =
                BETWEEN.contains(&word) || is_year() || money && (BEFORE_MONEY.contains(&word) || is_number());
            if !passes {
                return None;
            }
        }
        None
    }
}

fn says(tokens: &Tokens<'_>, start: usize, words: &[Vec<String>]) -> bool {
    words.iter().zip(start..).all(|(any, at)| any.iter().any(|word| word == tokens.word(at)))
}
