//! Chinese numerals of a unit: `八〇三` digit by digit, `八百零三` by places; what has two readings has none.

const fn digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

const fn place(c: char) -> Option<u32> {
    Some(match c {
        '十' => 10,
        '百' => 100,
        '千' => 1_000,
        '万' => 10_000,
        _ => return None,
    })
}

/// Whether the character can stand in a numeral.
pub(super) const fn is_numeral(c: char) -> bool {
    digit(c).is_some() || place(c).is_some()
}

/// The digits of a numeral, where it is exact: `八百三` is 830 to some and 803 to others, so it has none.
pub(super) fn digits(numeral: &[char]) -> Option<String> {
    if numeral.iter().any(|c| place(*c).is_some()) {
        by_places(numeral).map(|number| number.to_string())
    } else {
        // Nobody says 两 in a row of digits.
        let digit_by_digit = |c: &char| {
            digit(*c)
                .filter(|_| *c != '两')
                .and_then(|d| char::from_digit(d, 10))
        };
        numeral.iter().map(digit_by_digit).collect()
    }
}

fn by_places(numeral: &[char]) -> Option<u32> {
    let mut rest = numeral.iter().copied().peekable();
    let mut number = 0;
    // The smallest place written so far; the next one has to be the next smaller, or 零 must stand for the gap.
    let mut above = 100_000;
    while let Some(mut c) = rest.next() {
        let zero = digit(c) == Some(0);
        if zero {
            c = rest.next()?;
        }
        // 十二 is short for 一十二, at the very beginning only.
        let begins_with_ten = c == '十' && above == 100_000 && !zero;
        let value = if begins_with_ten {
            1
        } else {
            digit(c).filter(|d| *d > 0)?
        };
        let power = if begins_with_ten {
            10
        } else {
            rest.next_if(|c| place(*c).is_some())
                .and_then(place)
                .unwrap_or(1)
        };
        if c == '两' && power < 100 {
            return None;
        }
        let leads = above == 100_000;
        let gap = above / power;
        let fits = if leads {
            !zero
        } else if zero {
            gap >= 100
        } else {
            gap == 10
        };
        if !fits {
            return None;
        }
        number += value * power;
        above = power;
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(numeral: &str) -> Option<String> {
        digits(&numeral.chars().collect::<Vec<_>>())
    }

    #[test]
    fn exact_numerals_have_one_reading() {
        for (numeral, number) in [
            ("八〇三", "803"),
            ("八零三", "803"),
            ("八百零三", "803"),
            ("〇八〇三", "0803"),
            ("十", "10"),
            ("十二", "12"),
            ("二十", "20"),
            ("二十一", "21"),
            ("一百", "100"),
            ("一百一十", "110"),
            ("一百一十二", "112"),
            ("一千零一", "1001"),
            ("一千零一十", "1010"),
            ("一千二百零三", "1203"),
            ("两千两百", "2200"),
            ("一万零五", "10005"),
        ] {
            assert_eq!(read(numeral).as_deref(), Some(number), "{numeral}");
        }
    }

    #[test]
    fn numerals_with_two_readings_have_none() {
        for numeral in [
            "八百三",
            "一千二",
            "二千三十",
            "一百零二十",
            "百",
            "零十",
            "十十",
            "二十零一",
            "两十",
            "两三",
            "八百零",
            "一百二百",
            "一百十二",
        ] {
            assert_eq!(read(numeral), None, "{numeral}");
        }
    }

    #[test]
    fn every_number_reads_back() {
        let names = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
        for number in 10..=99_999_u32 {
            let mut said = String::new();
            let mut zero = false;
            for power in [10_000, 1_000, 100, 10, 1] {
                let d = number / power % 10;
                if d == 0 {
                    zero = true;
                    continue;
                }
                if zero && !said.is_empty() {
                    said.push('零');
                }
                zero = false;
                if !(power == 10 && d == 1 && said.is_empty()) {
                    said.push(names[d as usize]);
                }
                match power {
                    10_000 => said.push('万'),
                    1_000 => said.push('千'),
                    100 => said.push('百'),
                    10 => said.push('十'),
                    _ => {}
                }
            }
            assert_eq!(read(&said), Some(number.to_string()), "{said}");
        }
    }
}
