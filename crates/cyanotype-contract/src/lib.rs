//! What a Lambda function takes and gives, said once: in the crate of types that handlers and infrastructure share.
//!
//! ```
//! use cyanotype_contract::contract;
//!
//! pub struct Request {
//!     pub name: Option<String>,
//! }
//!
//! pub enum Verdict {
//!     Approved,
//!     Rejected,
//! }
//!
//! contract! {
//!     /// Looks at a request.
//!     pub Review(Request) -> Verdict;
//! }
//! ```
//!
//! The infrastructure names the contract, `Function::of::<Review>(&stack, "Review", props)`, and gets a
//! `Function<Request, Verdict>`. The handler's `main` names it too, and does not compile unless the handler takes and
//! gives the same:
//!
//! ```
//! # use cyanotype_contract::contract;
//! # pub struct Request { pub name: Option<String> }
//! # pub enum Verdict { Approved, Rejected }
//! # contract! { pub Review(Request) -> Verdict; }
//! # mod lambda_runtime {
//! #     pub type Error = Box<dyn std::error::Error>;
//! #     pub struct LambdaEvent<T> { pub payload: T, pub context: () }
//! #     pub fn service_fn<T>(handler: T) -> T { handler }
//! #     pub fn run<T>(_: T) {}
//! # }
//! use cyanotype_contract::Contract;
//! use lambda_runtime::{Error, LambdaEvent, run, service_fn};
//!
//! async fn review(event: LambdaEvent<Request>) -> Result<Verdict, Error> {
//!     Ok(if event.payload.name.is_some() { Verdict::Approved } else { Verdict::Rejected })
//! }
//!
//! // In an asynchronous `main`: `run(..).await`.
//! fn main() {
//!     run(service_fn(Review::handler(review, |event| &event.payload)))
//! }
//! ```
//!
//! So neither side can drift: whoever changes what the function gives changes the contract, and then the handler does
//! not compile until it gives that, nor does a machine that looks for something else.
//!
//! The crate has no dependencies and knows no runtime, so that a handler may use any.
#![no_std]

mod contract;
mod handler;

pub use contract::Contract;
pub use handler::{Answer, Taken};
