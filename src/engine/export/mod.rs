//! What leaves the program as a file: kinds, names, layout, and what is written into a picture besides its pixels.
//!
//! Encoding to PNG and JPEG is the browser's; what is around it is here.

mod layout;
mod plan;
mod png;

pub use layout::{Caption, PictureLayout, Placed, scaled_to_side, sent_side};
pub use plan::PicturePlan;
pub use png::{PngError, clean_png};

/// What can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The picture without loss.
    Png,
    /// The picture, smaller.
    Jpeg,
    /// The design, to be opened again.
    Design,
}

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FormatRow {
    /// Which.
    pub format: Format,
    /// Media type.
    pub mime: &'static str,
    /// Ending of its name.
    pub extension: &'static str,
    /// Quality from 0 to 1, where the encoder asks for one.
    pub quality: Option<f64>,
}

/// Every kind of file.
pub const FORMATS: &[FormatRow] = &[
    FormatRow { format: Format::Png, mime: "image/png", extension: "png", quality: None },
    // At 0.92 single dots are still seen; below 0.85 the encoder eats them.
    FormatRow { format: Format::Jpeg, mime: "image/jpeg", extension: "jpg", quality: Some(0.92) },
    FormatRow { format: Format::Design, mime: "application/json", extension: "json", quality: None },
];

impl Format {
    /// Its row.
    #[must_use]
    pub fn row(self) -> &'static FormatRow {
        let found = FORMATS.iter().find(|row| row.format == self);
        found.unwrap_or(&FORMATS[0])
    }

    /// A file's name: ours, never the photo's.
    #[must_use]
    pub fn file_name(self, what: &str) -> String {
        format!("hairline-{what}.{}", self.row().extension)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_has_its_row() {
        for format in [Format::Png, Format::Jpeg, Format::Design] {
            assert_eq!(format.row().format, format);
        }
        assert_eq!(Format::Jpeg.file_name("after"), "hairline-after.jpg");
    }
}
