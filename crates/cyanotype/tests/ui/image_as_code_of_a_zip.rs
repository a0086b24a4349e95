mod shared;
use shared::*;

fn main() {
    let _: Code = Image::registry("image").into();
}
