mod shared;
use shared::*;

fn main() {
    let props = FunctionProps::builder()
        .runtime(Runtime::PROVIDED_AL2023)
        .handler("bootstrap")
        .code(Code::cargo("handlers", "review"))
        .build();
    let _ = Function::of::<Request>(&App::new().stack("Test"), "Review", props);
}
