//! `cargo run -p blue-green-xtask -- synth`. An application calls this package `xtask`, and says `cargo xtask synth`.

fn main() -> std::process::ExitCode {
    cyanotype_cli::main(blue_green_infra::app)
}
