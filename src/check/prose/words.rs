//! The words of an account around its numbers, as far as they say what a number counts. Judges none.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// What a plain account has before its number: who, when, what was done, how it is told.
    Plain,
    /// What may only follow a number of the whole.
    Next,
    /// Opens the name of a paper, to the end of the clause: a year in there is the paper's.
    Paper,
    /// From here on parts are told.
    Part,
    /// Of what a number before it was taken: “12 vụ vi phạm trên tổng số 42 vụ”. Each is at most the whole.
    Of,
    /// Somewhere in the clause of a number it makes it another: another time's, a part, an average, a plan, a limit.
    Narrows,
    /// Another time: before the first number of what a semicolon parts, that of all numbers there.
    Another,
}

/// The longest that fits counts.
const WORDS: [(Word, &str); 12] = [
    // Who.
    (
        Word::Plain,
        "xã, phường, ubnd, ủy ban nhân dân, chủ tịch, phó chủ tịch, đảng ủy, cấp ủy, chính quyền, sở, ban, ngành, chi \
         cục, cục, cơ quan, đơn vị, địa phương, văn phòng, trung tâm, bộ phận, một cửa, lực lượng, chức năng, cơ quan điều tra, tổ, tổ \
         công tác, đoàn, liên ngành, chuyên ngành, hội, hiệp hội, tòa án, tòa án nhân dân, hai cấp, ngân hàng, chi \
         nhánh, báo, đài, truyền thanh, cổng thông tin điện tử, trang thông tin điện tử, hệ thống, đường dây \
         nóng, các đội, các cấp, các ngành, các đoàn thể, các trường, các nhà trường, các cơ sở giáo dục, các xã, các phường, toàn tỉnh, toàn xã, toàn phường, toàn ngành, toàn lực lượng",
    ),
    // Whom and where.
    (
        Word::Plain,
        "cơ sở, hộ, kinh doanh, doanh nghiệp, cá nhân, đối tượng, người dân, người tiêu dùng, nhân dân, đại biểu, cán \
         bộ, công chức, đảng viên, hội viên, học viên, tiểu thương, các chợ, các cửa hàng, các hộ, các bản, địa bàn, \
         trên địa bàn, địa bàn tỉnh, trên địa bàn tỉnh, địa bàn xã, tại địa bàn, tại các, ở các, tại trụ sở, tại nhà \
         văn hóa",
    ),
    // When.
    (
        Word::Plain,
        "năm nay, cả năm, trong năm, năm qua, hiện, hiện nay, nay, đến nay, từ đầu năm, từ, đến, đến hết, hết, lũy \
         kế, cộng dồn, trong kỳ, kỳ này, kỳ báo cáo, trong kỳ báo cáo, thời gian qua, trong thời gian qua",
    ),
    // What was done.
    (
        Word::Plain,
        "đã, được, bị, tiến hành, thực hiện, tổ chức, triển khai, chủ trì, chủ động, phối hợp, tham mưu, lãnh đạo, \
         chỉ đạo, ban hành, mở, họp, mời, thu hút, sự tham gia, vận động, lập biên bản, ra quyết định, quyết định, \
         phát hiện, xử lý, xử phạt, phạt, phạt tiền, vi phạm, hành chính, kiểm tra, kiểm soát, rà soát, giám sát, \
         thanh tra, xác minh, xác định, khởi tố, tuyên truyền, truyền thông, phổ biến, giáo dục, pháp luật, quán \
         triệt, ký, cam kết, tập huấn, bồi dưỡng, cấp phát, in, in ấn, phát, phát hành, phát sóng, các chuyên mục, thời lượng, treo, căng, lắp, dựng, làm, \
         gửi, đăng, đăng tải, đưa, viết, biên soạn, biên tập, xây dựng, tiếp nhận, giải quyết, tư vấn, hướng \
         dẫn, trả lời, hòa giải, thương lượng, thành, thành công, công khai, công bố, hỗ trợ, thụ lý, xét xử, hoàn \
         thành, tăng cường, đẩy mạnh, duy trì, ghi nhận, bố trí, thành lập, bảo vệ, quyền lợi, lồng ghép, trực tiếp, \
         ngoại khóa, tận tay, đến tay, tới tay, vphc, thường xuyên, kịp thời, nghiêm túc, tích cực, đồng loạt, quyết liệt, hiệu quả",
    ),
    // To what.
    (
        Word::Plain,
        "hàng, hàng hóa, tang vật, sản phẩm, ấn phẩm, tài liệu, trị giá, giá trị, tịch thu, tiêu hủy, tạm giữ, thu \
         giữ, tiền, số tiền, thu, nộp, thu nộp, ngân sách, vào ngân sách, nhà nước, kho bạc, vụ, việc, vụ án, cuộc, \
         buổi, lượt, lượt người, trường hợp, lớp, hội nghị, tin, bài, chiếc",
    ),
    // How it is told.
    (
        Word::Plain,
        "số, tổng, tổng cộng, tổng hợp, cộng, tính, số lượng, kết quả, cụ thể, như sau, công tác, trong công tác, đối \
         với, hoạt động, là, có, đạt, qua, thông qua, đó, theo đó, nhờ đó, bên cạnh đó, đồng thời, với, và, cho, tới, \
         bằng, về, của, để, nhằm, ra, lên, các, những, toàn, tất cả, khoảng, hơn, trên, gần",
    ),
    // After a number of the whole, what people do there.
    (
        Word::Next,
        "tham gia, tham dự, dự, nghe, xem, theo dõi, không bán, không kinh doanh, không buôn bán, không sản xuất",
    ),
    (
        Word::Paper,
        "luật, nghị định, nghị quyết, thông tư, chỉ thị, kết luận, công điện, kế hoạch số, công văn số, quyết định \
         số, thực hiện kế hoạch, triển khai kế hoạch, ban hành kế hoạch, quán triệt kế hoạch",
    ),
    (Word::Of, "trong số, trong tổng số, trên tổng số"),
    // Other times and parts of this one.
    (
        Word::Another,
        "cùng kỳ, năm trước, năm ngoái, năm tới, năm sau, kỳ trước, kỳ sau, trước đó, trước đây, giai đoạn, nhiệm kỳ, \
         đợt, dịp, tết, cao điểm, chiến dịch, hưởng ứng, tuần lễ, trong tuần, trong tháng, tháng hành động, tháng \
         khuyến mại, định kỳ, đột xuất, lần đầu, đầu tiên",
    ),
    // Averages, limits, plans.
    (
        Word::Narrows,
        "mỗi, bình quân, trung bình, hằng tháng, hàng tháng, hằng tuần, hàng tuần, hằng quý, hàng quý, ít nhất, tối \
         thiểu, tối đa, không quá, cao nhất, thấp nhất, theo kế hoạch, dự kiến, phấn đấu, sẽ, giao, đề ra, nghị quyết giao",
    ),
    // Others' numbers, parts, what is left.
    (
        Word::Narrows,
        "của tỉnh, của sở, của bộ, của cấp, của trung ương, của chi, của ubnd tỉnh, riêng, còn, chưa, so với, nhắc nhở, cảnh cáo, cho kết quả",
    ),
];

/// By the first word of each, the words, the most first.
type ByFirst = HashMap<&'static str, Vec<(Vec<&'static str>, Word)>>;

static BY_FIRST: LazyLock<ByFirst> = LazyLock::new(|| {
    let mut by_first = ByFirst::new();
    for (word, phrases) in WORDS {
        for phrase in phrases.split(", ") {
            let phrase: Vec<&str> = phrase.split(' ').collect();
            by_first.entry(phrase[0]).or_default().push((phrase, word));
        }
    }
    by_first.values_mut().for_each(|phrases| phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len())));
    by_first
});

/// How many words say something together, of those that `word` gives one after the other, and what.
pub(super) fn at<'t>(word: impl Fn(usize) -> &'t str) -> Option<(usize, Word)> {
    let says = |phrase: &[&str]| phrase.iter().enumerate().all(|(at, said)| word(at) == *said);
    let (phrase, said) = BY_FIRST.get(word(0))?.iter().find(|(phrase, _)| says(phrase))?;
    Some((phrase.len(), *said))
}
