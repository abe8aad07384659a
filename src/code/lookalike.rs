//! Characters that are typed or drawn for others: letters of other scripts, letters for digits.

/// The Latin letter that a letter of another script looks like, where it looks like one only.
pub(super) const fn latin(c: char) -> Option<char> {
    // Cyrillic first, then Greek; ɑ is the single-storey a that input methods for pinyin offer.
    Some(match c {
        'А' | 'Α' => 'A',
        'В' | 'в' | 'Β' => 'B',
        'С' => 'C',
        'Е' | 'Ε' => 'E',
        'Н' | 'н' | 'Η' => 'H',
        'І' | 'Ι' => 'I',
        'Ј' => 'J',
        'К' | 'к' | 'Κ' => 'K',
        'М' | 'м' | 'Μ' => 'M',
        'Ν' => 'N',
        'О' | 'Ο' => 'O',
        'Р' | 'Ρ' => 'P',
        'Ѕ' => 'S',
        'Т' | 'т' | 'Τ' => 'T',
        'Х' | 'Χ' => 'X',
        'У' | 'Υ' => 'Y',
        'Ζ' => 'Z',
        'а' | 'α' | 'ɑ' => 'a',
        'Ь' | 'ь' => 'b',
        'с' => 'c',
        'е' => 'e',
        'і' => 'i',
        'ј' => 'j',
        'о' | 'ο' => 'o',
        'р' => 'p',
        'ѕ' => 's',
        'х' => 'x',
        'у' => 'y',
        _ => return None,
    })
}

/// The digit that a character among digits is written for.
pub(super) const fn digit(c: char) -> Option<char> {
    Some(match c {
        // Latin, Cyrillic and Greek O, the Chinese zero, and the two circles found on Chinese keyboards.
        'O' | 'o' | 'О' | 'о' | 'Ο' | 'ο' | '〇' | '○' | '◯' => '0',
        'I' | 'l' | '|' | 'І' | 'Ι' | 'ӏ' | 'Ӏ' => '1',
        'З' | 'з' => '3',
        _ => return None,
    })
}

/// Whether people put the character between two parts of a code.
pub(super) const fn is_separator(c: char) -> bool {
    matches!(
        c,
        '-' | '_'
            | '/'
            | '.'
            | '·'
            | '\\'
            | ','
            | ':'
            | '，'
            | '、'
            | '。'
            | '•'
            | '‐'
            | '‑'
            | '‒'
            | '–'
            | '—'
            | '―'
            | '−'
            | '－'
            | '／'
            | '．'
            | '・'
    )
}
