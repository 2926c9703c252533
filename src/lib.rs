//! hairline-designer: a visitor of a clinic's site draws a hairline on a photo of their own head and sees scalp
//! micropigmentation at true size, in the browser.
//!
//! # Purpose
//! To answer "what would it look like on me?" truly: in millimetres, with the line that was drawn, healed as skin shows it,
//! and without the photo leaving the device before the visitor presses Send.
//!
//! # Out of scope
//! Medical advice, pictures made up by a generator, accounts, servers. What a clinic does with a request is its own.
//!
//! # Modules
//! | module | what it is |
//! | --- | --- |
//! | [`engine`] | pure: decides everything; built and tested natively |
//! | `platform` | wasm: thin wrappers around the browser, one file for each of its powers |
//! | `worker` | wasm: work off the page's thread |
//! | [`app`] | the page: its state is pure and tested natively, its components are wasm |
//! | `embed` | wasm: the contract with the page around |
//!
//! Imports run one way: main → app → embed, worker → platform → engine, and bin/heads → worker; inside the engine only upwards in the list of
//! [`engine`].
//!
//! # Invariants
//! 1. The engine touches no browser, clock, randomness or network: seeds and times are arguments.
//! 2. Nothing leaves the device but through [`engine::ports::Transport`], called from one place, after the visitor pressed
//!    Send.
//! 3. A design changes only by a command; a gesture is one step to undo; cancel restores the exact document.
//! 4. A length is `Mm`, `PhotoPx` or `ScreenPx`. Screen pixels never enter a design.
//! 5. The same design and seed give the same dots, natively and in every browser.
//! 6. Colour arithmetic happens in linear light; the conversions live in [`engine::color`] alone.
//! 7. Every number that a person sees has a source or a range; every default of the domain is a row of
//!    [`engine::catalog`] that a clinic can override.
//! 8. Every message, configuration key and visible word stands in one table.

pub mod app;
pub mod engine;

#[cfg(target_family = "wasm")]
pub mod embed;
#[cfg(target_family = "wasm")]
pub mod platform;
#[cfg(target_family = "wasm")]
pub mod worker;
