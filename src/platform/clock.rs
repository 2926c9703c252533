//! Time and chance.

use crate::engine::ports::Clock;

/// The device's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct DeviceClock;

impl Clock for DeviceClock {
    fn now_ms(&self) -> f64 {
        js_sys::Date::now()
    }
}

/// The time now as ISO 8601, UTC.
#[must_use]
pub fn now_iso() -> String {
    js_sys::Date::new_0().to_iso_string().into()
}

/// Digits that cannot be taken for one another when they are read out (Crockford's base 32).
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// An id that no other request of a clinic has and that can be said on the telephone: 60 random bits as `7K2M-9QXR-4TDA`.
#[must_use]
pub fn random_id() -> String {
    let mut bits = [0_u8; 12];
    let filled = super::dom::window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bits).is_ok());
    if !filled {
        // Very old browsers: unique enough for one visitor and one clinic.
        bits.iter_mut().for_each(|byte| *byte = (js_sys::Math::random() * 256.0) as u8);
    }
    let digit = |byte: &u8| DIGITS.get(usize::from(byte % 32)).map_or('0', |digit| char::from(*digit));
    let groups: Vec<String> = bits.chunks(4).map(|group| group.iter().map(digit).collect()).collect();
    groups.join("-")
}
