mod shared;
use shared::*;

fn main() {
    let _ = machine(|m| {
        let again = m.task("Again", &hello()).then(m.end());
        m.task("Hello", &hello()).catch(["States.ALL"], again).then(m.end())
    });
}
