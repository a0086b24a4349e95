mod shared;
use shared::*;

fn main() {
    let _ = machine(|m| {
        let again = m.task("Again", &hello()).then(m.end());
        let decide = m.choice("Decide").when(root().is(Verdict::Rejected), again).otherwise(m.end());
        m.task("Hello", &hello()).then(decide)
    });
}
