//! The nets against TensorFlow Lite: `expected.json` holds what it computes of the same weights and the same synthetic input.
//! `tools/export-face-models` writes it.
#![cfg(test)]

use crate::found_face::{DETECTOR, IRIS, MESH, PERSON};
use hairline_designer::engine::design::photo_digest;
use hairline_designer::engine::face::{DETECTOR_FILE, IRIS_FILE, MESH_FILE, PERSON_FILE, Shape, read_net};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Every so many-th number of an output.
#[derive(Deserialize)]
struct Output {
    length: usize,
    every: usize,
    values: Vec<f32>,
}

/// Three slanted waves of triangles between 0 and 1.
fn synthetic(shape: Shape) -> Vec<f32> {
    let numbers = (0..shape.len()).map(|i| {
        let (place, channel) = (i / shape.channels, i % shape.channels);
        let (x, y) = (place % shape.width, place / shape.width);
        let phase = (x * (3 + channel) + y * (5 - channel) + 17 * channel) % 64;
        (phase as f32 - 32.0).abs() / 32.0
    });
    numbers.collect()
}

#[test]
fn nets_compute_what_tensorflow_lite_computes() {
    let expected: BTreeMap<String, Vec<Output>> = serde_json::from_str(include_str!("expected.json")).unwrap();
    for (name, file) in [("detector-1", DETECTOR), ("mesh-1", MESH), ("iris-1", IRIS)] {
        let net = read_net(file).unwrap();
        let outputs = net.run(synthetic(net.input())).unwrap();
        assert_eq!(outputs.len(), expected[name].len());
        for expected in &expected[name] {
            let found = outputs.iter().find(|output| output.len() == expected.length).unwrap();
            let found: Vec<f32> = found.iter().step_by(expected.every).copied().collect();
            assert_eq!(found.len(), expected.values.len());
            let greatest = expected.values.iter().fold(0.0_f32, |most, value| most.max(value.abs()));
            for (place, (found, expected)) in found.iter().zip(&expected.values).enumerate() {
                // TensorFlow Lite keeps the weights as 16-bit floats: they differ by up to half of 0.1 %.
                let allowed = 0.003 * greatest;
                assert!((found - expected).abs() < allowed, "{name}, number {place}: {found}, not {expected}");
            }
        }
    }
}

#[test]
fn the_files_are_those_that_the_program_names() {
    let files = [(DETECTOR_FILE, DETECTOR), (MESH_FILE, MESH), (IRIS_FILE, IRIS), (PERSON_FILE, PERSON)];
    for (file, bytes) in files {
        let path = format!("{}/{}", env!("CARGO_MANIFEST_DIR"), file.path);
        assert_eq!(std::fs::read(&path).unwrap(), bytes, "{path}");
        assert_eq!(photo_digest(bytes), file.digest, "{path}");
    }
}
