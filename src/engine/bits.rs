//! Bits one after the other.

/// Bits in bytes, highest first: written where there were none, else read.
#[derive(Debug, Default)]
pub struct Bits {
    /// The bytes that hold them.
    pub bytes: Vec<u8>,
    /// How many have passed.
    pub at: usize,
    reads: bool,
}

impl Bits {
    /// Bits to read.
    pub fn of(bytes: Vec<u8>) -> Self {
        Self { bytes, at: 0, reads: true }
    }

    /// Writes the lowest bits of a value, or reads as many; `None` where there are no more to read.
    pub fn pass(&mut self, value: u64, width: usize) -> Option<u64> {
        let mut passed = 0;
        for place in (0..width).rev() {
            let (byte, mask) = (self.at / 8, 0x80 >> (self.at % 8));
            if !self.reads {
                self.bytes.resize(byte + 1, 0);
                let bit = if value >> place & 1 == 1 { mask } else { 0 };
                self.bytes.last_mut().into_iter().for_each(|last| *last |= bit);
            }
            passed = passed << 1 | u64::from(self.bytes.get(byte)? & mask != 0);
            self.at += 1;
        }
        Some(passed)
    }
}
