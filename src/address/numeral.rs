//! Chinese numerals to digits: positional (`八〇三`) and with units (`八百零三`, `十二`).

/// Whether a character can stand in a Chinese numeral.
pub(super) const fn is_numeral(c: char) -> bool {
    digit(c).is_some() || power(c).is_some()
}

/// Whether a character belongs to a number or a Latin name: nothing may cut through a run of these.
pub(super) const fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || is_numeral(c)
}

const fn digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' => 0,
        '一' => 1,
        '二' => 2,
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

const fn power(c: char) -> Option<u32> {
    Some(match c {
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        _ => return None,
    })
}

/// The digits of a numeral: `八〇三` and `八百零三` are `803`, `〇八〇三` is `0803`; `None` for `八百三` or `十十`.
pub(super) fn read(run: &str) -> Option<String> {
    if run.chars().any(|c| power(c).is_some()) {
        with_units(run).map(|number| number.to_string())
    } else {
        run.chars()
            .map(|c| digit(c).and_then(|value| char::from_digit(value, 10)))
            .collect()
    }
}

// A zero is said exactly where a power is passed over: 八百零三, 一千零三十; 八百三 is 830 to some ears and so to none.
fn with_units(run: &str) -> Option<u32> {
    let mut number = 0;
    let mut below = 10_000;
    let mut zero = false;
    let mut chars = run.chars().peekable();
    while let Some(c) = chars.next() {
        if digit(c) == Some(0) {
            if zero || number == 0 {
                return None;
            }
            zero = true;
            chars.peek()?;
            continue;
        }
        let (value, unit) = match digit(c) {
            Some(value) => match chars.peek().copied().and_then(power) {
                Some(unit) => {
                    chars.next();
                    (value, unit)
                }
                None => (value, 1),
            },
            // 十二: the leading one is left out only for ten, and only at the front.
            None if c == '十' && number == 0 => (1, 10),
            None => return None,
        };
        let skipped = number != 0 && unit * 10 < below;
        if unit >= below || skipped != zero {
            return None;
        }
        number += value * unit;
        below = unit;
        zero = false;
    }
    (!zero).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn numerals_are_read_by_place_and_by_unit() {
        for (text, digits) in [
            ("八〇三", "803"),
            ("八零三", "803"),
            ("〇八〇三", "0803"),
            ("八百零三", "803"),
            ("八百三十", "830"),
            ("十", "10"),
            ("十二", "12"),
            ("二十", "20"),
            ("二十七", "27"),
            ("一百一十", "110"),
            ("一百零一", "101"),
            ("一千零三", "1003"),
            ("一千零三十", "1030"),
            ("一千二百零三", "1203"),
            ("一二〇三", "1203"),
            ("三", "3"),
        ] {
            assert_eq!(read(text).as_deref(), Some(digits), "{text}");
        }
    }

    #[test]
    fn numerals_nobody_can_be_sure_of_are_not_read() {
        for text in [
            "八百三",
            "十十",
            "百",
            "零十",
            "八百零",
            "一十零一",
            "八百零三十",
            "一千三十",
            "三十百",
            "千",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn every_number_below_ten_thousand_reads_back() {
        const NAMES: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
        for number in 10..10_000_usize {
            let mut said = String::new();
            let mut gap = false;
            for (power, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
                let value = number / power % 10;
                if value == 0 {
                    gap = !said.is_empty();
                    continue;
                }
                if gap {
                    said.push('零');
                    gap = false;
                }
                if !(value == 1 && power == 10 && said.is_empty()) {
                    said.push_str(NAMES[value]);
                }
                said.push_str(name);
            }
            assert_eq!(read(&said), Some(number.to_string()), "{said}");
        }
    }
}
