//! What the headers of rosters and of grids can be called.

use crate::survey::SheetColumn;
use crate::table::Heading;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Community,
    Estate,
    Atom,
    Building,
    /// The blocks of a grid in one cell.
    Blocks,
    Entrance,
    Room,
    Households,
    Residents,
    Priority,
    Grid,
    LongCode,
    Name,
    Title,
    Phone,
    /// The grids that somebody answers for.
    Grids,
    /// The buildings that somebody answers for.
    Buildings,
    /// Grids or buildings, as it comes.
    Scope,
    Party,
    Limit,
    Only,
    Account,
}

impl Column {
    pub(super) const OF_GRIDS: &'static [Self] = &[
        Self::Community,
        Self::Estate,
        Self::Atom,
        Self::Building,
        Self::Blocks,
        Self::Entrance,
        Self::Room,
        Self::Households,
        Self::Residents,
        Self::Priority,
        Self::Grid,
        Self::LongCode,
    ];

    pub(super) const OF_ROSTER: &'static [Self] = &[
        Self::Name,
        Self::Title,
        Self::Party,
        Self::Phone,
        Self::Account,
        Self::Limit,
        Self::Only,
        Self::Grids,
        Self::Buildings,
        Self::Scope,
        Self::Community,
        Self::Estate,
        Self::Grid,
        Self::Blocks,
        Self::Building,
        Self::Entrance,
        Self::Room,
    ];
}

/// The headers of each column that only rosters and grids have.
const HEADERS: &[(Column, &[&str])] = &[
    (
        Column::Blocks,
        &["blocks", "划分单元清单", "楼栋清单", "包含楼栋"],
    ),
    (
        Column::Priority,
        &["重点户数", "重点户", "priority households", "priority"],
    ),
    (
        Column::LongCode,
        &["网格长编码", "网格全码", "long grid code"],
    ),
    (
        Column::Name,
        &[
            "姓名",
            "人员姓名",
            "网格员姓名",
            "网格长姓名",
            "负责人",
            "负责人姓名",
            "责任人",
            "责任人姓名",
            "工作人员",
            "成员姓名",
            "楼栋长姓名",
            "网格人员",
            "name",
            "full name",
            "staff",
            "person",
        ],
    ),
    (
        Column::Title,
        &[
            "职务",
            "岗位",
            "所属岗位",
            "级别",
            "层级",
            "身份",
            "角色",
            "人员类别",
            "人员类型",
            "人员岗位",
            "网格职务",
            "网格岗位",
            "网格身份",
            "职位",
            "类别",
            "岗位名称",
            "岗位类别",
            "level",
            "role",
            "title",
            "post",
            "position",
        ],
    ),
    (
        Column::Phone,
        &[
            "电话",
            "联系电话",
            "电话号码",
            "手机",
            "手机号",
            "手机号码",
            "联系方式",
            "移动电话",
            "phone",
            "telephone",
            "mobile",
            "phone number",
            "tel",
        ],
    ),
    (
        Column::Grids,
        &[
            "负责网格",
            "责任网格",
            "管理网格",
            "分管网格",
            "包保网格",
            "网格范围",
            "所管网格",
            "服务网格",
            "现有网格",
            "grids",
            "responsible grids",
            "assigned grids",
        ],
    ),
    (
        Column::Buildings,
        &[
            "负责楼栋",
            "责任楼栋",
            "管辖楼栋",
            "分管楼栋",
            "包保楼栋",
            "楼栋范围",
            "所管楼栋",
            "服务楼栋",
            "buildings",
            "assigned buildings",
        ],
    ),
    (
        Column::Scope,
        &[
            "职责范围",
            "责任范围",
            "负责范围",
            "责任区",
            "责任区域",
            "负责区域",
            "管理范围",
            "管辖范围",
            "服务范围",
            "包保范围",
            "负责网格或楼栋",
            "网格或楼栋",
            "网格/楼栋",
            "scope",
            "area",
            "responsible for",
            "grids or buildings",
        ],
    ),
    (
        Column::Party,
        &[
            "党内职务",
            "党组织职务",
            "党务职务",
            "党支部职务",
            "党建职务",
            "党内岗位",
            "党组织岗位",
            "party post",
            "party role",
            "party position",
        ],
    ),
    (
        Column::Limit,
        &[
            "最多网格",
            "最多网格数",
            "网格上限",
            "网格数上限",
            "最多负责网格数",
            "max grids",
            "grids at most",
            "most grids",
            "grid limit",
            "limit",
        ],
    ),
    (
        Column::Only,
        &[
            "仅限楼栋",
            "只限楼栋",
            "限楼栋",
            "只管楼栋",
            "仅负责楼栋",
            "buildings only",
            "only buildings",
        ],
    ),
    (
        Column::Account,
        &[
            "企业微信账号",
            "企业微信",
            "企微账号",
            "账号",
            "成员账号",
            "userid",
            "user id",
            "wecom",
            "wecom userid",
            "account",
        ],
    ),
];

impl Heading for Column {
    fn names(self) -> &'static [&'static str] {
        let shared = match self {
            Self::Community => Some(SheetColumn::Community),
            Self::Estate => Some(SheetColumn::Estate),
            Self::Atom => Some(SheetColumn::Atom),
            Self::Building => Some(SheetColumn::Building),
            Self::Entrance => Some(SheetColumn::Entrance),
            Self::Room => Some(SheetColumn::Room),
            Self::Households => Some(SheetColumn::Households),
            Self::Residents => Some(SheetColumn::Residents),
            Self::Grid => Some(SheetColumn::Grid),
            _ => None,
        };
        if let Some(column) = shared {
            return column.names();
        }
        let mut all = HEADERS.iter();
        all.find(|(known, _)| *known == self)
            .map_or(&[], |(_, names)| names)
    }
}
