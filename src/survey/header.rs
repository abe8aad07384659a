//! What the headers of the sheets beside a list can be called.

/// What a column of such a sheet holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Community,
    Estate,
    /// A part of a building that is not to be divided or put together: an entrance, a run of floors.
    Atom,
    Building,
    Entrance,
    Room,
    X,
    Y,
    Lon,
    Lat,
    /// Both coordinates in one cell.
    Both,
    Order,
    Households,
    Residents,
    Weight,
    Grid,
    A,
    B,
    X1,
    Y1,
    X2,
    Y2,
    MinHouseholds,
    MaxHouseholds,
    MinResidents,
    MaxResidents,
}

/// The headers of each column, compared without case, blanks, marks and bracketed remarks.
const HEADERS: &[(Column, &[&str])] = &[
    (
        Column::Community,
        &[
            "社区",
            "社区名称",
            "所属社区",
            "社区代码",
            "社区编码",
            "村居",
            "居委会",
            "community",
            "community name",
            "community code",
        ],
    ),
    (
        Column::Estate,
        &[
            "小区",
            "小区名称",
            "所属小区",
            "街道",
            "路名",
            "estate",
            "compound",
            "street",
            "street name",
        ],
    ),
    (
        Column::Atom,
        &[
            "划分单元",
            "单元块",
            "块",
            "块号",
            "atom",
            "atom name",
            "part",
        ],
    ),
    (
        Column::Building,
        &[
            "楼栋",
            "楼栋号",
            "楼栋编号",
            "楼栋名",
            "楼栋名称",
            "所属楼栋",
            "楼号",
            "楼幢",
            "楼幢号",
            "幢",
            "幢号",
            "栋",
            "栋号",
            "座",
            "座号",
            "楼座",
            "楼宇",
            "楼宇名称",
            "建筑",
            "建筑名称",
            "建筑物",
            "名称",
            "building",
            "building no",
            "building number",
            "building name",
            "bldg",
            "block",
            "block no",
            "block number",
            "block name",
            "blk",
            "blk no",
            "tower",
            "name",
            "id",
            "geoid",
        ],
    ),
    (
        Column::Entrance,
        &[
            "单元",
            "单元号",
            "单元名称",
            "楼道",
            "梯",
            "门洞",
            "entrance",
            "entrance no",
            "stair",
            "staircase",
        ],
    ),
    (
        Column::Room,
        &[
            "房号",
            "房间号",
            "房间",
            "室",
            "室号",
            "户室号",
            "门牌号",
            "room",
            "room no",
            "flat",
            "flat no",
            "unit",
            "unit no",
            "apartment",
            "door",
        ],
    ),
    (
        Column::Both,
        &[
            "坐标",
            "经纬度",
            "位置",
            "坐标xy",
            "coordinates",
            "position",
            "lonlat",
            "xy",
        ],
    ),
    (
        Column::Lon,
        &["经度", "东经", "lon", "lng", "long", "longitude"],
    ),
    (Column::Lat, &["纬度", "北纬", "lat", "latitude"]),
    (
        Column::X,
        &[
            "x",
            "x坐标",
            "横坐标",
            "坐标x",
            "东",
            "东向",
            "x米",
            "x m",
            "east",
            "easting",
        ],
    ),
    (
        Column::Y,
        &[
            "y",
            "y坐标",
            "纵坐标",
            "坐标y",
            "北",
            "北向",
            "y米",
            "y m",
            "north",
            "northing",
        ],
    ),
    (
        Column::Order,
        &[
            "序号",
            "次序",
            "顺序",
            "顺序号",
            "排序",
            "走访顺序",
            "order",
            "no",
            "seq",
            "sequence",
            "rank",
            "index",
        ],
    ),
    (
        Column::Households,
        &[
            "户数",
            "总户数",
            "住户数",
            "家庭户数",
            "楼栋户数",
            "households",
            "household count",
            "number of households",
            "hh",
            "dwellings",
            "dwelling units",
            "total dwelling units",
            "flats",
            "units",
        ],
    ),
    (
        Column::Residents,
        &[
            "人数",
            "总人数",
            "人口",
            "人口数",
            "总人口",
            "居民数",
            "居住人数",
            "楼栋人数",
            "residents",
            "persons",
            "people",
            "population",
            "pop",
            "number of residents",
            "number of persons",
        ],
    ),
    (
        Column::Weight,
        &["权重", "工作量", "工作权重", "weight", "workload", "work"],
    ),
    (
        Column::Grid,
        &[
            "网格",
            "所属网格",
            "所在网格",
            "网格名称",
            "网格名",
            "网格编号",
            "网格号",
            "原网格",
            "grid",
            "grid name",
            "grid no",
            "grid number",
            "grid id",
        ],
    ),
    (
        Column::A,
        &[
            "a",
            "甲",
            "楼栋a",
            "楼栋甲",
            "楼栋1",
            "一",
            "起",
            "从",
            "from",
            "楼栋",
            "building",
            "building a",
            "building 1",
            "block a",
        ],
    ),
    (
        Column::B,
        &[
            "b",
            "乙",
            "楼栋b",
            "楼栋乙",
            "楼栋2",
            "二",
            "止",
            "到",
            "相邻楼栋",
            "邻栋",
            "to",
            "neighbour",
            "neighbor",
            "building b",
            "building 2",
            "block b",
        ],
    ),
    (
        Column::X1,
        &["x1", "起点x", "起点经度", "经度1", "lon1", "lng1"],
    ),
    (Column::Y1, &["y1", "起点y", "起点纬度", "纬度1", "lat1"]),
    (
        Column::X2,
        &["x2", "终点x", "终点经度", "经度2", "lon2", "lng2"],
    ),
    (Column::Y2, &["y2", "终点y", "终点纬度", "纬度2", "lat2"]),
    (
        Column::MinHouseholds,
        &[
            "最少户数",
            "户数下限",
            "最小户数",
            "min households",
            "households min",
            "least households",
        ],
    ),
    (
        Column::MaxHouseholds,
        &[
            "最多户数",
            "户数上限",
            "最大户数",
            "max households",
            "households max",
            "most households",
        ],
    ),
    (
        Column::MinResidents,
        &[
            "最少人数",
            "人数下限",
            "最小人数",
            "min residents",
            "residents min",
            "least residents",
            "min persons",
        ],
    ),
    (
        Column::MaxResidents,
        &[
            "最多人数",
            "人数上限",
            "最大人数",
            "max residents",
            "residents max",
            "most residents",
            "max persons",
        ],
    ),
];

impl Column {
    /// The first of some columns that a header can mean.
    pub(super) fn of(header: &str, wanted: &[Self]) -> Option<Self> {
        let (whole, base) = crate::table::folded_header(header);
        let fits = |name: &&'static str| {
            let (name, _) = crate::table::folded_header(name);
            name == whole || name == base
        };
        let means = |column: &Self| {
            let names = HEADERS.iter().filter(|(known, _)| known == column);
            names.flat_map(|(_, names)| names.iter()).any(fits)
        };
        if whole.is_empty() || header.len() > 60 {
            return None;
        }
        wanted.iter().copied().find(means)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_however_they_are_marked() {
        let wanted = [Column::Building, Column::X, Column::Lon, Column::Households];
        for (header, column) in [
            ("楼栋", Column::Building),
            ("*楼栋号", Column::Building),
            (" Building_No ", Column::Building),
            ("X", Column::X),
            ("X（米）", Column::X),
            ("经度", Column::Lon),
            ("Ｈouseholds", Column::Households),
        ] {
            assert_eq!(Column::of(header, &wanted), Some(column), "{header}");
        }
        assert_eq!(Column::of("备注", &wanted), None);
        assert_eq!(Column::of("", &wanted), None);
    }
}
