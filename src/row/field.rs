//! `Field`: what a column of a household list can mean.

use crate::lang::Lang;

macro_rules! fields {
    ($($(#[doc = $doc:literal])+ $name:ident, $key:literal, $zh:literal, $en:literal;)+) => {
        /// What a column of a household list means to `gridcode`.
        ///
        /// Every column that is none of these is carried along untouched.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $($(#[doc = $doc])+ $name,)+ }

        impl Field {
            /// Every field, in the order in which a list usually has them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];
            /// How many fields there are.
            pub const COUNT: usize = Self::ALL.len();

            /// The name used in `--map`, in TOML tables and in JSON.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)+ }
            }

            /// What people call it.
            #[must_use]
            pub const fn label(self, lang: Lang) -> &'static str {
                match (self, lang) { $((Self::$name, Lang::Zh) => $zh, (Self::$name, Lang::En) => $en,)+ }
            }
        }
    };
}

fields! {
    /// The community (社区), a name or a 12-digit statistical code.
    Community, "community", "社区", "community";
    /// The street or town above the community; carried along, part of no key.
    Street, "street", "街道", "street";
    /// The estate (小区) inside a community.
    Estate, "estate", "小区", "estate";
    /// A whole address in one cell: `3栋2单元803室`, or only `3栋2单元`.
    Address, "address", "地址", "address";
    /// The building (楼栋).
    Building, "building", "楼栋", "building";
    /// The entrance (单元) of a building.
    Entrance, "entrance", "单元", "entrance";
    /// The storey.
    Floor, "floor", "楼层", "floor";
    /// The unit (房号): the room number on the door.
    Unit, "unit", "房号", "unit";
    /// The grid code (网格编码) such as `803Aa7`.
    GridCode, "code", "网格编码", "grid code";
    /// The resident type: permanent or floating.
    ResidentType, "resident", "居住类型", "resident type";
    /// The tenure: own home or rented.
    Tenure, "tenure", "住房性质", "tenure";
    /// The household's number in the register (户号).
    HouseholdId, "household-id", "户号", "household number";
    /// Relation to the head of the household (与户主关系).
    Relation, "relation", "与户主关系", "relation to head";
    /// The head of the household by name. Personal.
    HeadName, "head-name", "户主姓名", "name of head";
    /// The head's ID number. Personal.
    HeadId, "head-id", "户主身份证号", "ID number of head";
    /// A resident's name. Personal.
    Name, "name", "姓名", "name";
    /// A resident's ID number (GB 11643). Personal.
    IdNumber, "id", "身份证号", "ID number";
    /// A date of birth. Personal.
    BirthDate, "birth", "出生日期", "date of birth";
    /// An age in completed years.
    Age, "age", "年龄", "age";
    /// Sex.
    Sex, "sex", "性别", "sex";
    /// A telephone number. Personal.
    Phone, "phone", "电话", "telephone";
    /// How many residents the household has.
    Residents, "residents", "人数", "residents";
    /// How much work the household makes, beside one that makes as much as any: 2 counts twice.
    Weight, "weight", "权重", "weight";
    /// Words that describe the household or a resident: `独居老人,低保户`.
    Tags, "tags", "人群标签", "tags";
    /// The grid the household belongs to.
    Grid, "grid", "所属网格", "grid";
}

impl Field {
    /// The field with a given [`key`](Self::key).
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.key() == key)
    }

    /// Whether the column tells who somebody is: its values leave the program only on the user's explicit word.
    #[must_use]
    pub const fn is_personal(self) -> bool {
        matches!(
            self,
            Self::HeadName
                | Self::HeadId
                | Self::Name
                | Self::IdNumber
                | Self::BirthDate
                | Self::Phone
        )
    }
}
