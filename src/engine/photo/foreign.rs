//! The name of a file that may not be opened, so that the refusal can say what it is: "this is a video".
//!
//! A guess by magic bytes for a message, never a licence to open anything. Text with markup in it (SVG, HTML) is told
//! apart from plain text by its first element, behind a byte order mark, white space, prologue and comments.
//!
//! The crates that know files by their first bytes know other kinds than visitors pick: `infer` 0.22 names neither SVG nor
//! text nor most raw photos nor a phone's 3GP film, and takes a text that begins with BM or MZ for a bitmap or a program.

/// What a file is that may not be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ForeignKind {
    /// An SVG drawing, which is a document with scripts rather than a photo.
    Svg,
    /// An HTML page.
    Html,
    /// A PDF document.
    Pdf,
    /// A film in any of the usual containers.
    Video,
    /// A sound recording.
    Audio,
    /// A ZIP file; the documents of office programs are such files too.
    Zip,
    /// Another archive: gzip, 7z, RAR.
    Archive,
    /// A TIFF picture, or a camera's raw file in that form.
    Tiff,
    /// A camera's raw file in a form of its own.
    RawPhoto,
    /// A Windows bitmap.
    Bmp,
    /// A Windows icon or cursor.
    Ico,
    /// A JPEG 2000 picture.
    Jp2,
    /// A JPEG XL picture.
    JpegXl,
    /// A Photoshop document.
    Photoshop,
    /// Text without recognised markup.
    Text,
    /// None of these.
    Unknown,
}

impl ForeignKind {
    /// The kind that the first bytes of a file suggest. Its cost grows with `head`, which should be a few kilobytes.
    pub(super) fn of(head: &[u8]) -> Self {
        by_magic(head).or_else(|| by_structure(head)).or_else(|| by_text(head)).unwrap_or(Self::Unknown)
    }
}

/// The bytes that a file of the kind starts with. Where two rows fit, the first one counts.
const MAGIC: [(&[u8], ForeignKind); 38] = [
    (b"%PDF-", ForeignKind::Pdf),
    (b"PK\x03\x04", ForeignKind::Zip),
    (b"PK\x05\x06", ForeignKind::Zip),
    (b"PK\x07\x08", ForeignKind::Zip),
    (b"\x1f\x8b", ForeignKind::Archive),
    (b"7z\xbc\xaf\x27\x1c", ForeignKind::Archive),
    (b"Rar!\x1a\x07", ForeignKind::Archive),
    (b"FUJIFILMCCD-RAW", ForeignKind::RawPhoto),
    (b"IIRO", ForeignKind::RawPhoto),
    (b"IIU\0", ForeignKind::RawPhoto),
    (b"II*\0", ForeignKind::Tiff),
    (b"MM\0*", ForeignKind::Tiff),
    (b"II+\0", ForeignKind::Tiff),
    (b"MM\0+", ForeignKind::Tiff),
    (b"\0\0\x01\0", ForeignKind::Ico),
    (b"\0\0\x02\0", ForeignKind::Ico),
    (b"\0\0\0\x0cjP  ", ForeignKind::Jp2),
    (b"\xff\x4f\xff\x51", ForeignKind::Jp2),
    (b"\0\0\0\x0cJXL ", ForeignKind::JpegXl),
    (b"\xff\x0a", ForeignKind::JpegXl),
    (b"8BPS", ForeignKind::Photoshop),
    (b"\x1a\x45\xdf\xa3", ForeignKind::Video),
    (b"\0\0\x01\xba", ForeignKind::Video),
    (b"\0\0\x01\xb3", ForeignKind::Video),
    (b"FLV\x01", ForeignKind::Video),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", ForeignKind::Video),
    (b"ID3", ForeignKind::Audio),
    (b"OggS", ForeignKind::Audio),
    (b"fLaC", ForeignKind::Audio),
    (b"#!AMR", ForeignKind::Audio),
    (b"MThd", ForeignKind::Audio),
    (b"\xff\xfb", ForeignKind::Audio),
    (b"\xff\xfa", ForeignKind::Audio),
    (b"\xff\xf3", ForeignKind::Audio),
    (b"\xff\xf2", ForeignKind::Audio),
    (b"\xff\xf1", ForeignKind::Audio),
    (b"\xff\xf9", ForeignKind::Audio),
    (b"caff\0", ForeignKind::Audio),
];

fn by_magic(head: &[u8]) -> Option<ForeignKind> {
    MAGIC.iter().find(|(magic, _)| head.starts_with(magic)).map(|&(_, kind)| kind)
}

/// Kinds whose mark does not stand at the very start, or takes more than one mark to be sure of.
fn by_structure(head: &[u8]) -> Option<ForeignKind> {
    let letters = |from: usize| head.get(from..from + 4);
    match (letters(0), letters(4), letters(8)) {
        (Some(b"RIFF"), _, Some(b"AVI ")) => return Some(ForeignKind::Video),
        (Some(b"RIFF"), _, Some(b"WAVE")) => return Some(ForeignKind::Audio),
        (_, Some(b"ftyp"), Some(b"M4A " | b"M4B ")) => return Some(ForeignKind::Audio),
        (_, Some(b"ftyp"), Some(b"crx ")) => return Some(ForeignKind::RawPhoto),
        // QuickTime films older than `ftyp` start with any of the others.
        (_, Some(b"ftyp" | b"moov" | b"mdat" | b"wide" | b"pnot"), _) => return Some(ForeignKind::Video),
        _ => {}
    }
    // The second header of a bitmap has one of a few lengths; "BM" alone could begin a text.
    if head.starts_with(b"BM") && matches!(head.get(14..18), Some([12 | 16 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0])) {
        return Some(ForeignKind::Bmp);
    }
    // Packets of 188 bytes, each with the same first byte.
    let packets = [head.first(), head.get(188), head.get(376)];
    if packets.iter().all(|first| *first == Some(&0x47)) {
        return Some(ForeignKind::Video);
    }
    // Readers of PDF accept the mark anywhere in the first kilobyte.
    let start = head.get(..1_024).unwrap_or(head);
    find(start, b"%PDF-").map(|_| ForeignKind::Pdf)
}

/// Markup by its first element, other text as text; `None` if it is not text.
fn by_text(head: &[u8]) -> Option<ForeignKind> {
    let text = plain_text(head)?;
    Some(markup(&text).unwrap_or(ForeignKind::Text))
}

/// The text in lower case and as one byte a character, without its byte order mark; `None` if it holds control
/// characters that text has not. The marks and element names looked for are all ASCII.
fn plain_text(head: &[u8]) -> Option<Vec<u8>> {
    let narrow = match head {
        [0xef, 0xbb, 0xbf, rest @ ..] => rest.to_vec(),
        [0xff, 0xfe, rest @ ..] => rest.iter().step_by(2).copied().collect(),
        [0xfe, 0xff, rest @ ..] => rest.iter().skip(1).step_by(2).copied().collect(),
        _ => head.to_vec(),
    };
    // Beyond ASCII, only UTF-8 is text; a character cut off by the end of the head is one still.
    let is_utf8 = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() || matches!(head, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]),
    };
    let is_text = |&byte: &u8| byte >= 0x20 && byte != 0x7f || matches!(byte, b'\t' | b'\n' | 0x0c | b'\r');
    (is_utf8 && !narrow.is_empty() && narrow.iter().all(is_text)).then(|| narrow.to_ascii_lowercase())
}

/// The elements that begin a web page, from the WHATWG's MIME sniffing standard, and `meta`.
const PAGE_ELEMENTS: [&[u8]; 18] = [
    b"html",
    b"head",
    b"script",
    b"iframe",
    b"h1",
    b"div",
    b"font",
    b"table",
    b"a",
    b"style",
    b"title",
    b"b",
    b"body",
    b"br",
    b"p",
    b"meta",
    b"link",
    b"template",
];

/// What the first element or document type makes of a text in lower case.
fn markup(text: &[u8]) -> Option<ForeignKind> {
    let mut rest = text.trim_ascii_start();
    while let Some(inside) = rest.strip_prefix(b"<") {
        rest = if inside.starts_with(b"?") {
            behind(inside, b"?>")?
        } else if inside.starts_with(b"!--") {
            behind(inside, b"-->")?
        } else if let Some(doctype) = inside.strip_prefix(b"!doctype") {
            match name(doctype.trim_ascii_start()) {
                b"svg" => return Some(ForeignKind::Svg),
                b"html" => return Some(ForeignKind::Html),
                _ => behind_doctype(doctype)?,
            }
        } else {
            return element(name(inside));
        }
        .trim_ascii_start();
    }
    None
}

/// What an element of this name makes of a document.
fn element(name: &[u8]) -> Option<ForeignKind> {
    if name == b"svg" {
        Some(ForeignKind::Svg)
    } else if PAGE_ELEMENTS.contains(&name) {
        Some(ForeignKind::Html)
    } else {
        None
    }
}

/// The name that the text starts with, without the prefix of a namespace.
fn name(text: &[u8]) -> &[u8] {
    let ends = |&byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'[');
    let whole = text.split(ends).next().unwrap_or_default();
    whole.rsplit(|&byte| byte == b':').next().unwrap_or(whole)
}

/// What follows a document type, whose own declarations may stand in brackets.
fn behind_doctype(doctype: &[u8]) -> Option<&[u8]> {
    let end = find(doctype, b">")?;
    match find(doctype, b"[") {
        Some(bracket) if bracket < end => behind(behind(doctype, b"]")?, b">"),
        _ => behind(doctype, b">"),
    }
}

/// What follows the first `mark`.
fn behind<'a>(text: &'a [u8], mark: &[u8]) -> Option<&'a [u8]> {
    text.get(find(text, mark)? + mark.len()..)
}

/// Where `mark` first stands.
fn find(text: &[u8], mark: &[u8]) -> Option<usize> {
    text.windows(mark.len()).position(|window| window == mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(head: &[u8], expected: ForeignKind) {
        assert_eq!(ForeignKind::of(head), expected, "{}", String::from_utf8_lossy(head));
    }

    #[test]
    fn drawings_are_known_behind_whatever_comes_first() {
        check(b"<svg xmlns=\"http://www.w3.org/2000/svg\">", ForeignKind::Svg);
        check(b"\xef\xbb\xbf\r\n\t <SVG>", ForeignKind::Svg);
        check(b"<?xml version=\"1.0\"?>\n<!-- <html> -->\n<svg/>", ForeignKind::Svg);
        check(b"<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\"><g/>", ForeignKind::Svg);
        check(b"<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY a \">\"><!ENTITY b \"&a;\">]><svg>", ForeignKind::Svg);
        check(b"<s:svg xmlns:s=\"http://www.w3.org/2000/svg\">", ForeignKind::Svg);
        check(b"\xff\xfe<\0s\0v\0g\0>\0", ForeignKind::Svg);
        check(b"\xfe\xff\0<\0s\0v\0g\0>", ForeignKind::Svg);
    }

    #[test]
    fn pages_are_known_by_their_first_element() {
        check(b"<!doctype html><script>1</script>", ForeignKind::Html);
        check(b" \n<HTML lang=en>", ForeignKind::Html);
        check(b"<script>alert(1)</script>", ForeignKind::Html);
        check(b"<!-- <svg> --><p>", ForeignKind::Html);
        check(b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", ForeignKind::Html);
    }

    #[test]
    fn other_text_is_text() {
        check(b"{\"version\": 1}", ForeignKind::Text);
        check("Grüße an <svg>".as_bytes(), ForeignKind::Text);
        check(b"<note>an <svg/> inside</note>", ForeignKind::Text);
        check(b"<!-- never closed", ForeignKind::Text);
        check(b"<", ForeignKind::Text);
        check(b"BMW, a car and no bitmap", ForeignKind::Text);
        check(b"MZ, a man's initials", ForeignKind::Text);
        check("cut ü".as_bytes().get(..5).expect("five bytes"), ForeignKind::Text);
    }

    #[test]
    fn everything_else_is_known_by_magic() {
        check(b"%PDF-1.4\n", ForeignKind::Pdf);
        check(b"junk before %PDF-1.4", ForeignKind::Pdf);
        check(b"PK\x03\x04\x14\0", ForeignKind::Zip);
        check(b"\x1f\x8b\x08\0", ForeignKind::Archive);
        check(b"\0\0\0\x18ftypmp42\0\0\0\0", ForeignKind::Video);
        check(b"\0\0\0\x18ftyp3gp5\0\0\0\0", ForeignKind::Video);
        check(b"\0\0\0\x18ftypM4A \0\0\0\0", ForeignKind::Audio);
        check(b"\0\0\0\x18ftypcrx \0\0\0\x01", ForeignKind::RawPhoto);
        check(b"\0\0\0\x08wide\0\0\0\0mdat", ForeignKind::Video);
        check(b"\x1a\x45\xdf\xa3\x01", ForeignKind::Video);
        check(b"RIFF\0\0\0\0AVI LIST", ForeignKind::Video);
        check(b"RIFF\0\0\0\0WAVEfmt ", ForeignKind::Audio);
        check(b"II*\0\x08\0\0\0", ForeignKind::Tiff);
        check(b"MM\0*\0\0\0\x08", ForeignKind::Tiff);
        check(b"II+\0\x08\0\0\0", ForeignKind::Tiff);
        check(b"FUJIFILMCCD-RAW 0201FF159505", ForeignKind::RawPhoto);
        check(b"IIRO\x08\0\0\0", ForeignKind::RawPhoto);
        check(b"IIU\0\x18\0\0\0", ForeignKind::RawPhoto);
        check(b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", ForeignKind::Bmp);
        check(b"\0\0\x01\0\x01\0\x10\x10", ForeignKind::Ico);
        check(b"\0\0\0\x0cjP  \r\n\x87\n", ForeignKind::Jp2);
        check(b"\xff\x4f\xff\x51\0\x29", ForeignKind::Jp2);
        check(b"\xff\x0a\xfa\x1f", ForeignKind::JpegXl);
        check(b"8BPS\0\x01", ForeignKind::Photoshop);
        check(b"\0\x01\x02\x03", ForeignKind::Unknown);
        check(b"\xef\xbb\xbf", ForeignKind::Unknown);
        let mut packets = [0; 564];
        for start in [0, 188, 376] {
            packets[start] = 0x47;
        }
        check(&packets, ForeignKind::Video);
    }
}
