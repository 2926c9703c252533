//! Numbers out of a byte slice, at a place that may lie outside it: `None` then, never a panic.

/// The `N` bytes at `at`.
pub(super) fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

/// A big-endian number of 16 bits.
pub(super) fn be_u16(bytes: &[u8], at: usize) -> Option<u16> {
    array(bytes, at).map(u16::from_be_bytes)
}

/// A big-endian number of 32 bits.
pub(super) fn be_u32(bytes: &[u8], at: usize) -> Option<u32> {
    array(bytes, at).map(u32::from_be_bytes)
}

/// A big-endian number of 64 bits.
pub(super) fn be_u64(bytes: &[u8], at: usize) -> Option<u64> {
    array(bytes, at).map(u64::from_be_bytes)
}

/// A little-endian number of 16 bits.
pub(super) fn le_u16(bytes: &[u8], at: usize) -> Option<u16> {
    array(bytes, at).map(u16::from_le_bytes)
}

/// A little-endian number of 24 bits.
pub(super) fn le_u24(bytes: &[u8], at: usize) -> Option<u32> {
    array(bytes, at).map(|[low, mid, high]| u32::from_le_bytes([low, mid, high, 0]))
}

/// A little-endian number of 32 bits.
pub(super) fn le_u32(bytes: &[u8], at: usize) -> Option<u32> {
    array(bytes, at).map(u32::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_their_byte_order() {
        let bytes = [1, 2, 3, 4, 5, 6, 7, 8];
        assert_eq!(be_u16(&bytes, 1), Some(0x0203));
        assert_eq!(be_u32(&bytes, 4), Some(0x0506_0708));
        assert_eq!(be_u64(&bytes, 0), Some(0x0102_0304_0506_0708));
        assert_eq!(le_u16(&bytes, 1), Some(0x0302));
        assert_eq!(le_u24(&bytes, 5), Some(0x0008_0706));
        assert_eq!(le_u32(&bytes, 4), Some(0x0807_0605));
    }

    #[test]
    fn a_place_outside_gives_none() {
        let bytes = [1, 2, 3, 4];
        assert_eq!(be_u16(&bytes, 3), None);
        assert_eq!(be_u32(&bytes, 1), None);
        assert_eq!(be_u64(&bytes, 0), None);
        assert_eq!(le_u24(&bytes, 2), None);
        assert_eq!(le_u32(&bytes, usize::MAX), None);
    }
}
