//! The steps of the way from a photo to a request.

use crate::engine::editor::tools::ToolStep;
use crate::engine::i18n::Texts;

/// The steps, in order. None is ever locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Step {
    /// Choose a photo.
    #[default]
    Photo,
    /// Say how big the head is.
    Size,
    /// Draw the line.
    Hairline,
    /// Fill and paint.
    Density,
    /// See how it looks.
    Look,
    /// Save or send.
    Save,
}

impl Step {
    /// All steps.
    pub const ALL: [Self; 6] = [Self::Photo, Self::Size, Self::Hairline, Self::Density, Self::Look, Self::Save];

    /// Its place, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }

    /// The step after it.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.index() + 1).copied()
    }

    /// The step before it.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        self.index().checked_sub(1).and_then(|index| Self::ALL.get(index)).copied()
    }

    /// Its name.
    #[must_use]
    pub fn name(self, texts: &Texts) -> &'static str {
        match self {
            Self::Photo => texts.step_photo,
            Self::Size => texts.step_size,
            Self::Hairline => texts.step_hairline,
            Self::Density => texts.step_density,
            Self::Look => texts.step_look,
            Self::Save => texts.step_save,
        }
    }

    /// The tools that it has, if any.
    #[must_use]
    pub fn tools(self) -> Option<ToolStep> {
        match self {
            Self::Size => Some(ToolStep::Size),
            Self::Hairline => Some(ToolStep::Hairline),
            Self::Density => Some(ToolStep::Density),
            Self::Look => Some(ToolStep::Look),
            Self::Photo | Self::Save => None,
        }
    }

    /// Its id in markup.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Photo => "photo",
            Self::Size => "size",
            Self::Hairline => "hairline",
            Self::Density => "density",
            Self::Look => "look",
            Self::Save => "save",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_follow_one_another() {
        for pair in Step::ALL.windows(2) {
            assert_eq!((pair[0].next(), pair[1].previous()), (Some(pair[1]), Some(pair[0])));
        }
        assert_eq!((Step::Photo.previous(), Step::Save.next()), (None, None));
    }
}
