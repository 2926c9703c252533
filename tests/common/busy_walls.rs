//! Walls behind heads that are not even, drawn by code.
#![allow(dead_code, reason = "no test binary uses all of it")]

/// What stands behind a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BusyWall {
    /// Square tiles of 60 mm with joints of 3 mm.
    Tiles,
    /// Shelves with books.
    Books,
    /// Spots of all sizes, green.
    Foliage,
    /// A door frame beside a wall, with a panel in the door.
    Door,
    /// Slats of 22 mm that lie across, each lighter above.
    Blinds,
    /// Bricks, each of another tone.
    Bricks,
    /// Boards that stand, of 45 mm, with grain along them.
    Boards,
    /// Stones of a few centimetres.
    Stones,
    /// Paper with a lattice of diamonds, and a spot in each.
    Wallpaper,
    /// Canes of 11 mm that go over and under each other.
    Wicker,
    /// Folds of 14 to 44 mm that hang.
    Curtain,
    /// A trellis of laths of 8 mm that lean both ways, before green.
    Trellis,
    /// Cloth of broad and narrow stripes both ways, every 70 mm.
    Plaid,
    /// Plaster: fine grains of half a mm to 6 mm.
    Plaster,
    /// Panels that stand, of 120 mm, each with a frame of 6 mm.
    Panels,
    /// Leaves that overlap like scales, of 18 mm, each of another green.
    Scales,
    /// Things of all sizes and colours, one over the other: nothing tells what stands behind hair.
    Clutter,
    /// Balls of all sizes and colours, likewise.
    Balls,
}

/// Those by which limits were chosen.
pub(crate) const TO_CHOOSE_BY: [BusyWall; 8] = [
    BusyWall::Tiles,
    BusyWall::Books,
    BusyWall::Foliage,
    BusyWall::Boards,
    BusyWall::Blinds,
    BusyWall::Door,
    BusyWall::Bricks,
    BusyWall::Stones,
];
/// Those by which they are judged: the last five are of no kind that was looked at before the limits stood.
pub(crate) const TO_JUDGE_BY: [BusyWall; 8] = [
    BusyWall::Wallpaper,
    BusyWall::Wicker,
    BusyWall::Curtain,
    BusyWall::Trellis,
    BusyWall::Plaid,
    BusyWall::Plaster,
    BusyWall::Panels,
    BusyWall::Scales,
];
/// What cannot be continued: one to choose by and one to judge by.
pub(crate) const TO_REFUSE: [BusyWall; 2] = [BusyWall::Clutter, BusyWall::Balls];

const BACKS_OF_BOOKS: [[f64; 3]; 7] = [
    [120.0, 40.0, 35.0],
    [40.0, 60.0, 110.0],
    [200.0, 185.0, 150.0],
    [60.0, 90.0, 60.0],
    [35.0, 35.0, 42.0],
    [170.0, 120.0, 70.0],
    [90.0, 60.0, 45.0],
];

impl BusyWall {
    /// Whether it goes on by a rule, so that it is known what stands behind hair.
    pub(crate) fn is_regular(self) -> bool {
        !matches!(
            self,
            Self::Foliage | Self::Stones | Self::Curtain | Self::Plaster | Self::Scales | Self::Clutter | Self::Balls
        )
    }

    /// Linear light of a pixel of so many mm at a place, mm: a mean of nine places, lighter to one side, and a little noise.
    pub(crate) fn light(self, (x, y): (f64, f64), side: f64, seed: u32) -> [f32; 3] {
        let mut sum = [0.0; 3];
        for step in 0..9 {
            let (right, down) = (f64::from(step % 3) / 3.0 + 1.0 / 6.0, f64::from(step / 3) / 3.0 + 1.0 / 6.0);
            let colour = self.colour(x + right * side, y + down * side, seed);
            sum.iter_mut().zip(colour).for_each(|(sum, level)| *sum += linear(level) / 9.0);
        }
        let key = (x / side + 0.5) as u32 ^ ((y / side + 0.5) as u32).wrapping_mul(0x9e37_79b9);
        let lighter = (0.9 + x / 1600.0) * (1.0 + 0.05 * (chance(key ^ seed) - 0.5));
        sum.map(|light| (light * lighter) as f32)
    }

    /// sRGB levels at a place, mm.
    fn colour(self, x: f64, y: f64, seed: u32) -> [f64; 3] {
        let of = |colour: [f64; 3], share: f64| colour.map(|level| level * share);
        match self {
            Self::Tiles if x % 60.0 < 3.0 || y % 60.0 < 3.0 => [120.0, 120.0, 118.0],
            Self::Tiles => [198.0, 205.0, 208.0],
            Self::Books => books(x, y, seed),
            Self::Foliage => {
                let light =
                    spots(x, y, 24.0, seed) + 0.7 * spots(x, y, 9.0, seed ^ 1) + 0.5 * spots(x, y, 3.5, seed ^ 2);
                of([88.0, 118.0, 62.0], 0.35 + 0.65 * light)
            }
            Self::Door => door(x, y),
            Self::Wallpaper => wallpaper(x, y),
            Self::Wicker => wicker(x, y),
            Self::Curtain => of([150.0, 60.0, 70.0], curtain(x, seed)),
            Self::Trellis => trellis(x, y),
            Self::Plaid => plaid(x, y),
            Self::Plaster => {
                let grain = spots(x, y, 6.0, seed) + spots(x, y, 2.0, seed ^ 5) + spots(x, y, 0.5, seed ^ 6);
                of([214.0, 206.0, 190.0], 0.55 + 0.3 * grain / 2.0)
            }
            Self::Panels => panels(x, y),
            Self::Scales => scales(x, y, seed),
            Self::Clutter => things(x, y, seed, false),
            Self::Balls => things(x, y, seed, true),
            Self::Blinds => {
                let share = (y % 22.0) / 22.0;
                if share < 0.14 { [96.0, 92.0, 86.0] } else { of([232.0, 228.0, 216.0], 1.0 - 0.25 * share) }
            }
            Self::Bricks => {
                let row = (y / 26.0).floor();
                let x = x + if row as i64 % 2 == 0 { 0.0 } else { 42.0 };
                if x % 84.0 < 4.0 || y % 26.0 < 4.0 {
                    return [176.0, 168.0, 158.0];
                }
                let brick = (x / 84.0) as u32 ^ (row as u32).wrapping_mul(977);
                of([150.0, 82.0, 64.0], 0.8 + 0.35 * chance(brick ^ seed) + 0.1 * (spots(x, y, 4.0, seed) - 0.5))
            }
            Self::Boards => {
                let board = (x / 45.0) as u32;
                if x % 45.0 < 2.5 {
                    return [58.0, 40.0, 28.0];
                }
                let grain = spots(x, y / 14.0, 4.0, seed ^ board) - 0.5;
                of([166.0, 122.0, 80.0], 0.85 + 0.25 * chance(board ^ seed) + 0.2 * grain)
            }
            Self::Stones => {
                let light = 0.8 * spots(x, y, 30.0, seed)
                    + 0.5 * spots(x, y, 12.0, seed ^ 3)
                    + 0.3 * spots(x, y, 5.0, seed ^ 4);
                of([176.0, 168.0, 156.0], if light < 0.55 { 0.45 } else { 0.6 + 0.35 * light })
            }
        }
    }
}

/// Shelves of 170 mm with books of 14 to 40 mm, with a title on each back.
fn books(x: f64, y: f64, seed: u32) -> [f64; 3] {
    let shelf = (y / 170.0) as u32;
    let down = y - f64::from(shelf) * 170.0;
    if down > 152.0 {
        return [112.0, 78.0, 48.0];
    }
    let (mut end, mut book) = (0.0, shelf * 1000);
    let mut start = 0.0;
    while end <= x {
        start = end;
        end += 14.0 + 26.0 * chance(book ^ seed);
        book += 1;
    }
    let colour = BACKS_OF_BOOKS[(chance(book ^ seed ^ 77) * 6.99) as usize];
    if x - start < 1.2 {
        return colour.map(|level| level * 0.4);
    }
    let is_band = (40.0..44.0).contains(&down) || (118.0..121.0).contains(&down);
    colour.map(|level| if is_band { level * 0.5 + 100.0 } else { level })
}

/// A light wall, a white frame 90 mm broad, and a door with a panel.
fn door(x: f64, y: f64) -> [f64; 3] {
    let x = x - 95.0;
    match x {
        _ if x < 0.0 => [186.0, 192.0, 178.0],
        _ if x < 3.0 || (52.0..55.0).contains(&x) => [120.0, 116.0, 108.0],
        _ if x < 52.0 => [226.0, 224.0, 218.0],
        _ => {
            let (right, down) = (x - 85.0, y - 40.0);
            let is_panel = (0.0..130.0).contains(&right) && down > 0.0;
            let is_edge = is_panel && (!(4.0..126.0).contains(&right) || down < 4.0);
            if is_edge {
                [104.0, 70.0, 44.0]
            } else if is_panel {
                [168.0, 120.0, 80.0]
            } else {
                [150.0, 104.0, 66.0]
            }
        }
    }
}

/// Diamonds of 44 by 60 mm, with lines of 2.5 mm and a spot of 12 mm in each.
fn wallpaper(x: f64, y: f64) -> [f64; 3] {
    let within = |at: f64, pitch: f64| (at / pitch - (at / pitch).floor() - 0.5).abs() * 2.0;
    let out = within(x, 44.0) + within(y, 60.0);
    let middle = (within(x, 44.0) * 22.0).hypot(within(y, 60.0) * 30.0);
    match () {
        () if (out - 1.0).abs() < 0.09 => [168.0, 140.0, 78.0],
        () if middle < 6.0 => [96.0, 112.0, 92.0],
        () => [214.0, 206.0, 186.0],
    }
}

/// Each cane is lighter in its middle.
fn wicker(x: f64, y: f64) -> [f64; 3] {
    let (column, row) = ((x / 22.0).floor(), (y / 11.0).floor());
    let is_over = (column as i64 + row as i64).rem_euclid(2) == 0;
    let (across, along) = (x / 22.0 - column - 0.5, y / 11.0 - row - 0.5);
    let light = if is_over { 1.0 - 1.6 * along * along } else { 0.62 - 1.2 * across * across };
    [186.0, 146.0, 96.0].map(|level| level * light)
}

/// How light a curtain is.
fn curtain(x: f64, seed: u32) -> f64 {
    let (mut start, mut end, mut fold) = (0.0, 0.0, 500);
    while end <= x {
        start = end;
        end += 14.0 + 30.0 * chance(fold ^ seed);
        fold += 1;
    }
    let share = (x - start) / (end - start);
    0.55 + 2.4 * share * (1.0 - share)
}

/// Laths every 50 mm across.
fn trellis(x: f64, y: f64) -> [f64; 3] {
    let across = |at: f64| (at * std::f64::consts::FRAC_1_SQRT_2 / 50.0).rem_euclid(1.0) * 50.0;
    match (across(x + y), across(x - y)) {
        (one, _) if one < 8.0 => [206.0, 196.0, 176.0],
        (_, other) if other < 8.0 => [176.0, 166.0, 148.0],
        _ => [74.0, 96.0, 66.0],
    }
}

/// Each thread takes from the light.
fn plaid(x: f64, y: f64) -> [f64; 3] {
    let of = |at: f64| match at.rem_euclid(70.0) {
        at if at < 26.0 => 0.55,
        at if (36.0..40.0).contains(&at) => 0.7,
        at if (48.0..52.0).contains(&at) => 0.7,
        _ => 1.0,
    };
    [190.0, 186.0, 200.0].map(|level| level * of(x) * (0.4 + 0.6 * of(y)))
}

/// The frame of a panel is darker on one side.
fn panels(x: f64, y: f64) -> [f64; 3] {
    let (right, down) = (x.rem_euclid(120.0), y.rem_euclid(260.0));
    match () {
        () if right < 3.0 => [120.0, 116.0, 110.0],
        () if (20.0..26.0).contains(&right) && down > 20.0 => [150.0, 146.0, 140.0],
        () if (100.0..106.0).contains(&right) && down > 20.0 => [236.0, 234.0, 230.0],
        () => [208.0, 204.0, 196.0],
    }
}

/// Rows of half circles, each over the one below.
fn scales(x: f64, y: f64, seed: u32) -> [f64; 3] {
    let row = (y / 9.0).floor();
    for above in 0..3 {
        let row = row - f64::from(above);
        let shifted = x + if row as i64 % 2 == 0 { 0.0 } else { 9.0 };
        let column = (shifted / 18.0).floor();
        let (right, down) = (shifted - column * 18.0 - 9.0, y - row * 9.0);
        if right * right + down * down < 100.0 {
            let key = (column as i64) as u32 ^ ((row as i64) as u32).wrapping_mul(977);
            let light = (0.6 + 0.4 * chance(key ^ seed)) * (1.0 - 0.03 * down);
            return [92.0, 124.0, 74.0].map(|level| level * light);
        }
    }
    [40.0, 56.0, 34.0]
}

/// Ninety rectangles of 15 to 90 mm that lean, or balls.
fn things(x: f64, y: f64, seed: u32, are_balls: bool) -> [f64; 3] {
    let thing = |of: u32| {
        let lot = |throw: u32| chance(of.wrapping_mul(131) ^ throw.wrapping_mul(7919) ^ seed.wrapping_mul(31));
        let (right, down) = (x - lot(1) * 320.0, y - lot(2) * 340.0);
        let lean = (lot(3) - 0.5) * 0.8;
        let half = 8.0 + 40.0 * lot(4);
        let is_ball = right * right + down * down < half * half;
        let is_leaning = || (right + lean * down).abs() < half && (down - lean * right).abs() < 8.0 + 40.0 * lot(5);
        let is_here = if are_balls { is_ball } else { is_leaning() };
        is_here.then(|| [5, 6, 7].map(|throw| 20.0 + 220.0 * lot(throw)))
    };
    (0..90).find_map(thing).unwrap_or([128.0; 3])
}

/// Soft spots of about a size, 0 to 1.
fn spots(x: f64, y: f64, size: f64, seed: u32) -> f64 {
    let (u, v) = (x / size, y / size);
    let step = |t: f64| t * t * (3.0 - 2.0 * t);
    let at = |right: i64, down: i64| {
        let key = (u.floor() as i64 + right) as u32 ^ ((v.floor() as i64 + down) as u32).wrapping_mul(0x9e37_79b9);
        chance(key ^ seed)
    };
    let (right, down) = (step(u - u.floor()), step(v - v.floor()));
    let row = |down: i64| at(0, down) + (at(1, down) - at(0, down)) * right;
    row(0) + (row(1) - row(0)) * down
}

fn chance(mut value: u32) -> f64 {
    value = (value ^ (value >> 16)).wrapping_mul(0x7feb_352d);
    value = (value ^ (value >> 15)).wrapping_mul(0x846c_a68b);
    f64::from((value ^ (value >> 16)) >> 8) / 16_777_216.0
}

fn linear(level: f64) -> f64 {
    let share = level.clamp(0.0, 255.0) / 255.0;
    if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
}
