//! Texts that may tell who somebody is, wherever they stand: a value in the wrong column is still a name or a number.

/// Surnames of about nine in ten people in China, the commonest first
/// (order after the household register's yearly report of the Ministry of Public Security), and a few of two characters.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤欧阳司马诸葛上官";

/// Endings of names of places, which begin with surnames too: `金鼎大厦`, `王家村`.
const PLACES: &str = "厦楼园苑村区里院栋座幢城庭府寓堂庄湾镇街路巷道市县省房室户店号弄";

/// Whether a text holds a number as long as a telephone's or an ID's.
///
/// ```
/// assert!(gridcode::row::has_long_number("990100197001010013"));
/// assert!(gridcode::row::has_long_number("138-0000-0000"));
/// assert!(!gridcode::row::has_long_number("10603Ab578"));
/// assert!(!gridcode::row::has_long_number("12-2-3301"));
/// ```
#[must_use]
pub fn has_long_number(text: &str) -> bool {
    let (mut unbroken, mut grouped) = (0, 0);
    text.chars().any(|c| {
        let is_digit = c.is_numeric();
        // Telephone and ID numbers are written in groups too; a door such as 12-2-3301 has fewer digits.
        let between = is_digit || matches!(c, '-' | ' ' | '\u{2010}'..='\u{2015}' | '　');
        unbroken = if is_digit { unbroken + 1 } else { 0 };
        grouped = if between {
            grouped + u32::from(is_digit)
        } else {
            0
        };
        unbroken >= 7 || grouped >= 11
    })
}

/// Whether a whole text is certainly no name of a place or a grid: it holds a telephone's or an ID's number, or it is the
/// name of somebody unnamed. Long codes of grids are digits and letters alone, but not as many as a telephone or an ID has.
///
/// ```
/// assert!(gridcode::row::tells_person("990100197001010013"));
/// assert!(gridcode::row::tells_person("张某某"));
/// assert!(!gridcode::row::tells_person("34010400300107"));
/// assert!(!gridcode::row::tells_person("金域网格"));
/// ```
#[must_use]
pub fn tells_person(text: &str) -> bool {
    let is_code = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let may_be_person = !is_code || matches!(text.len(), 11 | 18);
    may_be_person && has_long_number(text) || text.contains('某')
}

/// Whether some two to four Chinese characters in a row look like a person's name.
///
/// ```
/// assert!(gridcode::row::looks_like_name("803Aa 赵某某"));
/// assert!(gridcode::row::looks_like_name("户主张某"));
/// assert!(!gridcode::row::looks_like_name("借住"));
/// assert!(!gridcode::row::looks_like_name("金鼎大厦"));
/// ```
#[must_use]
pub fn looks_like_name(text: &str) -> bool {
    let mut words = text
        .split(|c: char| !is_han(c))
        .filter(|word| !word.is_empty());
    words.any(|word| {
        let place = word.chars().next_back().is_some_and(|c| PLACES.contains(c));
        let count = word.chars().count();
        // A name may stand behind another word: 户主张某.
        let surname = |(at, c)| (2..=4).contains(&(count - at)) && SURNAMES.contains(c);
        !place && word.chars().enumerate().take(64).any(surname)
    })
}

/// Whether a character is a Chinese ideograph.
#[must_use]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}
