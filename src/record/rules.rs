//! The rules about a single file's shape and words; what they mean, beside their names.

use crate::diagnostic::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &NOT_UTF8,
    &UNREADABLE_FILE,
    &UNKNOWN_KEY,
    &MISSING_FIELD,
    &WRONG_SHAPE,
    &RENAMED_KEY,
    &NOT_A_DATE,
    &NOT_A_NUMBER,
    &UNKNOWN_AGENCY,
    &ACT_OF_UNKNOWN_AGENCY,
    &UNKNOWN_TASK,
    &UNKNOWN_INDICATOR,
    &UNKNOWN_ROUND,
    &UNKNOWN_STATUS,
    &UNKNOWN_VALUE,
    &DUPLICATE_ID,
    &UNUSABLE_ID,
    &GROUP_CYCLE,
    &UNUSABLE_SUCCESSOR,
    &DATES_OUT_OF_ORDER,
    &MALFORMED_EMAIL,
];

pub(crate) static NOT_UTF8: Rule = Rule::error(
    "not-utf8",
    "Tệp không lưu theo bảng mã UTF-8",
    "\
Chữ Việt chỉ đọc đúng khi tệp lưu theo bảng mã UTF-8. Tệp lưu theo bảng mã cũ (TCVN3, VNI, Windows-1258) sẽ hỏng dấu.

Sai: tệp lưu từ trình soạn thảo cũ với lựa chọn “ANSI”.
Đúng: khi lưu, chọn “Encoding: UTF-8”.",
);

pub(crate) static UNREADABLE_FILE: Rule = Rule::error(
    "unreadable-file",
    "Tệp không đọc được: quá lớn, không có quyền, hoặc không phải tệp",
    "\
Một báo cáo chỉ khoảng 3–20 KB. Báo cáo trên 1 MB, tệp của Kế hoạch trên 16 MB, đường dẫn tắt và tệp không có quyền đọc đều không
được đọc, và được nêu ra ở đây để không ai tưởng rằng báo cáo đã được tính.

Sai: chép cả tệp Word hoặc ảnh chụp vào, đổi đuôi thành .yaml.
Đúng: nhập nội dung báo cáo vào tệp .yaml.",
);

pub(crate) static UNKNOWN_KEY: Rule = Rule::error(
    "unknown-key",
    "Mục không có trong mẫu, thường do gõ sai tên",
    "\
Mục gõ sai tên sẽ không được ai đọc, nên số liệu trong đó bị mất. Công cụ báo lỗi và nêu tên gần giống nhất.

Sai:
  figure: …
Đúng:
  figures: …",
);

pub(crate) static RENAMED_KEY: Rule = Rule::notice(
    "renamed-key",
    "Mục mang tên cũ, nay đã đổi tên",
    "\
Tên cũ vẫn đọc được, nên báo cáo đã gửi không phải sửa; viết báo cáo mới thì dùng tên mới.

Sai: tên mục theo mẫu của năm trước
Đúng: tên mục theo mẫu năm nay (plan new)",
);

pub(crate) static MISSING_FIELD: Rule = Rule::error(
    "missing-field",
    "Thiếu mục bắt buộc hoặc mục còn để trống",
    "\
Mục bắt buộc là mục mà thiếu nó thì không biết báo cáo của ai, kỳ nào, nhận ngày nào, hoặc nhiệm vụ đang ở trạng thái gì.

Sai:
  received:
Đúng:
  received: 2026-06-09",
);

pub(crate) static WRONG_SHAPE: Rule = Rule::error(
    "wrong-shape",
    "Giá trị sai dạng: cần danh sách, đoạn chữ hoặc các mục có tên",
    "\
Mỗi mục có một dạng: đoạn chữ, danh sách (mỗi dòng bắt đầu bằng “- ”) hoặc các mục con có tên.

Sai:
  next_steps: Tiếp tục kiểm tra
Đúng:
  next_steps:
    - Tiếp tục kiểm tra",
);

pub(crate) static NOT_A_DATE: Rule = Rule::error(
    "not-a-date",
    "Ngày viết sai",
    "\
Ngày viết theo năm-tháng-ngày, đủ 10 ký tự. Cách viết 5/6/2026 có thể hiểu là 05 tháng 6 hoặc 06 tháng 5, nên không dùng trong tệp;
trên màn hình và trong văn bản, ngày vẫn hiện theo lối Việt Nam.

Sai:
  received: 9/6/2026
Đúng:
  received: 2026-06-09",
);

pub(crate) static NOT_A_NUMBER: Rule = Rule::error(
    "not-a-number",
    "Số liệu không phải số nguyên không âm",
    "\
Số liệu là số nguyên viết liền, tiền tính bằng đồng. Trong YAML, 156.000 là số 156, nên dấu chấm, dấu phẩy đều bị từ chối: không đoán
người viết muốn 156 hay 156000. Không phát sinh ghi nothing-arose, không áp dụng ghi not-applicable; số 0 chỉ ghi khi đúng là 0.

Sai:
  fines: 1,5 triệu
Đúng:
  fines: 1500000",
);

pub(crate) static UNKNOWN_AGENCY: Rule = Rule::error(
    "unknown-agency",
    "Mã cơ quan không có trong plan/agencies.yaml",
    "\
Mỗi cơ quan có một mã. Nhiều xã có tên chỉ khác nhau một chữ (Mường La, Mường Lạn, Mường Lầm), nên công cụ chỉ gợi ý, không tự chọn.

Sai:
  agency: so-yte
Đúng:
  agency: so-y-te",
);

pub(crate) static ACT_OF_UNKNOWN_AGENCY: Rule = Rule::notice(
    "act-of-unknown-agency",
    "Sổ theo dõi ghi mã cơ quan không có trong Kế hoạch",
    "\
Sổ theo dõi chỉ ghi thêm, nên mã cũ của cơ quan đã đổi mã còn lại ở các dòng trước và không ngăn việc lập báo cáo. Việc ghi ở dòng đó
không được tính cho cơ quan nào: việc còn hiệu lực (gia hạn, duyệt, văn bản đã nhận) thì ghi lại bằng mã hiện nay.

Sai: mã cũ so-vhtt đã đổi thành so-vhttdl, việc gia hạn chỉ ghi bằng mã cũ
  - {act: extend, agency: so-vhtt, date: 2026-11-20, until: 2026-12-02}
Đúng: ghi thêm một dòng bằng mã mới
  - {act: extend, agency: so-vhttdl, date: 2026-11-20, until: 2026-12-02}",
);

pub(crate) static UNKNOWN_TASK: Rule = Rule::error(
    "unknown-task",
    "Mã nhiệm vụ không có trong Kế hoạch",
    "\
Mã nhiệm vụ gồm số nhóm và số thứ tự trong phụ biểu của Kế hoạch, ví dụ III.5.

Sai:
  tasks:
    3.5: …
Đúng:
  tasks:
    III.5: …",
);

pub(crate) static UNKNOWN_INDICATOR: Rule = Rule::error(
    "unknown-indicator",
    "Mã chỉ tiêu không có trong plan/indicators.yaml",
    "\
Chỉ tiêu gõ sai mã sẽ không được cộng vào đâu cả.

Sai:
  figures:
    inspection: 12
Đúng:
  figures:
    inspections: 12",
);

pub(crate) static UNKNOWN_ROUND: Rule = Rule::error(
    "unknown-round",
    "Kỳ báo cáo không có trong plan/rounds.yaml",
    "\
Kỳ báo cáo là một trong các mã ở plan/rounds.yaml, hoặc ad-hoc với báo cáo đột xuất.

Sai:
  round: 2026
Đúng:
  round: annual",
);

pub(crate) static UNKNOWN_STATUS: Rule = Rule::error(
    "unknown-status",
    "Trạng thái nhiệm vụ không thuộc năm trạng thái quy định",
    "\
Năm trạng thái: not-started (chưa thực hiện), in-progress (đang thực hiện), done (hoàn thành), nothing-arose (không phát sinh),
not-applicable (không áp dụng).

Sai:
  status: xong
Đúng:
  status: done",
);

pub(crate) static UNKNOWN_VALUE: Rule = Rule::error(
    "unknown-value",
    "Giá trị không thuộc danh mục cho phép",
    "\
Một số mục chỉ nhận giá trị trong danh mục: nguồn kinh phí, nơi nhận kiến nghị, lĩnh vực khiếu nại, cách tính chỉ tiêu…

Sai:
  recommendations:
    - to: Bộ CT
Đúng:
  recommendations:
    - to: bo-cong-thuong",
);

pub(crate) static DUPLICATE_ID: Rule = Rule::error(
    "duplicate-id",
    "Một mã được dùng cho hai mục",
    "\
Mã trùng làm báo cáo của cơ quan này tính cho cơ quan khác. Mã của cơ quan và của nhóm cơ quan cũng không được trùng nhau.

Sai:
  - id: so-y-te
  - id: so-y-te
Đúng:
  - id: so-y-te
  - id: so-tai-chinh",
);

pub(crate) static UNUSABLE_ID: Rule = Rule::error(
    "unusable-id",
    "Mã không dùng làm tên tệp được",
    "\
Mã cơ quan, mã kỳ báo cáo là tên tệp, tên thư mục của báo cáo, trên Windows cũng vậy: con, nul, aux, com1 là tên Windows giữ cho thiết bị;
dấu / trong mã làm tệp nằm ở thư mục khác. register, draft, accepted, received, illustrative là tên của sổ theo dõi và các tệp khác trong
thư mục của kỳ.

Sai:
  - {id: con, name: Công ty Con}
Đúng:
  - {id: cong-ty-con, name: Công ty Con}",
);

pub(crate) static GROUP_CYCLE: Rule = Rule::error(
    "group-contains-itself",
    "Nhóm cơ quan chứa chính nó, hoặc cơ quan là cấp trên của chính nó",
    "\
Nhóm có thể gồm nhóm khác, nhưng không thể gồm chính nó, trực tiếp hay qua nhóm khác: khi đó không biết nhóm gồm những ai.
Cơ quan cấp trên (parent) cũng vậy; trên một cơ quan không có quá 20 cấp.

Sai:
  - id: so-nganh
    members: [so-y-te, so-nganh]
Đúng:
  - id: so-nganh
    members: [so-y-te, so-tai-chinh]",
);

pub(crate) static MALFORMED_EMAIL: Rule = Rule::warning(
    "malformed-email",
    "Địa chỉ thư điện tử của cơ quan viết sai",
    "\
Thư đôn đốc (plan remind --format eml) ghi sẵn địa chỉ này ở nơi nhận; viết sai thì thư không đến. Địa chỉ viết sai không được dùng:
thư của cơ quan đó để trống nơi nhận. Nhiều địa chỉ thì mỗi địa chỉ một dòng.

Sai:
  email: Văn thư Sở Y tế <syt@sonla.gov.vn>
Đúng:
  email: syt@sonla.gov.vn",
);

pub(crate) static UNUSABLE_SUCCESSOR: Rule = Rule::error(
    "unusable-successor",
    "Cơ quan kế thừa không dùng được",
    "\
Cơ quan giải thể, sáp nhập có thể ghi cơ quan kế thừa (successor): số lũy kế của cơ quan kế thừa tính từ đầu năm cho cả hai, số đã báo
của hai cơ quan được so cùng nhau, không bị cộng hai lần. Cơ quan kế thừa không thể là chính cơ quan đó, trực tiếp hay qua cơ quan khác, hay
đứng sau hơn 20 cơ quan kế thừa lần lượt; cơ quan được kế thừa phải có ngày ngừng hoạt động (active.until).

Sai:
  - id: xa-a
    successor: xa-a
Đúng:
  - id: xa-a
    active: {until: 2026-07-31}
    successor: xa-b",
);

pub(crate) static DATES_OUT_OF_ORDER: Rule = Rule::error(
    "dates-out-of-order",
    "Ngày bắt đầu sau ngày kết thúc",
    "\
Khoảng ngày viết ngược thì không có ngày nào nằm trong đó: kỳ số liệu trống, ngày nghỉ không được tính.

Sai:
  data_from: 2026-12-31
  data_to: 2026-01-01
Đúng:
  data_from: 2026-01-01
  data_to: 2026-12-31",
);
