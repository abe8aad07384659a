//! What a grid is called: `01`, `第3网格`, `三号网格` and a long code are compared by their number, other names by their text.

use unicode_normalization::UnicodeNormalization as _;

use crate::address::{Building, Reading};

/// A name of a grid as it is compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Label {
    Number(u64),
    Text(String),
}

impl Label {
    pub(super) fn of(text: &str) -> Self {
        let folded: String = text
            .nfkc()
            .filter(|c| !c.is_whitespace())
            .flat_map(char::to_lowercase)
            .collect();
        let bare = bare(&folded);
        let digits = if bare.bytes().all(|byte| byte.is_ascii_digit()) {
            Some(bare.to_owned())
        } else {
            numeral(bare)
        };
        match digits.and_then(|digits| digits.parse().ok()) {
            Some(number) => Self::Number(number),
            None => Self::Text(if bare.is_empty() {
                folded.clone()
            } else {
                bare.to_owned()
            }),
        }
    }

    /// The number of a grid within its community, where the label is the long code: 12 digits and the number.
    pub(super) fn short(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_code = text.len() > 12 && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.get(12..).filter(|_| is_code)?;
        number.parse().ok().map(Self::Number)
    }
}

fn bare(text: &str) -> &str {
    let mut rest = text.strip_prefix('第').unwrap_or(text);
    for before in ["网格", "grids", "grid"] {
        rest = rest.strip_prefix(before).unwrap_or(rest);
    }
    for behind in ["网格", "grid", "格", "号", "#"] {
        rest = rest.strip_suffix(behind).unwrap_or(rest);
    }
    rest.trim_matches(['-', '_', '.'])
}

/// A Chinese numeral, as the grammar of buildings reads it.
fn numeral(text: &str) -> Option<String> {
    if text.is_empty() || text.is_ascii() {
        return None;
    }
    match Building::parse_column(&format!("{text}栋")) {
        Ok(Reading::Exact(door)) => {
            let number = door.building?.number()?;
            door.prefix.is_none().then(|| number.to_string())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_grid_is_one_however_it_is_written() {
        for text in [
            "3",
            "03",
            "３",
            "第3网格",
            "第三网格",
            "3号网格",
            "3网格",
            "网格3",
            "Grid 03",
            "grids 3",
            "3#",
        ] {
            assert_eq!(Label::of(text), Label::Number(3), "{text}");
        }
        assert_eq!(Label::of("第十二网格"), Label::Number(12));
        assert_eq!(Label::of("东区"), Label::of(" 东区网格 "));
        assert_ne!(Label::of("东区"), Label::of("西区"));
        assert_eq!(Label::short("34010400300107"), Some(Label::Number(7)));
        assert_eq!(Label::short("07"), None);
        assert_eq!(Label::of("网格"), Label::Text("网格".to_owned()));
    }
}
