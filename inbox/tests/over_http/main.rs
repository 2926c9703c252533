//! The server over real HTTP: each test starts its own on a free port and speaks to it through a plain socket.

#[cfg(test)]
mod browser;
#[cfg(test)]
mod client;
#[cfg(test)]
mod command;
#[cfg(test)]
mod enduring;
#[cfg(test)]
mod guarding;
#[cfg(test)]
mod receiving;
#[cfg(test)]
mod serving;
#[cfg(test)]
mod site;
#[cfg(test)]
#[path = "../../../tests/common/skip.rs"]
mod skip;
#[cfg(test)]
mod staff;
#[cfg(test)]
mod starting;
#[cfg(test)]
mod upgrading;
#[cfg(test)]
mod versions;
