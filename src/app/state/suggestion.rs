//! What the visitor's own shaved hair says of the shade.

use super::root::State;
use crate::engine::catalog::{Parameter, STUBBLE_OF_BLACK};
use crate::engine::editor::Suggestion;

/// The share of the light that the visitor's own shaved hair takes, and what that says of the shade: as it was looked at, else as
/// it is shown clipped. `None` before either, and where the browser does not give the photo's pixels as they are.
#[must_use]
pub fn suggestion(state: &State) -> Option<(f64, Suggestion)> {
    let (view, parameters) = (state.view(), state.parameters());
    let density = view.usual_density().unwrap_or_else(|| parameters.get(Parameter::Density));
    let look = &state.editor.document.design().look;
    let suggested = |darkening| Suggestion::new(darkening, density, look, parameters);
    if let Some(probe) = view.probe.filter(|_| state.session.capabilities.reads_back) {
        return Some((probe.darkening, suggested(probe.darkening)));
    }
    // However dark, it is no shadow and no longer hair; and where there is nothing to match, no other place is asked for.
    let taken = state.clipped_takes()?;
    let suggested = suggested(taken.min(STUBBLE_OF_BLACK));
    matches!(suggested, Suggestion::Shade(_)).then_some((taken, suggested))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::session::Capabilities;
    use crate::engine::design::{PaintKind, PhotoRef, Probe, Stroke};
    use crate::engine::editor::Command;
    use crate::engine::geometry::PhotoPoint;
    use crate::engine::i18n::language;

    /// The state with a photo on which shaved hair takes that share of the light.
    fn probed(darkening: f64, reads_back: bool) -> State {
        let mut state = State::new(language(""), Capabilities { reads_back, ..Capabilities::default() });
        let photo =
            PhotoRef { width: 1000, height: 1200, quarter_turns: 0, level: 0.0, digest: "sha256:test".to_owned() };
        let probe = Probe { stubble: PhotoPoint::new(300.0, 200.0), skin: PhotoPoint::new(500.0, 400.0), darkening };
        let document = &mut state.editor.document;
        document.apply(Command::OpenPhoto(photo)).unwrap();
        document.apply(Command::SetProbe(Some(probe))).unwrap();
        state
    }

    #[test]
    fn nothing_is_suggested_before_a_look_or_without_true_pixels() {
        let state = State::new(language(""), Capabilities { reads_back: true, ..Capabilities::default() });
        assert_eq!(suggestion(&state), None);
        assert_eq!(suggestion(&probed(0.15, false)), None);
    }

    #[test]
    fn the_share_of_light_that_hair_takes_suggests_a_shade() {
        let cases = [(0.01, Suggestion::Hardly), (0.5, Suggestion::Longer)];
        for (darkening, expected) in cases {
            assert_eq!(suggestion(&probed(darkening, true)), Some((darkening, expected)));
        }
        let (darkening, suggested) = suggestion(&probed(0.15, true)).unwrap();
        assert_eq!(darkening, 0.15);
        assert!(matches!(suggested, Suggestion::Shade(_)), "{suggested:?}");
    }

    #[test]
    fn a_denser_fill_suggests_a_paler_shade() {
        let darkness = |density: f64| {
            let mut state = probed(0.15, true);
            let stroke = Stroke {
                paint: PaintKind::Brush,
                radius: 40.0,
                softness: 0.0,
                density,
                behind_line: false,
                points: vec![PhotoPoint::new(400.0, 200.0)],
            };
            state.editor.document.apply(Command::AddStroke(stroke)).unwrap();
            match suggestion(&state) {
                Some((_, Suggestion::Shade(shade))) => shade.darkening,
                other => panic!("{other:?}"),
            }
        };
        assert!(darkness(120.0) < darkness(60.0), "{} {}", darkness(120.0), darkness(60.0));
    }
}
