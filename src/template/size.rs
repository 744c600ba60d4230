//! How large a template may be. The engine goes through what it has read by calling itself, once for each operator of an
//! expression and each branch of a condition, and would run out of stack; what is refused here never reaches it.

use minijinja::machinery::{Token, tokenize};
use minijinja::syntax::SyntaxConfig;

use super::Problem;

/// Words and signs between two marks, a hundred terms; the longest that the program comes with has 60.
const MAX_WORDS: usize = 200;
/// Marks in a template; the longest that the program comes with has 74.
const MAX_MARKS: usize = 200;

/// # Errors
/// What is too large, and how to make it smaller.
pub(super) fn check(template: &str) -> Result<(), Problem> {
    let (mut marks, mut words, mut start) = (0, 0, 0);
    // What cannot be taken apart is the engine's to refuse: it reads no further either.
    for (token, span) in tokenize(template, false, SyntaxConfig::default()).map_while(Result::ok) {
        match token {
            Token::TemplateData(_) | Token::VariableEnd | Token::BlockEnd => {}
            Token::VariableStart | Token::BlockStart => {
                (marks, words, start) = (marks + 1, 0, span.start_offset as usize);
            }
            _ => words += 1,
        }
        let (what, hint) = match () {
            () if words > MAX_WORDS => (
                format!("dấu {{{{ }}}} hoặc {{% %}} này dài quá {MAX_WORDS} từ và dấu"),
                "tính từng phần bằng {% set … %} trước, rồi dùng kết quả",
            ),
            () if marks > MAX_MARKS => (
                format!("câu mẫu này có quá {MAX_MARKS} dấu {{{{ }}}}, {{% %}}"),
                "tách thành nhiều câu mẫu, mỗi câu một mục của danh sách",
            ),
            () => continue,
        };
        return Err(Problem { at: start..span.end_offset as usize, message: what, hint: Some(hint.to_owned()) });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::super::branches::Steered;
    use super::super::{Engine, Problem};
    use super::{MAX_MARKS, MAX_WORDS, check};

    /// Windows gives its programs a MiB.
    const STACK: usize = 1 << 19;

    /// Everything that is done with a template, on a stack half as large as the smallest of a system.
    fn on_a_small_stack(template: String) -> Result<String, Problem> {
        let all = move || {
            let engine = Engine::new();
            check(&template)?;
            let steered = Steered::new(&template).map_err(|error| Problem::of(&error, &template))?;
            _ = engine.0.template_from_str(&steered.text).map(|template| engine.names(&template));
            engine.render(&template, &minijinja::Value::UNDEFINED)
        };
        thread::Builder::new().stack_size(STACK).spawn(all).unwrap().join().unwrap()
    }

    #[test]
    fn what_is_taken_needs_little_stack_and_more_is_refused() {
        type Make = fn(usize) -> String;
        let long: [(&str, Make); 9] = [
            ("sum", |n| format!("{{{{ 1{} }}}}", "+1".repeat(n / 2))),
            ("not", |n| format!("{{{{ {}1 }}}}", "not ".repeat(n))),
            ("minus", |n| format!("{{{{ {}1 }}}}", "-".repeat(n))),
            ("filters", |n| format!("{{{{ 1{} }}}}", "|string".repeat(n / 2))),
            ("parts", |n| format!("{{{{ {{}}{} }}}}", ".a".repeat(n / 2 - 1))),
            ("items", |n| format!("{{{{ [1]{} }}}}", "[0]".repeat(n / 3 - 1))),
            ("and", |n| format!("{{{{ 1{} }}}}", " and 1".repeat(n / 2))),
            ("if", |n| format!("{{{{ 1{} }}}}", " if 1 else 1".repeat(n / 4))),
            ("brackets", |n| format!("{{{{ {}1{} }}}}", "(".repeat(n / 2), ")".repeat(n / 2))),
        ];
        for (name, make) in long {
            let told = |of: Result<String, Problem>| of.unwrap_or_else(|problem| problem.message);
            let taken = told(on_a_small_stack(make(MAX_WORDS - 2)));
            assert!(!taken.contains("quá 200"), "{name}: {taken}");
            let refused = told(on_a_small_stack(make(3000)));
            assert_eq!(refused, "dấu {{ }} hoặc {% %} này dài quá 200 từ và dấu", "{name}");
        }
        let elif = |n: usize| format!("{{% if 0 %}}a{}{{% endif %}}", "{% elif 0 %}b".repeat(n));
        assert_eq!(on_a_small_stack(elif(MAX_MARKS - 2)).unwrap(), "");
        let refused = on_a_small_stack(elif(MAX_MARKS - 1)).unwrap_err();
        assert_eq!(refused.message, "câu mẫu này có quá 200 dấu {{ }}, {% %}");
    }
}
