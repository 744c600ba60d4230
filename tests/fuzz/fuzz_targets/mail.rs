#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| plan_fuzz::mail(input));
