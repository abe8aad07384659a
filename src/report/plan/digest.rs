//! A digest of what was divided and how: equal for the same communities and options, whatever the list looked like.

use std::fmt::Write as _;

use twox_hash::XxHash3_128;

use super::shape::{Community, Options};

/// The digest of all communities of a plan, as 32 hexadecimal digits.
#[must_use]
pub fn digest(options: &Options, communities: &[Community]) -> String {
    let mut text = format!("{options:?}");
    for community in communities {
        let Community {
            name,
            standard,
            blocks,
            links,
            is_chain,
            together,
            apart,
            previous,
            ..
        } = community;
        let _ = write!(
            text,
            "{name:?}{standard:?}{links:?}{is_chain}{together:?}{apart:?}{previous:?}"
        );
        for block in blocks {
            // The grid is what came out, not what went in.
            let input = super::shape::Block {
                grid: None,
                ..block.clone()
            };
            let _ = write!(text, "{input:?}");
        }
    }
    format!("{:032x}", XxHash3_128::oneshot(text.as_bytes()))
}
