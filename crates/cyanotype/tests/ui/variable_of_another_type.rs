mod shared;
use shared::*;

use cyanotype::flow::variable;

fn main() {
    let name = variable::<String>("name");
    let _: Machine<Request, Request> = machine(|m| m.assign("Keep", name, path!(Request => id)).then(m.end()));
}
