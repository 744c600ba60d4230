//! Which indicator a number in prose belongs to, by the words that the plan gives for it (`in_prose`). Judges no number.

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt, HashSet};

use crate::model::{Indicator, IndicatorId, Plan};
use crate::vietnamese::{Number, Tokens, fold};

type Words = LazyLock<HashSet<&'static str>>;

/// Words that may stand between a phrase and its number without a change of sense: “kiểm tra được tổng số 12 vụ”.
static BETWEEN: Words = Words::new(|| {
    "đã được là đạt tổng số cộng có gồm với trong kỳ năm cả thực hiện tất lũy kế : = nhà nước thêm mới lên ra \
     thành công hơn trên gần khoảng dưới xấp xỉ ước chừng chung liên ngành phát \
     treo đăng ký in cấp tổ chức ban hành lồng ghép"
        .split(' ')
        .collect()
});
/// And between a phrase and an amount: “xử phạt 9 hộ kinh doanh, số tiền 12 triệu đồng”.
static BEFORE_MONEY: Words = Words::new(|| {
    "tiền , vụ việc hộ cơ sở kinh doanh trường hợp đối tượng tổ chức cá nhân vi phạm hành chính vphc hàng hóa từ xử \
     lý phạt tịch thu tiêu hủy bị"
        .split(' ')
        .collect()
});
/// What says that a number is a total, next to its phrase or between: “tổng số”, “lũy kế”.
const TOTAL: [&str; 2] = ["tổng", "lũy"];
/// How many of these at most.
const FURTHEST: usize = 14;
/// Words that go on after a counter alone; any other says of what kind it is: “kiểm tra 12 vụ tại chợ”, “12 vụ án”.
static AFTER: Words = Words::new(|| {
    "với cho đối và có được bị do ở tại trên trong của để nhằm qua thông bằng tới đến gồm là từ về khi sau \
     trước theo thuộc liên tham thu đã đang chưa còn so tăng giảm thì mà nên như cùng vào riêng mỗi năm tương \
     đều nữa các số tổng giữa buôn bán vận tàng sản kinh"
        .split(' ')
        .collect()
});

/// A way to tell a figure, `{n}` taken out: each word one of several.
struct Phrase {
    before: Vec<Vec<String>>,
    after: Vec<Vec<String>>,
    /// Whether a word that goes on would make it another thing: “12 buổi phát thanh” is not “12 buổi”.
    is_bare: bool,
    indicator: IndicatorId,
}

/// Numbers as they stand, each with the indicators that it may belong to.
pub(crate) type Owners = Vec<(String, Vec<IndicatorId>)>;

/// Every way in which the plan's figures are told.
pub(crate) struct Phrases {
    all: Vec<Phrase>,
    /// By the last word before the number.
    by_last: HashMap<String, Vec<usize>>,
    /// Those that begin with the number, by the word after it.
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
    pub(crate) fn new(plan: &Plan) -> Self {
        let of = |indicator: &Indicator| {
            let label = fold(&indicator.label);
            // “Trong đó đã giải quyết” names nothing by itself.
            let label = (!label.starts_with("trong đó")).then(|| format!("{label} {{n}}"));
            let said = indicator.in_prose.iter().cloned().chain(label);
            said.filter_map(|phrase| Phrase::new(&phrase, indicator.id)).collect::<Vec<_>>()
        };
        let all: Vec<Phrase> = plan.indicators.iter().flat_map(of).collect();
        let (mut by_last, mut by_next) = (HashMap::new(), HashMap::new());
        for (index, phrase) in all.iter().enumerate() {
            let (words, by) = match phrase.before.last() {
                Some(words) => (Some(words), &mut by_last),
                None => (phrase.after.first(), &mut by_next),
            };
            for word in words.into_iter().flatten() {
                by.entry(word.clone()).or_insert_with(Vec::new).push(index);
            }
        }
        Self { all, by_last, by_next }
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

    /// The numbers of a text as they stand, each with the indicators that it may belong to.
    pub(crate) fn told(&self, text: &str, plan: &Plan) -> Owners {
        let tokens = Tokens::new(text);
        let owned = self.owned(&tokens, plan).into_iter();
        owned.map(|owned| (tokens.text(owned.number.at.clone()).to_owned(), owned.owners)).collect()
    }

    fn owner<'t>(&self, tokens: &'t Tokens<'_>, number: &'t Number, plan: &Plan) -> Option<Owned<'t>> {
        let mut longest = 0;
        let mut found: Option<Owned<'t>> = None;
        for (phrase, at, between) in self.telling(tokens, number, plan) {
            let length = phrase.before.len() + phrase.after.len();
            match &mut found {
                Some(_) if length < longest => {}
                Some(owned) if length == longest => owned.owners.push(phrase.indicator),
                _ => {
                    longest = length;
                    let before = at.start.saturating_sub(2)..at.start;
                    let is_total =
                        before.chain(between..number.at.start).any(|at| TOTAL.contains(&tokens.word(at)));
                    found = Some(Owned { number, owners: vec![phrase.indicator], at, is_total, is_beside: false });
                }
            }
        }
        found
    }

    /// The phrases that tell a number, the words of each, and where the words between it and the number begin.
    fn telling(&self, tokens: &Tokens<'_>, number: &Number, plan: &Plan) -> Vec<(&Phrase, Range<usize>, usize)> {
        let first = number.at.start;
        let mut telling = Vec::new();
        let mut look = |known: Option<&Vec<usize>>, between: usize, of_money: bool| {
            for phrase in known.into_iter().flatten().map(|&index| &self.all[index]) {
                let indicator = &plan[phrase.indicator];
                let fits = number.is_money.is_none_or(|money| money == indicator.is_money());
                let start = between.checked_sub(phrase.before.len()).filter(|_| fits);
                let start = start.filter(|&start| says(tokens, start, &phrase.before));
                if let Some(start) = start.filter(|_| !of_money || indicator.is_money())
                    && let Some(end) = phrase.end(tokens, number.at.end, indicator)
                {
                    telling.push((phrase, start..end, between));
                }
            }
        };
        look(self.by_next.get(tokens.word(number.at.end)), first, false);
        let mut of_money = false;
        for at in (first.saturating_sub(FURTHEST)..first).rev() {
            let word = tokens.word(at);
            look(self.by_last.get(word), at + 1, of_money);
            let year = word.len() == 4 && at > 0 && tokens.word(at - 1) == "năm";
            if !BETWEEN.contains(word) && !year {
                let is_number = || tokens.numbers.binary_search_by_key(&at, |number| number.at.end - 1).is_ok();
                of_money = number.is_money != Some(false) && (BEFORE_MONEY.contains(word) || is_number());
                if !of_money {
                    break;
                }
            }
        }
        telling
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

    /// The end of the words after the number, where they are the phrase's.
    fn end(&self, tokens: &Tokens<'_>, number_end: usize, indicator: &Indicator) -> Option<usize> {
        let end = number_end + self.after.len();
        (says(tokens, number_end, &self.after) && self.is_whole(tokens, end, indicator)).then_some(end)
    }

    /// Whether the words end where the phrase does.
    fn is_whole(&self, tokens: &Tokens<'_>, end: usize, indicator: &Indicator) -> bool {
        let next = tokens.word(end);
        let is_word = tokens.begins(end, char::is_alphabetic);
        let goes_on = is_word && !AFTER.contains(next);
        if self.after.is_empty() && !indicator.is_money() {
            return next != "%" && (!goes_on || fold(&indicator.unit).starts_with(next));
        }
        !(self.is_bare && goes_on)
    }
}

fn says(tokens: &Tokens<'_>, start: usize, words: &[Vec<String>]) -> bool {
    words.iter().zip(start..).all(|(any, at)| any.iter().any(|word| word == tokens.word(at)))
}
