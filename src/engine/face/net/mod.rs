//! Small nets of convolutions: reading them from untrusted files and running them.
//!
//! Only `+ - * /` are used, and a polynomial for the exponential function, so that a native build and every browser compute
//! the same bits. Owns the format of the files; knows nothing of faces.

mod convolution;
mod elementwise;
mod exp;
mod layout;
mod network;
mod operation;
mod reader;
mod shape;

pub(in crate::engine::face) use exp::logistic;
pub use network::Net;
pub use reader::{NetError, read_net};
pub use shape::Shape;
