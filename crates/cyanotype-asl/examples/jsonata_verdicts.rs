//! Says of expressions whether they are any, for a comparison with the reference implementation.
//!
//! Reads a JSON string a line, and answers each with `{"accepted":true}` or with `{"code":…,"position":…}`.

use std::io::{self, BufRead, Write};

use cyanotype_asl::Jsonata;
use serde_json::json;

fn main() -> io::Result<()> {
    let mut output = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let expression: String = serde_json::from_str(&line?)?;
        let verdict = match Jsonata::parse(&expression) {
            Ok(_) => json!({ "accepted": true }),
            Err(error) => json!({
                "code": error.code,
                "position": error.position,
                "token": error.token,
                "message": error.message,
            }),
        };
        writeln!(output, "{verdict}")?;
    }
    Ok(())
}
