//! Who lives together: families and flats shared by tenants, with relations, sexes and ages.

use fastrand::Rng;
use jiff::ToSpan as _;
use jiff::civil::Date;

/// One resident before a number is given.
pub(crate) struct Draft {
    pub(crate) relation: &'static str,
    pub(crate) male: bool,
    pub(crate) age: u8,
}

#[derive(Clone, Copy)]
enum Kind {
    ElderAlone,
    ElderCouple,
    Alone,
    Couple,
    Parents { children: u8 },
    OneParent,
    WithGrandparents { children: u8 },
    UnderElder,
    Sharers,
}

/// Relative weights in walk-ups of the last century, where the first owners have grown old.
const OLD: &[(u32, Kind)] = &[
    (10, Kind::ElderAlone),
    (18, Kind::ElderCouple),
    (7, Kind::Alone),
    (12, Kind::Couple),
    (24, Kind::Parents { children: 1 }),
    (8, Kind::Parents { children: 2 }),
    (3, Kind::OneParent),
    (8, Kind::WithGrandparents { children: 1 }),
    (2, Kind::WithGrandparents { children: 2 }),
    (8, Kind::UnderElder),
];

/// Relative weights in newer buildings.
const NEW: &[(u32, Kind)] = &[
    (4, Kind::ElderAlone),
    (9, Kind::ElderCouple),
    (8, Kind::Alone),
    (15, Kind::Couple),
    (29, Kind::Parents { children: 1 }),
    (15, Kind::Parents { children: 2 }),
    (3, Kind::OneParent),
    (9, Kind::WithGrandparents { children: 1 }),
    (4, Kind::WithGrandparents { children: 2 }),
    (4, Kind::UnderElder),
];

/// Relative weights among the floating population.
const FLOATING: &[(u32, Kind)] = &[
    (27, Kind::Alone),
    (25, Kind::Couple),
    (25, Kind::Parents { children: 1 }),
    (7, Kind::Parents { children: 2 }),
    (4, Kind::OneParent),
    (12, Kind::Sharers),
];

/// The residents of one home, the head first.
pub(crate) fn residents(rng: &mut Rng, old: bool, permanent: bool) -> Vec<Draft> {
    let weights = match (permanent, old) {
        (true, true) => OLD,
        (true, false) => NEW,
        (false, _) => FLOATING,
    };
    let mut home = Home {
        list: Vec::with_capacity(6),
        rng,
    };
    match pick(home.rng, weights) {
        Kind::ElderAlone => {
            let age = home.elder();
            let male = home.rng.u8(0..100) < 35;
            home.add("户主", male, age);
        }
        Kind::ElderCouple => {
            let age = home.elder();
            home.couple(age);
        }
        Kind::Alone => {
            let age = home.rng.u8(22..=58);
            let male = home.rng.bool();
            home.add("户主", male, age);
        }
        Kind::Couple => {
            let age = home.rng.u8(24..=62);
            home.couple(age);
        }
        Kind::Parents { children } => {
            home.parents(children);
        }
        Kind::OneParent => {
            let age = home.rng.u8(28..=52);
            let male = home.rng.u8(0..100) < 30;
            home.add("户主", male, age);
            home.children(1, age);
        }
        Kind::WithGrandparents { children } => {
            let age = home.parents(children);
            let older = age.saturating_add(home.rng.u8(23..=33)).min(97);
            let both = home.rng.u8(0..100) < 60;
            if both || home.rng.u8(0..100) < 25 {
                home.add("父亲", true, older);
            }
            if both || home.list.len() == 2 + usize::from(children) {
                home.add("母亲", false, older.saturating_sub(2));
            }
        }
        Kind::UnderElder => home.under_elder(),
        Kind::Sharers => {
            let count = home.rng.u8(2..=4);
            for nth in 0..count {
                let relation = if nth == 0 { "户主" } else { "其他" };
                let (male, age) = (home.rng.bool(), home.rng.u8(20..=38));
                home.add(relation, male, age);
            }
        }
    }
    home.list
}

/// A day of birth that makes somebody `age` years old on a day.
pub(crate) fn birth(rng: &mut Rng, on: Date, age: u8) -> Date {
    on.saturating_sub(i64::from(age).years())
        .saturating_sub(rng.i64(0..=364).days())
}

/// One of the values, each as often as its weight says.
pub(crate) fn pick<T: Copy>(rng: &mut Rng, weights: &[(u32, T)]) -> T {
    let mut left = rng.u32(0..weights.iter().map(|(weight, _)| weight).sum());
    let mut chosen = None;
    for &(weight, value) in weights {
        chosen = Some(value);
        if left < weight {
            break;
        }
        left -= weight;
    }
    #[expect(clippy::expect_used, reason = "every table of weights has entries")]
    chosen.expect("a table of weights has entries")
}

struct Home<'a> {
    list: Vec<Draft>,
    rng: &'a mut Rng,
}

impl Home<'_> {
    fn add(&mut self, relation: &'static str, male: bool, age: u8) {
        self.list.push(Draft {
            relation,
            male,
            age,
        });
    }

    /// 60 to 97, the older the rarer.
    fn elder(&mut self) -> u8 {
        60 + self.rng.u8(0..=37).min(self.rng.u8(0..=37))
    }

    fn couple(&mut self, age: u8) {
        let male = self.rng.u8(0..100) < 70;
        self.add("户主", male, age);
        let apart = self.rng.u8(0..=5);
        let partner = if male {
            age.saturating_sub(apart).max(22)
        } else {
            age.saturating_add(apart)
        };
        self.add("配偶", !male, partner);
    }

    /// A couple with children at home; gives the head's age.
    fn parents(&mut self, children: u8) -> u8 {
        let age = self.rng.u8(27..=56);
        self.couple(age);
        self.children(children, age);
        age
    }

    fn children(&mut self, count: u8, parent: u8) {
        let mut apart = self.rng.u8(24..=33);
        for _ in 0..count {
            let male = self.rng.u8(0..100) < 52;
            let relation = if male { "子" } else { "女" };
            self.add(relation, male, parent.saturating_sub(apart));
            apart = apart.saturating_add(self.rng.u8(2..=6));
        }
    }

    /// Old parents with a grown son or daughter, sometimes with a grandchild.
    fn under_elder(&mut self) {
        let age = self.elder().max(64);
        if self.rng.u8(0..100) < 55 {
            self.couple(age);
        } else {
            let male = self.rng.u8(0..100) < 30;
            self.add("户主", male, age);
        }
        let child = age - self.rng.u8(25..=32);
        let son = self.rng.u8(0..100) < 65;
        self.add(if son { "子" } else { "女" }, son, child);
        if self.rng.u8(0..100) < 60 {
            self.add(
                if son { "儿媳" } else { "女婿" },
                !son,
                child.saturating_sub(1),
            );
            let grandchild = child.saturating_sub(self.rng.u8(25..=32));
            let male = self.rng.bool();
            self.add(if male { "孙子" } else { "孙女" }, male, grandchild);
        }
    }
}
