//! The commands and their options. Names are English; every word of help is Vietnamese.

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use chrono::NaiveDate;
use clap::builder::styling::{AnsiColor, Styles};
use clap::{ArgAction, Args as ClapArgs, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use super::{Environment, messages};

const TEMPLATE: &str = "{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}";
const STYLES: Styles =
    Styles::styled().header(AnsiColor::Cyan.on_default().bold()).literal(AnsiColor::Green.on_default());

#[derive(Debug, Parser)]
#[command(
    name = "plan",
    about = "Theo dõi, đôn đốc, tổng hợp việc thực hiện Kế hoạch từ các tệp báo cáo",
    override_usage = "plan [TÙY CHỌN] [LỆNH]",
    after_help = "Ví dụ:\n  plan                        xem tình hình hôm nay\n  plan check                  kiểm tra mọi tệp\n  \
                  plan compile                lập báo cáo tổng hợp (tệp Word)\n  plan status --help          xem cách dùng một lệnh\n\n\
                  Mã thoát: 0 không có vấn đề, 1 có vấn đề, 2 không chạy được."
)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    /// Làm việc với Kế hoạch ở thư mục này (mặc định: biến PLAN_DIR, rồi thư mục hiện tại và các thư mục phía trên)
    #[arg(short = 'C', value_name = "THƯ_MỤC", global = true, help_heading = "Tùy chọn chung")]
    pub(super) directory: Option<PathBuf>,
    /// Coi ngày này là hôm nay, viết năm-tháng-ngày
    #[arg(long, value_name = "NGÀY", value_parser = day, global = true, help_heading = "Tùy chọn chung")]
    pub(super) as_of: Option<NaiveDate>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Status(StatusArgs),
    Show(ShowArgs),
    Difficulties(DifficultiesArgs),
    Check(CheckArgs),
    Compile(CompileArgs),
    Trace(TraceArgs),
    Remind(RemindArgs),
    Init(InitArgs),
    New(NewArgs),
    Form(FormArgs),
    Accept(AcceptArgs),
    Explain(ExplainArgs),
    Schema(SchemaArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

impl Default for Command {
    fn default() -> Self {
        Self::Status(StatusArgs::default())
    }
}

/// Xem tình hình: hạn sắp tới, ai đã gửi, ai còn thiếu, nhiệm vụ đến đâu
#[derive(Debug, Default, ClapArgs)]
#[command(
    override_usage = "plan status [TÙY CHỌN]",
    after_help = "Ví dụ:\n  plan status                               một màn hình tổng quan\n  \
                  plan status --overdue                     danh sách cơ quan quá hạn\n  \
                  plan status --agency so-y-te              một cơ quan\n  \
                  plan status --group ubnd-cap-xa           từng xã, phường\n  \
                  plan status --task III.5 --round annual   một nhiệm vụ, một kỳ\n  \
                  plan status --all --format csv            bảng mở bằng Excel\n  \
                  plan status --format html > index.html    trang để đăng mỗi sáng"
)]
pub(super) struct StatusArgs {
    /// Chỉ kỳ báo cáo này (mã trong plan/rounds.yaml)
    #[arg(long, value_name = "KỲ")]
    pub(super) round: Option<String>,
    /// Một cơ quan: mã hoặc tên
    #[arg(long, value_name = "CƠ_QUAN", group = "focus")]
    pub(super) agency: Option<String>,
    /// Một nhiệm vụ, ví dụ III.5
    #[arg(long, value_name = "NHIỆM_VỤ", group = "focus")]
    pub(super) task: Option<String>,
    /// Một nhóm cơ quan (ubnd-cap-xa) hoặc nhóm nhiệm vụ (III)
    #[arg(long, value_name = "NHÓM", group = "focus")]
    pub(super) group: Option<String>,
    /// Chỉ những gì quá hạn, nêu tên từng cơ quan
    #[arg(long, group = "focus")]
    pub(super) overdue: bool,
    /// Mọi cơ quan và mọi nhiệm vụ, không gộp
    #[arg(long, group = "focus")]
    pub(super) all: bool,
    /// Dạng kết quả: table (mặc định), json, csv, markdown, html
    #[arg(
        long,
        value_name = "DẠNG",
        default_value = "table",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub(super) format: StatusFormat,
    /// Thoát với mã 1 khi có cơ quan hoặc nhiệm vụ quá hạn, dùng trong kịch bản
    #[arg(long)]
    pub(super) exit_code: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum StatusFormat {
    #[default]
    Table,
    Json,
    Csv,
    Markdown,
    Html,
}

/// Xem một cơ quan, nhiệm vụ, nhóm, chỉ tiêu hoặc kỳ báo cáo
#[derive(Debug, ClapArgs)]
#[command(
    override_usage = "plan show [TÙY CHỌN] [MÃ]",
    after_help = "Ví dụ:\n  plan show                          mọi thứ có thể xem: loại, mã, tên\n  \
                  plan show so-y-te                  một cơ quan: báo cáo, nhiệm vụ, lỗi, đầu mối\n  \
                  plan show \"Mường La\"              theo tên, có dấu hoặc không dấu; hoặc mã xã: plan show 03808\n  \
                  plan show III.5 --round annual     một nhiệm vụ, trong một kỳ\n  \
                  plan show fines --format csv       một chỉ tiêu, số của từng cơ quan, mở bằng Excel"
)]
pub(super) struct ShowArgs {
    /// Mã hoặc tên cơ quan, nhiệm vụ, nhóm, chỉ tiêu, kỳ báo cáo; bỏ trống để xem danh sách
    #[arg(value_name = "MÃ", help_heading = "Tham số")]
    pub(super) id: Option<String>,
    /// Chỉ kỳ báo cáo này (mã trong plan/rounds.yaml)
    #[arg(long, value_name = "KỲ")]
    pub(super) round: Option<String>,
    /// Dạng kết quả: table (mặc định), json, csv, markdown, html
    #[arg(
        long,
        value_name = "DẠNG",
        default_value = "table",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub(super) format: StatusFormat,
}

/// Xem khó khăn, vướng mắc và kiến nghị đang được nêu, báo cáo đột xuất trước
#[derive(Debug, ClapArgs)]
#[command(
    override_usage = "plan difficulties [TÙY CHỌN]",
    after_help = "Gồm những gì nêu trong báo cáo theo kỳ mới nhất của từng cơ quan và trong mọi báo cáo đột xuất, kể cả báo cáo \
                  chưa hợp lệ. “Từ ngày” là ngày của báo cáo sớm nhất mà cơ quan đó nêu cùng nội dung.\n\n\
                  Ví dụ:\n  plan difficulties                           tất cả\n  \
                  plan difficulties --to ubnd-tinh            kiến nghị gửi UBND tỉnh\n  \
                  plan difficulties --new-since 2026-11-01    mới nêu từ ngày này\n  \
                  plan difficulties --format csv              bảng mở bằng Excel"
)]
pub(super) struct DifficultiesArgs {
    /// Chỉ nội dung mới nêu từ ngày này, viết năm-tháng-ngày
    #[arg(long, value_name = "NGÀY", value_parser = day)]
    pub(super) new_since: Option<NaiveDate>,
    /// Chỉ kiến nghị gửi nơi này (mã hoặc tên, mục recommend_to trong plan/report.yaml)
    #[arg(long, value_name = "NƠI_NHẬN")]
    pub(super) to: Option<String>,
    /// Dạng kết quả: table (mặc định), json, csv, markdown, html
    #[arg(
        long,
        value_name = "DẠNG",
        default_value = "table",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub(super) format: StatusFormat,
}

/// Kiểm tra mọi tệp của Kế hoạch và báo cáo; nêu hết các lỗi kèm vị trí và cách sửa
#[derive(Debug, ClapArgs)]
#[command(
    override_usage = "plan check [TÙY CHỌN] [TỆP]...",
    after_help = "Ví dụ:\n  plan check                      kiểm tra mọi tệp\n  \
                  plan check reports/annual       chỉ các báo cáo của một kỳ\n  \
                  plan check --format sarif       kết quả cho công cụ quét mã\n  plan check --strict             coi cảnh báo là lỗi\n  \
                  plan explain not-a-number       giải thích một quy tắc\n\nMã thoát: 0 không có lỗi, 1 có lỗi, 2 không chạy được."
)]
pub(super) struct CheckArgs {
    /// Chỉ các tệp hoặc thư mục này (vẫn đối chiếu với Kế hoạch); bỏ trống: mọi tệp
    #[arg(value_name = "TỆP", help_heading = "Tham số")]
    pub(super) paths: Vec<PathBuf>,
    /// Dạng kết quả: full (mặc định trên màn hình), short (mặc định khi chuyển tiếp), table, csv, json, github, sarif, junit
    #[arg(long, value_name = "DẠNG")]
    pub(super) format: Option<String>,
    /// Chỉ quy tắc này
    #[arg(long, value_name = "QUY_TẮC")]
    pub(super) rule: Option<String>,
    /// Chỉ từ mức này trở lên: error (lỗi), warning (cảnh báo), notice (lưu ý)
    #[arg(long, value_name = "MỨC")]
    pub(super) severity: Option<String>,
    /// Coi cảnh báo là lỗi
    #[arg(long)]
    pub(super) strict: bool,
}

/// Lập báo cáo tổng hợp gửi Bộ và UBND tỉnh
#[derive(Debug, ClapArgs)]
#[command(
    override_usage = "plan compile [TÙY CHỌN]",
    after_help = "Ví dụ:\n  plan compile                                     báo cáo năm, tệp Word trong thư mục hiện tại\n  \
                  plan compile --round consumer-day                báo cáo Ngày Quyền của người tiêu dùng\n  \
                  plan compile -o bao-cao.xlsx                     các phụ lục và nguồn số liệu, mở bằng Excel\n  \
                  plan compile -o bao-cao.md                       dạng Markdown\n  \
                  plan compile --format csv -o so-lieu             mỗi bảng một tệp, trong thư mục so-lieu\n  \
                  plan compile --format json -o -                  dữ liệu tổng hợp, in ra màn hình"
)]
pub(super) struct CompileArgs {
    /// Kỳ báo cáo (mặc định: kỳ có số liệu đến muộn nhất)
    #[arg(long, value_name = "KỲ")]
    pub(super) round: Option<String>,
    /// Tệp ghi ra; đuôi tệp chọn dạng; dấu - để in ra màn hình; với dạng csv là thư mục
    #[arg(short = 'o', long, value_name = "TỆP")]
    pub(super) output: Option<PathBuf>,
    /// Dạng tệp: docx (mặc định), xlsx, html, md, csv, json
    #[arg(long, value_name = "DẠNG")]
    pub(super) format: Option<String>,
    /// Chỉ bảng này, với dạng csv; ví dụ indicators
    #[arg(long, value_name = "BẢNG")]
    pub(super) table: Option<String>,
    /// Ghi đè tệp đã có
    #[arg(long)]
    pub(super) force: bool,
    /// So với bản tổng hợp trước (tệp json đã lập): nêu báo cáo mới, đã sửa, không còn và số liệu thay đổi
    #[arg(long, value_name = "TỆP.json")]
    pub(super) since: Option<PathBuf>,
    /// Bỏ qua báo cáo chưa hợp lệ (nêu tên trong Phụ lục), thay vì dừng lại
    #[arg(long)]
    pub(super) skip_invalid: bool,
}

/// Tạo thư mục làm việc mới với Kế hoạch năm 2026, hoặc chép Kế hoạch cũ sang năm mới
#[derive(Debug, ClapArgs)]
#[command(
    override_usage = "plan init [TÙY CHỌN] <THƯ_MỤC>",
    after_help = "Ví dụ:\n  plan init ke-hoach-2026                                    Kế hoạch năm 2026 của tỉnh\n  \
                  plan init ke-hoach-2027 --year 2027 --from ke-hoach-2026   chép sang năm 2027, nêu chỗ phải rà soát"
)]
pub(super) struct InitArgs {
    /// Thư mục mới hoặc còn trống
    #[arg(value_name = "THƯ_MỤC", help_heading = "Tham số")]
    pub(super) directory: PathBuf,
    /// Năm của Kế hoạch mới
    #[arg(long, value_name = "NĂM", requires = "from", value_parser = year)]
    pub(super) year: Option<i32>,
    /// Thư mục của Kế hoạch cũ
    #[arg(long, value_name = "THƯ_MỤC", requires = "year")]
    pub(super) from: Option<PathBuf>,
}

/// Tạo báo cáo để điền cho một cơ quan: nhiệm vụ, chỉ tiêu, số của kỳ trước ghi sẵn
#[derive(Debug, ClapArgs)]
#[command(
    override_usage = "plan new [TÙY CHỌN] [CƠ_QUAN]...",
    after_help = "Ví dụ:\n  plan new so-y-te                    báo cáo kỳ đang thu thập\n  \
                  plan new \"mường la\" --round annual  một xã, một kỳ\n  \
                  plan new --all                      mọi cơ quan; báo cáo đã có được giữ nguyên\n  \
                  plan new so-y-te --round ad-hoc     báo cáo đột xuất của hôm nay"
)]
pub(super) struct NewArgs {
    /// Mã hoặc tên cơ quan
    #[arg(
        value_name = "CƠ_QUAN",
        help_heading = "Tham số",
        required_unless_present = "all",
        conflicts_with = "all"
    )]
    pub(super) agencies: Vec<String>,
    /// Mọi cơ quan phải gửi hoặc được đề nghị gửi báo cáo trong kỳ
    #[arg(long)]
    pub(super) all: bool,
    /// Kỳ báo cáo (mặc định: kỳ đang thu thập báo cáo); ad-hoc là báo cáo đột xuất
    #[arg(long, value_name = "KỲ")]
    pub(super) round: Option<String>,
}

/// Xem một số liệu từ đâu ra: từng cơ quan báo bao nhiêu, ở tệp nào, dòng nào, số nào không tính và vì sao
#[derive(Debug, ClapArgs)]
#[command(
    override_usage = "plan trace [TÙY CHỌN] <CHỈ_TIÊU>",
    after_help = "Ví dụ:\n  plan trace inspections                          số vụ kiểm tra của kỳ muộn nhất\n  \
                  plan trace \"số vụ kiểm tra\" --task III.5       chỉ trong một nhiệm vụ\n  \
                  plan trace fines --round consumer-day --format csv"
)]
pub(super) struct TraceArgs {
    /// Mã hoặc tên chỉ tiêu
    #[arg(value_name = "CHỈ_TIÊU", help_heading = "Tham số")]
    pub(super) indicator: String,
    /// Chỉ số liệu báo trong nhiệm vụ này
    #[arg(long, value_name = "NHIỆM_VỤ")]
    pub(super) task: Option<String>,
    /// Kỳ báo cáo (mặc định: kỳ có số liệu đến muộn nhất)
    #[arg(long, value_name = "KỲ")]
    pub(super) round: Option<String>,
    /// Dạng kết quả: table (mặc định), csv, json
    #[arg(
        long,
        value_name = "DẠNG",
        default_value = "table",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub(super) format: RowFormat,
}

/// Duyệt báo cáo của cơ quan: ghi ngày, người duyệt và mã kiểm tra nội dung
#[derive(Debug, ClapArgs)]
#[command(
    override_usage = "plan accept [TÙY CHỌN] <CƠ_QUAN>...",
    after_help = "Ví dụ:\n  plan accept so-y-te                                   duyệt báo cáo kỳ đang tổng hợp\n  \
                  plan accept so-y-te toa-an --round annual --by \"Phòng Quản lý thương mại\"\n\n\
                  Mã thoát: 0 duyệt hết, 1 có báo cáo không duyệt được, 2 không chạy được."
)]
pub(super) struct AcceptArgs {
    /// Mã hoặc tên cơ quan
    #[arg(value_name = "CƠ_QUAN", help_heading = "Tham số", required = true)]
    pub(super) agencies: Vec<String>,
    /// Kỳ báo cáo (mặc định: kỳ đang thu thập báo cáo)
    #[arg(long, value_name = "KỲ")]
    pub(super) round: Option<String>,
    /// Người hoặc đơn vị duyệt
    #[arg(long, value_name = "TÊN")]
    pub(super) by: Option<String>,
}

/// Soạn công văn hoặc tin nhắn đôn đốc cơ quan chưa gửi báo cáo, có báo cáo phải bổ sung
#[derive(Debug, ClapArgs)]
#[command(
    override_usage = "plan remind [TÙY CHỌN]",
    after_help = "Ví dụ:\n  plan remind                        một công văn gửi các cơ quan quá hạn hoặc còn không quá 7 ngày\n  \
                  plan remind --within 14            cả các cơ quan còn không quá 14 ngày\n  \
                  plan remind --each                 mỗi cơ quan một công văn, vào một thư mục\n  \
                  plan remind --format text          tin nhắn ngắn để dán vào thư điện tử, tin nhắn"
)]
pub(super) struct RemindArgs {
    /// Kỳ báo cáo (mặc định: kỳ đang thu thập báo cáo)
    #[arg(long, value_name = "KỲ")]
    pub(super) round: Option<String>,
    /// Đôn đốc trước khi đến hạn bao nhiêu ngày (mặc định: 7)
    #[arg(long, value_name = "SỐ_NGÀY", default_value_t = 7, hide_default_value = true, value_parser = days)]
    pub(super) within: i64,
    /// Mỗi cơ quan một công văn
    #[arg(long)]
    pub(super) each: bool,
    /// Dạng tệp: docx (mặc định), html, md; text là tin nhắn ngắn, in ra màn hình
    #[arg(long, value_name = "DẠNG")]
    pub(super) format: Option<String>,
    /// Tệp ghi ra; với --each là thư mục
    #[arg(short = 'o', long, value_name = "TỆP")]
    pub(super) output: Option<PathBuf>,
    /// Ghi đè tệp đã có
    #[arg(long)]
    pub(super) force: bool,
}

/// Phát biểu mẫu Excel cho các cơ quan điền, và nhận biểu mẫu đã điền
#[derive(Debug, ClapArgs)]
#[command(
    override_usage = "plan form <LỆNH>",
    after_help = "Ví dụ:\n  plan form export --all -o bieu-mau                    biểu mẫu của mọi cơ quan phải gửi\n  \
                  plan form import da-nhan --on 2026-11-18              nhận các biểu mẫu trong một thư mục"
)]
pub(super) struct FormArgs {
    #[command(subcommand)]
    pub(super) command: FormCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum FormCommand {
    Export(FormExportArgs),
    Import(FormImportArgs),
}

/// Lập biểu mẫu Excel (.xlsx) cho từng cơ quan điền
#[derive(Debug, ClapArgs)]
#[command(
    override_usage = "plan form export [TÙY CHỌN] [CƠ_QUAN]...",
    after_help = "Ví dụ:\n  plan form export so-y-te                              một cơ quan, kỳ muộn nhất\n  \
                  plan form export --all --round annual -o bieu-mau     mọi cơ quan phải gửi và được đề nghị gửi"
)]
pub(super) struct FormExportArgs {
    /// Mã hoặc tên cơ quan
    #[arg(
        value_name = "CƠ_QUAN",
        help_heading = "Tham số",
        required_unless_present = "all",
        conflicts_with = "all"
    )]
    pub(super) agencies: Vec<String>,
    /// Mọi cơ quan phải gửi hoặc được đề nghị gửi báo cáo trong kỳ
    #[arg(long)]
    pub(super) all: bool,
    /// Kỳ báo cáo (mặc định: kỳ có số liệu đến muộn nhất)
    #[arg(long, value_name = "KỲ")]
    pub(super) round: Option<String>,
    /// Thư mục ghi ra (mặc định: thư mục hiện tại)
    #[arg(short = 'o', long, value_name = "THƯ_MỤC")]
    pub(super) output: Option<PathBuf>,
    /// Ghi đè tệp đã có
    #[arg(long)]
    pub(super) force: bool,
}

/// Nhận biểu mẫu đã điền: kiểm tra, ghi thành báo cáo trong reports/
#[derive(Debug, ClapArgs)]
#[command(
    override_usage = "plan form import [TÙY CHỌN] <TỆP|THƯ_MỤC>...",
    after_help = "Ví dụ:\n  plan form import so-y-te-annual-2026.xlsx             một biểu mẫu, ngày nhận là hôm nay\n  \
                  plan form import bm.xlsx --on 2026-11-18 --number 12/BC-UBND\n  \
                  plan form import da-nhan --dry-run                    xem trước, không ghi gì\n\n\
                  Mã thoát: 0 nhận hết, 1 có biểu mẫu bị từ chối, 2 không chạy được."
)]
pub(super) struct FormImportArgs {
    /// Tệp .xlsx, hoặc thư mục chứa các tệp đó
    #[arg(value_name = "TỆP|THƯ_MỤC", help_heading = "Tham số", required = true)]
    pub(super) paths: Vec<PathBuf>,
    /// Ngày nhận, viết năm-tháng-ngày (mặc định: hôm nay)
    #[arg(long, value_name = "NGÀY", value_parser = day)]
    pub(super) on: Option<NaiveDate>,
    /// Số, ký hiệu văn bản kèm theo, khi biểu mẫu chưa ghi; chỉ dùng khi nhận một tệp
    #[arg(long, value_name = "SỐ")]
    pub(super) number: Option<String>,
    /// Kiểm tra và cho biết kết quả, không ghi gì
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Dạng kết quả: table (mặc định), csv, json
    #[arg(
        long,
        value_name = "DẠNG",
        default_value = "table",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub(super) format: RowFormat,
}

/// How a list is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum RowFormat {
    Table,
    Csv,
    Json,
}

/// Giải thích các quy tắc kiểm tra, kèm ví dụ sai và đúng
#[derive(Debug, ClapArgs)]
#[command(
    override_usage = "plan explain [QUY_TẮC]",
    after_help = "Ví dụ:\n  plan explain                    danh sách quy tắc\n  plan explain not-a-number       một quy tắc"
)]
pub(super) struct ExplainArgs {
    /// Tên quy tắc; bỏ trống để xem danh sách
    #[arg(value_name = "QUY_TẮC", help_heading = "Tham số")]
    pub(super) rule: Option<String>,
    /// Dạng danh sách: table (mặc định), csv, json, markdown
    #[arg(
        long,
        value_name = "DẠNG",
        default_value = "table",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub(super) format: ListFormat,
}

/// In lược đồ JSON Schema của một loại tệp, để trình soạn thảo gợi ý và kiểm tra khi viết
#[derive(Debug, ClapArgs)]
#[command(
    override_usage = "plan schema <LOẠI>",
    after_help = "Ví dụ:\n  plan schema report > report.schema.json\n\n\
                  Rồi ghi ở dòng đầu tệp báo cáo:\n  # yaml-language-server: $schema=../../report.schema.json"
)]
pub(super) struct SchemaArgs {
    /// Loại tệp: report, plan, agencies, task, rounds, indicators, holidays, wording; hoặc kết quả dạng json:
    /// status-output, compile-output, show-output, trace-output, difficulties-output
    #[arg(value_name = "LOẠI", help_heading = "Tham số")]
    pub(super) kind: String,
}

/// In đoạn mã để phím Tab hoàn chỉnh lệnh, tùy chọn, mã cơ quan, nhiệm vụ, kỳ báo cáo
#[derive(Debug, ClapArgs)]
#[command(
    override_usage = "plan completions <bash|zsh|fish|powershell>",
    after_help = "Ví dụ:\n  plan completions bash        đoạn mã cho bash\n\n\
                  Để dùng mãi, ghi một dòng vào tệp khởi động:\n  \
                  ~/.bashrc                    source <(plan completions bash)\n  \
                  ~/.zshrc                     source <(plan completions zsh)\n  \
                  ~/.config/fish/config.fish   plan completions fish | source\n  \
                  PowerShell, tệp $PROFILE     plan completions powershell | Out-String | Invoke-Expression"
)]
pub(super) struct CompletionsArgs {
    /// Trình lệnh: bash, zsh, fish hoặc powershell
    #[arg(
        value_name = "TRÌNH_LỆNH",
        help_heading = "Tham số",
        value_parser = ["bash", "zsh", "fish", "powershell"],
        hide_possible_values = true
    )]
    pub(super) shell: String,
}

/// Ghi các trang hướng dẫn cho lệnh man, mỗi lệnh một tệp
#[derive(Debug, ClapArgs)]
#[command(
    override_usage = "plan man [TÙY CHỌN] <THƯ_MỤC>",
    after_help = "Ví dụ:\n  plan man ~/.local/share/man/man1\n  man plan-status"
)]
pub(super) struct ManArgs {
    /// Thư mục ghi ra; chưa có thì được tạo
    #[arg(value_name = "THƯ_MỤC", help_heading = "Tham số")]
    pub(super) folder: PathBuf,
    /// Ghi đè tệp đã có
    #[arg(long)]
    pub(super) force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    Table,
    Csv,
    Markdown,
    Json,
}

fn days(written: &str) -> Result<i64, String> {
    let days = written.parse().ok().filter(|days| (0..=366).contains(days));
    days.ok_or_else(|| "viết số ngày từ 0 đến 366".to_owned())
}

fn year(written: &str) -> Result<i32, String> {
    let year = written.parse().ok().filter(|year| (2000..=2100).contains(year));
    year.ok_or_else(|| "viết năm từ 2000 đến 2100, ví dụ 2027".to_owned())
}

fn day(written: &str) -> Result<NaiveDate, String> {
    crate::validate::parse_date(written).ok_or_else(|| "viết năm-tháng-ngày, ví dụ 2026-11-23".to_owned())
}

/// Why there are no arguments to work with: help was asked for, or they are wrong.
pub(super) struct Stop {
    text: String,
    wrong: bool,
}

impl Stop {
    /// # Errors
    /// When the arguments are wrong, with what is wrong as the message.
    pub(super) fn print(&self, out: &mut dyn Write) -> Result<()> {
        if self.wrong {
            anyhow::bail!("{}", self.text);
        }
        out.write_all(self.text.as_bytes())?;
        Ok(())
    }
}

pub(super) fn parse(args: impl IntoIterator<Item = OsString>, environment: &Environment) -> Result<Args, Stop> {
    let mut command = command().term_width(usize::from(environment.width));
    let parsed = command.try_get_matches_from_mut(args).and_then(|matches| Args::from_arg_matches(&matches));
    parsed.map_err(|error| {
        let wrong = error.use_stderr();
        let text = if wrong {
            messages::explain(&error)
        } else if environment.colour {
            error.render().ansi().to_string()
        } else {
            error.render().to_string()
        };
        Stop { text, wrong }
    })
}

/// `-C` of a line that is being typed, whatever else is wrong with it.
pub(super) fn directory(words: &[OsString]) -> Option<PathBuf> {
    let matches = command().ignore_errors(true).try_get_matches_from(words).ok()?;
    matches.get_one::<PathBuf>("directory").cloned()
}

/// The whole program as clap knows it.
pub(super) fn command() -> clap::Command {
    localized(Args::command())
}

/// Puts Vietnamese headings, help and version flags on a command and all below it.
fn localized(command: clap::Command) -> clap::Command {
    let root = command.get_name() == "plan";
    let help = clap::Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help("Xem cách dùng")
        .help_heading("Tùy chọn chung");
    let mut command = command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .help_template(TEMPLATE)
        .styles(STYLES)
        .subcommand_help_heading("Lệnh")
        .mut_args(|arg| if arg.get_help_heading().is_none() { arg.help_heading("Tùy chọn") } else { arg })
        .arg(help);
    if root {
        let version = clap::Arg::new("version")
            .short('V')
            .long("version")
            .action(ArgAction::Version)
            .help("Xem phiên bản")
            .help_heading("Tùy chọn chung");
        command = command.version(env!("PLAN_VERSION")).arg(version);
    }
    command.mut_subcommands(localized)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_well_formed_and_speak_vietnamese() {
        let mut command = command();
        command.build();
        command.clone().debug_assert();
        for sub in command.get_subcommands_mut() {
            let help = sub.render_long_help().to_string();
            assert!(help.contains("Ví dụ:"), "{help}");
            for english in
                ["Usage", "Options", "Arguments", "Print help", "default:", "possible values", "[OPTIONS]"]
            {
                assert!(!help.contains(english), "{english} in {help}");
            }
        }
    }
}
