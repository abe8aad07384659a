//! What a question for a door is before it is looked up: an address, a code with its building, or neither.

use crate::address;
use crate::lang::Text;

/// Whether a text speaks of a grid.
pub(super) fn is_grid(text: &str) -> bool {
    text.contains("网格") || text.to_lowercase().starts_with("grid")
}

/// What is said of the name of a grid.
pub(super) fn not_a_grid() -> Text {
    Text::fixed(
        "这是网格的名称：请写其中的楼栋或门牌，如 3栋2单元803室",
        "this names a grid: write a building or a door in it, such as 3栋2单元803室",
    )
}

/// What would be passed over as the name of a place, and says a building nevertheless: `叁栋贰单元803`.
pub(super) fn unread_building(text: &str) -> Option<Text> {
    let Ok(reading) = address::parse(text) else {
        return None;
    };
    let passed = reading.doors().iter().all(|door| {
        let prefix = door.prefix.as_deref().unwrap_or_default();
        door.building.is_none()
            && ["栋", "幢", "号楼", "单元"]
                .iter()
                .any(|word| prefix.contains(word))
    });
    (passed && !reading.doors().is_empty()).then(|| {
        Text::fixed(
            "楼栋或单元的写法读不出来：请写成数字，如 3栋2单元803室",
            "the building or the entrance cannot be read: write it in digits, such as 3栋2单元803室",
        )
    })
}

/// What is said of a text that is no address.
pub(super) fn not_an_address() -> Text {
    Text::fixed(
        "此处应为地址或编码，如 3栋2单元803室",
        "expected an address or a code, such as 3栋2单元803室",
    )
}

/// Takes `Aa7` off the end of `3-2-803Aa7`.
pub(super) fn without_code(text: &str) -> &str {
    let bare = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let address = bare
        .strip_suffix(|c: char| c.is_ascii_lowercase())
        .and_then(|rest| rest.strip_suffix(|c: char| c.is_ascii_uppercase()));
    address
        .filter(|address| address.ends_with(|c: char| c.is_ascii_digit()))
        .unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::without_code;

    #[test]
    fn a_code_behind_an_address_leaves_the_address() {
        for (text, address) in [
            ("3-2-803Aa7", "3-2-803"),
            ("3栋2单元803Bb", "3栋2单元803"),
            ("803Aa58", "803"),
            ("3栋2单元803室", "3栋2单元803室"),
            ("B座1203", "B座1203"),
            ("Aa7", "Aa7"),
        ] {
            assert_eq!(without_code(text), address);
        }
    }
}
