//! The marked parts of an address, over normalised text: `3栋`, `2单元`, `8层`, `门面3`, and rows of bare numbers.

use std::borrow::Cow;

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while1};
use nom::character::complete::{char, digit1, one_of};
use nom::combinator::{fail, map, map_opt, opt, peek, recognize, rest, success, value, verify};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};
use smol_str::format_smolstr;

use super::building::push_without_zeros;
use super::numeral::{self, is_numeral, is_word};
use super::{Building, Entrance, Floor, Unit};

pub(super) type Read<'a, T> = IResult<&'a str, T>;

/// What closes a row of bare numbers: `803`, `803室`, `803号`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    None,
    Room,
    Number,
}

/// One member of a row of bare numbers: `3`, `B`, `12A`, `甲`, `A区3`, `负101`.
#[derive(Clone, Debug)]
pub(super) struct Item<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) zone: Option<String>,
    pub(super) digits: usize,
    /// Letters before the digits, or all letters where there are no digits.
    pub(super) front: usize,
    /// Below ground.
    pub(super) minus: bool,
}

impl<'a> Item<'a> {
    fn new(text: Cow<'a, str>) -> Self {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let front = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        Self {
            text,
            zone: None,
            digits,
            front,
            minus: false,
        }
    }
}

/// Letters, digits, letters, as names of buildings and rooms are built: `3`, `B`, `12A`, `A3`, `803A`.
fn is_plain(run: &str) -> bool {
    let (mut front, mut digits, mut tail) = (0, 0, 0);
    for byte in run.bytes() {
        match (byte.is_ascii_digit(), digits, tail) {
            (true, _, 0) => digits += 1,
            (true, ..) => return false,
            (false, 0, _) => front += 1,
            (false, ..) => tail += 1,
        }
    }
    front <= 2 && digits <= 6 && tail <= 2
}

/// A whole run of letters and digits, or a whole Chinese numeral; a mixture of both is neither.
fn plain(input: &str) -> Read<'_, Item<'_>> {
    let latin = verify(take_while1(|c: char| c.is_ascii_alphanumeric()), is_plain);
    let (left, item) = alt((
        map(latin, |run: &str| Item::new(Cow::Borrowed(run))),
        map_opt(take_while1(is_numeral), |run: &str| {
            numeral::read(run)
                .filter(|digits| digits.len() <= 6)
                .map(|digits| Item::new(Cow::Owned(digits)))
        }),
    ))
    .parse(input)?;
    verify(rest, |left: &str| !left.starts_with(is_word)).parse(left)?;
    Ok((left, item))
}

fn number(input: &str) -> Read<'_, Item<'_>> {
    verify(plain, |item: &Item<'_>| item.digits == item.text.len()).parse(input)
}

fn direction(input: &str) -> Read<'_, &str> {
    recognize(one_of("东南西北中")).parse(input)
}

pub(super) fn dash(input: &str) -> Read<'_, char> {
    char('-').parse(input)
}

/// `A区`, `2期`, `东区`, or the `东` of `东1栋`.
fn zone(input: &str) -> Read<'_, String> {
    let lettered = verify(plain, |item: &Item<'_>| item.text.len() <= 2);
    let named = (
        preceded(
            opt(char('第')),
            alt((
                map(lettered, |item| item.text),
                map(direction, Cow::Borrowed),
            )),
        ),
        terminated(one_of("区期"), opt(dash)),
    );
    alt((
        map(named, |(name, kind)| {
            let mut zone = String::with_capacity(name.len() + 3);
            push_without_zeros(&mut zone, &name);
            zone.push(kind);
            zone
        }),
        map(terminated(direction, peek(number)), str::to_owned),
    ))
    .parse(input)
}

fn zones(input: &str) -> Read<'_, Option<String>> {
    // Most buildings have no zone: a look at the character after the name spares the attempt.
    let after = input.trim_start_matches(|c| is_word(c) || c == '第');
    if after.len() < input.len() && !after.starts_with(['区', '期']) {
        return Ok((input, None));
    }
    let (left, first) = opt(zone).parse(input)?;
    let Some(mut first) = first else {
        return Ok((left, None));
    };
    let (left, second) = opt(zone).parse(left)?;
    if let Some(second) = second {
        first.push_str(&second);
    }
    Ok((left, Some(first)))
}

fn zoned(input: &str) -> Read<'_, Item<'_>> {
    let (left, zone) = zones(input)?;
    let (left, item) = preceded(opt(char('第')), plain).parse(left)?;
    Ok((left, Item { zone, ..item }))
}

fn building_name(items: &[&Item<'_>]) -> Building {
    let mut name = String::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            name.push('-');
        }
        name.push_str(item.zone.as_deref().unwrap_or_default());
        push_without_zeros(&mut name, &item.text);
    }
    Building(name.into())
}

impl Item<'_> {
    /// As a building: at most four digits.
    pub(super) fn building(&self) -> Option<Building> {
        (self.digits <= 4 && !self.minus && !self.is_stem()).then(|| building_name(&[self]))
    }

    /// As an entrance: at most two digits, one letter, or one of 甲乙丙丁 and the directions.
    pub(super) fn entrance(&self) -> Option<Entrance> {
        let latin =
            self.digits + self.front == self.text.len() && (self.front == 0 || self.digits == 0);
        let fits = self.is_stem() || latin && self.digits <= 2 && self.front <= 1;
        if !fits || self.minus || self.zone.is_some() {
            return None;
        }
        let mut name = String::with_capacity(3);
        push_without_zeros(&mut name, &self.text);
        Some(Entrance(name.into()))
    }

    /// As a room, its text as written.
    pub(super) fn unit(&self) -> Option<Unit> {
        if self.zone.is_some() || self.is_stem() {
            return None;
        }
        let sign = if self.minus { "负" } else { "" };
        Some(Unit(format_smolstr!("{sign}{}", self.text)))
    }

    pub(super) fn is_stem(&self) -> bool {
        self.digits == 0 && self.front == 0
    }

    /// Short as the number of a building or an entrance is, not of a room.
    pub(super) fn is_small(&self) -> bool {
        self.digits <= 2 && !self.minus
    }
}

/// `栋` and the other marks of a building, the longest first.
fn building_mark(input: &str) -> Read<'_, &str> {
    alt((
        tag("号楼"),
        tag("号栋"),
        tag("号幢"),
        tag("号座"),
        tag("栋楼"),
        tag("#楼"),
        tag("#栋"),
        tag("#"),
        tag("栋"),
        tag("幢"),
        tag("座"),
    ))
    .parse(input)
}

/// `3栋`, `三号楼`, `B座`, `A区3栋`, `东1栋`, `3-2栋`; and whether the mark leaves no doubt.
pub(super) fn building(input: &str) -> Read<'_, (Building, bool)> {
    let (left, item) = verify(zoned, |item: &Item<'_>| item.digits <= 4).parse(input)?;
    let (left, second) = opt(preceded(dash, verify(plain, Item::is_small))).parse(left)?;
    let (left, mark) = building_mark(left)?;
    let name = match &second {
        Some(second) => building_name(&[&item, second]),
        None => building_name(&[&item]),
    };
    // 七座桥 is a place: `座` alone does not settle it.
    Ok((left, (name, mark != "座")))
}

/// A building named by its number alone because an entrance follows: `3-2单元`, `3号2单元`, `3楼2单元`.
pub(super) fn building_before_entrance(input: &str) -> Read<'_, Building> {
    let joint = alt((tag("号-"), tag("楼-"), tag("号"), tag("楼"), tag("-")));
    map_opt(terminated(zoned, (joint, peek(entrance))), |item| {
        item.building()
    })
    .parse(input)
}

/// A building marked like a house because a room follows: `3号803室`.
pub(super) fn house_before_room(input: &str) -> Read<'_, Building> {
    let follows = verify(rest, |left: &str| {
        left.starts_with(|c| is_word(c) || c == '负' || c == '-')
    });
    let short = verify(zoned, |item: &Item<'_>| item.digits <= 3);
    map_opt(terminated(short, (char('号'), peek(follows))), |item| {
        item.building()
    })
    .parse(input)
}

fn stem(input: &str) -> Read<'_, Item<'_>> {
    map(
        recognize(one_of("甲乙丙丁戊己庚辛东南西北中")),
        |text: &str| Item::new(Cow::Borrowed(text)),
    )
    .parse(input)
}

/// `2单元`, `二单元`, `A单元`, `甲单元`, `2梯`, `2号门`, `2单` before a room.
pub(super) fn entrance(input: &str) -> Read<'_, Entrance> {
    let mark = alt((
        value((), tag("单元")),
        value((), (opt(char('号')), char('梯'))),
        value(
            (),
            (
                opt(char('号')),
                terminated(
                    char('门'),
                    peek(verify(rest, |left: &str| !left.starts_with('面'))),
                ),
            ),
        ),
        value(
            (),
            terminated(
                char('单'),
                peek(verify(rest, |left: &str| left.starts_with(is_word))),
            ),
        ),
    ));
    map_opt(
        terminated(preceded(opt(char('第')), alt((plain, stem))), mark),
        |item| item.entrance(),
    )
    .parse(input)
}

/// `8层`, `8楼`, `负一层`, `地下1层`, `B1层`, `-1层`; and whether the word was 楼, which may be a building.
pub(super) fn floor(input: &str) -> Read<'_, (Floor, bool)> {
    let below = alt((
        tag("负"),
        tag("地下"),
        tag("-"),
        terminated(tag("B"), peek(digit1)),
    ));
    let (left, (below, item)) = (opt(below), preceded(opt(char('第')), number)).parse(input)?;
    let (left, word) = one_of("层楼").parse(left)?;
    let height = item
        .text
        .parse::<i16>()
        .ok()
        .filter(|height| (1..=200).contains(height));
    let (left, height) = map_opt(success(height), |height| height).parse(left)?;
    let number = if below.is_some() { -height } else { height };
    Ok((left, (Floor(number), word == '楼' && below.is_none())))
}

const PLACES: [&str; 20] = [
    "门面房",
    "门面",
    "商铺",
    "店铺",
    "铺面",
    "底商",
    "车库",
    "车位",
    "储藏室",
    "储藏间",
    "地下室",
    "杂物间",
    "架空层",
    "夹层",
    "阁楼",
    "顶楼",
    "东户",
    "西户",
    "中户",
    "门房",
];

/// Whether the name ends with a word that a number makes a room: `门面`, `车库`.
pub(super) fn ends_with_place(name: &str) -> bool {
    PLACES.iter().any(|word| name.ends_with(word))
}

fn place(input: &str) -> Read<'_, &'static str> {
    // The words begin with few characters; nearly every room begins with another.
    if input.starts_with(|c: char| c.is_ascii()) {
        return fail().parse(input);
    }
    let word = PLACES
        .iter()
        .find(|word| input.starts_with(**word))
        .copied();
    let (left, word) = map_opt(success(word), |word| word).parse(input)?;
    value(word, tag(word)).parse(left)
}

/// Rooms that are words: `附2号`, `门面3`, `3号门面`, `东户`, `地下室`.
pub(super) fn named_unit(input: &str) -> Read<'_, Unit> {
    let closing = opt(alt((tag("号"), tag("室"))));
    let annex = map(
        preceded(char('附'), terminated(plain, opt(char('号')))),
        |item| Unit(format_smolstr!("附{}号", item.text)),
    );
    let word_first = map((place, terminated(opt(plain), closing)), |(word, item)| {
        Unit(format_smolstr!(
            "{word}{}",
            item.map_or(Cow::Borrowed(""), |item| item.text)
        ))
    });
    let number_first = map(
        (terminated(plain, opt(char('号'))), place),
        |(item, word)| Unit(format_smolstr!("{word}{}", item.text)),
    );
    alt((annex, word_first, number_first)).parse(input)
}

/// `负101`, `-101`: a room below ground. A mere dash is a sign only before a room's number, so that `3--2` stays unread.
fn below_ground(input: &str) -> Read<'_, Item<'_>> {
    let long = verify(number, |item: &Item<'_>| item.digits >= 3);
    let (left, item) = alt((preceded(char('负'), number), preceded(dash, long))).parse(input)?;
    Ok((
        left,
        Item {
            minus: true,
            ..item
        },
    ))
}

/// A row of one to four bare members with dashes between them, and what closes it.
pub(super) fn series(input: &str) -> Read<'_, (Vec<Item<'_>>, Mark)> {
    let (mut left, first) = alt((below_ground, zoned, stem)).parse(input)?;
    let mut items = vec![first];
    while let Ok((after, _)) = dash(left) {
        let Ok((after, item)) = alt((below_ground, plain, stem)).parse(after) else {
            break;
        };
        items.push(item);
        left = after;
    }
    let mark = alt((
        value(
            Mark::Room,
            alt((
                tag("号房"),
                tag("号室"),
                tag("号户"),
                tag("室"),
                tag("房"),
                tag("户"),
            )),
        ),
        value(Mark::Number, tag("号")),
    ));
    let (left, mark) = opt(mark).parse(left)?;
    Ok((left, (items, mark.unwrap_or(Mark::None))))
}
