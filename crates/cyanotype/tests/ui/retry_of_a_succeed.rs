mod shared;
use shared::*;

fn main() {
    let _: Machine<Request, Request> = machine(|m| m.succeed("Done").retry(Retry::all()));
}
