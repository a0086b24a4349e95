mod shared;
use shared::*;

async fn review(name: String) -> Result<Verdict, Error> {
    Ok(if name.is_empty() { Verdict::Rejected } else { Verdict::Approved })
}

fn main() {
    serve(Review::handler(review, |request| request));
}
