//! A PNG with nothing in it but its pixels and what we say about them.
//!
//! Browsers add private chunks of their own. Here every ancillary chunk goes, and a note is written as iTXt (PNG 1.2,
//! 11.3.4.5).

/// Why bytes are no PNG that could be cleaned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PngError {
    /// The signature is another.
    NotPng,
    /// A chunk runs past the end.
    CutOff,
}

const SIGNATURE: [u8; 8] = [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];

/// The PNG with its critical chunks alone, and the notes (key and text) right behind its header.
///
/// # Errors
/// When the bytes are no whole PNG.
pub fn clean_png(bytes: &[u8], notes: &[(&str, &str)]) -> Result<Vec<u8>, PngError> {
    let mut rest = bytes.strip_prefix(&SIGNATURE).ok_or(PngError::NotPng)?;
    let mut cleaned = SIGNATURE.to_vec();
    while !rest.is_empty() {
        let (length, after) = rest.split_first_chunk::<4>().ok_or(PngError::CutOff)?;
        let length = u32::from_be_bytes(*length) as usize;
        // Type, content and checksum.
        let whole = after.get(..length.checked_add(8).ok_or(PngError::CutOff)?).ok_or(PngError::CutOff)?;
        let is_critical = whole.first().is_some_and(u8::is_ascii_uppercase);
        if is_critical {
            cleaned.extend_from_slice(rest.get(..length + 12).ok_or(PngError::CutOff)?);
        }
        if whole.starts_with(b"IHDR") {
            notes.iter().for_each(|(key, text)| push_note(&mut cleaned, key, text));
        }
        rest = after.get(length + 8..).unwrap_or_default();
    }
    Ok(cleaned)
}

fn push_note(png: &mut Vec<u8>, key: &str, text: &str) {
    let mut chunk = b"iTXt".to_vec();
    chunk.extend_from_slice(key.as_bytes());
    // No compression, no language, no translated key.
    chunk.extend_from_slice(&[0, 0, 0, 0, 0]);
    chunk.extend_from_slice(text.as_bytes());
    png.extend_from_slice(&((chunk.len() - 4) as u32).to_be_bytes());
    png.extend_from_slice(&chunk);
    png.extend_from_slice(&crc32(&chunk).to_be_bytes());
}

/// The checksum of PNG chunks (ISO 3309), bit by bit: notes are short.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let mut bytes = (content.len() as u32).to_be_bytes().to_vec();
        let body = [name.as_slice(), content].concat();
        bytes.extend_from_slice(&body);
        bytes.extend_from_slice(&crc32(&body).to_be_bytes());
        bytes
    }

    #[test]
    fn the_checksum_is_that_of_png() {
        // The checksum of an empty IEND is known to every PNG.
        assert_eq!(crc32(b"IEND"), 0xae42_6082);
    }

    #[test]
    fn private_chunks_go_and_notes_come() {
        let (header, pixels, end) = (chunk(b"IHDR", &[0; 13]), chunk(b"IDAT", &[1, 2, 3]), chunk(b"IEND", b""));
        let dirty =
            [&SIGNATURE[..], &header, &chunk(b"deBG", b"secret"), &chunk(b"tEXt", b"x"), &pixels, &end].concat();
        let note = chunk(b"iTXt", b"Comment\0\0\0\0\0hello");
        let expected = [&SIGNATURE[..], &header, &note, &pixels, &end].concat();
        assert_eq!(clean_png(&dirty, &[("Comment", "hello")]), Ok(expected));
    }

    #[test]
    fn what_is_no_png_is_refused() {
        assert_eq!(clean_png(b"JFIF", &[]), Err(PngError::NotPng));
        let cut = [&SIGNATURE[..], &chunk(b"IHDR", &[0; 13])[..20]].concat();
        assert_eq!(clean_png(&cut, &[]), Err(PngError::CutOff));
        let lie = [&SIGNATURE[..], &u32::MAX.to_be_bytes(), b"IHDR"].concat();
        assert_eq!(clean_png(&lie, &[]), Err(PngError::CutOff));
    }
}
