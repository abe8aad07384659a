//! Whole communities, household by household, each the same for the same seed.

use fastrand::Rng;
use jiff::civil::Date;

use super::ids::Numbers;
use super::people::{self, Draft, pick};
use super::plan::{ESTATES, HOUSEHOLDS};

/// One resident.
pub(crate) struct Person {
    pub(crate) relation: &'static str,
    pub(crate) male: bool,
    pub(crate) age: u8,
    pub(crate) birth: Date,
    pub(crate) id: String,
}

/// One household.
pub(crate) struct Household {
    pub(crate) community: String,
    pub(crate) estate: &'static str,
    pub(crate) building: String,
    pub(crate) entrance: u8,
    pub(crate) room: String,
    /// Counted from 1 through all communities; names and telephone numbers are made from it.
    pub(crate) serial: u64,
    pub(crate) permanent: bool,
    pub(crate) rented: bool,
    /// The resident type in the words of whoever filled in this building.
    pub(crate) resident_word: &'static str,
    /// The tenure in the same person's words.
    pub(crate) tenure_word: &'static str,
    pub(crate) people: Vec<Person>,
}

impl Household {
    /// `常住` is A, `流动` is B.
    pub(crate) fn resident(&self) -> char {
        if self.permanent { 'A' } else { 'B' }
    }

    /// An own home is a, a rented one b.
    pub(crate) fn tenure(&self) -> char {
        if self.rented { 'b' } else { 'a' }
    }

    /// `8` where somebody is 80 or older.
    pub(crate) fn flag(&self) -> &'static str {
        if self.people.iter().any(|person| person.age >= 80) {
            "8"
        } else {
            ""
        }
    }

    /// The right grid code.
    pub(crate) fn code(&self) -> String {
        format!(
            "{}{}{}{}",
            self.room,
            self.resident(),
            self.tenure(),
            self.flag()
        )
    }

    /// `住户00001甲`: a name that nobody bears.
    pub(crate) fn name(&self, nth: usize) -> String {
        let member = "甲乙丙丁戊己".chars().nth(nth).unwrap_or('庚');
        format!("住户{:05}{member}", self.serial)
    }

    /// Eleven digits beginning with 100, which no subscriber has.
    pub(crate) fn phone(&self) -> String {
        format!("100{:08}", self.serial)
    }

    /// What a grid worker would note.
    pub(crate) fn remark(&self) -> &'static str {
        match (self.flag(), self.people.len(), self.serial % 53) {
            ("8", 1, _) => "独居老人",
            ("8", _, _) => "高龄老人",
            (_, _, 7) => "党员中心户",
            (_, _, 19) => "白天无人，晚上上门",
            _ => "",
        }
    }
}

/// Makes communities one after another; no household, name or ID number comes twice.
pub(crate) struct Source {
    seed: u64,
    on: Date,
    numbers: Numbers,
    serial: u64,
    communities: u64,
}

impl Source {
    /// A source whose ages are true on the day `on`.
    pub(crate) fn new(seed: u64, on: Date) -> Self {
        Self {
            seed,
            on,
            numbers: Numbers::new(on),
            serial: 0,
            communities: 0,
        }
    }

    /// The next community: at most [`HOUSEHOLDS`] households, at most `limit`.
    pub(crate) fn community(&mut self, limit: usize) -> Vec<Household> {
        self.communities += 1;
        let community = match self.communities {
            1 => "翠竹园社区".to_owned(),
            nth => format!("合成{nth:04}社区"),
        };
        let mut rng = Rng::with_seed(self.seed ^ self.communities.rotate_left(32));
        let mut list = Vec::with_capacity(limit.min(HOUSEHOLDS));
        let mut number = 0;
        for estate in ESTATES {
            let buildings = estate.buildings(&mut number);
            let mut doors: usize = buildings.iter().map(super::plan::Building::len).sum();
            let mut inhabited = estate.households;
            for building in &buildings {
                let words = Words::new(&mut rng);
                for entrance in 1..=building.entrances {
                    for (storey, door) in (1..=building.storeys)
                        .flat_map(|storey| (1..=building.doors).map(move |door| (storey, door)))
                    {
                        // Selection sampling: exactly the wanted number of doors, each equally likely.
                        let chosen = rng.usize(0..doors) < inhabited;
                        doors -= 1;
                        if !chosen {
                            continue;
                        }
                        inhabited -= 1;
                        if list.len() == limit {
                            return list;
                        }
                        self.serial += 1;
                        let mut home = self.household(&mut rng, &words, estate.old);
                        home.community.clone_from(&community);
                        home.estate = estate.name;
                        home.building.clone_from(&building.name);
                        home.entrance = entrance;
                        home.room = building.room(storey, door);
                        list.push(home);
                    }
                }
            }
        }
        list
    }

    fn household(&mut self, rng: &mut Rng, words: &Words, old: bool) -> Household {
        let rented = rng.u8(0..100) < if old { 30 } else { 22 };
        let floating = if rented { 62 } else { 7 };
        let permanent = rng.u8(0..100) >= floating;
        let people = people::residents(rng, old, permanent)
            .into_iter()
            .map(
                |Draft {
                     relation,
                     male,
                     age,
                 }| {
                    let birth = people::birth(rng, self.on, age);
                    Person {
                        relation,
                        male,
                        age,
                        birth,
                        id: self.numbers.next(birth, male),
                    }
                },
            )
            .collect();
        Household {
            community: String::new(),
            estate: "",
            building: String::new(),
            entrance: 0,
            room: String::new(),
            serial: self.serial,
            permanent,
            rented,
            resident_word: if permanent {
                words.permanent
            } else {
                "流动人口"
            },
            tenure_word: if rented { words.rented } else { words.own },
            people,
        }
    }
}

/// The words one person fills a whole building with.
struct Words {
    permanent: &'static str,
    own: &'static str,
    rented: &'static str,
}

impl Words {
    fn new(rng: &mut Rng) -> Self {
        Self {
            permanent: pick(rng, &[(6, "常住人口"), (3, "常住"), (2, "户籍人口")]),
            own: pick(rng, &[(3, "自购房"), (2, "自住")]),
            rented: pick(rng, &[(3, "出租房"), (2, "租赁房屋")]),
        }
    }
}
