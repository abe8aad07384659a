//! The cell of one column, where a number alone is what the column says.

use super::bare::Column;
use super::parse::read;
use super::{AddressError, Building, Entrance, Reading, Unit};

impl Building {
    /// Reads a cell of a building column: `3`, `03栋`, `三`, `B座`, `A区3#`, and whatever else the cell says, such as
    /// `3栋2单元`. A name with no number (`金鼎大厦`) is the prefix; `翠竹楼` is a building.
    ///
    /// # Errors
    ///
    /// As [`parse`](super::parse).
    ///
    /// ```
    /// use gridcode::address::Building;
    /// let door = Building::parse_column("三")?.exact().unwrap();
    /// assert_eq!(door.to_string(), "3栋");
    /// # Ok::<(), gridcode::address::AddressError>(())
    /// ```
    pub fn parse_column(text: &str) -> Result<Reading, AddressError> {
        read(text, Column::Building)
    }
}

impl Entrance {
    /// Reads a cell of an entrance column: `2`, `二单元`, `甲`, and whatever else the cell says.
    ///
    /// # Errors
    ///
    /// As [`parse`](super::parse).
    ///
    /// ```
    /// use gridcode::address::Entrance;
    /// let door = Entrance::parse_column("02")?.exact().unwrap();
    /// assert_eq!(door.to_string(), "2单元");
    /// # Ok::<(), gridcode::address::AddressError>(())
    /// ```
    pub fn parse_column(text: &str) -> Result<Reading, AddressError> {
        read(text, Column::Entrance)
    }
}

impl Unit {
    /// Reads a cell of a room column: `803`, `803室`, `2-803` (entrance and room), `3-2-803`, `3栋2单元803`.
    ///
    /// # Errors
    ///
    /// As [`parse`](super::parse).
    ///
    /// ```
    /// use gridcode::address::Unit;
    /// let door = Unit::parse_column("2-803")?.exact().unwrap();
    /// assert_eq!(door.to_string(), "2单元803室");
    /// # Ok::<(), gridcode::address::AddressError>(())
    /// ```
    pub fn parse_column(text: &str) -> Result<Reading, AddressError> {
        read(text, Column::Unit)
    }
}
