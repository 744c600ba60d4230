//! What is written in words: letters, placeholders, accounts that tell nothing or contradict the figures.

use std::collections::{HashMap, HashSet};

use unicode_normalization::is_nfc;

use super::prose::{self, Mention, Tokens};
use super::{Account, Check, Context};
use crate::diagnostic::{Diagnostic, Rule, Severity, Sink};
use crate::model::{Answer, Indicator, Report, RoundId, Spanned, TaskId};
use crate::source::{FileId, Span};
use crate::vietnamese::number;

pub(super) const CHECKS: &[Check] = &[
    Check {
        rule: Rule {
            name: "not-nfc",
            severity: Severity::Warning,
            summary: "Chữ Việt không theo Unicode dựng sẵn",
            explain: "\
Cùng một chữ có thể lưu dạng dựng sẵn (một ký tự) hoặc tổ hợp (chữ và dấu rời nhau). Hai dạng trông giống nhau nhưng máy coi là
khác, nên tìm kiếm và đối chiếu tên dễ sai.

Sai: “Sở Y tế” gõ theo Unicode tổ hợp
Đúng: “Sở Y tế” gõ theo Unicode dựng sẵn (chọn trong bộ gõ)",
        },
        run: not_nfc,
    },
    Check {
        rule: Rule {
            name: "mixed-letters",
            severity: Severity::Warning,
            summary: "Một từ lẫn chữ cái Nga hoặc Hy Lạp trông giống chữ Latinh",
            explain: "\
Chữ а của tiếng Nga trông hệt chữ a, nhưng máy không coi là một. Thường do chép từ trang mạng, đôi khi do cố ý.

Sai: “Sở Tài сhính” (chữ с tiếng Nga)
Đúng: “Sở Tài chính”",
        },
        run: mixed_letters,
    },
    Check {
        rule: Rule {
            name: "placeholder",
            severity: Severity::Warning,
            summary: "Chỗ giữ sẵn chưa điền: …, đang cập nhật, TODO, xxx",
            explain: "\
Chỗ giữ sẵn lọt vào báo cáo gửi Bộ là lỗi ai cũng thấy. Nếu chưa có số liệu, nêu lý do ở reason.

Sai:
  results: Đang cập nhật
Đúng:
  reason: Chưa có số liệu vì các xã chưa gửi báo cáo tháng 11",
        },
        run: placeholder,
    },
    Check {
        rule: Rule {
            name: "echoes-task",
            severity: Severity::Warning,
            summary: "Kết quả chỉ chép lại lời của nhiệm vụ",
            explain: "\
Kết quả phải nói đã làm gì, ở đâu, được bao nhiêu; chép lại câu chữ của Kế hoạch thì người đọc không biết gì thêm.

Sai:
  results: Tổ chức các chương trình ngoại khóa cho học sinh, học viên.
Đúng:
  results: Đã tổ chức 36 buổi ngoại khóa tại 12 trường trung học phổ thông, 5.400 lượt học sinh tham gia.",
        },
        run: echoes_task,
    },
    Check {
        rule: Rule {
            name: "copied-account",
            severity: Severity::Warning,
            summary: "Hai cơ quan báo cáo cùng một đoạn kết quả",
            explain: "\
Hai cơ quan có cùng một đoạn kết quả thường do chép mẫu của nhau; cũng có thể một sự kiện làm chung được tính hai lần. Sự kiện tổ
chức chung do cơ quan chủ trì kê khai.

Sai: hai xã cùng ghi “Đã tổ chức hội nghị quán triệt tới toàn thể cán bộ, công chức và các trưởng bản”
Đúng: mỗi xã nêu kết quả của mình",
        },
        run: copied_account,
    },
    Check {
        rule: Rule {
            name: "prose-contradicts-figure",
            severity: Severity::Warning,
            summary: "Con số trong lời văn khác số liệu của cùng chỉ tiêu",
            explain: "\
Lời văn và số liệu cùng nói về một chỉ tiêu thì phải bằng nhau; người đọc báo cáo tổng hợp sẽ thấy cả hai. Cách nhận ra con số trong
lời văn khai ở in_prose trong plan/indicators.yaml.

Sai:
  results: Đã thực hiện 120 vụ kiểm tra.
  figures: {inspections: 102}
Đúng:
  results: Đã thực hiện 102 vụ kiểm tra.
  figures: {inspections: 102}",
        },
        run: prose_contradicts_figure,
    },
    Check {
        rule: Rule {
            name: "zero-with-results",
            severity: Severity::Warning,
            summary: "Số liệu ghi 0 nhưng lời văn kể kết quả",
            explain: "\
Số 0 nghĩa là đã làm và đúng là không có. Nếu lời văn kể có kết quả thì số 0 là ghi nhầm, hoặc chưa điền.

Sai:
  results: Đã thực hiện 12 vụ kiểm tra.
  figures: {inspections: 0}
Đúng:
  figures: {inspections: 12}",
        },
        run: zero_with_results,
    },
];

fn not_nfc(context: &Context<'_>, rule: &'static Rule, sink: &mut Sink) {
    for (file, source) in context.files.iter().filter(|(_, source)| !is_nfc(source.text())) {
        let wrong: Vec<(usize, &str)> = words(source.text()).filter(|(_, word)| !is_nfc(word)).collect();
        if let Some((at, word)) = wrong.first() {
            let message = format!("{} từ trong tệp không theo Unicode dựng sẵn, từ đầu tiên ở đây", wrong.len());
            let hint = "chuyển tệp sang Unicode dựng sẵn bằng bộ gõ tiếng Việt rồi lưu lại";
            sink.push(Diagnostic::new(rule, span(file, *at, word), message).hint(hint));
        }
    }
}

fn mixed_letters(context: &Context<'_>, rule: &'static Rule, sink: &mut Sink) {
    // μ and Ω stand in units and are taken for no Latin letter.
    let foreign = |c: char| matches!(c, '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}') && !matches!(c, 'μ' | 'Ω');
    let latin = |c: char| c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    for (file, source) in context.files.iter().filter(|(_, source)| source.text().contains(foreign)) {
        for (at, word) in words(source.text()).filter(|(_, word)| word.contains(foreign) && word.contains(latin)) {
            let message = format!("từ “{word}” lẫn chữ cái của bảng chữ khác");
            sink.push(Diagnostic::new(rule, span(file, at, word), message).hint("xóa từ này rồi gõ lại"));
        }
    }
}

/// Runs of letters with where they begin.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let combining = |c: char| matches!(c, '\u{300}'..='\u{36f}');
    let runs = text.split(move |c: char| !c.is_alphabetic() && !combining(c)).filter(|run| !run.is_empty());
    runs.map(move |run| (run.as_ptr() as usize - text.as_ptr() as usize, run))
}

fn span(file: FileId, at: usize, word: &str) -> Span {
    Span { file, start: at as u32, end: (at + word.len()) as u32 }
}

fn placeholder(context: &Context<'_>, rule: &'static Rule, sink: &mut Sink) {
    for (_, report) in context.all_reports() {
        for text in told(report) {
            if let Some(found) = prose::placeholder(&text.value) {
                let message = format!("“{found}” là chỗ chưa điền");
                let hint = "điền nội dung; chưa có thì xóa và nêu lý do ở reason";
                sink.push(Diagnostic::new(rule, context.locate(text.span, found), message).hint(hint));
            }
        }
    }
}

/// Everything that a report says in words.
fn told(report: &Report) -> impl Iterator<Item = &Spanned<String>> {
    let entries = report.tasks.iter().flat_map(|entry| entry.results.iter().chain(&entry.reason));
    let difficulties =
        report.difficulties.iter().flat_map(|found| std::iter::once(&found.text).chain(&found.cause));
    let recommendations = report.recommendations.iter().map(|found| &found.text);
    report.subject.iter().chain(entries).chain(difficulties).chain(recommendations).chain(&report.next_steps)
}

fn echoes_task(context: &Context<'_>, rule: &'static Rule, sink: &mut Sink) {
    let texts =
        context.plan.tasks.iter().flat_map(|task| {
            task.content.iter().chain([&task.short_title]).map(|text| (task.id, Tokens::new(text)))
        });
    let texts: Vec<_> = texts.collect();
    let mut wording: HashMap<TaskId, HashSet<[&str; 3]>> = HashMap::new();
    for (task, tokens) in &texts {
        wording.entry(*task).or_default().extend(tokens.triples());
    }
    for account in context.accounts() {
        let task = account.entry.key.value;
        let told = account.tokens.triples();
        // Nine words in ten: an honest account names the task once and goes on. Most are seen to be honest
        // after a few words.
        let own =
            |wording: &HashSet<_>| told.iter().filter(|triple| !wording.contains(*triple)).nth(told.len() / 10);
        if !told.is_empty() && wording.get(&task).is_some_and(|wording| own(wording).is_none()) {
            let message = format!("kết quả chỉ chép lại lời của nhiệm vụ {}", context.plan[task].key);
            let hint = "nêu đã làm gì, ở đâu, được bao nhiêu";
            sink.push(Diagnostic::new(rule, account.results.span, message).hint(hint));
        }
    }
}

fn copied_account(context: &Context<'_>, rule: &'static Rule, sink: &mut Sink) {
    /// Shorter accounts may be alike by chance.
    const WORDS: usize = 8;
    let mut seen: HashMap<(RoundId, Vec<&str>), &Account<'_>> = HashMap::new();
    for account in context.accounts() {
        let words: Vec<&str> = account.tokens.words().collect();
        let Some(round) = account.round.filter(|_| words.len() >= WORDS) else { continue };
        let first = *seen.entry((round.id, words)).or_insert(account);
        if first.agency.id != account.agency.id {
            let message = format!("kết quả giống hệt của {}", first.agency.name);
            sink.push(
                Diagnostic::new(rule, account.results.span, message)
                    .hint("nêu kết quả của cơ quan mình; việc làm chung do cơ quan chủ trì kê khai")
                    .related(first.results.span, "đoạn giống hệt"),
            );
        }
    }
}

fn prose_contradicts_figure(context: &Context<'_>, rule: &'static Rule, sink: &mut Sink) {
    for_mentions(context, |indicator, figure, results, mentions| {
        let Answer::Value(value @ 1..) = figure else { return };
        let exceeds = mentions.iter().find(|mention| mention.number > *value);
        // A smaller number may be a part of the figure, unless it is the only one told.
        let contradicting = match mentions {
            _ if mentions.iter().any(|mention| mention.number == *value) => None,
            [only] => Some(only),
            _ => exceeds,
        };
        if let Some(mention) = contradicting {
            let message = format!(
                "lời văn nói {}, số liệu {} ghi {}",
                mention.words,
                indicator.key,
                number(u128::from(*value))
            );
            let hint = "sửa con số sai cho lời văn và số liệu bằng nhau";
            sink.push(Diagnostic::new(rule, context.locate(results.span, &mention.words), message).hint(hint));
        }
    });
}

fn zero_with_results(context: &Context<'_>, rule: &'static Rule, sink: &mut Sink) {
    for_mentions(context, |indicator, figure, results, mentions| {
        let told = mentions.iter().find(|mention| mention.number > 0);
        if let (Answer::Value(0) | Answer::NothingArose, Some(mention)) = (figure, told) {
            let written = if *figure == Answer::NothingArose { "không phát sinh" } else { "0" };
            let message = format!("lời văn nói {}, số liệu {} ghi {written}", mention.words, indicator.key);
            let hint = "ghi đúng số vào figures, hoặc sửa lời văn";
            sink.push(Diagnostic::new(rule, context.locate(results.span, &mention.words), message).hint(hint));
        }
    });
}

/// Every figure whose indicator the entry's results speak of, with the numbers told.
fn for_mentions(context: &Context<'_>, mut found: impl FnMut(&Indicator, &Answer, &Spanned<String>, &[Mention])) {
    for account in context.accounts() {
        let told: Vec<(&Indicator, Vec<Mention>)> = context
            .plan
            .indicators
            .iter()
            .filter(|indicator| indicator.tasks.contains(&account.entry.key.value))
            .map(|indicator| (indicator, account.tokens.mentions(&indicator.in_prose)))
            .collect();
        // “kiểm tra 12 vụ vi phạm” tells of “12 vụ vi phạm”, not of “kiểm tra 12 vụ”.
        let mut furthest = HashMap::new();
        for mention in told.iter().flat_map(|(_, mentions)| mentions) {
            let end = furthest.entry(mention.at).or_insert(mention.end);
            *end = mention.end.max(*end);
        }
        for (indicator, mut mentions) in told {
            mentions.retain(|mention| furthest.get(&mention.at) == Some(&mention.end));
            if let (Some(figure), false) = (account.entry.figure(indicator.id), mentions.is_empty()) {
                found(indicator, &figure.value, account.results, &mentions);
            }
        }
    }
}
