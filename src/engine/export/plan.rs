//! What a picture to save or send is composed of.

use super::PictureLayout;
use crate::engine::render::Ink;
use serde::{Deserialize, Serialize};

/// What a picture is composed of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PicturePlan {
    /// Width and height that each picture has at most: its layout follows from them and the number of pictures.
    pub size: (u32, u32),
    /// Pixels of the export per pixel of the photo.
    pub zoom: f64,
    /// For each picture: its caption, if it has one, and whether it has dots.
    pub pictures: Vec<(Option<String>, bool)>,
    /// The ink, in pixels of the export.
    pub ink: Ink,
    /// Media type of the file.
    pub mime: String,
    /// Quality from 0 to 1, where the encoder asks for one.
    pub quality: Option<f64>,
    /// What is written into a PNG besides its pixels: key and text.
    pub notes: Vec<(String, String)>,
}

impl PicturePlan {
    /// Where everything stands. Where no picture has a caption there is no strip for them.
    #[must_use]
    pub fn layout(&self) -> PictureLayout {
        let ((width, height), count) = (self.size, self.pictures.len() as u32);
        if self.pictures.iter().all(|(caption, _)| caption.is_none()) {
            return PictureLayout::without_captions(width, height, count);
        }
        PictureLayout::new(width, height, count)
    }
}
