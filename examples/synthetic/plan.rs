//! The estates and buildings of the community: how many storeys, entrances and doors each has.

/// How an estate writes the names of its buildings.
#[derive(Clone, Copy)]
pub(crate) enum Naming {
    /// The building's number and a word: `12栋`, `46幢`.
    Number(&'static str),
    /// A letter and a word: `B座`.
    Letter(&'static str),
}

/// Some buildings of one shape: how many, entrances, storeys, doors per landing.
type Shape = (u8, u8, u8, u8);

/// One estate.
pub(crate) struct Estate {
    pub(crate) name: &'static str,
    naming: Naming,
    shapes: &'static [Shape],
    /// Inhabited homes; the remaining doors stand empty and are in no list.
    pub(crate) households: usize,
    /// Whether the door plates of the lower storeys begin with a zero: `0803`.
    padded: bool,
    /// Walk-ups of the last century: more old people and more tenants than elsewhere.
    pub(crate) old: bool,
}

/// One building.
pub(crate) struct Building {
    pub(crate) name: String,
    pub(crate) entrances: u8,
    pub(crate) storeys: u8,
    pub(crate) doors: u8,
    padded: bool,
}

/// Households in a whole community.
pub(crate) const HOUSEHOLDS: usize = 4_334;

/// 79 buildings with 4,836 doors. Buildings are numbered through the whole community, as they are
/// where later phases of an estate carry the numbers on, so that a building's name says which it is.
/// The figures of A区, B区 and C区 are the real ones; all others are invented.
pub(crate) const ESTATES: &[Estate] = &[
    Estate {
        name: "翠竹园A区",
        naming: Naming::Number("栋"),
        shapes: &[
            (3, 4, 6, 2),
            (2, 3, 6, 2),
            (5, 4, 6, 2),
            (3, 3, 6, 2),
            (3, 4, 6, 2),
        ],
        households: 646,
        padded: false,
        old: true,
    },
    Estate {
        name: "翠竹园B区",
        naming: Naming::Number("栋"),
        shapes: &[(2, 3, 6, 2), (7, 4, 6, 2), (2, 3, 6, 2)],
        households: 449,
        padded: false,
        old: true,
    },
    Estate {
        name: "翠竹园C区",
        naming: Naming::Number("栋"),
        shapes: &[(3, 1, 6, 2), (5, 2, 6, 2)],
        households: 136,
        padded: false,
        old: true,
    },
    Estate {
        name: "翠竹园D区",
        naming: Naming::Number("栋"),
        shapes: &[(4, 2, 6, 3), (6, 3, 6, 2)],
        households: 321,
        padded: false,
        old: true,
    },
    Estate {
        name: "竹影苑",
        naming: Naming::Number("幢"),
        shapes: &[(12, 2, 11, 2)],
        households: 473,
        padded: false,
        old: false,
    },
    Estate {
        name: "竹溪里",
        naming: Naming::Number("号楼"),
        shapes: &[(8, 2, 18, 2)],
        households: 517,
        padded: false,
        old: false,
    },
    Estate {
        name: "竹海名邸",
        naming: Naming::Number("栋"),
        shapes: &[(4, 1, 33, 4), (2, 2, 33, 4)],
        households: 930,
        padded: true,
        old: false,
    },
    Estate {
        name: "翠竹园E区",
        naming: Naming::Number("栋"),
        shapes: &[(5, 3, 18, 2)],
        households: 488,
        padded: false,
        old: false,
    },
    Estate {
        name: "竹语公寓",
        naming: Naming::Letter("座"),
        shapes: &[(3, 1, 18, 8)],
        households: 374,
        padded: false,
        old: false,
    },
];

impl Estate {
    /// The estate's buildings; `number` is the number of the last building before it and is moved on.
    pub(crate) fn buildings(&self, number: &mut u32) -> Vec<Building> {
        let mut buildings = Vec::new();
        let mut letter = 'A'..='Z';
        for &(count, entrances, storeys, doors) in self.shapes {
            for _ in 0..count {
                *number += 1;
                let name = match self.naming {
                    Naming::Number(word) => format!("{number}{word}"),
                    Naming::Letter(word) => format!("{}{word}", letter.next().unwrap_or('Z')),
                };
                buildings.push(Building {
                    name,
                    entrances,
                    storeys,
                    doors,
                    padded: self.padded,
                });
            }
        }
        buildings
    }
}

impl Building {
    /// How many doors it has, empty homes included.
    pub(crate) fn len(&self) -> usize {
        usize::from(self.entrances) * usize::from(self.storeys) * usize::from(self.doors)
    }

    /// The plate on a door.
    pub(crate) fn room(&self, storey: u8, door: u8) -> String {
        if self.padded {
            format!("{storey:02}{door:02}")
        } else {
            format!("{storey}{door:02}")
        }
    }
}
