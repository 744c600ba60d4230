//! What can be wrong with a file before any field of it is looked at: the rules, and the parser's errors in words for
//! people who do not know YAML.

use granit_parser::ErrorKind;

use crate::diagnostic::Rule;

/// What is said of brackets that nothing closes.
pub(super) const UNCLOSED: &str = "ngoặc [ hoặc { chưa đóng, hoặc thiếu dấu phẩy giữa hai mục";

/// What the parser found wrong, and the usual remedy.
pub(super) fn explain(kind: &ErrorKind) -> (&'static str, &'static str) {
    use ErrorKind as E;
    match kind {
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar | E::InvalidQuotedScalarIndent => {
            ("dấu nháy mở ở đây không có dấu nháy đóng", "thêm dấu nháy đóng cùng loại ở cuối đoạn chữ")
        }
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => {
            ("còn chữ đứng sau dấu nháy đóng", "đưa phần chữ đó vào trong dấu nháy, hoặc bỏ cả hai dấu nháy")
        }
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate
        | E::InvalidUnicodeEscape => {
            ("dấu \\ trong dấu nháy kép không hợp lệ", "dùng dấu nháy đơn '…', ở đó dấu \\ là chữ bình thường")
        }
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabAtBlockScalarStart
        | E::TabInPlainScalar => ("dòng thụt vào bằng phím Tab", "thay bằng dấu cách, mỗi bậc 2 dấu cách"),
        E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping
        | E::UnclosedFlowCollection { .. }
        | E::ExpectedFlowMappingSeparator
        | E::ExpectedFlowSequenceSeparator => (UNCLOSED, "thêm ngoặc đóng hoặc dấu phẩy còn thiếu"),
        E::MappingValueNotAllowed | E::InvalidMappingValueWhitespace | E::InvalidColonPlacement => (
            "dấu hai chấm ở đây làm đoạn chữ bị hiểu thành một mục mới",
            "đặt cả đoạn chữ trong dấu nháy: \"…\", hoặc viết sau dấu >- ở dòng trên",
        ),
        E::SimpleKeyExpected | E::InvalidSimpleKey | E::MappingKeyNotAllowed => (
            "dòng này thiếu dấu hai chấm hoặc thụt vào sai",
            "mỗi mục viết: tên_mục, dấu hai chấm, dấu cách, giá trị; nếu là chữ tiếp của dòng trên thì thụt vào sâu hơn",
        ),
        E::InvalidIndentation
        | E::ExpectedBlockMappingKey
        | E::ExpectedBlockSequenceEntry
        | E::UnexpectedEofBlockMapping
        | E::UnexpectedEofBlockSequence
        | E::InvalidBlockScalarIndent
        | E::InvalidFlowScalarIndent
        | E::CommentInterceptedScalar => (
            "dòng này thụt vào không khớp với các dòng trước",
            "các mục cùng bậc phải thẳng hàng, mỗi bậc 2 dấu cách",
        ),
        E::BlockSequenceEntryNotAllowed => (
            "dấu “-” không đứng ngay sau dấu hai chấm được",
            "danh sách thì xuống dòng rồi viết “- ”; không có số liệu thì ghi nothing-arose, not-applicable hoặc {reason: \"lý do\"}",
        ),
        E::DirectiveDisallowed => ("dòng bắt đầu bằng dấu % không được dùng trong tệp", "xóa dòng này"),
        E::RecursionLimitExceeded => {
            ("các mục lồng nhau quá sâu", "báo cáo chỉ cần bốn, năm bậc; xem lại cách thụt dòng")
        }
        E::UnknownAnchor | E::MissingAnchorOrAliasName => (
            "ký hiệu & hoặc * ở đầu giá trị không được dùng trong tệp",
            "nếu là chữ thường, đặt cả đoạn trong dấu nháy: \"…\"",
        ),
        E::UnexpectedCharacter { .. } => {
            ("giá trị bắt đầu bằng ký hiệu đặc biệt", "đặt cả giá trị trong dấu nháy: \"…\"")
        }
        _ => ("không đọc được nội dung từ chỗ này", "xem lại dấu nháy, dấu ngoặc, dấu hai chấm và cách thụt dòng"),
    }
}

/// Whether a slip in how lines are written is the likely reason, there or on a line before.
pub(super) fn concerns_lines(kind: &ErrorKind) -> bool {
    use ErrorKind as E;
    matches!(
        kind,
        E::MappingValueNotAllowed
            | E::InvalidMappingValueWhitespace
            | E::InvalidColonPlacement
            | E::SimpleKeyExpected
            | E::InvalidSimpleKey
            | E::MappingKeyNotAllowed
            | E::InvalidIndentation
            | E::ExpectedBlockMappingKey
            | E::UnexpectedEofBlockMapping
            | E::CommentInterceptedScalar
    )
}

pub(crate) const RULES: &[&Rule] = &[&NOT_YAML, &DUPLICATE_KEY, &CONTROL_CHARACTER, &COMMENT_CUTS_TEXT];

pub(super) static CONTROL_CHARACTER: Rule = Rule::error(
    "control-character",
    "Có ký tự ẩn: ký tự điều khiển, không bề rộng, đảo chiều chữ, dấu gạch nối mềm",
    "\
Ký tự ẩn làm chữ trên màn hình khác với chữ trong tệp, làm hỏng bảng, và có thể điều khiển màn hình của người đọc.

Sai: một ký tự không bề rộng (U+200B) nằm giữa hai chữ của “Sở Y tế”
Đúng: gõ lại “Sở Y tế”",
);

pub(super) static COMMENT_CUTS_TEXT: Rule = Rule::warning(
    "comment-cuts-text",
    "Dấu # cắt mất phần sau của một đoạn chữ",
    "\
Trong tệp, dấu cách rồi dấu # mở đầu một ghi chú: phần sau đó không được đọc. Đoạn chữ có dấu # phải đặt trong dấu nháy; ghi chú thì
viết ở dòng riêng, hoặc cách đoạn chữ ít nhất hai dấu cách.

Sai:
  next_steps:
    - Kiểm tra dịp #Tết và lễ hội
Đúng:
  next_steps:
    - \"Kiểm tra dịp #Tết và lễ hội\"",
);

pub(super) static NOT_YAML: Rule = Rule::error(
    "not-yaml",
    "Tệp không phải YAML hoặc dùng ký hiệu không được phép",
    "\
Tệp phải viết theo YAML đơn giản: tên mục, dấu hai chấm, giá trị; các bậc thụt vào bằng dấu cách. Khi một chỗ viết sai,
phần còn lại của tệp không đọc được, nên mỗi tệp chỉ có một lỗi loại này; các tệp khác vẫn được kiểm tra.
Ký hiệu &, *, ! ở đầu giá trị, dòng bắt đầu bằng % và văn bản thứ hai trong cùng tệp đều bị từ chối vì báo cáo không cần.

Sai:
  results: \"Đã kiểm tra 12 cơ sở
Đúng:
  results: \"Đã kiểm tra 12 cơ sở\"",
);

pub(super) static DUPLICATE_KEY: Rule = Rule::error(
    "duplicate-key",
    "Một mục được khai hai lần",
    "\
Khi một mục được khai hai lần, không ai biết giá trị nào là đúng. Công cụ không tự chọn thay người viết.

Sai:
  figures:
    inspections: 12
    inspections: 15
Đúng:
  figures:
    inspections: 15",
);
