//! What stands around the steps: the bar above, whose request is open, notices, questions, advice, help, the way back and on, the small print.

mod advice;
mod footer;
mod help;
mod notice;
mod onward;
mod questions;
mod staff_bar;
mod step_item;
mod top_bar;

pub(super) use advice::Advice;
pub(super) use footer::Footer;
pub(super) use help::Help;
pub(super) use notice::PageNotice;
pub(super) use onward::Onward;
pub(super) use questions::Questions;
pub(super) use staff_bar::{OpenedRequest, staff_bar};
pub(super) use top_bar::TopBar;

#[cfg(test)]
mod tests;
