//! Buildings and entrances that are nothing but a number: another one in its place is read the same way.

/// What stands behind the number of a building or an entrance that is nothing but a number.
const MARKS: [&str; 6] = ["", "栋", "幢", "号楼", "#", "单元"];

/// The digits of a plain number of a building or an entrance, and what stands behind them.
pub(super) fn number(text: &str) -> Option<(&str, &str)> {
    marked(text).map(|(digits, mark, _)| (digits, mark))
}

/// The same, with the place of what stands behind them among all that may.
#[inline]
pub(super) fn marked(text: &str) -> Option<(&str, &str, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, mark) = text.split_at_checked(digits)?;
    let plain = (1..=2).contains(&digits.len()) && !digits.starts_with('0');
    let place = MARKS.iter().position(|known| *known == mark)?;
    plain.then_some((digits, mark, place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::{AddressError, Building, Door, Entrance, Reading, mangled_date};

    #[test]
    fn a_plain_number_is_a_building_and_an_entrance_and_nothing_else() {
        type Make = fn(u32) -> Door;
        type Parse = fn(&str) -> Result<Reading, AddressError>;
        let columns: [(Parse, &[&str], Make); 2] = [
            (
                Building::parse_column,
                &["", "栋", "幢", "号楼", "#"],
                |number| Door {
                    building: Some(Building::numbered(number)),
                    ..Door::default()
                },
            ),
            (Entrance::parse_column, &["", "单元"], |number| Door {
                entrance: Some(Entrance::numbered(number)),
                ..Door::default()
            }),
        ];
        for (parse, marks, door) in columns {
            for (value, mark) in
                (1..=99).flat_map(|value| marks.iter().map(move |mark| (value, mark)))
            {
                let text = format!("{value}{mark}");
                assert_eq!(number(&text), Some((&*value.to_string(), *mark)));
                assert_eq!(mangled_date(&text), None);
                let Ok(Reading::Exact(read)) = parse(&text) else {
                    panic!("{text}")
                };
                assert_eq!(read, door(value), "{text}");
            }
        }
        for text in [
            "", "栋", "0栋", "03栋", "100栋", "3楼", "3-2", "3栋2", "3E5",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
