//! The same design and seed give the same dots: here, and in a browser by the same number.
#![cfg(test)]

use crate::clipped_head;
use crate::scene;
use hairline_designer::engine::clipped::ClippedRefusal;
use hairline_designer::engine::design::Appearance;
use hairline_designer::engine::dots::Dot;
use hairline_designer::engine::editor::Command;
use std::collections::BTreeSet;

#[test]
fn the_scene_has_the_dots_it_always_had() {
    let field = scene::field_of(&scene::editor());
    let (found, expected) = (field.fingerprint(), scene::FINGERPRINT);
    assert_eq!(found, expected, "{found:#018x} of {} dots, expected {expected:#018x}", field.dots().len());
}

#[test]
fn the_scene_holds_what_it_promises() {
    let editor = scene::editor();
    let view = editor.view();
    assert_eq!(view.fill.len(), 3, "area, brush and eraser");
    let mut plain = editor.clone();
    let undone = (plain.undo(), plain.undo());
    assert_eq!(undone, (true, true));
    let without_strokes = scene::field_of(&plain).dots().len();
    plain.redo();
    let with_brush = scene::field_of(&plain).dots().len();
    plain.redo();
    let with_eraser = scene::field_of(&plain).dots().len();
    println!("dots: {without_strokes} of the area, {with_brush} with the brush, {with_eraser} with the eraser");
    assert!(with_brush > without_strokes + 20, "{without_strokes} {with_brush}");
    assert!(with_eraser + 100 < with_brush, "{with_brush} {with_eraser}");
}

#[test]
fn the_fingerprint_is_of_every_bit_of_every_dot_in_order() {
    let field = scene::field_of(&scene::editor());
    let numbers = |Dot { x, y, size, strength, shape: [xx, xy, yy] }: Dot| [x, y, size, strength, xx, xy, yy];
    let step = |hash: u64, number: f32| (hash ^ u64::from(number.to_bits())).wrapping_mul(0x0100_0000_01b3);
    let expected = field.dots().into_iter().flat_map(numbers).fold(0xcbf2_9ce4_8422_2325, step);
    assert_eq!(field.fingerprint(), expected);
}

#[test]
fn another_design_has_another_fingerprint() {
    let mut editor = scene::editor();
    let mut seen = vec![scene::field_of(&editor).fingerprint()];
    let look = editor.design().look.clone();
    for other in [Appearance { softness: 0.59, ..look.clone() }, Appearance { session: 2, ..look.clone() }] {
        editor.apply(Command::SetLook(other)).unwrap();
        seen.push(scene::field_of(&editor).fingerprint());
    }
    editor.apply(Command::SetLook(look)).unwrap();
    editor.apply(Command::ClearFill).unwrap();
    seen.push(scene::field_of(&editor).fingerprint());
    let different: BTreeSet<u64> = seen.iter().copied().collect();
    assert_eq!(different.len(), seen.len(), "{seen:x?}");
}

#[test]
fn a_clipped_head_is_the_same_as_ever() {
    let (made, known) = (clipped_head::fingerprints(), clipped_head::FINGERPRINTS);
    assert_eq!(made, known, "{made:#018x?}");
}

#[test]
fn before_tiles_a_clipped_head_takes_patches() {
    // Nothing else continues a wall that a rough picture refuses.
    assert_eq!(clipped_head::before_tiles(), (Some(ClippedRefusal::BusyWall), None));
}
