mod shared;
use shared::*;

use cyanotype::flow::expression;

fn main() {
    let _: Machine<Request, Line> = machine(|m| {
        m.shape("Line", shape!(Request => Line { price: (expression::<u32>("$sum($states.input.lines.price)")) })).then(m.end())
    });
}
