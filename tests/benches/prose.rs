//! What the communes of a made workspace tell: figures, and sentences that say the same.

use std::fmt::Write;

use crate::workspace::Random;

type Name = (&'static str, &'static str);

/// The two words of a commune's name, each with its letters in an id.
pub(crate) const NAMES: (&[Name], &[Name]) = (
    &[
        ("Mường", "muong"),
        ("Chiềng", "chieng"),
        ("Nậm", "nam"),
        ("Phiêng", "phieng"),
        ("Tà", "ta"),
        ("Huổi", "huoi"),
        ("Pá", "pa"),
        ("Sốp", "sop"),
        ("Bản", "ban"),
        ("Tân", "tan"),
        ("Yên", "yen"),
        ("Long", "long"),
        ("Co", "co"),
        ("Púng", "pung"),
        ("Quỳnh", "quynh"),
        ("Xuân", "xuan"),
        ("Vân", "van"),
        ("Hòa", "hoa"),
        ("Thuận", "thuan"),
        ("Bắc", "bac"),
    ],
    &[
        ("Lạn", "lan"),
        ("Khoa", "khoa"),
        ("Hạc", "hac"),
        ("Mai", "mai"),
        ("Sơn", "son"),
        ("Lầu", "lau"),
        ("Khương", "khuong"),
        ("Phong", "phong"),
        ("Lao", "lao"),
        ("Bám", "bam"),
        ("Giôn", "gion"),
        ("Sại", "sai"),
        ("Nhai", "nhai"),
        ("Ngần", "ngan"),
        ("Đông", "dong"),
        ("Tiến", "tien"),
        ("Lương", "luong"),
        ("Hưng", "hung"),
        ("Cang", "cang"),
        ("Chanh", "chanh"),
    ],
);

/// Whose names are told among the sentences.
const WHO: [&str; 10] = [
    "Tổ kiểm tra liên ngành",
    "Ban quản lý chợ",
    "Hội Liên hiệp Phụ nữ",
    "Đoàn Thanh niên",
    "Công an xã",
    "Trạm Y tế",
    "Hội Nông dân",
    "Cán bộ Phòng Kinh tế",
    "Các trưởng bản",
    "Người có uy tín",
];
const DID: [&str; 10] = [
    "nhắc các hộ kinh doanh niêm yết giá bằng bảng lớn",
    "hướng dẫn bà con giữ hóa đơn, chụp lại ảnh hàng khi nhận từ người giao",
    "chỉ cho người mua cách xem hạn dùng, tem phụ và mã vạch",
    "dặn các quán ăn ghi sổ nơi nhập thịt, rau hằng ngày",
    "đặt cân đối chứng ở cổng để ai cũng cân lại được",
    "cùng các cửa hàng vật tư soát lại chứng từ của phân bón, giống ngô",
    "đến từng nhà nói về cuộc gọi giả danh ngân hàng, công ty giao hàng",
    "phát loa bằng tiếng Thái và tiếng Mông vào sáng sớm và chiều tối",
    "tiếp người dân mang hàng nghi giả đến hỏi và ghi vào sổ trực",
    "mời tiểu thương ngồi lại sau phiên chợ để nghe quy định mới",
];
const WHERE: [&str; 10] = [
    "chợ phiên",
    "nhà văn hóa",
    "điểm trường",
    "bến đò",
    "ngã ba",
    "khu tái định cư",
    "bãi đỗ xe",
    "xưởng chè",
    "trụ sở cũ",
    "lán thu mua nông sản",
];
const WHEN: [&str; 8] = [
    "vào mùa thu hoạch ngô",
    "trước ngày khai giảng",
    "khi đường sạt lở phải đi vòng",
    "mỗi sáng thứ Hai",
    "sau buổi chào cờ",
    "lúc khách du lịch lên đông",
    "cùng lúc với tiêm phòng gia súc",
    "ngay sau phiên chợ",
];
const SO_THAT: [&str; 8] = [
    "nên người dân đến hỏi nhiều hơn trước",
    "vì nhiều nhà mới mua hàng qua mạng lần đầu",
    "để ai cũng biết nơi gửi phản ánh",
    "bởi hàng trôi nổi thường về vào dịp ấy",
    "và được bà con nghe theo",
    "tuy sóng điện thoại còn chập chờn",
    "nhờ có người phiên dịch đi cùng",
    "dù người làm còn kiêm nhiều việc",
];

/// What a commune counted from the beginning of the year.
#[derive(Default)]
pub(crate) struct Figures {
    directives: u64,
    briefings: u64,
    briefed: u64,
    events: u64,
    attendees: u64,
    leaflets: u64,
    banners: u64,
    pledges: u64,
    inspections: u64,
    violations: u64,
    penalties: u64,
    millions: u64,
}

impl Figures {
    pub(crate) fn new(random: &mut Random) -> Self {
        let (briefings, events) = (random.within(2, 4), random.within(3, 9));
        let violations = random.within(2, 6);
        Self {
            directives: random.within(3, 9),
            briefings,
            briefed: briefings * random.within(30, 80),
            events,
            attendees: events * random.within(60, 140),
            leaflets: 50 * random.within(8, 30),
            banners: random.within(5, 20),
            pledges: random.within(30, 180),
            inspections: violations + random.within(8, 40),
            violations,
            penalties: violations - random.within(0, 1),
            millions: violations * random.within(2, 5),
        }
    }

    /// Those of the whole year: never less.
    pub(crate) fn later(&self, random: &mut Random) -> Self {
        let more = Self::new(random);
        Self {
            directives: self.directives + more.directives,
            briefings: self.briefings + more.briefings,
            briefed: self.briefed + more.briefed,
            events: self.events + more.events,
            attendees: self.attendees + more.attendees,
            leaflets: self.leaflets + more.leaflets,
            banners: self.banners + more.banners,
            pledges: self.pledges + more.pledges,
            inspections: self.inspections + more.inspections,
            violations: self.violations + more.violations,
            penalties: self.penalties + more.penalties,
            millions: self.millions + more.millions,
        }
    }
}

/// Sentences that hold no number.
fn told(random: &mut Random, sentences: u64) -> String {
    let mut told = String::new();
    for _ in 0..sentences {
        let ((first, _), (second, _)) = (random.pick(NAMES.0), random.pick(NAMES.1));
        let (who, did, place) = (random.pick(&WHO), random.pick(&DID), random.pick(&WHERE));
        let (when, so_that) = (random.pick(&WHEN), random.pick(&SO_THAT));
        let _ = match random.within(0, 2) {
            0 => write!(told, " {who} {did} ở {place} {first} {second} {when}, {so_that}."),
            1 => write!(told, " Ở {place} bản {first} {second}, {} {did} {when}.", lower(who)),
            _ => write!(
                told,
                " Việc {} {did} {when} được giữ đều tại {place} {first} {second}, {so_that}.",
                lower(who)
            ),
        };
    }
    told
}

fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// A text as a folded block under a key.
fn block(indent: usize, key: &str, text: &str) -> String {
    let blanks = " ".repeat(indent);
    let mut lines = format!("{blanks}{key}: >-\n");
    let mut length = usize::MAX;
    for word in text.split(' ') {
        if length.saturating_add(word.chars().count()) > 100 {
            let _ = write!(lines, "{}{blanks}  {word}", if length == usize::MAX { "" } else { "\n" });
            length = 0;
        } else {
            let _ = write!(lines, " {word}");
        }
        length += word.chars().count() + 1;
    }
    lines + "\n"
}

/// The tasks of a report with a deadline, and what the commune asks for.
pub(crate) fn account(figures: &Figures, of_year: bool, random: &mut Random) -> String {
    let Figures { directives, briefings, briefed, events, attendees, leaflets, banners, pledges, .. } = figures;
    let Figures { inspections, violations, penalties, millions, .. } = figures;
    let mut text = "tasks:\n".to_owned();
    let mut task = |key: &str, results: String, numbers: &[(&str, u64)], random: &mut Random| {
        let (status, sentences) = (random.pick(&["in-progress", "done"]), random.within(1, 4));
        let _ = write!(text, "  {key}:\n    status: {status}\n");
        text += &block(4, "results", &(results + &told(random, sentences)));
        text += "    figures:\n";
        for (key, number) in numbers {
            let _ = writeln!(text, "      {key}: {number}");
        }
    };
    let led = match random.within(0, 2) {
        0 => format!("Đã ban hành {directives} văn bản; quán triệt {briefings} cuộc, {briefed} lượt người."),
        1 => {
            format!("Tổ chức {briefings} cuộc quán triệt cho {briefed} lượt người, ban hành {directives} văn bản.")
        }
        _ => format!("{directives} văn bản chỉ đạo, {briefings} cuộc họp quán triệt với {briefed} lượt người."),
    };
    let numbers = [("directives", *directives), ("briefings", *briefings), ("briefing_attendees", *briefed)];
    task("I.1", led, &numbers, random);
    let events_told = match random.within(0, 2) {
        0 => format!(
            "{events} buổi tuyên truyền, {attendees} lượt người; phát {leaflets} tờ rơi, treo {banners} băng rôn."
        ),
        1 => {
            format!("Tuyên truyền {events} buổi cho {attendees} lượt người, {leaflets} tờ rơi, {banners} băng rôn.")
        }
        _ => format!(
            "Tổng số {events} buổi tuyên truyền; {attendees} lượt người nghe. In {leaflets} tờ rơi, {banners} băng rôn."
        ),
    };
    let numbers = [
        ("outreach_events", *events),
        ("outreach_attendees", *attendees),
        ("leaflets", *leaflets),
        ("banners", *banners),
    ];
    task("II.2", events_told, &numbers, random);
    let pledged = match random.within(0, 1) {
        0 => format!("{pledges} cơ sở ký cam kết sau {briefings} buổi tuyên truyền, {briefed} lượt người."),
        _ => format!(
            "Sau {briefings} buổi tuyên truyền cho {briefed} lượt người có {pledges} hộ kinh doanh ký cam kết."
        ),
    };
    let numbers = [("outreach_events", *briefings), ("outreach_attendees", *briefed), ("pledges", *pledges)];
    task("II.4", pledged, &numbers, random);
    let inspected = match random.within(0, 1) {
        0 => format!(
            "Kiểm tra {inspections} vụ, phát hiện {violations} vụ vi phạm, xử phạt {penalties} vụ, số tiền {millions} triệu đồng."
        ),
        _ => format!(
            "{inspections} vụ kiểm tra, {violations} vụ vi phạm; phạt {penalties} vụ với {millions} triệu đồng."
        ),
    };
    let fines = millions * 1_000_000;
    let numbers = [
        ("inspections", *inspections),
        ("violations", *violations),
        ("violators", *violations),
        ("administrative_penalties", *penalties),
        ("fines", fines),
        ("budget_collected", fines),
        ("prosecutions", 0),
    ];
    task("III.3", inspected, &numbers, random);
    text += "      goods_value: {reason: Hàng đang chờ định giá}\n";
    if of_year {
        for key in ["IV.1", "VI.1"] {
            let reason = told(random, 1);
            let _ = write!(text, "  {key}:\n    status: not-started\n{}", block(4, "reason", reason.trim_start()));
        }
    }
    text + &asked(random)
}

/// A report on an event of a day.
pub(crate) fn event(name: &str, date: &str, random: &mut Random) -> String {
    let subject = random.pick(&[
        "giá hàng thiết yếu sau mưa lũ",
        "hàng hóa trôi nổi tại chợ phiên",
        "việc giả danh cán bộ thu tiền",
    ]);
    let mut text =
        format!("date: {date}\n{}tasks:\n", block(0, "subject", &format!("Tình hình {subject} ở xã {name}")));
    for key in ["III.3", "II.2", "VII.1"] {
        let sentences = random.within(4, 8);
        let results = told(random, sentences);
        let _ = write!(text, "  {key}:\n    status: in-progress\n{}", block(4, "results", results.trim_start()));
    }
    text + &asked(random)
}

fn asked(random: &mut Random) -> String {
    let mut text = "difficulties:\n".to_owned();
    let themes = ["staff", "funding", "testing"];
    for _ in 0..random.within(1, 3) {
        let (sentence, theme) = (told(random, 1), random.pick(&themes));
        text += &block(4, "text", sentence.trim_start()).replacen("    text", "  - text", 1);
        let _ =
            write!(text, "    cause: Người làm kiêm nhiều việc, chưa có dụng cụ thử nhanh\n    theme: {theme}\n");
    }
    let (sentence, theme) = (told(random, 1), random.pick(&themes));
    let to = random.pick(&["ubnd-tinh", "so-cong-thuong"]);
    let recommended = block(4, "text", &format!("Đề nghị xem xét, hỗ trợ xã.{sentence}"));
    let _ = write!(text, "recommendations:\n  - to: {to}\n{recommended}    theme: {theme}\n");
    text
}
