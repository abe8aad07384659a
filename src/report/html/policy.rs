//! What the page may do: nothing but show its own style and run its own script, each known by its digest.

/// The page's style.
pub(super) const STYLE: &str = include_str!("style.css");
/// The page's script.
pub(super) const SCRIPT: &str = include_str!("script.js");

/// The SHA-256 of the style, as a policy names it.
const STYLE_DIGEST: &str = "AfWOShr07zjZTe9r43Uc7NOJV2RGFCU7ODSnTkq3CJY=";
/// The SHA-256 of the script.
const SCRIPT_DIGEST: &str = "vLDv1ioofCzoFqrVkBaeChlov8uYoz0rKOO88E4+ojo=";

/// The policy: whatever a list has in its cells, no browser loads anything for it, sends anything, or runs it.
pub(super) fn policy() -> String {
    format!(
        "default-src 'none'; style-src 'sha256-{STYLE_DIGEST}'; script-src 'sha256-{SCRIPT_DIGEST}'; base-uri 'none'; form-action 'none'"
    )
}

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};

    use super::*;

    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    fn base64(bytes: &[u8]) -> String {
        let mut text = String::new();
        for three in bytes.chunks(3) {
            let bits = (0..3).fold(0, |bits, at| {
                bits << 8 | u32::from(three.get(at).copied().unwrap_or(0))
            });
            for at in 0..4 {
                let digit = char::from(ALPHABET[(bits >> (18 - 6 * at)) as usize & 63]);
                text.push(if at > three.len() { '=' } else { digit });
            }
        }
        text
    }

    #[test]
    fn the_policy_knows_the_style_and_the_script() {
        assert_eq!(base64(b"gridcode"), "Z3JpZGNvZGU=");
        for (name, text, digest) in [
            ("STYLE_DIGEST", STYLE, STYLE_DIGEST),
            ("SCRIPT_DIGEST", SCRIPT, SCRIPT_DIGEST),
        ] {
            assert_eq!(
                base64(&Sha256::digest(text)),
                digest,
                "{name} is to be what stands left"
            );
        }
    }

    #[test]
    fn style_and_script_fetch_nothing_and_cannot_end_their_element() {
        for text in [STYLE, SCRIPT] {
            for word in [
                "http:",
                "https:",
                "url(",
                "@import",
                "</",
                "<!--",
                "fetch(",
                "innerHTML",
                "eval(",
            ] {
                assert!(!text.contains(word), "{word}");
            }
        }
    }
}
