//! A finding about a roster, the grids, or what stands between them: where, what, what to write instead.

use crate::diagnostic::{Severity, kinds};
use crate::lang::Text;
use crate::row::Place;

kinds! {
    /// What can be wrong with staff.
    NoName, "name-missing",
        "没有姓名的一行",
        "a row that names nobody";
    UnknownHeader, "header-unknown",
        "像是写网格或楼栋、但没有认出的表头",
        "a header that seems to speak of grids or buildings, and is not known";
    UnknownTitle, "title-unknown",
        "对应不到任何一级的职务",
        "a title that leads to no level";
    NoTitle, "title-missing",
        "没有写职务的一行",
        "a row that says no level";
    BadPhone, "phone-damaged",
        "电话号码被表格软件丢了数字，或不是电话号码",
        "a telephone number of which a spreadsheet has lost digits, or that is none";
    SameName, "same-name",
        "同一个姓名有两个电话号码：按两个人计算",
        "one name with two telephone numbers: counted as two people";
    BadLimit, "limit-unreadable",
        "上限不是数",
        "a limit that is no number";
    Date, "date-mangled",
        "单元格被表格软件改成了日期",
        "a cell that a spreadsheet has made a date of";
    UnknownGrid, "grid-unknown",
        "网格表中没有的网格",
        "a grid that the grids do not have";
    UnknownBuilding, "building-unknown",
        "网格表中没有的楼栋",
        "a building that the grids do not have";
    UnknownCommunity, "community-unknown",
        "网格表中没有的社区",
        "a community that the grids do not have";
    Several, "several-fit",
        "有几个网格或楼栋叫这个名称",
        "a name that several grids or buildings have";
    Run, "run-of-buildings",
        "楼栋中的 `3-5`：可能是几栋楼，也可能是单元",
        "`3-5` among buildings: a run of buildings, or an entrance";
    Blank, "blank-below",
        "人员表中网格或楼栋空着，上面的格有内容：合并的格子存成文本时会这样",
        "a roster's grids or buildings left blank below filled cells, as merged cells are when saved as text";
    NoGrid, "grid-missing",
        "网格表中没有写网格或楼栋的一行",
        "a row of the grids that names no grid, or no building";
    TwoGrids, "two-grids",
        "一栋楼或其中一部分在两个网格里",
        "one building, or a part of one, in two grids";
    TwoPeople, "two-people",
        "只有一个人的一级写了两个人",
        "two people at a level that has one";
    NoWorker, "grid-without-worker",
        "没有专职网格员的网格",
        "a grid that has no full-time worker";
    NoArea, "grid-without-area-head",
        "没有片区网格长的网格",
        "a grid that has no area head";
    NoAssistant, "building-without-assistant",
        "没有助理网格员的楼栋，而别的楼栋有",
        "a building that has no assistant, where others have one";
    EmptyLevel, "level-without-person",
        "没有人的一级",
        "a level nobody stands at";
    Idle, "person-without-grid",
        "什么也没有负责的人",
        "somebody who has nothing to do";
    OverLimit, "over-limit",
        "负责的超过本人上限",
        "somebody with more than their limit";
    Gone, "person-gone",
        "原来的分工中有、人员表中已没有的人",
        "somebody of an earlier sheet who is in the roster no more";
    WeCom, "wecom-limit",
        "企业微信网格接口不收的内容",
        "what the grid interface of `WeCom` does not take";
    NoAccount, "account-missing",
        "没有企业微信账号的人",
        "somebody without an account in `WeCom`";
}

/// One thing that is wrong, or worth knowing.
///
/// It holds names of grids and buildings and never anybody's name or telephone number: people are named by their cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing.
    pub kind: Kind,
    /// How bad it is.
    pub severity: Severity,
    /// The file, as the caller named it; empty where no file is at fault.
    pub file: String,
    /// The cell or row; row 0 means the file as a whole.
    pub place: Place,
    /// What is wrong, understandable alone.
    pub message: Text,
    /// What to write or do instead; empty where there is nothing to add.
    pub advice: Text,
}

/// Where findings go.
pub(super) type Sink<'s> = dyn FnMut(Finding) + 's;
