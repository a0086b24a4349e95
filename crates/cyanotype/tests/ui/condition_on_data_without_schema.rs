mod shared;
use shared::*;

fn main() {
    #[derive(Serialize)]
    struct Bare {
        id: u32,
    }

    let _ = path!(Bare => id).is(1);
}
