//! The table is found by itself, whatever stands above, below, beside and inside it.

#![allow(
    clippy::unwrap_used,
    reason = "a helper of a test that finds nothing is a failed test"
)]

use std::fmt::Write as _;

use gridcode::lang::Lang;
use gridcode::row::{CellKind, Field, Row};
use gridcode::table::{ColumnRef, LayoutOptions, Remedy, RowKind, Rows, Table, TableError};
use proptest::prelude::*;

/// Rows in memory. A cell `^` is the copy of the merged cell above, `<` of the one on the left.
struct Sheet {
    rows: Vec<Row>,
    at: usize,
}

impl Rows for Sheet {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TableError> {
        let Some(next) = self.rows.get(self.at) else {
            return Ok(false);
        };
        row.clone_from(next);
        self.at += 1;
        Ok(true)
    }
}

/// One line a row, cells between `|`.
fn sheet(text: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for line in text.lines().skip(1) {
        let mut row = Row::new(rows.len() as u64 + 1);
        for (column, cell) in line.trim().split('|').enumerate() {
            match cell.trim() {
                "^" => {
                    let above = rows.last().unwrap().get(column).to_owned();
                    row.push(&above, CellKind::Filled);
                }
                "<" => {
                    let left = row.get(column - 1).to_owned();
                    row.push(&left, CellKind::Filled);
                }
                cell => row.push(cell, CellKind::Text),
            }
        }
        rows.push(row);
    }
    rows
}

/// What the address, code and codebook rooms will say, as far as these tests need it.
fn fits(field: Field, header: &str, text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match field {
        Field::Unit => text.len() <= 8 && digits(text.trim_end_matches('室')),
        Field::Entrance => text.len() <= 8 && digits(text.trim_end_matches("单元")),
        Field::Building => digits(text.trim_end_matches(['栋', '号', '楼'])),
        Field::Address => {
            let parts: Vec<&str> = text.split(['-', '栋', '元', '室', '单']).collect();
            parts.iter().filter(|part| digits(part)).count() >= 2
        }
        Field::GridCode => is_code(text),
        Field::ResidentType => ["常住", "流动", "户籍人口"]
            .iter()
            .any(|word| text.contains(word)),
        Field::Tenure if header == "住所类型" => matches!(text, "01" | "02" | "06" | "借住"),
        Field::Tenure => ["自住", "租", "自购"]
            .iter()
            .any(|word| text.contains(word)),
        Field::HouseholdId => digits(text),
        _ => true,
    }
}

/// `803Aa7`, without asking the code room.
fn is_code(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let letters = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len() && matches!(letters, "Aa" | "Ab" | "Ba" | "Bb")
}

struct Found {
    table: Table<'static>,
    rows: Vec<(RowKind, Row)>,
}

fn detect(
    rows: Vec<Row>,
    set: impl FnOnce(&mut LayoutOptions<'static>),
) -> Result<Found, TableError> {
    let mut options = LayoutOptions::new(&fits);
    set(&mut options);
    let mut table = Table::detect(Box::new(Sheet { rows, at: 0 }), &options)?;
    let mut rows = Vec::new();
    let mut row = Row::default();
    while let Some(kind) = table.next(&mut row)? {
        rows.push((kind, row.clone()));
    }
    Ok(Found { table, rows })
}

fn find(text: &str) -> Found {
    detect(sheet(text), |_| {}).unwrap()
}

fn error(text: &str) -> TableError {
    detect(sheet(text), |_| {}).err().unwrap()
}

impl Found {
    /// One letter a row: T title, H header, I instruction, E example, R repeated header, - blank, S total, C section heading, N note, D data.
    fn kinds(&self) -> String {
        let letter = |kind: RowKind| match kind {
            RowKind::Title => 'T',
            RowKind::Header => 'H',
            RowKind::Instruction => 'I',
            RowKind::Example => 'E',
            RowKind::RepeatedHeader => 'R',
            RowKind::Blank => '-',
            RowKind::Total => 'S',
            RowKind::Section => 'C',
            RowKind::Note => 'N',
            RowKind::Data => 'D',
        };
        self.rows.iter().map(|(kind, _)| letter(*kind)).collect()
    }

    /// `A=building C=unit`.
    fn fields(&self) -> String {
        let columns = self.table.columns().iter().enumerate();
        let known = columns.filter_map(|(index, column)| {
            let letters = gridcode::row::column_letters(index);
            Some(format!("{letters}={}", column.field?.key()))
        });
        known.collect::<Vec<_>>().join(" ")
    }

    fn column(&self, field: Field) -> Vec<&str> {
        let column = self.table.columns().of(field).unwrap();
        let data = self.rows.iter().filter(|(kind, _)| *kind == RowKind::Data);
        data.map(|(_, row)| row.get(column)).collect()
    }

    fn said(&self, words: &str) -> bool {
        let mut notes = self.table.notes().iter();
        notes.any(|note| note.get(Lang::Zh).contains(words) || note.get(Lang::En).contains(words))
    }
}

#[test]
fn titles_above_do_not_hide_the_header() {
    let found = find(
        "
        翠竹园社区住户信息登记表|<|<|<
        单位：翠竹园社区||填表日期：2024年3月|
        |||
        楼栋|单元|房号|姓名
        3栋|1|803|甲
        3栋|1|804|乙",
    );
    assert_eq!(found.kinds(), "TT-HDD");
    assert_eq!(found.fields(), "A=building B=entrance C=unit D=name");
    assert_eq!(found.table.header_rows(), (4, 4));
    assert!(found.said("第4行是表头：楼栋、单元、房号、姓名"));
    assert!(found.said("header found in row 4: 楼栋=building"));
}

#[test]
fn a_header_of_two_merged_rows_is_joined() {
    let found = find(
        "
        住户表|<|<|<|<|<
        序号|房屋信息|<|<|户主信息|<
        ^|楼栋|单元|房号|姓名|身份证号
        1|3栋|1|803|甲|x
        2|3栋|1|804|乙|x",
    );
    assert_eq!(found.kinds(), "THHDD");
    assert_eq!(
        found.fields(),
        "B=building C=entrance D=unit E=head-name F=head-id"
    );
    assert_eq!(found.table.columns().header(0), "序号");
    assert_eq!(found.table.columns().header(3), "房屋信息/房号");
}

#[test]
fn a_header_of_two_rows_without_merge_marks_is_joined_too() {
    let found = find(
        "
        序号,|房屋信息|||联系方式||备注
        |楼栋|单元|房号|手机|座机|
        1|3栋|1|803|1|2|
        2|3栋|1|804|1|2|",
    );
    assert_eq!(found.kinds(), "HHDD");
    assert_eq!(found.table.columns().header(2), "房屋信息/单元");
    assert_eq!(found.table.columns().header(6), "备注");
    assert_eq!(found.fields(), "B=building C=entrance D=unit E=phone");
    assert!(found.said("座机"));
}

#[test]
fn a_group_can_be_divided_below_the_row_with_most_headers() {
    let found = find(
        "
        楼栋|单元|房号|姓名|特殊人群||
        ||||低保|残疾|优抚
        3栋|1|803|甲||是|
        3栋|1|804|乙|是||",
    );
    assert_eq!(found.kinds(), "HHDD");
    assert_eq!(found.table.columns().header(5), "特殊人群/残疾");
}

#[test]
fn a_header_of_three_rows_is_joined() {
    let found = find(
        "
        基本情况|<|<|<|人员|<
        坐落|<|<|面积|^|^
        楼栋|单元|房号|^|姓名|性别
        3栋|1|803|90|甲|男",
    );
    assert_eq!(found.kinds(), "HHHD");
    assert_eq!(found.table.columns().header(0), "基本情况/坐落/楼栋");
    assert_eq!(found.fields(), "A=building B=entrance C=unit E=name F=sex");
}

#[test]
fn numbers_instructions_and_examples_below_the_header_are_not_households() {
    for row in [
        "(1)|(2)|(3)|(4)",
        "-1|-2|-3|-4",
        "1|2|3|4",
        "甲|乙|1|2",
        "①|②|③|④",
    ] {
        let found = find(&format!(
            "
            楼栋|单元|房号|姓名
            {row}
            3栋|1|803|甲"
        ));
        assert_eq!(found.kinds(), "HID", "{row}");
    }
    let found = find(
        "
        *楼栋|单元|*房号|*姓名
        必填|选填|必填，如803|必填，真实姓名
        下拉选择|||
        示例|1|801|张三
        3栋|1|803|甲
        3栋|1|804|示例",
    );
    assert_eq!(found.kinds(), "HIIEDD");
    let found = find(
        "
        Building|Stair|Room|Name
        required|optional|required|required
        example|1|801|x
        3|1|803|x",
    );
    assert_eq!(found.kinds(), "HIED");
}

#[test]
fn a_household_of_low_numbers_is_not_a_row_of_numbers() {
    let found = find(
        "
        楼栋|单元|房号|姓名
        1|2|3|
        1|2|4|甲",
    );
    assert_eq!(found.kinds(), "HDD");
}

#[test]
fn a_header_and_title_that_come_again_are_told_from_data() {
    let found = find(
        "
        住户表|<|<|<
        楼栋|单元|房 号|姓名
        (1)|(2)|(3)|(4)
        3栋|1|803|甲
        住户表|<|<|<
        楼栋|单元|房号|姓名
        (1)|(2)|(3)|(4)
        3栋|1|804|乙
        栋号|单元号|房间号|户主
        3栋|1|805|丙",
    );
    assert_eq!(found.kinds(), "THIDTRIDDD");
    assert!(found.said("row 9 looks like the header of another table"));
}

#[test]
fn sums_blanks_and_remarks_are_told_from_data() {
    let found = find(
        "
        序号|楼栋|单元|房号|姓名
        1|3栋|1|803|甲
        |3栋小计||1|

        2|4栋|1|801|乙
        3||||
        合 计|||2|
        ||||
        说明：1、本表一式两份。
        2、每月5日前报社区，逾期不候
        填表人：某某||审核人：某某||日期：2024-3-1",
    );
    assert_eq!(found.kinds(), "HDS-D-S-NNN");
}

#[test]
fn a_row_with_a_unit_is_never_a_remark() {
    let found = find(
        "
        房号|姓名|备注
        803|甲|

        804||
        说明：见下||
        805||注：空
        |丙|备注：没有房号
        806",
    );
    assert_eq!(found.kinds(), "HD-DNDDD");
}

#[test]
fn text_beside_the_table_is_left_out_of_it() {
    let found = find(
        "
        楼号|单元|房号|||说明 请一定看下面说明
        3|1|803|||1、楼号填数字
        3|1|804|||
        |||||2、房号不要带“室”",
    );
    assert_eq!(found.kinds(), "HDDN");
    assert_eq!(found.table.columns().len(), 3);
    assert_eq!(found.table.remarks_from(), Some(5));
    assert_eq!(found.rows[1].1.get(5), "1、楼号填数字");
}

#[test]
fn a_cell_too_many_is_not_a_remark() {
    let found = find(
        "
        楼号|单元|房号
        3|1|803
        3|1|804|x",
    );
    assert_eq!(found.table.remarks_from(), None);
    assert_eq!(found.kinds(), "HDD");
}

#[test]
fn a_blank_header_does_not_end_the_table() {
    let found = find(
        "
        |楼栋||房号|姓名
        |3栋|x|803|甲",
    );
    assert_eq!(found.fields(), "B=building D=unit E=name");
    assert_eq!(found.table.columns().len(), 5);
}

#[test]
fn values_written_once_per_group_are_filled() {
    let found = find(
        "
        社区|楼栋|单元|房号
        翠竹园|3栋|1单元|101
        |||102
        |||201
        ||2单元|101
        |||102
        |4栋||101
        |||102
        ||2单元|101
        |||102",
    );
    assert_eq!(found.column(Field::Community), ["翠竹园"; 9]);
    assert_eq!(
        found.column(Field::Building),
        [
            "3栋", "3栋", "3栋", "3栋", "3栋", "4栋", "4栋", "4栋", "4栋"
        ]
    );
    assert_eq!(
        found.column(Field::Entrance),
        [
            "1单元", "1单元", "1单元", "2单元", "2单元", "", "", "2单元", "2单元"
        ]
    );
    assert_eq!(found.rows[2].1.kind(1), CellKind::Carried);
    assert_eq!(found.rows[1].1.kind(1), CellKind::Text);
    assert!(found.said("B“楼栋”每组只写一次"));
}

#[test]
fn a_lone_blank_is_a_missing_value() {
    let found = find(
        "
        楼栋|单元|房号
        3栋|1|101
        3栋|1|102
        |1|201
        3栋||202
        4栋|1|101
        4栋|1|102",
    );
    assert_eq!(found.column(Field::Building)[2], "");
    assert_eq!(found.column(Field::Entrance)[3], "");
    assert!(!found.said("filled from above"));
}

#[test]
fn cells_that_are_merged_in_the_file_are_left_alone() {
    let found = find(
        "
        楼栋|单元|房号
        3栋|1|101
        ^|1|102
        ^|1|201
        |1|202
        |1|301
        |1|302",
    );
    assert_eq!(
        found.column(Field::Building),
        ["3栋", "3栋", "3栋", "", "", ""]
    );
}

#[test]
fn a_resident_in_a_merged_household_is_data_even_with_nothing_but_a_name() {
    let found = find(
        "
        楼栋|单元|房号|姓名|性别
        1|1|101|甲|男
        ^|^|^|乙|
        ^|^|^||
        1|1|1|丙|女
        ^|^|^|丁|",
    );
    assert_eq!(found.kinds(), "HDD-DD");
}

#[test]
fn a_heading_across_the_table_is_no_household() {
    let found = find(
        "
        楼栋|单元|房号|姓名
        第一网格|<|<|<
        3栋|1|101|甲
        第二网格|<|<|<
        4栋|1|101|乙",
    );
    assert_eq!(found.kinds(), "HNDND");
}

#[test]
fn a_line_of_particulars_is_not_taken_for_the_header() {
    let found = find(
        "
        社区|翠竹园|楼栋|3栋|网格|5
        楼栋|单元|房号|姓名|性别|年龄
        3栋|1|101|甲|男|40",
    );
    assert_eq!(found.kinds(), "THD");
}

#[test]
fn a_heading_inside_the_table_is_told_and_carried_into_blank_columns() {
    let found = find(
        "
        社区|楼栋|房号|姓名
        甲社区|1栋|101|甲
        乙社区|||
        |1栋|101|乙
        |1栋|102|丙
        3号楼|||
        ||201|丁
        |5栋|201|戊
        ||202|己",
    );
    assert_eq!(found.kinds(), "HDCDDCDDD");
    assert_eq!(
        found.column(Field::Community),
        ["甲社区", "乙社区", "乙社区", "乙社区", "乙社区", "乙社区"]
    );
    assert_eq!(
        found.column(Field::Building),
        ["1栋", "1栋", "1栋", "3号楼", "5栋", ""]
    );
    assert!(found.said("第3行等 2 行是分段标题"));

    let found = find(
        "
        楼栋|房号|姓名
        1栋|101|甲
        乙社区||
        1栋|101|乙
        住址：3栋2单元803||
        |102|丙",
    );
    assert_eq!(found.kinds(), "HDCDCD");
    assert!(
        found.said("没有可接收“社区”的列"),
        "{:?}",
        found.table.notes()
    );
    assert_eq!(found.column(Field::Building)[2], "");
}

#[test]
fn a_row_that_may_be_a_household_is_no_section() {
    let found = find(
        "
        房号|楼栋|姓名|序号
        101|1栋|甲|1
        |3栋||2
        102|||
        ||李村|
        3-2-803|||",
    );
    assert_eq!(found.kinds(), "HDDDDD");
}

#[test]
fn counts_in_words_are_sums() {
    for row in [
        "共|1|户",
        "共 12 户||",
        "合计：12户||",
        "户数合计||12",
        "|共计12户|",
        "总人数：30人||",
    ] {
        let found = find(&format!(
            "
            楼栋|房号|姓名
            1栋|101|甲
            {row}"
        ));
        assert_eq!(found.kinds(), "HDS", "{row}");
    }
    let found = find(
        "
        楼栋|房号|姓名
        共青楼|101|甲
        共和小区3栋|102|乙",
    );
    assert_eq!(found.kinds(), "HDD");
}

#[test]
fn nothing_is_carried_past_a_sum() {
    let found = find(
        "
        楼栋|房号|姓名
        3栋|101|甲
        |102|乙
        |201|乙
        3栋小计|3|
        |101|丙
        4栋|101|丁
        |102|丁",
    );
    assert_eq!(found.kinds(), "HDDDSDDD");
    assert_eq!(
        found.column(Field::Building),
        ["3栋", "3栋", "3栋", "", "4栋", "4栋"]
    );
}

#[test]
fn a_unit_left_blank_is_left_to_those_who_know_households() {
    let found = find(
        "
        楼栋|房号|姓名|与户主关系
        3栋|101|甲|户主
        ||乙|妻
        ||丙|子
        |102|丁|户主
        ||戊|子
        ||己|户主
        ||庚|子
        |103|辛|户主
        |104|壬|户主
        |105|癸|户主
        |201|子|户主
        |202|丑|户主
        |203|寅|户主
        |204|卯|户主
        |205|辰|户主
        |206|巳|户主",
    );
    let units = found.column(Field::Unit);
    assert_eq!(units[..7], ["101", "", "", "102", "", "", ""]);
    assert_eq!(found.column(Field::Building), ["3栋"; 16]);
}

#[test]
fn a_header_of_two_meanings_is_taken_only_where_its_values_fit() {
    let found = find(
        "
        房号|房屋类型|类型
        803|自住|常住人口
        804|出租|流动人口
        805|商铺|常住人口",
    );
    assert_eq!(found.fields(), "A=unit B=tenure C=resident");
    let found = find(
        "
        楼栋|房号|房屋类型
        3栋|803|商品房
        3栋|804|安置房",
    );
    assert_eq!(found.fields(), "A=building B=unit");
    assert!(found.said(
        "C“房屋类型”未作为住房性质：该列的值对不上，如 C2；确是住房性质时请加 --map tenure=C"
    ));
}

#[test]
fn coded_values_fit_under_the_header_that_lists_them() {
    let found = find(
        "
        房号|住所类型
        803|01
        804|06
        805|借住",
    );
    assert_eq!(found.fields(), "A=unit B=tenure");
    let found = find(
        "
        房号|住房类型
        803|01
        804|02",
    );
    assert_eq!(found.fields(), "A=unit");
    let found = find(
        "
        房号|住所类型
        803|1
        804|2",
    );
    assert_eq!(found.fields(), "A=unit");
    assert!(found.said("B2 等格的编码似乎丢了前面的 0"));
    assert!(found.said("from B2 on the codes seem to have lost their leading zero"));
}

#[test]
fn a_column_left_aside_names_the_surer_one() {
    let found = find(
        "
        房号|是否出租|房屋类型
        803|租|自住
        804|租|自住",
    );
    assert_eq!(found.fields(), "A=unit B=tenure");
    assert!(found.said(
        "C“房屋类型”未作为住房性质：已取自更确定的B“是否出租”；要改用此列，请加 --map tenure=C"
    ));
    assert!(found.said("the surer column B“是否出租” holds it"));
}

#[test]
fn a_number_of_the_register_is_no_room_where_the_address_says_which() {
    let found = find(
        "
        房屋编号|房屋地址|承租人姓名
        CZ001|3栋2单元803室|甲
        CZ002|3栋2单元804室|乙",
    );
    assert_eq!(found.fields(), "B=address C=name");
    assert!(
        found.said(
            "A“房屋编号”未作为房号：像是登记用的编号，房号在地址里；确是房号时请加 --map unit=A"
        ),
        "{:?}",
        found.table.notes()
    );
    let found = find(
        "
        房屋编号|房屋地址|承租人姓名
        803|3栋2单元|甲
        804|3栋2单元|乙",
    );
    assert_eq!(found.fields(), "A=unit B=address C=name");
}

#[test]
fn a_heading_that_names_its_form_is_a_place_all_the_same() {
    let found = find(
        "
        1栋1单元住户登记表|<|<
        房号|户主|网格编码
        101|甲|101Aa
        小计|1户|
        ||
        1栋2单元住户登记表|<|<
        房号|户主|网格编码
        101|乙|101Aa
        2栋居民花名册|<|<
        101|丙|101Aa",
    );
    assert_eq!(found.kinds(), "THDS-CRDCD");
    assert!(
        found.said("没有可接收“地址”的列，请加一列"),
        "{:?}",
        found.table.notes()
    );
    assert!(found.said("没有可接收“楼栋”的列，请加一列"));
}

#[test]
fn a_sum_of_a_building_with_a_letter_is_a_sum() {
    let found = find(
        "
        楼栋|房号|人数
        A座|101|3
        A座小计||3
        B座|101|2
        B座 合计：||2",
    );
    assert_eq!(found.kinds(), "HDSDS");
}

#[test]
fn the_tables_of_the_national_standard_are_read_by_their_headers() {
    for header in ["现住门（楼）详址", "现住门楼详址", "现住地详址", "现住址"]
    {
        let found = find(&format!(
            "
            公民身份号码|姓名|户籍地|户籍门（楼）详址|现住地|{header}|人户一致标识|户号|户主公民身份号码|户主姓名|与户主关系|户主联系方式
            x|甲|340104|3-1-803|340104|3-1-803|01|001|x|甲|01|1"
        ));
        assert_eq!(
            found.fields(),
            "A=id B=name F=address H=household-id I=head-id J=head-name K=relation L=phone",
            "{header}"
        );
    }
    let found = find(
        "
        房屋编号|房屋地址|建筑用途|房主姓名|房主联系方式|房主现居详址|出租用途|承租人身份号码|承租人姓名|承租人联系方式
        X|3-1-803|01|甲|1|9-9-909|02|x|乙|2",
    );
    assert_eq!(found.fields(), "B=address H=id I=name J=phone");
}

#[test]
fn a_door_number_or_room_may_be_a_whole_address() {
    for header in ["房屋", "门牌号", "房号", "房屋编号", "房间"] {
        let found = find(&format!(
            "
            {header}|姓名
            1-1-1001|甲
            1-1-1002|乙"
        ));
        assert_eq!(found.fields(), "A=address B=name", "{header}");
        let found = find(&format!(
            "
            {header}|姓名
            1001|甲
            1002|乙"
        ));
        assert_eq!(found.fields(), "A=unit B=name", "{header}");
    }
    let found = find(
        "
        楼号、单元、房间号|户主姓名
        3栋2单元803|甲",
    );
    assert_eq!(found.fields(), "A=address B=head-name");
}

#[test]
fn the_english_unit_is_a_room_unless_there_is_one() {
    let found = find(
        "
        Building|Unit|Resident Type
        3|803|常住
        3|804|流动",
    );
    assert_eq!(found.fields(), "A=building B=unit C=resident");
    let found = find(
        "
        Building|Unit|Room
        3|2|803
        3|1|804",
    );
    assert_eq!(found.fields(), "A=building B=entrance C=unit");
}

#[test]
fn the_register_and_other_people_are_carried_along() {
    let found = find(
        "
        住址|户籍地址|姓名|户主姓名|身份证号|户主身份证号|网格员|网格员电话
        3-1-803|外地|甲|乙|x|x|x|x",
    );
    assert_eq!(
        found.fields(),
        "A=address C=name D=head-name E=id F=head-id"
    );
}

#[test]
fn two_columns_for_a_key_are_refused_unless_the_user_chooses() {
    let text = "
        住户表|
        楼栋|房号|室号
        3栋|803|804
        3栋|805|806";
    let error = error(text);
    assert!(
        matches!(&error, TableError::TwoColumns { field: Field::Unit, first, second, side_by_side: false } if first == "B2" && second == "C2")
    );
    assert!(
        error
            .message()
            .zh
            .contains("B2 和 C2 两列都是房号；请用 --map unit=B")
    );
    let found = detect(sheet(text), |options| {
        options.map.push((Field::Unit, ColumnRef::parse("室号")));
    });
    assert_eq!(found.unwrap().fields(), "A=building C=unit");
}

#[test]
fn of_two_columns_the_one_with_fitting_values_is_taken() {
    let found = find(
        "
        楼栋|房号|房间
        3栋|803|主卧
        3栋|805|次卧",
    );
    assert_eq!(found.fields(), "A=building B=unit");
    assert!(found.said("means the same and is not used"));
    let found = find(
        "
        房号|姓名|电话|手机
        803|甲|1|2",
    );
    assert_eq!(found.fields(), "A=unit B=name C=phone");
}

#[test]
fn the_user_names_columns_by_header_letter_or_number() {
    let text = "
        楼幢甲|门户|Age
        3|803|40
        3|804|50";
    for (building, unit) in [("楼幢甲", "门户"), ("A", "B"), ("1", "2")] {
        let found = detect(sheet(text), |options| {
            options
                .map
                .push((Field::Building, ColumnRef::parse(building)));
            options.map.push((Field::Unit, ColumnRef::parse(unit)));
        });
        let found = found.unwrap();
        assert_eq!(found.fields(), "A=building B=unit C=age");
        assert_eq!(found.kinds(), "HDD");
    }
    let found = detect(sheet(text), |options| {
        options.header_row = Some(1);
        options
            .map
            .push((Field::Residents, ColumnRef::parse("age")));
        options.map.push((Field::Unit, ColumnRef::At(1)));
    });
    assert_eq!(found.unwrap().fields(), "B=unit C=residents");
}

#[test]
fn a_column_or_row_that_is_not_there_is_named() {
    let text = "
        楼栋|房号
        3|803";
    let error = detect(sheet(text), |options| {
        options
            .map
            .push((Field::Tenure, ColumnRef::parse("房屋性质")));
    });
    let error = error.err().unwrap();
    assert_eq!(
        error.message().zh,
        "指定为住房性质的列“房屋性质”不存在；表中的列有：A“楼栋”、B“房号”"
    );
    let error = detect(sheet(text), |options| options.header_row = Some(9));
    assert_eq!(
        error.err().unwrap().to_string(),
        "the header row was said to be 9, but the sheet ends at row 2"
    );
}

#[test]
fn a_sheet_without_table_is_told_from_one_that_cannot_be_read() {
    assert!(matches!(error(""), TableError::NoTable { rows: 0, .. }));
    let instructions = "
        注意事项|
        1、导入前请记得删除第二行的注释|
        楼栋|必填，如3栋
        房号|必填，如803
        网格编码|选填，如803Aa7
        姓名|必填，真实姓名";
    assert!(matches!(
        error(instructions),
        TableError::NoTable { rows: 6, .. }
    ));
    let headless = "
        3栋|1单元|803|甲
        3栋|1单元|804|户主";
    let error = error(headless);
    assert!(matches!(error, TableError::NoTable { rows: 2, .. }));
    let options = "--no-headers --map building=A --map entrance=B --map unit=C";
    assert!(
        error.message().zh.contains(options),
        "{}",
        error.message().zh
    );
    assert!(error.message().en.ends_with(options));
}

#[test]
fn bare_numbers_without_header_are_guessed_in_the_order_of_a_door() {
    for (text, options) in [
        (
            "
            1|1|101|张一|常住人口|自购房
            1|2|102|李二|流动人口|出租房",
            "--map building=A --map entrance=B --map unit=C --map name=D --map resident=E --map tenure=F",
        ),
        (
            "
            1|3|803
            2|3|804
            3|4|101",
            "--map building=B --map unit=C",
        ),
        (
            "
            803Aa7|x
            804Ab|x",
            "--map code=A",
        ),
    ] {
        let said = error(text).to_string();
        assert!(said.ends_with(&format!("--no-headers {options}")), "{said}");
    }
}

#[test]
fn a_plan_of_the_floors_is_not_taken_for_a_list_without_headers() {
    let error = error(
        "
        楼层|01室|02室
        2层|201Aa|202Bb
        1层|101Aa|102Ab",
    );
    let said = error.message();
    assert!(!said.zh.contains("--no-headers"), "{}", said.zh);
    assert!(said.zh.contains("不是住户表格"), "{}", said.zh);
}

#[test]
fn who_types_no_options_is_told_what_to_do_in_the_sheet() {
    let of_files = [
        "
        楼层|01室|02室
        2层|201Aa|202Bb",
        "
        3栋|1单元|803|甲
        3栋|1单元|804|户主",
        "
        小区|楼栋|户数
        翠竹园|3栋|40",
        "
        房号|房号|网格编码
        803|803|803Aa",
        "
        户号|姓名|性别
        1|甲|男",
    ];
    for text in of_files {
        let error = error(text);
        let said = error.message_for(Remedy::Sheet);
        for said in [said.zh, said.en] {
            assert!(!said.contains("--"), "{said}");
        }
    }
    let headless = error(of_files[1]).message_for(Remedy::Sheet);
    assert!(
        headless.zh.contains("插入一行") && headless.zh.contains("A列“楼栋”、B列“单元”、C列“房号”"),
        "{}",
        headless.zh
    );
    // What is told to be written is understood when it is.
    for field in Field::ALL {
        let header = field.label(Lang::Zh);
        let found = detect(
            sheet(&format!("\n房号|{header}|备注\n803|803|\n")),
            |options| {
                options.remedy = Remedy::Sheet;
            },
        );
        match found {
            Ok(found) => {
                let held = *field == Field::Unit || found.fields().contains(field.key());
                assert!(
                    held,
                    "{header}: {} {:?}",
                    found.fields(),
                    found.table.notes()
                );
                for note in found.table.notes() {
                    assert!(
                        !note.zh.contains("--") && !note.en.contains("--"),
                        "{note:?}"
                    );
                }
            }
            Err(error) => assert!(
                matches!(error, TableError::TwoColumns { .. }),
                "{header}: {error}"
            ),
        }
    }
}

#[test]
fn a_header_without_a_home_in_it_is_no_household_table() {
    let near = |error: &TableError| match error {
        TableError::NoTable {
            closest: Some(near),
            ..
        } => near.clone(),
        other => panic!("{other:?}"),
    };
    let summary = error(
        "
        小区|楼栋|户数
        翠竹园|3栋|40
        翠竹园|4栋|36",
    );
    assert_eq!(near(&summary).row, 1);
    assert_eq!(near(&summary).known.len(), 2);
    let said = summary.message();
    assert!(
        said.zh
            .contains("小区=小区、楼栋=楼栋，但没有房号、地址或网格编码列"),
        "{}",
        said.zh
    );
    assert!(said.en.contains("but no room, address or grid-code column"));

    let persons = error(
        "
        户号|姓名|与户主关系|身份证号
        001|甲|户主|x
        001|乙|子|x",
    );
    let said = persons.message();
    assert!(said.zh.contains("请先按户号并入房屋表"), "{}", said.zh);
    assert!(said.en.contains("joined with the house file"));

    let doubtful = error(
        "
        楼栋|房屋编号|姓名
        3栋|左边|甲
        3栋|右边|乙",
    );
    assert!(
        doubtful.message().zh.contains("B“房屋编号”未作为"),
        "{}",
        doubtful.message().zh
    );

    let wrong_row = detect(
        sheet(
            "
            楼栋|房号|姓名
            3栋|803|甲",
        ),
        |options| options.header_row = Some(2),
    );
    let wrong_row = wrong_row.err().unwrap();
    assert_eq!(near(&wrong_row).row, 2);
    assert!(wrong_row.message().zh.contains("第2行没有认得的列名"));

    let unmapped = detect(sheet("\n3栋|803|甲"), |options| options.no_headers = true);
    assert!(
        unmapped
            .err()
            .unwrap()
            .to_string()
            .contains("--map building=A --map unit=B")
    );
}

#[test]
fn the_row_that_came_closest_is_named() {
    let said = error(
        "
        说明|x
        房号|用途
        东边|住",
    )
    .message();
    assert!(said.zh.contains("--header-row 2"), "{}", said.zh);
    assert!(said.en.contains("--header-row 2"), "{}", said.en);
}

#[test]
fn two_tables_side_by_side_are_told() {
    let text = "
        楼栋|房号|姓名||楼栋|房号|姓名
        1|101|甲||2|101|乙
        1|102|丙||2|102|丁";
    let said = error(text).message();
    assert!(
        said.zh.contains("有两张表左右并排（A1 和 E1 都是楼栋）"),
        "{}",
        said.zh
    );
    assert!(said.en.contains("side by side"));
    let found = detect(sheet(text), |options| {
        for (field, column) in [(Field::Building, "A"), (Field::Unit, "B")] {
            options.map.push((field, ColumnRef::parse(column)));
        }
    });
    let found = found.unwrap();
    assert!(found.said("E“楼栋”、F“房号”与 --map 指明的列同义，不读取"));
}

#[test]
fn a_list_of_codes_needs_no_other_column() {
    for header in ["网格编码", "网格密码", "grid code", "编码"] {
        let found = find(&format!(
            "
            {header}
            803Aa7
            606Aa5
            bad1"
        ));
        assert_eq!(found.fields(), "A=code", "{header}");
        assert_eq!(found.kinds(), "HDDD");
    }
}

#[test]
fn a_table_without_headers_is_read_by_letters() {
    let found = detect(
        sheet(
            "
            803Aa7|x
            606Aa5|x

            805Ab|x",
        ),
        |options| {
            options.no_headers = true;
            options.map.push((Field::GridCode, ColumnRef::parse("A")));
        },
    );
    let found = found.unwrap();
    assert_eq!(found.kinds(), "DD-D");
    assert_eq!(found.fields(), "A=code");
    assert_eq!(found.table.header_rows(), (0, 0));
    assert!(found.said("没有表头：A=网格编码"));
}

#[test]
fn a_header_sorted_into_the_middle_loses_no_household() {
    let found = find(
        "
        3栋|1|803|甲
        3栋|1|804|乙
        楼栋|单元|房号|姓名
        4栋|1|101|丙",
    );
    assert_eq!(found.kinds(), "DDHD");
}

#[test]
fn a_long_list_streams_on_after_the_sample() {
    let mut text = String::from("\n楼栋|单元|房号|姓名\n");
    for unit in 0..5_000 {
        if unit % 100 == 0 {
            writeln!(text, "{}栋|1|{}|x", unit / 100 + 1, unit + 100).unwrap();
        } else {
            writeln!(text, "||{}|x", unit + 100).unwrap();
        }
        if unit % 40 == 39 {
            text.push_str("楼栋|单元|房号|姓名\n");
        }
    }
    text.push_str("|||\n合计|||5000\n说明：完");
    let found = detect(sheet(&text), |_| {}).unwrap();
    let buildings = found.column(Field::Building);
    assert_eq!(buildings.len(), 5_000);
    assert_eq!(buildings[4_999], "50栋");
    assert_eq!(buildings[4_899], "49栋");
    assert!(
        found
            .column(Field::Entrance)
            .iter()
            .all(|&text| text == "1")
    );
    assert!(found.kinds().ends_with("D R-SN".replace(' ', "").as_str()));
    assert_eq!(found.table.sample().count(), 975);
}

#[test]
fn the_habit_ends_where_values_are_written_out_again() {
    let mut text = String::from("\n楼栋|房号\n");
    for unit in 0..1_500 {
        let building = if unit % 50 == 0 { "3栋" } else { "" };
        let building = if unit >= 1_200 && unit != 1_400 {
            "9栋"
        } else {
            building
        };
        writeln!(text, "{building}|{}", unit + 100).unwrap();
    }
    let found = detect(sheet(&text), |_| {}).unwrap();
    let buildings = found.column(Field::Building);
    assert_eq!(buildings[1_199], "3栋");
    assert_eq!(buildings[1_400], "3栋");
    assert_eq!(buildings[1_401], "9栋");
}

#[test]
fn every_kind_has_its_own_name_in_every_language() {
    for (index, kind) in RowKind::ALL.iter().enumerate() {
        for other in &RowKind::ALL[index + 1..] {
            assert_ne!(kind.key(), other.key());
            assert_ne!(kind.label(Lang::Zh), other.label(Lang::Zh));
            assert_ne!(kind.label(Lang::En), other.label(Lang::En));
        }
    }
}

#[test]
fn the_page_of_headers_is_fresh() {
    let page = gridcode::table::headers_page();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/headers.md");
    #[allow(
        clippy::disallowed_methods,
        reason = "whoever runs the tests asks for it"
    )]
    let update = std::env::var_os("UPDATE").is_some();
    if update {
        std::fs::write(path, &page).unwrap();
    }
    let kept = std::fs::read_to_string(path)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    assert!(
        kept == page,
        "docs/headers.md is stale; run the tests with UPDATE=1"
    );
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just(String::new()),
        4 => prop::sample::select(vec![
            "楼栋", "单元", "房号", "姓名", "网格编码", "房屋类型", "门牌号", "与户主关系", "序号", "房屋信息", "户主信息",
            "3栋", "4栋", "1单元", "803", "101", "803Aa7", "户主", "子", "自住", "合计", "小计", "说明：", "注：x", "示例",
            "必填", "(1)", "(2)", "1", "2", "3", "请在每月5日前报送社区，谢谢。", "\u{a0}", "\u{200b}", "*",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
    ]
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let cells = prop::collection::vec((cell(), 0..8_u8), 0..8);
    prop::collection::vec(cells, 0..25).prop_map(|rows| {
        let number = |index: usize| index as u64 + 1;
        let row = |(index, cells): (usize, Vec<(String, u8)>)| {
            let mut row = Row::new(number(index));
            for (text, kind) in cells {
                row.push(
                    &text,
                    if kind == 0 {
                        CellKind::Filled
                    } else {
                        CellKind::Text
                    },
                );
            }
            row
        };
        rows.into_iter().enumerate().map(row).collect()
    })
}

proptest! {
    #[test]
    fn every_row_comes_once_in_order_and_unchanged_but_for_fills(
        rows in rows(),
        header_row in prop::option::of(1..9_u64),
        no_headers: bool,
        map in prop::option::of("[A-F]"),
    ) {
        let found = detect(rows.clone(), |options| {
            options.header_row = header_row.filter(|&row| row <= rows.len() as u64);
            options.no_headers = no_headers;
            options.map.extend(map.map(|letter| (Field::Unit, ColumnRef::parse(&letter))));
        });
        let Ok(found) = found else { return Ok(()) };
        prop_assert_eq!(found.rows.len(), rows.len());
        for (before, (kind, after)) in rows.iter().zip(&found.rows) {
            prop_assert_eq!(before.number(), after.number());
            for column in 0..before.len().max(after.len()) {
                if before.get(column) != after.get(column) {
                    prop_assert_eq!(after.kind(column), CellKind::Carried);
                    let blank = before.get(column).chars().all(|c| c.is_whitespace() || c == '\u{200b}');
                    prop_assert!(blank);
                    prop_assert_eq!(*kind, RowKind::Data);
                }
            }
        }
    }

    #[test]
    fn a_plain_table_is_found_with_every_household_in_it(
        titles in 0..3_usize,
        units in prop::collection::vec((1..30_u32, 1..5_u32, 101..3500_u32), 1..40),
    ) {
        let mut rows: Vec<Row> = Vec::new();
        let add = |rows: &mut Vec<Row>, cells: &[&str]| {
            let number = rows.len() as u64 + 1;
            rows.push(Row::of(number, cells.iter().copied()));
        };
        for _ in 0..titles {
            add(&mut rows, &["翠竹园社区住户表"]);
        }
        add(&mut rows, &["楼栋", "单元", "房号", "姓名"]);
        for (building, entrance, unit) in &units {
            add(&mut rows, &[&format!("{building}栋"), &entrance.to_string(), &unit.to_string(), "x"]);
        }
        let found = detect(rows, |_| {}).unwrap();
        prop_assert_eq!(found.kinds(), "T".repeat(titles) + "H" + &"D".repeat(units.len()));
        prop_assert_eq!(found.fields(), "A=building B=entrance C=unit D=name");
    }
}
