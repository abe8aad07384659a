//! A finding about what a division starts from: which cell of which file, what is wrong with it, what to write instead.

use crate::diagnostic::{Severity, kinds};
use crate::lang::Text;
use crate::row::Place;

kinds! {
    /// What can be wrong with the sheets that a division starts from.
    NoBuilding, "household-without-building",
        "不知道在哪栋楼的住户或划分单元；没有划入任何网格",
        "a household or block whose building is not known: it is in no grid";
    NoResidents, "residents-unknown",
        "没有写人数：按其他住户的平均人数计算，或不看人数标准",
        "the number of residents is not said: the mean of the others is taken, or the limits of residents are left out";
    BadCount, "count-impossible",
        "户数或人数不是数，是负数、小数，或比任何楼栋都多",
        "no number of households or residents, a negative one, a fraction, or more than any building has";
    Twice, "listed-twice",
        "同一个划分单元列了两次：只算第一次",
        "a block that is listed twice: the first row counts";
    Unknown, "name-unknown",
        "名单中没有的名称",
        "a name that the list does not have";
    Several, "name-ambiguous",
        "名单中有几处叫这个名称",
        "a name that the list has more than once";
    NoPosition, "position-missing",
        "位置表中没有的楼栋：暂按名称相邻的楼栋；五栋中缺了一栋以上时，位置都不采用",
        "a building that the sheet of positions leaves out: it stands where the next one by name does; where more than one in five has none, no position is used";
    NoPositions, "positions-missing",
        "没有任何位置：按楼栋名称的顺序划分",
        "no positions at all: buildings are taken in the order of their names";
    TwoPositions, "position-twice",
        "一栋楼有两个位置：采用前一个",
        "two positions for one building: the earlier one is taken";
    BadPosition, "position-unreadable",
        "没有坐标，或没有顺序号",
        "no coordinates, or no place in the order";
    Swapped, "coordinates-swapped",
        "经度和纬度写反了：已按对调后的采用",
        "latitude where the longitude should be: taken the other way round";
    Mixed, "coordinates-mixed",
        "经纬度和米混写在一张表里：没有采用",
        "degrees among metres, or metres among degrees: not used";
    Far, "position-far-away",
        "离本社区其他楼栋 50 公里以上：没有采用",
        "more than 50 km from the community's other buildings: not used";
    SamePlace, "positions-equal",
        "几栋楼的位置完全相同",
        "buildings at exactly the same place";
    BadPair, "pair-unreadable",
        "一对里是同一个划分单元，或分属两个社区",
        "a pair of a block with itself, or across communities";
    Alone, "block-without-neighbour",
        "与其他楼栋都不相邻的楼栋",
        "a building that touches no other";
    TooBig, "block-too-big",
        "一栋楼自己就超过标准，又没有单元或楼层可以划开",
        "a building above a limit without parts to divide it by";
    NoGrid, "grid-unknown",
        "说的是上次的方案中没有的网格",
        "a wish about a grid that the previous plan does not have";
    BadBounds, "bounds-impossible",
        "标准不是数，或下限大于上限",
        "a limit that is no number, or a least above its most";
    NoPrevious, "previous-unmatched",
        "上次的方案，或其中一部分，与名单对不上",
        "a previous plan, or a part of it, that fits nothing in the list";
    OtherColumn, "column-not-read",
        "另有一列是同样的意思，没有读取",
        "a further column that means the same, which is not read";
    Date, "name-date",
        "楼栋被表格软件改成了日期；这一行没有划入任何网格",
        "a building whose name a spreadsheet has made a date of: its row is in no grid";
    OtherSheet, "sheet-not-read",
        "工作簿中另有一张表头相同的工作表，没有读取",
        "a further sheet of a workbook with the same headers, which is not read";
}

/// One thing that is wrong, or worth knowing, about a cell of one of the sheets.
///
/// It holds names of buildings and grids and never anything about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing.
    pub kind: Kind,
    /// How bad it is.
    pub severity: Severity,
    /// The file, as the caller named it.
    pub file: String,
    /// The cell or row; row 0 means the file as a whole.
    pub place: Place,
    /// What is wrong, understandable alone.
    pub message: Text,
    /// What to write instead.
    pub advice: Text,
}

/// Where findings go.
pub(super) type Sink<'s> = dyn FnMut(Finding) + 's;
