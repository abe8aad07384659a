//! What has to be known to read the differences: what only one of the lists tells, and which doors were put together.

use super::Change;
use super::gather::Shape;
use super::run::Read;
use super::same_door::Joined;
use crate::code::Flags;
use crate::codebook::Codebook;
use crate::lang::Text;

/// What a list may tell or not, and what that is called.
type Part = (fn(&Shape) -> bool, &'static str, &'static str);

/// A note for each thing that could not be compared as a reader might expect.
pub(super) fn notes(old: &Read, new: &Read, joined: Joined) -> Vec<Text> {
    let mut notes = Vec::new();
    let parts: [Part; 3] = [
        (
            |shape| shape.tells_resident,
            "居住类型",
            "the resident type",
        ),
        (|shape| shape.tells_tenure, "住房性质", "the tenure"),
        (
            |shape| shape.tells_residents,
            "人数",
            "the number of residents",
        ),
    ];
    for (tells, zh, en) in parts {
        let any = |read: &Read| read.shapes.iter().any(tells);
        match (any(old), any(new)) {
            (true, true) => {}
            (false, false) => notes.push(Text::new(
                format!("两份名单都没有写明{zh}，没有比较"),
                format!("neither list tells {en}: it is not compared"),
            )),
            (has_old, _) => {
                let lacks = if has_old {
                    ("新名单", "the new list")
                } else {
                    ("旧名单", "the old list")
                };
                notes.push(Text::new(
                    format!("{}没有写明{zh}，没有比较", lacks.0),
                    format!("{} does not tell {en}: it is not compared", lacks.1),
                ));
            }
        }
    }
    for (read, zh, en) in [
        (old, "旧名单", "the old list"),
        (new, "新名单", "the new list"),
    ] {
        let count = read.listed.unnamed;
        if count > 0 {
            notes.push(Text::new(
                format!("{zh}有 {count} 户认不出是哪一户，没有比较：另一份名单中的这些户会列为新增或减少"),
                format!("{en} has {count} households that cannot be told apart and are not compared: where the other list has them, they are told as moved in or out"),
            ));
        }
    }
    if joined.by_names > 0 {
        let count = joined.by_names;
        notes.push(Text::new(
            format!("{count} 户只有一份名单写明社区或小区，其余部分相同且别无他户，按同一户比较"),
            format!("the community or estate of {count} doors is named in one list only; all else agrees with one door and no other, so they are compared as the same"),
        ));
    }
    if joined.by_entrance > 0 {
        let count = joined.by_entrance;
        notes.push(Text::new(
            format!("{count} 户只有一份名单写明单元，其余部分相同且别无他户，按同一户比较"),
            format!("the entrance of {count} doors is named in one list only; all else agrees with one door and no other, so they are compared as the same"),
        ));
    }
    if joined.unclear > 0 {
        let count = joined.unclear;
        notes.push(Text::new(
            format!("{count} 户列为减少，但另一份名单中写得较略或较详的户有不止一户可能与之相同，无法判断：请在两份名单中写明社区、小区和单元"),
            format!("{count} households are told as moved out, but the other list has more than one door that each might be, named more or less exactly: name community, estate and entrance in both lists to tell"),
        ));
    }
    notes
}

/// Flags that nobody can derive, and of which the new list has none at all: most likely its codes were written anew.
pub(super) fn flags_lost(changes: &[Change], kept: Flags, codebook: &Codebook) -> Option<Text> {
    let is_derived = |digit: u8| codebook.flag(digit).is_some_and(|flag| flag.when.is_some());
    let is_lost = |digit: &u8| !is_derived(*digit) && !kept.contains(*digit);
    let (mut lost, mut households) = (Flags::NONE, 0_u64);
    for change in changes {
        let gone: Flags = change.flags_gone().iter().filter(is_lost).collect();
        if !gone.is_empty() {
            lost = lost.and(gone);
            households += 1;
        }
    }
    let digits: Vec<String> = lost.iter().map(|digit| digit.to_string()).collect();
    (households > 0).then(|| {
        Text::new(
            format!("新名单的编码中没有一个带 {}，旧名单有 {households} 户带：这样的标记推算不出，重新编码时不会写出；如果新名单的编码是重新生成的，这不是住户的变化", digits.join("、")),
            format!("no code of the new list has {}, which {households} of the old list had: such flags follow from nothing and are not written when a list is coded anew; if the new list was, this is no change of the households", digits.join(" or ")),
        )
    })
}
