//! Which data rows are at fault: a bit each, since what is wrong with a household may stand in any of its rows.

/// Rows with at least one error, by the number of the data row.
#[derive(Debug, Default)]
pub(super) struct WrongRows {
    words: Vec<u64>,
    count: u64,
}

impl WrongRows {
    pub(super) fn insert(&mut self, record: u64) {
        let Ok(at) = usize::try_from(record / 64) else {
            return;
        };
        if at >= self.words.len() {
            self.words.resize(at + 1, 0);
        }
        let bit = 1 << (record % 64);
        if let Some(word) = self.words.get_mut(at) {
            self.count += u64::from(*word & bit == 0);
            *word |= bit;
        }
    }

    /// How many there are.
    pub(super) fn count(&self) -> u64 {
        self.count
    }
}
