mod shared;
use shared::*;

async fn review(event: Event<String>) -> Result<Verdict, Error> {
    Ok(if event.payload.is_empty() { Verdict::Rejected } else { Verdict::Approved })
}

fn main() {
    serve(Review::handler(review, |event| &event.payload));
}
