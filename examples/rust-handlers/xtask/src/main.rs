//! `cargo run -p rust-handlers-xtask -- synth`. An application calls this package `xtask`, and says `cargo xtask
//! synth`.

fn main() -> std::process::ExitCode {
    cyanotype_cli::main(rust_handlers_infra::app)
}
