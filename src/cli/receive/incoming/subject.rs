//! What the papers in a register are: reports of the plan, or others by their numbers or by what they are about. Of what the
//! plan's reports are about, its own title, number and rounds tell.

use super::super::judgement::notice;
use super::Doubt;
use crate::diagnostic::Severity;
use crate::model::{Plan, Round};
use crate::vietnamese::{fold, listed, number, unaccented};
use crate::view::form::Remark;

/// So many rows of other papers are named.
const NAMED: usize = 20;

/// So many words in a row, or their first letters, are no chance.
const ENOUGH: usize = 3;

/// Words of spans of time, which reports on anything have.
const PERIODS: [&str; 3] = ["năm", "quý", "tháng"];

/// Why a row is passed over.
pub(super) enum Why {
    /// What kind of paper it is instead.
    Kind(&'static str),
    /// The number of a letter that is about something else.
    Subject(String),
}

/// What the reports of a plan are about.
pub(super) struct Topic {
    /// As it is told.
    phrase: String,
    /// Parts of it without accents, each of which is enough.
    parts: Vec<String>,
    /// The first letters of each part.
    initials: Vec<String>,
    /// The first letters of the words of the plan's title.
    all_initials: String,
    /// The names of its rounds without accents, and whether they are of spans of time alone.
    rounds: Vec<(String, bool)>,
    /// How the plan is called by its number, without accents; any number where it is not known.
    numbers: Vec<String>,
}

impl Topic {
    /// From the words that the plan's title shares with the names of its rounds, or, where these tell none of them, all of the
    /// title but where and when; `None` where that leaves too few words.
    pub(super) fn of(plan: &Plan) -> Option<Self> {
        let place = fold(&plan.province);
        let general = [format!("tỉnh {place}"), place, "trên địa bàn".to_owned(), format!("năm {}", plan.year)];
        let title = general.iter().fold(fold(&plan.title), |title, words| title.replace(words, "|"));
        let title = title.replace('|', " | ");
        let title: Vec<&str> = title.split(|c: char| !c.is_alphanumeric() && c != '|').collect();
        let title: Vec<&str> = title.into_iter().filter(|word| !word.is_empty()).collect();
        let is_part = |at: &usize| !title[*at..*at + ENOUGH].contains(&"|");
        let all: Vec<usize> = (0..(title.len() + 1).saturating_sub(ENOUGH)).filter(is_part).collect();
        let is_in = |at: &usize, name: &str| padded(name).contains(&padded(&title[*at..*at + ENOUGH].join(" ")));
        let names = || plan.rounds.iter().map(|round| fold(&round.name));
        let telling: Vec<String> = names().filter(|name| all.iter().any(|at| is_in(at, name))).collect();
        let shared = |at: &usize| telling.iter().all(|name| is_in(at, name));
        let mut starts: Vec<usize> = all.iter().copied().filter(shared).collect();
        if starts.is_empty() {
            starts = all;
        }
        let first = starts.chunk_by(|one, next| one + 1 == *next).max_by_key(|run| run.len())?;
        let letters = |words: &[&str]| words.iter().filter_map(|word| word.chars().next()).collect::<String>();
        let parts = || starts.iter().map(|at| &title[*at..*at + ENOUGH]);
        let rounds = plan.rounds.iter().flat_map(|round| [&round.name, &round.short_name]).map(|name| {
            let is_period = fold(name).split(' ').any(|word| PERIODS.contains(&word));
            (padded(&unaccented(name)), is_period)
        });
        let numbers = match &plan.number {
            None => vec![padded("ke hoach so")],
            Some(number) => {
                let number = unaccented(number);
                let digits = number.split('/').next().unwrap_or_default();
                let called = ["ke hoach", "ke hoach so", "kh", "kh so"].map(|called| format!("{called} {digits}"));
                std::iter::once(&number).chain(&called).map(|called| padded(called)).collect()
            }
        };
        Some(Self {
            phrase: title[first[0]..first[first.len() - 1] + ENOUGH].join(" "),
            parts: parts().map(|part| padded(&unaccented(&part.join(" ")))).collect(),
            initials: parts().map(letters).collect(),
            all_initials: letters(&title),
            rounds: rounds.collect(),
            numbers,
        })
    }

    /// Whether a subject speaks of the plan: words of its topic or their first letters (BVQLNTD), or a report of one of its
    /// rounds or of its number.
    pub(super) fn is_in(&self, subject: &str) -> bool {
        const REPORT: &str = " bao cao ";
        let plain = padded(&unaccented(subject));
        let has = |words: &String| plain.contains(words.as_str());
        let is_of_round = |(name, is_period): &(String, bool)| {
            let rest = plain.replace(REPORT, " ").replace(name, " ").replace(" v v ", " ");
            has(name) && (!is_period || rest.split_whitespace().count() <= 1)
        };
        let is_vowel = |c: char| "aăâeêioôơuưy".contains(c);
        let is_short = |word: &str| {
            let is_whole = word.chars().count() > ENOUGH && self.all_initials.contains(word);
            self.initials.iter().any(|part| word.contains(part) && (is_whole || !part.contains(is_vowel)))
        };
        self.parts.iter().any(has)
            || fold(subject).split(|c: char| !c.is_alphanumeric()).any(is_short)
            || (plain.contains(REPORT) && (self.rounds.iter().any(is_of_round) || self.numbers.iter().any(has)))
    }

    /// What is said of a report whose subject does not speak of the plan, or speaks of another round.
    pub(super) fn doubt_of(&self, subject: &str, round: &Round) -> Option<Doubt> {
        let plain = padded(&unaccented(subject));
        let own = [&round.name, &round.short_name].map(|name| padded(&unaccented(name)));
        let told = |is_own: bool, is_period: bool| {
            let is_of = |name: &String| own.contains(name) == is_own && plain.contains(name.as_str());
            self.rounds.iter().any(|(name, period)| *period == is_period && is_of(name))
        };
        // “năm 2026” is told of a day of that year as well.
        if told(false, false) && !told(true, false) || told(false, true) && !told(true, true) && !told(true, false)
        {
            let message = format!("trích yếu “{subject}” nhắc đến kỳ khác, đang ghi cho kỳ {}", round.short_name);
            let remedy = "của kỳ khác thì rút lại (plan receive CƠ_QUAN --withdraw) rồi nhận với --round KỲ";
            return Some((Severity::Warning, message, remedy));
        }
        let message = || format!("trích yếu “{subject}” không nhắc đến “{}”, xem lại", self.phrase);
        let remedy = "đúng là báo cáo thì để nguyên; không phải thì rút lại: plan receive CƠ_QUAN --withdraw";
        (!self.is_in(subject)).then(|| (Severity::Warning, message(), remedy))
    }
}

/// The words of a text with one blank around each.
fn padded(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.fold(" ".to_owned(), |padded, word| padded + word + " ")
}

/// Whether a number is that of a letter: `56/SNV-VP`. A number alone tells nothing.
pub(super) fn is_letter(number: &str) -> bool {
    let has_symbol = number.split_once('/').is_some_and(|(_, symbol)| symbol.contains(char::is_alphabetic));
    has_symbol && !padded(&unaccented(number)).contains(" bc ")
}

/// What is said of the rows that are passed over.
pub(super) fn passed_over(others: &[(u32, &Why)], topic: Option<&Topic>) -> Vec<Remark> {
    let of = |what: &str, told: &dyn Fn(&Why) -> Option<String>| {
        let rows: Vec<String> =
            others.iter().filter_map(|(row, why)| Some(format!("{row} ({})", told(why)?))).collect();
        let more = rows.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" và {} dòng khác", number(more as u128)) } else { String::new() };
        let rows = listed(rows.iter().take(NAMED), ", ")?;
        Some(notice(format!(
            "bỏ qua văn bản {what} ở dòng {rows}{more}; đúng là báo cáo thì ghi riêng: plan receive CƠ_QUAN --on NGÀY"
        )))
    };
    let kinds = of("không phải báo cáo", &|why| match why {
        Why::Kind(kind) => Some((*kind).to_owned()),
        Why::Subject(_) => None,
    });
    let about = topic.map_or("", |topic| topic.phrase.as_str());
    let subjects = of(&format!("có trích yếu không nhắc đến “{about}”"), &|why| match why {
        Why::Kind(_) => None,
        Why::Subject(number) => Some(number.clone()),
    });
    kinds.into_iter().chain(subjects).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::tests::fixture;

    #[test]
    fn a_subject_speaks_of_the_plan_by_its_words_their_letters_its_rounds_or_its_number() {
        const PLAN: &str = include_str!("../../../../tests/workspace/plan/plan.yaml");
        const ROUNDS: &str = include_str!("../../../../tests/workspace/plan/rounds.yaml");
        const TITLE: &str = "title: Tổ chức các hoạt động bảo vệ người tiêu dùng năm 2026";
        let topic = |title: &str, number: &str, rounds: &str| {
            let plan = PLAN.replacen(TITLE, title, 1).replacen("number: null", number, 1);
            let files = [("plan/plan.yaml", plan.as_str()), ("plan/rounds.yaml", rounds)];
            Topic::of(&fixture(&files, "2026-11-25", None).plan).unwrap()
        };
        let title =
            "title: Tổ chức các hoạt động bảo vệ quyền lợi người tiêu dùng trên địa bàn tỉnh Sơn La năm 2026";
        let [unknown, known] = ["number: null", "number: 120/KH-UBND"].map(|number| topic(title, number, ROUNDS));
        assert_eq!(unknown.phrase, "người tiêu dùng");
        for (subject, of_unknown, of_known) in [
            ("Báo cáo công tác bảo vệ quyền lợi người tiêu dùng năm 2026", true, true),
            ("BÁO CÁO CÔNG TÁC BẢO VỆ NGƯỜI TIÊU DÙNG", true, true),
            ("Bao cao cong tac bao ve nguoi tieu dung", true, true),
            ("Báo cáo kết quả công tác BVQLNTD", true, true),
            ("kết quả bvqlntd", true, true),
            ("Báo cáo công tác BVNTD", true, true),
            ("Ngày Quyền của NTD", true, true),
            ("Báo cáo kết quả tổ chức Ngày 15/3", true, true),
            ("Kết quả tổ chức Ngày 15/3", false, false),
            ("Báo cáo năm 2026", true, true),
            ("V/v báo cáo năm 2026", true, true),
            ("Báo cáo ngân sách năm 2026", false, false),
            ("Báo cáo thực hiện Kế hoạch số 120/KH-UBND của UBND tỉnh", true, true),
            ("Báo cáo thực hiện KH 120", false, true),
            ("Báo cáo thực hiện Kế hoạch số 121/KH-UBND", true, false),
            ("V/v triển khai Kế hoạch số 120/KH-UBND", false, false),
            ("V/v lịch nghỉ Tết Nguyên đán", false, false),
            ("Báo cáo ngân sách quý III", false, false),
            ("V/v tổ chức các hoạt động chào mừng ngày 20/11 trên địa bàn tỉnh Sơn La năm 2026", false, false),
            ("V/v bảo vệ quyền lợi người lao động", false, false),
            ("V/v kỳ họp HĐND tỉnh", false, false),
        ] {
            assert_eq!((unknown.is_in(subject), known.is_in(subject)), (of_unknown, of_known), "{subject}");
        }
        // Rounds that are called by months leave the title alone.
        let rounds = ROUNDS.replace("người tiêu dùng", "mọi người");
        let food = topic("title: Bảo đảm an toàn thực phẩm năm 2026", "number: null", &rounds);
        assert_eq!(food.phrase, "bảo đảm an toàn thực phẩm");
        for (subject, is_in) in [
            ("Báo cáo ATTP", true),
            ("VSATTP tháng 10", true),
            ("V/v thu hồi đất", false),
            ("V/v thanh toán", false),
        ] {
            assert_eq!(food.is_in(subject), is_in, "{subject}");
        }
    }

    #[test]
    fn a_letter_is_known_by_its_number() {
        for (number, is_it) in [
            ("56/SNV-VP", true),
            ("12/BC-SNV", false),
            ("12/bc-snv", false),
            ("12-BC/ĐU", false),
            ("12/SNV-BC", false),
            ("12/BCH-TM", true),
            ("1234", false),
            ("12/2026", false),
        ] {
            assert_eq!(is_letter(number), is_it, "{number}");
        }
    }
}
