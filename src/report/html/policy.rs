//! What a page may do: nothing but show its own style and run its own script, each known by its digest.

/// A style or a script, and its SHA-256 as a policy names it.
#[derive(Clone, Copy, Debug)]
pub(in crate::report) struct Known {
    pub(in crate::report) text: &'static str,
    pub(in crate::report) digest: &'static str,
}

/// The style of every page.
pub(in crate::report) const STYLE: Known = Known {
    text: include_str!("style.css"),
    digest: "AfWOShr07zjZTe9r43Uc7NOJV2RGFCU7ODSnTkq3CJY=",
};
/// The script of the page of a check.
pub(super) const SCRIPT: Known = Known {
    text: include_str!("script.js"),
    digest: "vLDv1ioofCzoFqrVkBaeChlov8uYoz0rKOO88E4+ojo=",
};

/// The policy: whatever a list has in its cells, no browser loads anything for it, sends anything, or runs it.
pub(super) fn policy(styles: &[Known], scripts: &[Known]) -> String {
    let digests = |known: &[Known]| {
        let known = known.iter();
        let digests = known.map(|known| format!(" 'sha256-{}'", known.digest));
        digests.collect::<String>()
    };
    format!(
        "default-src 'none'; style-src{}; script-src{}; base-uri 'none'; form-action 'none'",
        digests(styles),
        digests(scripts)
    )
}

#[cfg(test)]
pub(in crate::report) mod tests {
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
        assert_known(&[STYLE, SCRIPT]);
    }

    /// Each digest is that of its text, and no text fetches anything or ends its element.
    pub(in crate::report) fn assert_known(known: &[Known]) {
        for known in known {
            let digest = base64(&Sha256::digest(known.text));
            assert_eq!(digest, known.digest, "the digest is to be what stands left");
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
                assert!(!known.text.contains(word), "{word}");
            }
        }
    }
}
