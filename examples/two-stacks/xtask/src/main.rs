//! `cargo run -p two-stacks-xtask -- synth`. An application calls this package `xtask`, and says `cargo xtask synth`.

fn main() -> std::process::ExitCode {
    cyanotype_cli::main(two_stacks_infra::app)
}
