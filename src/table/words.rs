//! What a cell sounds like: a number, prose, a remark, an instruction, an example, a sum.

use super::header::is_empty_char;

/// Openings of a remark below or beside a table.
const REMARKS: [&str; 30] = [
    "说明",
    "填写说明",
    "填表",
    "填报",
    "制表",
    "审核",
    "审批",
    "复核",
    "校对",
    "统计人",
    "经办",
    "登记人",
    "单位盖章",
    "单位（盖章",
    "单位(盖章",
    "盖章",
    "签字",
    "签名",
    "注意",
    "温馨提示",
    "特别提示",
    "网格员签",
    "负责人签",
    "报送",
    "数据来源",
    "备注说明",
    "prepared by",
    "checked by",
    "signature",
    "please note",
];

/// Openings of a remark only with a colon after them: each is also a word in a cell.
const REMARKS_WITH_COLON: [&str; 18] = [
    "注",
    "备注",
    "附",
    "附注",
    "联系人",
    "负责人",
    "日期",
    "时间",
    "单位",
    "电话",
    "联系电话",
    "网格员",
    "网格长",
    "note",
    "notes",
    "remark",
    "remarks",
    "source",
];

/// What instructions say.
const INSTRUCTIONS: [&str; 32] = [
    "必填",
    "选填",
    "非必填",
    "可不填",
    "不填",
    "下拉",
    "请填",
    "请选",
    "请输入",
    "请勿",
    "请按",
    "填写",
    "真实姓名",
    "格式",
    "如：",
    "如:",
    "例如",
    "例：",
    "例:",
    "示例：",
    "示例:",
    "示例，",
    "单选",
    "多选",
    "选择",
    "位数字",
    "required",
    "optional",
    "e.g.",
    "drop-down",
    "dropdown",
    "select ",
];

/// What marks a row as an example.
const EXAMPLES: [&str; 10] = [
    "示例", "样例", "范例", "例", "例子", "举例", "样本", "example", "sample", "eg",
];

const SUMS: [&str; 11] = [
    "总人数",
    "总人口",
    "本页合计",
    "本页小计",
    "总合计",
    "合计",
    "总计",
    "小计",
    "共计",
    "累计",
    "总户数",
];

/// Whether a text is nothing but digits and what goes with them.
pub(super) fn is_number(text: &str) -> bool {
    let text = text.trim();
    has_digit(text)
        && text
            .chars()
            .all(|c| c.is_numeric() || matches!(c, '.' | '-' | '/' | ',' | ' '))
}

/// Whether a text has a digit, full-width ones included.
pub(super) fn has_digit(text: &str) -> bool {
    text.chars()
        .any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c))
}

/// Whether a text can be the number of a unit or a code for all that can be said without reading it.
pub(super) fn is_short_with_digit(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 24 && has_digit(text) && text.chars().count() <= 12
}

/// Whether a text is a sentence rather than a value.
pub(super) fn is_prose(text: &str) -> bool {
    let count = text.trim().chars().count();
    count > 20 || count > 6 && text.contains(['。', '；', '，', '：', '！', '、'])
}

/// Whether a text opens as remarks and signature lines do.
pub(super) fn is_remark(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| {
        is_empty_char(c) || matches!(c, '*' | '※' | '(' | '（' | '【' | '[')
    });
    // Almost no cell of a household opens like this; the first byte decides.
    if !text.chars().next().is_some_and(|c| {
        REMARKS
            .iter()
            .chain(&REMARKS_WITH_COLON)
            .any(|word| opens(word, c))
    }) {
        return false;
    }
    let lower = text.to_lowercase();
    let squeezed: String = lower.chars().filter(|&c| !is_empty_char(c)).collect();
    REMARKS
        .iter()
        .any(|word| lower.starts_with(word) || squeezed.starts_with(word))
        || REMARKS_WITH_COLON.iter().any(|word| {
            squeezed.strip_prefix(word).is_some_and(|rest| {
                rest.starts_with([':', '：', '】', '）']) || rest.is_empty() && *word == "注"
            })
        })
}

fn opens(word: &str, first: char) -> bool {
    word.chars()
        .next()
        .is_some_and(|c| c == first.to_ascii_lowercase())
}

/// Whether a text tells what to write.
pub(super) fn is_instruction(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    INSTRUCTIONS.iter().any(|word| lower.contains(word))
        || matches!(
            lower.as_str(),
            "文本"
                | "文字"
                | "数字"
                | "日期"
                | "整数"
                | "字符"
                | "字符串"
                | "text"
                | "number"
                | "date"
                | "integer"
                | "string"
        )
}

/// Whether a text marks its row as an example: `示例`, `例1`, `张三（示例）`.
pub(super) fn is_example(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    if [
        "（示例）",
        "(示例)",
        "（例）",
        "(例)",
        "（样例）",
        "(样例)",
        "(example)",
        "(sample)",
    ]
    .iter()
    .any(|mark| lower.contains(mark))
    {
        return true;
    }
    let bare = lower
        .trim_matches(|c: char| {
            is_empty_char(c)
                || matches!(
                    c,
                    '（' | '）' | '(' | ')' | '【' | '】' | '[' | ']' | ':' | '：'
                )
        })
        .trim_end_matches(|c: char| {
            c.is_ascii_digit() || is_empty_char(c) || matches!(c, '一' | '二' | '三' | '行')
        });
    EXAMPLES.contains(&bare)
}

/// Whether a text names a sum: `合 计`, `小计：`, `3栋小计`, `Total`.
pub(super) fn is_sum(text: &str) -> bool {
    let Some(first) = text.bytes().next() else {
        return false;
    };
    // `A座小计` begins as an English word does.
    if first.is_ascii_alphabetic() && !text.contains('计') {
        let text = text.trim_end().trim_end_matches([':', '：']);
        return [
            "total",
            "totals",
            "grand total",
            "subtotal",
            "sub-total",
            "sum",
        ]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word));
    }
    if !text.contains(['计', '总']) {
        return false;
    }
    let squeezed: String = text.chars().filter(|&c| !is_empty_char(c)).collect();
    let squeezed = squeezed.trim_end_matches([':', '：']);
    SUMS.iter().any(|word| {
        squeezed.strip_prefix(word).is_some_and(|rest| {
            rest.is_empty()
                || rest.starts_with([':', '：', '(', '（', '户', '人', '套', '间', '共'])
                || has_digit(rest)
        })
    }) || squeezed.chars().count() <= 12
        && ["合计", "小计", "总计", "共计"]
            .iter()
            .any(|word| squeezed.ends_with(word))
}

/// A heading without the kind of form it names at its end: `3栋2单元` of `3栋2单元住户登记表`.
pub(super) fn without_form(text: &str) -> &str {
    const FORMS: [&str; 14] = [
        "登记表",
        "统计表",
        "信息表",
        "采集表",
        "情况表",
        "一览表",
        "明细表",
        "汇总表",
        "花名册",
        "名册",
        "名单",
        "台账",
        "档案",
        "一览",
    ];
    const OF: [&str; 12] = [
        "住户", "居民", "人口", "人员", "家庭", "房屋", "入户", "基本", "信息", "情况", "采集",
        "登记",
    ];
    let Some(mut rest) = FORMS.iter().find_map(|form| text.strip_suffix(form)) else {
        return text;
    };
    while let Some(shorter) = OF.iter().find_map(|word| rest.strip_suffix(word)) {
        rest = shorter;
    }
    rest.trim_end()
}

/// Whether the cells of a row, put together, count something: `共12户`, `共计 30 人`.
pub(super) fn is_count(text: &str) -> bool {
    let squeezed: String = text.chars().filter(|&c| !is_empty_char(c)).collect();
    let Some(rest) = squeezed.strip_prefix('共') else {
        return false;
    };
    let rest = rest.trim_start_matches(['计', '有', ':', '：']);
    let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    unit.len() < rest.len() && unit.starts_with(['户', '人', '套', '间', '名', '口'])
}

/// The number in a cell of a numbering row, and whether it is written as only such rows write it.
pub(super) fn numbering(text: &str) -> Option<(u32, bool)> {
    const CIRCLED: &str = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";
    let text = text.trim();
    let mut chars = text.chars();
    if let (Some(first), None) = (chars.next(), chars.next())
        && let Some(at) = CIRCLED.chars().position(|c| c == first)
    {
        return u32::try_from(at + 1).ok().map(|number| (number, true));
    }
    let bare = text
        .trim_matches(|c: char| {
            matches!(
                c,
                '(' | ')' | '（' | '）' | '[' | ']' | '【' | '】' | '栏' | '列' | ' '
            )
        })
        .trim_start_matches(['-', '－', '—', '–'])
        .trim_end_matches(['.', '、']);
    if bare.is_empty() || bare.len() > 3 || !bare.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    bare.parse().ok().map(|number| (number, bare != text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_told_from_names_that_sound_like_them() {
        for text in [
            "合计",
            "合 计",
            "总计：",
            "3栋小计",
            "A座小计",
            "B 栋 合计：",
            "合计：4334户",
            "共计1200人",
            "Total",
            "Subtotal:",
            "本页合计",
        ] {
            assert!(is_sum(text), "{text}");
        }
        for text in [
            "设计院家属院",
            "总网格",
            "合计划",
            "计生办宿舍",
            "Totalview",
            "3栋",
            "",
            "总部花园",
        ] {
            assert!(!is_sum(text), "{text}");
        }
    }

    #[test]
    fn remarks_are_told_from_cells() {
        for text in [
            "填表人：张三",
            "说明 请一定看下面说明",
            "注：本表一式两份",
            "（注）",
            "备注：无",
            "制 表：",
            "Note: see below",
            "日期：2024年3月",
        ] {
            assert!(is_remark(text), "{text}");
        }
        for text in [
            "注册路3栋",
            "附1号",
            "3栋",
            "日期",
            "单位宿舍",
            "Notting Hill",
            "张三",
            "803",
        ] {
            assert!(!is_remark(text), "{text}");
        }
    }

    #[test]
    fn examples_and_instructions_are_known_by_their_words() {
        for text in [
            "示例",
            "例：",
            "【样例】",
            "示例1",
            "张三（示例）",
            "Example",
            "例",
        ] {
            assert!(is_example(text), "{text}");
        }
        for text in ["示例小区", "例如803", "张三"] {
            assert!(!is_example(text), "{text}");
        }
        for text in ["必填，真实姓名", "下拉选择", "示例:803", "如：3栋", "文本"]
        {
            assert!(is_instruction(text), "{text}");
        }
        assert!(!is_instruction("翠竹园"));
    }

    #[test]
    fn numberings_are_read_in_every_writing() {
        assert_eq!(numbering("(1)"), Some((1, true)));
        assert_eq!(numbering("（12）"), Some((12, true)));
        assert_eq!(numbering("-3"), Some((3, true)));
        assert_eq!(numbering("③"), Some((3, true)));
        assert_eq!(numbering("7"), Some((7, false)));
        assert_eq!(numbering("803室"), None);
        assert_eq!(numbering(""), None);
    }
}
