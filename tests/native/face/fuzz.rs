//! The reader of nets against files that were cut, spoilt and made to lie: it tells what is wrong, or reads a net that runs.
#![cfg(test)]

use crate::found_face::{DETECTOR, IRIS, MESH, PERSON};
use hairline_designer::engine::face::read_net;

const NONE: u16 = u16::MAX;
/// 1 as a 16-bit float.
const ONE: u16 = 0x3c00;

/// Steps of a small net with every operation: operation, activation; tensors that are made, taken, taken besides; window.
const STEPS: [([u8; 2], [u16; 3], [u8; 4]); 17] = [
    ([1, 1], [1, 0, NONE], [3, 1, 1, 1]),
    ([2, 2], [2, 1, NONE], [3, 1, 1, 1]),
    ([4, 0], [3, 2, NONE], [0; 4]),
    ([6, 0], [4, 3, 1], [0; 4]),
    ([9, 0], [5, 4, NONE], [0; 4]),
    ([14, 0], [6, 5, NONE], [0; 4]),
    ([7, 0], [7, 4, 6], [0; 4]),
    ([8, 0], [8, 7, NONE], [0; 4]),
    ([10, 0], [9, 8, NONE], [0; 4]),
    ([13, 0], [10, 9, NONE], [0; 4]),
    ([5, 0], [11, 10, NONE], [0; 4]),
    ([15, 0], [12, 11, NONE], [0; 4]),
    ([1, 0], [13, 12, NONE], [2, 2, 0, 0]),
    ([3, 0], [14, 13, NONE], [2, 2, 0, 0]),
    ([11, 0], [15, 14, NONE], [0; 4]),
    ([11, 0], [16, 13, NONE], [0; 4]),
    ([12, 0], [17, 15, 16], [0; 4]),
];

const SHAPES: [[u16; 3]; 18] = [
    [4, 4, 2],
    [4, 4, 3],
    [4, 4, 3],
    [4, 4, 3],
    [4, 4, 3],
    [1, 1, 3],
    [1, 1, 3],
    [4, 4, 3],
    [2, 2, 3],
    [2, 2, 5],
    [2, 2, 5],
    [2, 2, 5],
    [4, 4, 5],
    [2, 2, 2],
    [4, 4, 1],
    [1, 8, 2],
    [1, 4, 2],
    [1, 12, 2],
];

/// Weights of the two convolutions, the depthwise one and the transposed one, in the order of the steps.
const WEIGHTS: usize = 9 * 2 * 3 + 9 * 3 + 4 * 5 * 2 + 4 * 2;
/// Scales and beginnings of the same, and slopes.
const HALVES: usize = 2 * 3 + 2 * 3 + 3 + 2 * 2 + 2;

fn every_operation() -> Vec<u8> {
    let mut bytes = b"HDN1".to_vec();
    let mut words = |words: &[u16]| bytes.extend(words.iter().flat_map(|word| word.to_le_bytes()));
    words(&[SHAPES.len() as u16, STEPS.len() as u16, 2, 0]);
    SHAPES.iter().for_each(|shape| words(shape));
    words(&[17, 7]);
    for (head, tensors, window) in STEPS {
        bytes.extend(head);
        bytes.extend(tensors.iter().flat_map(|tensor| tensor.to_le_bytes()));
        bytes.extend(window);
    }
    bytes.extend((HALVES as u32).to_le_bytes());
    bytes.extend(ONE.to_le_bytes().repeat(HALVES));
    bytes.extend((WEIGHTS as u32).to_le_bytes());
    bytes.extend((0..WEIGHTS).map(|i| (i * 89) as u8));
    bytes
}

/// Lots that fall the same way each time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.bits() % end.max(1) as u64) as usize
    }

    /// A number that readers stumble over.
    fn lie(&mut self) -> u16 {
        let lies = [0, 1, 2, 3, 4, 7, 8, 127, 128, 255, 256, 257, 0x7c00, 0x7fff, 0x8000, u16::MAX - 1, u16::MAX];
        lies[self.below(lies.len())]
    }
}

/// Spoils a file in one to four ways. Half of them hit its head, which says what all the rest means.
fn spoil(bytes: &mut Vec<u8>, head: usize, dice: &mut Dice) {
    for _ in 0..=dice.below(4) {
        let reach = if dice.bits().is_multiple_of(2) { head.min(bytes.len()) } else { bytes.len() };
        let at = dice.below(reach);
        match dice.below(7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            1 if at < bytes.len() => bytes[at] = dice.bits() as u8,
            2 | 3 if at + 1 < bytes.len() => {
                let at = at & !1;
                bytes[at..at + 2].copy_from_slice(&dice.lie().to_le_bytes());
            }
            4 => bytes.truncate(at),
            5 => bytes.extend(vec![dice.bits() as u8; dice.below(64)]),
            6 if at < bytes.len() => {
                let (from, length) = (dice.below(bytes.len()), dice.below(16));
                let piece: Vec<u8> = bytes[from..].iter().take(length).copied().collect();
                bytes.splice(at..at, piece);
            }
            _ => {}
        }
    }
}

/// Reads that many spoilt files; returns how many of them still were nets. What is read is run.
fn read_spoilt(seed: u64, count: usize) -> usize {
    let small = every_operation();
    let large = [DETECTOR, PERSON, MESH, IRIS];
    let mut dice = Dice(seed);
    let mut nets = 0;
    for i in 0..count {
        // One in a thousand is a real file, whose numbers take long to read.
        let (file, head) = match i % 1_000 {
            999 => (large[i / 1_000 % large.len()].to_vec(), 2_000),
            _ => (small.clone(), small.len() - WEIGHTS - 2 * HALVES),
        };
        let mut bytes = file;
        spoil(&mut bytes, head, &mut dice);
        let Ok(net) = read_net(&bytes) else { continue };
        let input = net.input();
        assert!(net.run(vec![0.5; input.len()]).is_some(), "spoilt file {i} of seed {seed} was read but does not run");
        nets += 1;
    }
    nets
}

#[test]
fn the_small_net_has_every_operation() {
    let net = read_net(&every_operation()).unwrap();
    let outputs = net.run(vec![0.5; net.input().len()]).unwrap();
    assert_eq!(outputs.iter().map(Vec::len).collect::<Vec<_>>(), [24, 48]);
    assert!(outputs.iter().flatten().all(|value| value.is_finite()), "{outputs:?}");
    let mut operations: Vec<u8> = STEPS.iter().map(|([operation, _], ..)| *operation).collect();
    operations.sort_unstable();
    operations.dedup();
    assert_eq!(operations, (1..=15).collect::<Vec<u8>>());
}

#[test]
fn spoilt_files_are_told_or_run() {
    let nets = read_spoilt(1, 5_000);
    // Some changes leave a net: those of weights, and of scales.
    assert!((100..4_000).contains(&nets), "{nets} of 5000 were nets");
}

/// As above, a million times: `cargo test --test native a_million -- --ignored --nocapture`.
#[test]
#[ignore = "takes minutes"]
fn a_million_spoilt_files_are_told_or_run() {
    let nets: usize = (0..100).map(|seed| read_spoilt(1_000 + seed, 10_000)).sum();
    println!("{nets} of 1000000 spoilt files were nets, and ran");
}
