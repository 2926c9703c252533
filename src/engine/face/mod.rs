//! Finding a face in a photo, on the device.
mod net;
pub use net::{Net, NetError, Shape, read_net};
