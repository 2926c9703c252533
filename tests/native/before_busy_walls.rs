//! Heads with hair before busy walls, as pictures to be looked at.
#![cfg(test)]

use crate::busy_walls::{TO_CHOOSE_BY, TO_JUDGE_BY, TO_REFUSE};
use crate::clipped_cases::{Case, Wall, nth};
use crate::heads_by_lot::{Pose, random_in};
use hairline_designer::engine::face::PersonFinder;
use std::fs::File;
use std::path::Path;

/// Writes into the folder that `WALL_PICTURES` names, of the walls whose names hold one of what `WALLS_CALLED` says: the head with hair, with it clipped, and bald.
#[test]
#[ignore = "writes pictures to be looked at"]
fn heads_before_busy_walls_as_pictures() {
    let folder = std::env::var("WALL_PICTURES").expect("WALL_PICTURES names a folder");
    let finder = PersonFinder::read(include_bytes!("../../assets/face/person-1.net")).expect("the net of a person");
    let wanted = std::env::var("WALLS_CALLED").unwrap_or_default();
    let cases = [(TO_CHOOSE_BY.as_slice(), 0), (TO_JUDGE_BY.as_slice(), 1)].into_iter().flat_map(|(walls, set)| {
        let (seed, heads) = SHOWN[set];
        let walls = walls.iter().chain([&TO_REFUSE[set]]);
        walls.flat_map(move |wall| heads.map(|index| (*wall, seed, index)))
    });
    for (wall, seed, index) in cases {
        let name = format!("{wall:?}-{index}").to_lowercase();
        if !wanted.split(',').any(|wanted| name.contains(wanted)) {
            continue;
        }
        let subject = random_in(Pose::Front, seed, index + 1).last().expect("a head");
        let (case, error) = Case::new(subject, index, Wall::Busy(wall), &finder);
        let mut off = case.wall();
        let (middle, most) = (nth(&mut off, 0.5), nth(&mut off, 0.95));
        println!(
            "{name}: {error:?}; off by {middle:.2}, {most:.2} CIEDE2000; {:?}; {:?}",
            case.wall_texture(),
            case.wall_seam()
        );
        let pictures = [&case.hairy.pixels, &case.clipped, &case.bald];
        write(&Path::new(&folder).join(format!("{name}.png")), &pictures.map(|pixels| twice(pixels, &case)));
    }
}

/// Which heads are shown, of which seeds: those with long hair, to choose limits by and to judge by.
const SHOWN: [(u32, [usize; 2]); 2] = [(31, [2, 4]), (83, [6, 11])];

/// How much around hair is shown, pixels.
const AROUND: usize = 30;

/// The part of a picture around hair, at twice its size: its width and its pixels.
fn twice(pixels: &[u8], case: &Case) -> (usize, Vec<u8>) {
    let hair = (0..case.hairy.shares.len()).filter(|at| case.hairy.shares[*at] >= 128);
    let places: Vec<(usize, usize)> = hair.map(|at| (at % case.width, at / case.width)).collect();
    let span = |of: fn(&(usize, usize)) -> usize, most: usize| {
        let (low, high) = (places.iter().map(of).min().unwrap_or(0), places.iter().map(of).max().unwrap_or(0));
        low.saturating_sub(AROUND)..(high + AROUND).min(most)
    };
    let (columns, rows) = (span(|at| at.0, case.width), span(|at| at.1, pixels.len() / 4 / case.width));
    let shown = (2 * rows.start..2 * rows.end).flat_map(|y| {
        let columns = 2 * columns.start..2 * columns.end;
        columns.flat_map(move |x| pixels[(y / 2 * case.width + x / 2) * 4..][..4].to_vec())
    });
    (2 * columns.len(), shown.collect())
}

fn write(path: &Path, pictures: &[(usize, Vec<u8>)]) {
    let height = pictures[0].1.len() / 4 / pictures[0].0;
    let rows =
        (0..height).flat_map(|row| pictures.iter().map(move |(width, all)| &all[row * width * 4..][..width * 4]));
    let all: Vec<u8> = rows.flatten().copied().collect();
    let width = all.len() / 4 / height;
    let mut encoder = png::Encoder::new(File::create(path).unwrap(), width as u32, height as u32);
    encoder.set_color(png::ColorType::Rgba);
    encoder.write_header().unwrap().write_image_data(&all).unwrap();
}
