mod shared;
use shared::*;

fn main() {
    let _ = Image::registry("image").build_arg("RELEASE", "1");
}
