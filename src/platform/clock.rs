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

/// An id that nobody else has: 128 random bits in hexadecimal digits.
#[must_use]
pub fn random_id() -> String {
    let mut bits = [0_u8; 16];
    let filled = super::dom::window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bits).is_ok());
    if !filled {
        // Very old browsers: unique enough for one visitor and one clinic.
        bits.iter_mut().for_each(|byte| *byte = (js_sys::Math::random() * 256.0) as u8);
    }
    bits.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A seed for the dots.
#[must_use]
pub fn random_seed() -> u32 {
    (js_sys::Math::random() * f64::from(u32::MAX)) as u32
}
