#![allow(dead_code, unused_imports)]

pub use cyanotype_contract::{Contract, contract};

pub struct Request {
    pub name: Option<String>,
}

pub enum Verdict {
    Approved,
    Rejected,
}

contract! {
    pub Review(Request) -> Verdict;
}

pub struct Error;

/// As runtimes have it: the payload, and what is known of the call.
pub struct Event<T> {
    pub payload: T,
    pub context: (),
}

pub fn serve<F>(_: F) {}
