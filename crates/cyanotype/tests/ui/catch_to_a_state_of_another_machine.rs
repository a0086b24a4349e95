mod shared;
use shared::*;

fn main() {
    let _ = machine::<Request, Verdict, _>(|m| {
        let failed = m.fail("Failed");
        let _ = machine(|other| other.task("Hello", &hello()).catch(["States.ALL"], failed).then(other.end()));
        m.task("Hello", &hello()).then(m.end())
    });
}
