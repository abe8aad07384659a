//! Finds the bytes that end cells and lines, 64 at a time.

/// How many bytes are looked at together: as many as a mask has bits.
const BLOCK: usize = 64;

/// Steps from one sign to the next: each delimiter, quote, CR and LF of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Signs {
    /// Where the block begins that `mask` is about.
    base: usize,
    /// The signs of the block that are still to come.
    mask: u64,
}

impl Signs {
    /// The signs of a text at or after a place. The delimiter is not the zero byte.
    #[inline]
    pub(crate) fn at(base: usize, bytes: &[u8], delimiter: u8) -> Self {
        let mask = mask_at(bytes, base, delimiter);
        Self { base, mask }
    }

    /// Where the next sign of the same text is; `None` after the last.
    #[inline]
    pub(crate) fn next(&mut self, bytes: &[u8], delimiter: u8) -> Option<usize> {
        while self.mask == 0 {
            if self.base + BLOCK >= bytes.len() {
                return None;
            }
            *self = Self::at(self.base + BLOCK, bytes, delimiter);
        }
        let at = self.base + self.mask.trailing_zeros() as usize;
        self.mask &= self.mask - 1;
        Some(at)
    }
}

/// The signs of the block that begins at a place; the last one of a text may be shorter.
// A call costs little beside the work, and lets what goes on around it stay in registers.
#[inline(never)]
fn mask_at(bytes: &[u8], at: usize, delimiter: u8) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    if let Some(block) = rest.first_chunk() {
        return mask(block, delimiter);
    }
    let mut block = [0; BLOCK];
    for (to, from) in block.iter_mut().zip(rest) {
        *to = *from;
    }
    mask(&block, delimiter)
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
            for from in [0, from.index(bytes.len() + 1)] {
                let mut signs = Signs::at(from, bytes, delimiter);
                let found: Vec<_> = std::iter::from_fn(|| signs.next(bytes, delimiter)).collect();
                prop_assert_eq!(found, (from..bytes.len()).filter(is_sign).collect::<Vec<_>>());
            }
        }
    }
}
