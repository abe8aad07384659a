//! ID numbers that satisfy every rule of GB 11643 and can belong to nobody.

use jiff::civil::Date;

/// No region of the country has a code beginning with 99, so these numbers can belong to nobody.
const REGION: u32 = 990_100;
/// Sequence numbers of one sex on one day in one region: 001, 003, …, 999 or 000, 002, …, 998.
const PER_DAY: u32 = 500;

/// Gives every resident another number, in memory that depends on the number of days only.
pub(crate) struct Numbers {
    on: Date,
    given: Vec<u32>,
}

impl Numbers {
    /// Numbers for people alive on a day.
    pub(crate) fn new(on: Date) -> Self {
        Self {
            on,
            given: Vec::new(),
        }
    }

    /// The next free number of somebody born on a day.
    pub(crate) fn next(&mut self, birth: Date, male: bool) -> String {
        let days = usize::try_from(birth.duration_until(self.on).as_hours() / 24).unwrap_or(0);
        let slot = days * 2 + usize::from(male);
        if self.given.len() <= slot {
            self.given.resize(slot + 1, 0);
        }
        loop {
            let Some(given) = self.given.get_mut(slot) else {
                return String::new();
            };
            let nth = *given;
            *given += 1;
            let region = REGION + nth / PER_DAY;
            let sequence = nth % PER_DAY * 2 + u32::from(male);
            let id = with_check(&format!(
                "{region:06}{:04}{:02}{:02}{sequence:03}",
                birth.year(),
                birth.month(),
                birth.day()
            ));
            // A true number may end in 000, but it looks like one that a spreadsheet has rounded.
            if !id.ends_with("000") {
                return id;
            }
        }
    }
}

/// The 17 digits and their check character.
pub(crate) fn with_check(digits: &str) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits
        .chars()
        .zip(WEIGHTS)
        .map(|(digit, weight)| digit.to_digit(10).unwrap_or(0) * weight)
        .sum();
    let check = match sum % 11 {
        0 => '1',
        1 => '0',
        2 => 'X',
        rest => char::from_digit(12 - rest, 10).unwrap_or('0'),
    };
    format!("{digits}{check}")
}
