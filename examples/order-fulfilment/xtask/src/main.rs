//! `cargo run -p order-fulfilment-xtask -- synth`. An application calls this package `xtask`, and says `cargo xtask
//! synth`.

fn main() -> std::process::ExitCode {
    cyanotype_cli::main(order_fulfilment_infra::app)
}
