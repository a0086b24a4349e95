#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| cyanotype_fuzz::document(text));
