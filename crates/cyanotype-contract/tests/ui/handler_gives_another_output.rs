mod shared;
use shared::*;

async fn review(event: Event<Request>) -> Result<bool, Error> {
    Ok(event.payload.name.is_some())
}

fn main() {
    serve(Review::handler(review, |event| &event.payload));
}
