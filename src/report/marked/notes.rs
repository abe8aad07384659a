//! What is told about a marked workbook: what could not be kept, what was left alone.

use crate::lang::Text;
use crate::row::Place;
use crate::table::Format;
use crate::workbook::Saved;

/// That a list was written anew as text cells, and what that costs.
pub(super) fn rewritten(detail: Option<&str>, format: Format) -> Text {
    let kept = Text::new(
        "各格的值都在，一律是文本（公式只留结果）；字体、颜色、边框、列宽、合并、批注、图片和打印设置没有带过来，原文件不变",
        "all values are there, as text (of formulas only their results); fonts, colours, borders, widths, merged cells, comments, pictures and print settings are not, the list itself is unchanged",
    );
    match (detail, format) {
        (_, Format::Text) => Text::new(
            "结果是 XLSX 工作簿，每格都是文本，与原文件中的文字相同",
            "the result is an XLSX workbook; every cell is text, the same as in the list",
        ),
        (Some(detail), _) => Text::new(
            format!(
                "这个工作簿的内部结构不能原样修改（{detail}），已另写成新的 XLSX：{}",
                kept.zh
            ),
            format!(
                "the inside of this workbook cannot be changed in place ({detail}); it was written anew as XLSX: {}",
                kept.en
            ),
        ),
        (None, format) => {
            let name = match format {
                Format::Xls => "XLS",
                Format::Xlsb => "XLSB",
                Format::Ods => "ODS",
                Format::Xlsx | Format::Text => "",
            };
            Text::new(
                format!("{name} 不能原样标注，已改写为 XLSX：{}", kept.zh),
                format!(
                    "{name} cannot be marked in place and was written anew as XLSX: {}",
                    kept.en
                ),
            )
        }
    }
}

/// That a cell cannot hold all of a text: which do not, and where the rest is.
pub(super) fn cut(places: &[Place]) -> Option<Text> {
    let first = places.first()?;
    let count = places.len();
    Some(Text::new(
        format!(
            "{count} 格的内容超过一格的上限 32767 字，结果中只有前面的部分，末尾有说明（首处 {first}）；原文件没有改动，请以它为准"
        ),
        format!(
            "cells longer than the 32,767 characters that a cell can hold: {count}, {first} first; the result has their beginning and says so at its end, the list itself has all"
        ),
    ))
}

/// What was left as it was, or could not be done.
pub(super) fn told(saved: &Saved, was_marked: bool) -> Vec<Text> {
    let mut told = Vec::new();
    if was_marked {
        told.push(Text::new(
            "上次检查留下的颜色、批注、列和工作表已换成这次的；如在“待改行”中改过，请先抄回名单再检查",
            "the colours, comments, columns and sheets of the last check were replaced; what you corrected in the sheet of rows to correct has to be copied into the list first",
        ));
    }
    let mut sheets = |names: &[String], zh: &str, en: &str| {
        if !names.is_empty() {
            told.push(Text::new(
                format!("工作表“{}”{zh}", names.join("”“")),
                format!("sheet {}: {en}", names.join(", ")),
            ));
        }
    };
    sheets(
        &saved.protected,
        "有保护，保护仍在：要改正请先撤销工作表保护",
        "it is protected and stays so; lift the protection to correct it",
    );
    sheets(
        &saved.without_columns,
        "已用到最右边，放不下“错误、建议、规则”三列，请看批注",
        "it has no room at its right for the three columns; see the comments",
    );
    sheets(
        &saved.without_filter,
        "在别处已有筛选，一张表只能有一个，右边三列没有加筛选按钮",
        "it has a filter elsewhere, and a sheet can have only one: the three columns have no filter buttons",
    );
    if saved.conversations > 0 {
        let count = saved.conversations;
        told.push(Text::new(
            format!("{count} 格上有多人对话式批注，没有在其中加字，只标了颜色；说明见右边三列"),
            format!("{count} cells have threaded comments, in which nothing was written; they are coloured, and the columns at the right say why"),
        ));
    }
    if saved.without_note > 0 {
        let count = saved.without_note;
        told.push(Text::new(
            format!("批注太多，{count} 格只标了颜色；说明见右边三列"),
            format!("too many comments: {count} cells are only coloured; the columns at the right say why"),
        ));
    }
    if saved.without_colour {
        told.push(Text::new(
            "工作簿的格式种类已到上限，有的格子没有标颜色；批注和右边三列齐全",
            "the workbook has as many styles as it can: some cells are not coloured; comments and columns are complete",
        ));
    }
    told
}
