//! tour
pub mod engine;
