//! `gridcode template`: a form to fill in.

use gridcode::Text;
use gridcode::household::Level;
use gridcode::table::Output as File;
use gridcode::template::{Sheet, Template};

use super::settings::codebook;
use crate::Outcome;
use crate::cli::{Form, LevelChoice};
use crate::failure::Failure;
use crate::interrupt;
use crate::output::Output;

pub fn run(args: &Form, output: &mut Output) -> Result<Outcome, Failure> {
    let book = codebook(&args.codebook)?;
    let level = match args.level {
        LevelChoice::Household => Level::Household,
        LevelChoice::Person => Level::Person,
    };
    let template = Template::new(level, output.lang(), &book);
    let path = &args.output;
    let name = path.display().to_string();
    let failed = |error| Failure::table(name.clone(), error);
    if path.as_os_str() == "-" {
        template.write(output.stdout()).map_err(failed)?;
        return Ok(Outcome::Sound);
    }
    if path
        .extension()
        .is_none_or(|end| !end.eq_ignore_ascii_case("xlsx"))
    {
        return Err(Failure::said(
            format!("登记表是 Excel 工作簿，文件名“{name}”应以 .xlsx 结尾"),
            format!("the form is a workbook: `{name}` has to end in .xlsx"),
        ));
    }
    // Somebody may have spent a week on it.
    if path.is_file() {
        return Err(Failure::said(
            format!("已有文件“{name}”，可能已经填写过，没有覆盖；请换一个文件名"),
            format!(
                "`{name}` is there already and may have been filled in: it was left as it is; name another file"
            ),
        ));
    }
    let mut file = File::create(path, &[]).map_err(failed)?;
    interrupt::unfinished(file.temporary());
    template.write(&mut file).map_err(failed)?;
    let kept = file.commit().map_err(failed);
    interrupt::unfinished(None);
    kept?;
    let guide = template.sheet_name(Sheet::Guide);
    output.note(&Text::new(
        format!(
            "登记表已写入“{name}”（{}）；填写办法见其中的“{guide}”",
            level.label(gridcode::Lang::Zh)
        ),
        format!(
            "form written to `{name}`, {}; its sheet \"{guide}\" explains it",
            level.label(gridcode::Lang::En)
        ),
    ));
    Ok(Outcome::Sound)
}
