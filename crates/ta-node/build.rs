//! Lets the addon link against the host process.

fn main() {
    napi_build::setup();
}
