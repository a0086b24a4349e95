//! What a contract takes for a handler, and hands back as it was.
#![allow(clippy::panic, reason = "a test that cannot go on should say where")]

use std::{
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
};

use cyanotype_contract::{Contract, contract};

contract! {
    /// Counts characters.
    pub Count(String) -> usize;
}

/// As runtimes have it.
struct Event<T> {
    payload: T,
    offset: usize,
}

async fn count(text: String) -> Result<usize, &'static str> {
    if text.is_empty() { Err("nothing to count") } else { Ok(text.chars().count()) }
}

async fn count_event(event: Event<String>) -> Result<usize, std::fmt::Error> {
    Ok(event.payload.chars().count() + event.offset)
}

/// The result of a future that waits for nothing.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => panic!("it waits"),
    }
}

#[test]
fn a_plain_handler_is_handed_back_as_it_was() {
    let handler = Count::handler(count, |text| text);
    assert_eq!(now(handler("äöü".into())), Ok(3));
    assert_eq!(now(handler(String::new())), Err("nothing to count"));
}

#[test]
fn so_is_one_that_takes_an_event_of_its_runtime() {
    let handler = Count::handler(count_event, |event| &event.payload);
    assert_eq!(now(handler(Event { payload: "ab".into(), offset: 1 })), Ok(3));
}

#[test]
fn so_is_a_closure_that_holds_something() {
    let more = 10;
    let handler = Count::handler(
        move |event: Event<String>| async move { Ok::<_, ()>(event.payload.len() + more) },
        |event| &event.payload,
    );
    assert_eq!(now(handler(Event { payload: "ab".into(), offset: 0 })), Ok(12));
}

#[test]
fn a_contract_may_be_any_type_of_one_s_own() {
    struct Length;
    impl Contract for Length {
        type Input = String;
        type Output = usize;
    }
    assert_eq!(now(Length::handler(count, |text| text)("abc".into())), Ok(3));
}
