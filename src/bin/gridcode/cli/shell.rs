//! What can be typed after `gridcode completions` and `gridcode man`.

use std::path::PathBuf;

use clap::Args;

use super::template;
use crate::language::t;

#[derive(Args, Debug)]
#[command(before_help = t(
    "示例：\n  gridcode completions powershell >> $PROFILE\n  gridcode completions bash > ~/.local/share/bash-completion/completions/gridcode",
    "Examples:\n  gridcode completions bash > ~/.local/share/bash-completion/completions/gridcode\n  gridcode completions powershell >> $PROFILE"
), help_template = template())]
pub struct Completions {
    #[arg(value_name = t("命令行", "SHELL"), help = t("bash、elvish、fish、powershell 或 zsh", "bash, elvish, fish, powershell or zsh"), hide_possible_values = true)]
    pub shell: clap_complete::Shell,
}

#[derive(Args, Debug)]
#[command(before_help = t(
    "示例：\n  gridcode man | man -l -\n  gridcode man ~/.local/share/man/man1",
    "Examples:\n  gridcode man | man -l -\n  gridcode man ~/.local/share/man/man1"
), help_template = template())]
pub struct Man {
    #[arg(value_name = t("文件夹", "DIR"), help = t("把每个命令的手册页写入此文件夹；不写则把总页输出到标准输出", "write a page per command into this folder; without it the main page goes to standard output"))]
    pub folder: Option<PathBuf>,
}
