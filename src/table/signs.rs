//! Finds the bytes that end cells and lines, 64 at a time.

/// How many bytes are looked at together: as many as a mask has bits.
const BLOCK: usize = 64;

/// Steps from one sign to the next: each delimiter, quote, CR and LF of a text.
#[derive(Debug)]
pub(crate) struct Signs<'t> {
    bytes: &'t [u8],
    delimiter: u8,
    /// Where the block begins that `mask` is about.
    base: usize,
    /// The signs of the block that are still to come.
    mask: u64,
}

impl<'t> Signs<'t> {
    /// The signs of a text from its first byte. The delimiter is not the zero byte.
    pub(crate) fn new(bytes: &'t [u8], delimiter: u8) -> Self {
        let mut signs = Self {
            bytes,
            delimiter,
            base: 0,
            mask: 0,
        };
        signs.go_to(0);
        signs
    }

    /// Goes on with the first sign at or after a place.
    pub(crate) fn go_to(&mut self, at: usize) {
        self.base = at;
        let rest = self.bytes.get(at..).unwrap_or_default();
        self.mask = if let Some(block) = rest.first_chunk() {
            mask(block, self.delimiter)
        } else {
            let mut block = [0; BLOCK];
            for (to, from) in block.iter_mut().zip(rest) {
                *to = *from;
            }
            mask(&block, self.delimiter)
        };
    }

    /// Where the next sign is; `None` after the last.
    #[inline]
    pub(crate) fn next(&mut self) -> Option<usize> {
        while self.mask == 0 {
            if self.base + BLOCK >= self.bytes.len() {
                return None;
            }
            self.go_to(self.base + BLOCK);
        }
        let at = self.base + self.mask.trailing_zeros() as usize;
        self.mask &= self.mask - 1;
        Some(at)
    }
}

/// One bit for each byte that is a sign, the first byte's lowest.
///
/// Written so that the compiler compares many bytes with one instruction.
#[inline]
fn mask(block: &[u8; BLOCK], delimiter: u8) -> u64 {
    let mut flags = [0_u8; BLOCK];
    for (flag, &byte) in flags.iter_mut().zip(block) {
        *flag = u8::from(byte == delimiter)
            | u8::from(byte == b'\n')
            | u8::from(byte == b'\r')
            | u8::from(byte == b'"');
    }
    let mut mask = 0;
    for eight in flags.as_chunks::<8>().0.iter().rev() {
        // The product moves the lowest bit of each byte into the highest byte, in their order.
        let bits = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        mask = mask << 8 | bits;
    }
    mask
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_sign_is_found_once_from_wherever_the_search_goes_on(
            text in r#"([a楼]{0,70}[,;"\r\n\t]){0,8}a{0,70}"#,
            delimiter in prop_oneof![Just(b','), Just(b'\t'), Just(b'|')],
            from in any::<proptest::sample::Index>(),
        ) {
            let bytes = text.as_bytes();
            let is_sign = |&at: &usize| bytes[at] == delimiter || b"\"\r\n".contains(&bytes[at]);
            let mut signs = Signs::new(bytes, delimiter);
            let found: Vec<_> = std::iter::from_fn(|| signs.next()).collect();
            prop_assert_eq!(found, (0..bytes.len()).filter(is_sign).collect::<Vec<_>>());
            let from = from.index(bytes.len() + 1);
            signs.go_to(from);
            let found: Vec<_> = std::iter::from_fn(|| signs.next()).collect();
            prop_assert_eq!(found, (from..bytes.len()).filter(is_sign).collect::<Vec<_>>());
        }
    }
}
