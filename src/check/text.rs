//! What is written in words: letters, placeholders, accounts that tell nothing or contradict the figures.

use std::collections::HashMap;

use super::Check;
use super::prose::{self, Claim, Tokens};
use super::scope::{All, One, Scope, Text, Told};
use crate::characters::is_latin;
use crate::diagnostic::{Diagnostic, Rule, Sink};
use crate::model::{Answer, Figure, HIGHLIGHT_WORDS, Indicator, Plan, Report, RoundId, Spanned};
use crate::source::{FileId, Span, digest};
use crate::vietnamese::{is_composed, number};

pub(super) const CHECKS: &[Check] = &[
    Check::warning(
        "not-nfc",
        "Chữ Việt không theo Unicode dựng sẵn",
        Scope::Text(not_nfc),
        "\
Cùng một chữ có thể lưu dạng dựng sẵn (một ký tự) hoặc tổ hợp (chữ và dấu rời nhau). Hai dạng trông giống nhau nhưng máy coi là
khác, nên tìm kiếm và đối chiếu tên dễ sai.

Sai: “Sở Y tế” gõ theo Unicode tổ hợp
Đúng: “Sở Y tế” gõ theo Unicode dựng sẵn (chọn trong bộ gõ)",
    ),
    Check::warning(
        "mixed-letters",
        "Một từ lẫn chữ cái Nga hoặc Hy Lạp trông giống chữ Latinh",
        Scope::Text(mixed_letters),
        "\
Chữ а của tiếng Nga trông hệt chữ a, nhưng máy không coi là một. Thường do chép từ trang mạng, đôi khi do cố ý.

Sai: “Sở Tài сhính” (chữ с tiếng Nga)
Đúng: “Sở Tài chính”",
    ),
    Check::warning(
        "placeholder",
        "Chỗ giữ sẵn chưa điền: …, đang cập nhật, TODO, xxx",
        Scope::Report(placeholder),
        "\
Chỗ giữ sẵn lọt vào báo cáo gửi Bộ là lỗi ai cũng thấy. Nếu chưa có số liệu, nêu lý do ở reason.

Sai:
  results: Đang cập nhật
Đúng:
  reason: Chưa có số liệu vì các xã chưa gửi báo cáo tháng 11",
    ),
    Check::warning(
        "echoes-task",
        "Kết quả chỉ chép lại lời của nhiệm vụ",
        Scope::Report(echoes_task),
        "\
Kết quả phải nói đã làm gì, ở đâu, được bao nhiêu; chép lại câu chữ của Kế hoạch thì người đọc không biết gì thêm.

Sai:
  results: Tổ chức các chương trình ngoại khóa cho học sinh, học viên.
Đúng:
  results: Đã tổ chức 36 buổi ngoại khóa tại 12 trường trung học phổ thông, 5.400 lượt học sinh tham gia.",
    ),
    Check::warning(
        "long-highlight",
        "Điểm nổi bật dài quá 40 từ",
        Scope::Report(long_highlight),
        "\
Báo cáo tổng hợp nêu nguyên văn điểm nổi bật, không cắt câu của ai; điểm nổi bật dài quá 40 từ thì không nêu. Một việc và tác dụng của
nó là đủ, phần còn lại đã có ở kết quả.

Sai: highlight kể lại cả đoạn kết quả
Đúng:
  highlight: Chi cục kiểm tra lại 380 cơ sở đã ký cam kết, 31 cơ sở tái phạm và đều bị xử lý.",
    ),
    Check::warning(
        "copied-account",
        "Hai cơ quan báo cáo cùng một đoạn kết quả",
        Scope::All(copied_account),
        "\
Hai cơ quan có cùng một đoạn kết quả thường do chép mẫu của nhau; cũng có thể một sự kiện làm chung được tính hai lần. Sự kiện tổ
chức chung do cơ quan chủ trì kê khai. Câu thường dùng, không có số liệu riêng, thì hai xã viết giống nhau cũng không sao.

Sai: hai xã cùng ghi “Đã tổ chức hội nghị quán triệt tới 126 cán bộ, công chức và các trưởng bản”
Đúng: mỗi xã nêu kết quả của mình",
    ),
    Check::warning(
        "prose-contradicts-figure",
        "Con số trong lời văn khác số liệu của cùng chỉ tiêu",
        Scope::Report(prose_contradicts_figure),
        "\
Lời văn và số liệu cùng nói về một chỉ tiêu thì phải bằng nhau; người đọc báo cáo tổng hợp sẽ thấy cả hai. Chỉ so con số mà lời văn
nói rõ là của cả kỳ, của chính cơ quan: số của năm khác, của một đợt, một quý, một bản, số kế hoạch, số bình quân, số còn lại, hoặc
không rõ là số gì, thì không so. Cách nhận ra con số trong lời văn khai ở in_prose trong plan/indicators.yaml.

Sai:
  results: Đã thực hiện 120 vụ kiểm tra.
  figures: {inspections: 102}
Đúng:
  results: Đã thực hiện 102 vụ kiểm tra.
  figures: {inspections: 102}",
    ),
    Check::warning(
        "zero-with-results",
        "Số liệu ghi 0 nhưng lời văn kể kết quả",
        Scope::Report(zero_with_results),
        "\
Số 0 nghĩa là đã làm và đúng là không có. Nếu lời văn kể có kết quả thì số 0 là ghi nhầm, hoặc chưa điền.

Sai:
  results: Đã thực hiện 12 vụ kiểm tra.
  figures: {inspections: 0}
Đúng:
  figures: {inspections: 12}",
    ),
];

fn not_nfc(text: &mut Text<'_>, rule: &'static Rule, sink: &mut Sink) {
    let Text { file, text, is_plain, .. } = *text;
    if is_plain || is_composed(text) {
        return;
    }
    let wrong: Vec<(usize, &str)> = words(text).filter(|(_, word)| !is_composed(word)).collect();
    if let Some((at, word)) = wrong.first() {
        let message = format!("{} từ trong tệp không theo Unicode dựng sẵn, từ đầu tiên ở đây", wrong.len());
        let hint = "chuyển tệp sang Unicode dựng sẵn bằng bộ gõ tiếng Việt rồi lưu lại";
        sink.push(Diagnostic::new(rule, span(file, *at, word), message).hint(hint));
    }
}

fn mixed_letters(text: &mut Text<'_>, rule: &'static Rule, sink: &mut Sink) {
    let Text { file, text, is_plain, .. } = *text;
    // μ and Ω stand in units and are taken for no Latin letter.
    let foreign = |c: char| matches!(c, '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}') && !matches!(c, 'μ' | 'Ω');
    if is_plain {
        return;
    }
    for (at, word) in words(text).filter(|(_, word)| word.contains(foreign) && word.contains(is_latin)) {
        let message = format!("từ “{word}” lẫn chữ cái của bảng chữ khác");
        sink.push(Diagnostic::new(rule, span(file, at, word), message).hint("xóa từ này rồi gõ lại"));
    }
}

/// Runs of letters with where they begin.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let combining = |c: char| matches!(c, '\u{300}'..='\u{36f}');
    let runs = text
        .split(move |c: char| !is_latin(c) && !c.is_alphabetic() && !combining(c))
        .filter(|run| !run.is_empty());
    runs.map(move |run| (run.as_ptr() as usize - text.as_ptr() as usize, run))
}

fn span(file: FileId, at: usize, word: &str) -> Span {
    Span { file, start: at as u32, end: (at + word.len()) as u32 }
}

fn placeholder(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    for text in told(one.report) {
        if let Some(found) = prose::placeholder(&text.value) {
            let message = format!("“{found}” là chỗ chưa điền");
            let hint = "điền nội dung; chưa có thì xóa và nêu lý do ở reason";
            let start = found.as_ptr() as usize - text.value.as_ptr() as usize;
            let place = one.files.within(text.span, &text.value, start..start + found.len());
            let in_form = "điền nội dung; chưa có thì xóa và ghi lý do ở ô lý do";
            sink.push(Diagnostic::new(rule, place, message).hint(hint).in_form(in_form));
        }
    }
}

fn long_highlight(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    for highlight in one.report.tasks.iter().filter_map(|entry| entry.highlight.as_ref()) {
        let words = highlight.value.split_whitespace().count();
        if words > HIGHLIGHT_WORDS {
            let message = format!("điểm nổi bật dài {words} từ");
            let hint = format!("rút còn một việc và tác dụng của nó, không quá {HIGHLIGHT_WORDS} từ");
            sink.push(Diagnostic::new(rule, highlight.span, message).hint(hint));
        }
    }
}

/// Everything that a report says in words.
fn told(report: &Report) -> impl Iterator<Item = &Spanned<String>> {
    let entries =
        report.tasks.iter().flat_map(|entry| entry.results.iter().chain(&entry.highlight).chain(&entry.reason));
    let difficulties =
        report.difficulties.iter().flat_map(|found| std::iter::once(&found.text).chain(&found.cause));
    let recommendations = report.recommendations.iter().map(|found| &found.text);
    report
        .subject
        .iter()
        .chain(entries)
        .chain(difficulties)
        .chain(recommendations)
        .chain(report.next_steps.iter().map(|step| &step.text))
}

/// The plan's words for each task.
pub(super) fn of_tasks(plan: &Plan) -> Vec<Vec<Tokens<'_>>> {
    let texts = plan.tasks.iter().map(|task| task.content.iter().chain([&task.short_title]));
    texts.map(|texts| texts.map(|text| Tokens::new(text)).collect()).collect()
}

fn echoes_task(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    for account in one.accounts() {
        let task = account.entry.key.value;
        let wording = &one.wording.echoes[usize::from(task)];
        let told = account.tokens.told();
        // Nine words in ten: an honest account names the task once and goes on. Most are seen to be honest
        // after a few words.
        let count = told.clone().count();
        let many = count.saturating_sub(2) / 10;
        let own = prose::triples(told).filter(|triple| !wording.contains(triple)).nth(many);
        if count > 0 && own.is_none() {
            let message = format!("kết quả chỉ chép lại lời của nhiệm vụ {}", one.plan[task].key);
            let hint = "nêu đã làm gì, ở đâu, được bao nhiêu";
            sink.push(Diagnostic::new(rule, account.results.span, message).hint(hint));
        }
    }
}

/// What a report of a round tells, as far as another's is not like it by chance: a formula of the office that two
/// agencies share is short and has hardly a number.
pub(super) fn told_of_its_own(one: &One<'_>) -> Vec<Told> {
    const SHORT: usize = 8;
    const LONG: usize = 40;
    const DIGITS: usize = 3;
    let Some(round) = one.round else { return Vec::new() };
    let own = one.accounts().iter().filter(|account| {
        let has = |least: usize| account.tokens.words().nth(least - 1).is_some();
        has(LONG) || has(SHORT) && account.tokens.digits_told() >= DIGITS
    });
    own.map(|account| {
        let mut words = String::with_capacity(account.results.value.len());
        account.tokens.words().for_each(|word| words.extend([word, " "]));
        Told { agency: one.agency.id, round: round.id, words: digest(&words), span: account.results.span }
    })
    .collect()
}

fn copied_account(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    let mut seen: HashMap<(RoundId, [u8; 32]), &Told> = HashMap::new();
    for account in &all.told {
        let first = *seen.entry((account.round, account.words)).or_insert(account);
        if first.agency != account.agency {
            let message = format!("kết quả giống hệt của {}", all.plan[first.agency].name);
            sink.push(
                Diagnostic::new(rule, account.span, message)
                    .hint("nêu kết quả của cơ quan mình; việc làm chung do cơ quan chủ trì kê khai")
                    .related(first.span, "đoạn giống hệt"),
            );
        }
    }
}

fn prose_contradicts_figure(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    for_claims(one, |indicator, figure, results, claims| {
        let Answer::Value(value @ 1..) = figure.answer else { return };
        // What was taken over from last year is told with what came, or apart from it.
        let with_earlier = value.saturating_add(figure.carried_over);
        let contradicted = prose::contradicted(claims, value);
        if let Some(claim) = contradicted.filter(|_| prose::contradicted(claims, with_earlier).is_some()) {
            let (told, key) = (&claim.words, &indicator.key);
            let message = format!("lời văn nói {told}, số liệu {key} ghi {}", number(u128::from(value)));
            let hint = "sửa con số sai cho lời văn và số liệu bằng nhau";
            let place = one.files.within(results.span, &results.value, claim.part.clone());
            sink.push(Diagnostic::new(rule, place, message).hint(hint));
        }
    });
}

fn zero_with_results(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    for_claims(one, |indicator, figure, results, claims| {
        let written = match figure.answer {
            Answer::Value(0) => "0",
            Answer::NothingArose => "không phát sinh",
            _ => return,
        };
        if let Some(claim) = claims.iter().find(|claim| claim.is_certain()) {
            let message = format!("lời văn nói {}, số liệu {} ghi {written}", claim.words, indicator.key);
            let hint = "ghi đúng số vào figures, hoặc sửa lời văn";
            let place = one.files.within(results.span, &results.value, claim.part.clone());
            let in_form = "ghi đúng số vào ô số liệu, hoặc sửa lời văn";
            sink.push(Diagnostic::new(rule, place, message).hint(hint).in_form(in_form));
        }
    });
}

/// Every figure whose indicator the entry's results speak of, with what they claim of it.
fn for_claims(one: &One<'_>, mut found: impl FnMut(&Indicator, &Figure, &Spanned<String>, &[&Claim])) {
    for account in one.accounts().iter().filter(|account| !account.claims.is_empty()) {
        for figure in &account.entry.figures {
            let indicator = figure.key.value;
            let claims: Vec<&Claim> = account.claims.iter().filter(|claim| claim.is_of(indicator)).collect();
            if !claims.is_empty() {
                found(&one.plan[indicator], figure, account.results, &claims);
            }
        }
    }
}
