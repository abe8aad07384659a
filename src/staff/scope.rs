//! A cell that may hold grids and buildings together, told apart by their words.

use super::cell;
use super::role::Level;

/// The grids and the buildings of a cell; what is a number only is what the level has: assistants have buildings.
pub(super) fn divide(text: &str, level: Level) -> (String, String) {
    let (mut grids, mut buildings) = (Vec::new(), Vec::new());
    let parts = cell::parts(text);
    // 3、5栋: the word behind the last holds for those before it.
    let whole_is_buildings = parts.last().is_some_and(|part| is_building(part));
    let whole_is_grids = parts.last().is_some_and(|part| is_grid(part));
    let has_buildings = matches!(level, Level::Assistant | Level::Group | Level::Member);
    for part in parts {
        let to_buildings = if is_grid(&part) {
            false
        } else if is_building(&part) || whole_is_buildings {
            true
        } else {
            has_buildings && !whole_is_grids
        };
        if to_buildings {
            &mut buildings
        } else {
            &mut grids
        }
        .push(part);
    }
    (grids.join("、"), buildings.join("、"))
}

/// What stands beside a name in the row of a building: `1单元` there is an entrance of that building.
pub(super) fn within(building: &str, named: &str) -> String {
    if cell::parts(building).len() != 1 {
        return named.to_owned();
    }
    let whole = |part: &String| {
        let is_inside = part.ends_with("单元") || part.ends_with(['室', '层', '门', '梯']);
        if is_inside && !part.contains(['栋', '幢', '座', '楼', '#']) {
            format!("{building}{part}")
        } else {
            part.clone()
        }
    };
    let parts: Vec<String> = cell::parts(named).iter().map(whole).collect();
    parts.join("、")
}

fn is_grid(part: &str) -> bool {
    part.contains("网格") || part.to_lowercase().contains("grid")
}

fn is_building(part: &str) -> bool {
    !is_grid(part) && part.contains(['栋', '幢', '座', '楼', '#', '室']) || part.contains("单元")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entrance_beside_a_name_is_of_the_rows_building() {
        assert_eq!(within("1栋", "1单元、2单元"), "1栋1单元、1栋2单元");
        assert_eq!(within("1栋", "3栋、5栋"), "3栋、5栋");
        assert_eq!(within("", "1单元"), "1单元");
        assert_eq!(within("1栋、2栋", "1单元"), "1单元");
    }

    #[test]
    fn grids_and_buildings_are_told_apart_by_their_words_or_by_the_level() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(
            divide("第1网格、第2网格", Level::Assistant),
            pair("第1网格、第2网格", "")
        );
        assert_eq!(divide("3、5栋", Level::Worker), pair("", "3、5栋"));
        assert_eq!(divide("1、2", Level::Worker), pair("1、2", ""));
        assert_eq!(divide("1、2", Level::Assistant), pair("", "1、2"));
        assert_eq!(
            divide("第1网格、3栋", Level::Assistant),
            pair("第1网格", "3栋")
        );
    }
}
