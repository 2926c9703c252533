//! Exif data: what a camera says of a photo. Of all of it the orientation alone changes how the photo looks.

use super::number;

/// Tag of the orientation, and the type of its value: one number of two bytes (Exif 2.3, 4.6.4; TIFF 6.0).
const ORIENTATION: (u16, u16) = (0x0112, 3);
/// Bytes of an entry of a TIFF directory.
const ENTRY: usize = 12;
/// The orientations that there are; 1 is upright.
const ORIENTATIONS: std::ops::RangeInclusive<u16> = 1..=8;

/// Exif data that say the orientation of others and nothing else; `None` where those say none, or that the photo lies upright.
/// `exif` begins with the header of TIFF.
pub(super) fn orientation_alone(exif: &[u8]) -> Option<Vec<u8>> {
    let orientation = orientation(exif).filter(|orientation| *orientation != 1)?;
    let (tag, kind) = ORIENTATION;
    // Big-endian, the first directory at 8: one entry, and no further directory.
    let mut alone = b"MM\0\x2a\0\0\0\x08\0\x01".to_vec();
    alone.extend([tag, kind].iter().flat_map(|number| number.to_be_bytes()));
    alone.extend([0, 0, 0, 1]);
    alone.extend(orientation.to_be_bytes());
    alone.extend([0; 6]);
    Some(alone)
}

/// The orientation that Exif data say, if it is one.
fn orientation(exif: &[u8]) -> Option<u16> {
    let is_big = match exif.get(..2)? {
        b"MM" => true,
        b"II" => false,
        _ => return None,
    };
    let read_u16 = |at| if is_big { number::be_u16(exif, at) } else { number::le_u16(exif, at) };
    let read_u32 = |at| if is_big { number::be_u32(exif, at) } else { number::le_u32(exif, at) };
    let directory = usize::try_from(read_u32(4)?).ok()?;
    let entries = usize::from(read_u16(directory)?);
    let places = (0..entries).map(|entry| directory.saturating_add(2 + entry * ENTRY));
    let found = places.take_while(|at| *at < exif.len()).find(|at| read_u16(*at) == Some(ORIENTATION.0))?;
    let is_short = read_u16(found + 2) == Some(ORIENTATION.1);
    read_u16(found + 8).filter(|orientation| is_short && ORIENTATIONS.contains(orientation))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Exif data with a camera's name and an orientation, by the order of their bytes.
    fn exif(is_big: bool, orientation: u16) -> Vec<u8> {
        let short = |number: u16| if is_big { number.to_be_bytes() } else { number.to_le_bytes() };
        let long = |number: u32| if is_big { number.to_be_bytes() } else { number.to_le_bytes() };
        let mut exif = if is_big { b"MM".to_vec() } else { b"II".to_vec() };
        exif.extend(short(42));
        exif.extend(long(8));
        exif.extend(short(2));
        for (tag, kind, count, value) in [(0x010f, 2, 4, *b"CAM\0"), (ORIENTATION.0, ORIENTATION.1, 1, [0; 4])] {
            exif.extend([short(tag), short(kind)].concat());
            exif.extend(long(count));
            exif.extend(value);
        }
        let at = exif.len() - 4;
        exif[at..at + 2].copy_from_slice(&short(orientation));
        exif.extend(long(0));
        exif
    }

    #[test]
    fn the_orientation_alone_is_kept_of_either_order_of_bytes() {
        for is_big in [true, false] {
            let alone = orientation_alone(&exif(is_big, 6)).unwrap();
            assert_eq!(orientation(&alone), Some(6), "{alone:?}");
            assert_eq!(alone.len(), 26);
            assert_eq!(orientation_alone(&exif(is_big, 1)), None, "an upright photo needs none");
            assert_eq!(orientation_alone(&exif(is_big, 9)), None);
        }
        assert_eq!(orientation_alone(&orientation_alone(&exif(true, 8)).unwrap()).map(|alone| alone.len()), Some(26));
    }

    #[test]
    fn broken_data_say_no_orientation() {
        let whole = exif(true, 6);
        for length in 0..whole.len() - 6 {
            assert_eq!(orientation_alone(&whole[..length]), None, "{length}");
        }
        let mut endless = whole.clone();
        endless[8..10].copy_from_slice(&[0xff; 2]);
        assert_eq!(orientation(&endless), Some(6));
        endless[4..8].copy_from_slice(&[0xff; 4]);
        assert_eq!(orientation(&endless), None);
    }
}
