//! The program's own memory.

use std::hint;

/// What the page or the worker needs for ordinary work, with room to spare: measured were 24 MB after five sides with two photos
/// of 12 megapixels, and in the worker 27 MB after one was saved as PNG.
pub const ORDINARY_BYTES: usize = 64 << 20;

/// Lets the memory grow to what ordinary work needs, once, before there is any work.
///
/// Else it grows in steps, some fifteen of them, whenever the allocator has too little; and WebKit has had faults where memory
/// grows while garbage is collected. Growing takes addresses and no memory: a device gives that only to what is written to.
/// An initial size that is given to the linker does not help: the allocator uses nothing that it has not asked for itself.
pub fn grow_once() {
    let mut space = Vec::<u8>::new();
    // A device that has less lets it grow later, as far as it can.
    let _ = space.try_reserve_exact(ORDINARY_BYTES);
    // What is given back stays the allocator's.
    drop(hint::black_box(space));
}
