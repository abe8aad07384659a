//! The page of docs that lists every header, written from the table itself.

use std::fmt::Write as _;

use super::header::{File, SOURCE};
use crate::lang::Lang;
use crate::row::Field;

/// `docs/headers.md`: every column header that is understood.
#[must_use]
pub fn headers_page() -> String {
    let mut page = String::from(
        "# Column headers / 列名\n\n\
         Generated from `src/table/headers.toml`; run the tests with `UPDATE=1` after a change there.\n\n\
         Not compared: case, blanks and line breaks, `*`, `_`, `-`, `.`, a leading number, a trailing colon, full-width \
         or plain letters, and what stands in brackets, unless it makes the column somebody else's. `、` `，` `+` are the same as `/`. \
         A header in the last column can mean two things: it is taken only where most values of its column fit.\n\n\
         比较列名时不看大小写、空格和换行、`*`、`_`、`-`、`.`、前面的序号、末尾的冒号、全角半角，也不看括号里的话（除非它说明该列是别人的）；`、` `，` `+` 与 `/` 相同。\
         最后一列的列名可能有两种意思：只有该列多数值对得上才采用。\n\n\
         | `--map` | field 字段 | 中文列名 | English headers | if the values fit 值对得上才采用 |\n\
         |---|---|---|---|---|\n",
    );
    // A table that cannot be read is found by the tests of `header`.
    let Ok(file) = toml::from_str::<File>(SOURCE) else {
        return page;
    };
    for &field in Field::ALL {
        let Some(lines) = file.fields.get(field.key()) else {
            continue;
        };
        let _ = writeln!(
            page,
            "| `{}` | {} {} | {} | {} | {} |",
            field.key(),
            field.label(Lang::Zh),
            field.label(Lang::En),
            lines.zh.join("，"),
            lines.en.join(", "),
            lines.fit.join("，"),
        );
    }
    let _ = writeln!(
        page,
        "\nKnown not to be a household's, and carried along untouched / 已知不是住户本身的列，原样保留：\n\n{}",
        file.carried.headers.join("，"),
    );
    page
}
