mod shared;
use shared::*;

fn main() {
    #[derive(JsonSchema)]
    enum Silent {
        On,
    }

    let _ = root().is(Silent::On);
}
