#![allow(dead_code, unused_imports)]

pub use cyanotype::prelude::*;
pub use schemars::JsonSchema;
pub use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Request {
    pub id: u32,
    pub status: Status,
    pub note: Option<String>,
    pub lines: Vec<Line>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub enum Status {
    Ready,
    Waiting,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub enum Verdict {
    Approved,
    Rejected,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Line {
    pub price: u32,
}

pub fn function() -> Function<Request, Verdict> {
    let props = FunctionProps::builder()
        .runtime(Runtime::NODEJS_22)
        .handler("index.handler")
        .code(Code::inline("exports.handler = async () => 'Approved'"))
        .build();
    Function::new(&App::new().stack("Test"), "Hello", props)
}

pub fn hello() -> Version<Request, Verdict> {
    function().publish()
}
