//! The kinds of picture that may be opened.

/// The kinds of picture that may be opened. Whether this browser can decode an AVIF or HEIC file is another
/// question: the header of both is understood here, so that a refusal can name the kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PhotoKind {
    /// JPEG: baseline, extended or progressive.
    Jpeg,
    /// PNG, animated ones included (the first frame counts).
    Png,
    /// WebP: lossy, lossless, extended or animated.
    WebP,
    /// AVIF still pictures and image sequences.
    Avif,
    /// HEIC and its relatives in the HEIF family, the usual form of an iPhone's photos.
    Heic,
    /// GIF, animated ones included (the first frame counts).
    Gif,
}

impl PhotoKind {
    /// The kind's name as a visitor knows it. The same word in every language.
    pub fn label(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::WebP => "WebP",
            Self::Avif => "AVIF",
            Self::Heic => "HEIC",
            Self::Gif => "GIF",
        }
    }

    /// The kind's registered media type, to hand to a decoder in place of what the file's name suggests.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Avif => "image/avif",
            Self::Heic => "image/heic",
            Self::Gif => "image/gif",
        }
    }
}
