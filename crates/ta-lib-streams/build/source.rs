//! Where cargo keeps the source of the pinned `ta-lib`.

use std::{
    env,
    path::PathBuf,
    process::{Command, Output},
};

use serde_json::Value;

/// The version whose source the other files here know.
const VERSION: &str = "0.8.3";

/// The flag under which the manifest names `ta-lib` as a dependency.
const FLAGS: &str = "--cfg\x1fta_lib_source";

/// The directory of the package, which cargo downloads if it is not there yet.
pub fn find() -> Result<PathBuf, String> {
    let there = ask(&["--offline"])?;
    let answer = if there.status.success() { there } else { ask(&[])? };
    if !answer.status.success() {
        let reason = String::from_utf8_lossy(&answer.stderr);
        return Err(format!("cargo does not say where ta-lib {VERSION} is: {reason}"));
    }
    let metadata: Value = serde_json::from_slice(&answer.stdout)
        .map_err(|e| format!("the answer of cargo metadata cannot be read: {e}"))?;
    let mut packages = metadata["packages"].as_array().into_iter().flatten();
    let package = packages.find(|package| package["name"] == "ta-lib");
    let text = |field: &str| package.and_then(|package| package[field].as_str());
    match (text("version"), text("manifest_path")) {
        (Some(VERSION), Some(manifest)) => {
            PathBuf::from(manifest).parent().map(PathBuf::from).ok_or("ta-lib has no folder".into())
        }
        (Some(other), _) => Err(format!(
            "ta-lib is {other}, but crates/ta-lib-streams/build is written for {VERSION}: \
             set VERSION there and run the tests of streams."
        )),
        (None, _) => Err("cargo metadata does not list ta-lib.".into()),
    }
}

/// Asks for the packages of this target only, so that no others are downloaded.
fn ask(more: &[&str]) -> Result<Output, String> {
    let variable = |name: &str| env::var(name).map_err(|_| format!("cargo sets no {name}"));
    Command::new(variable("CARGO")?)
        .args(["metadata", "--format-version", "1", "--locked"])
        .args(["--filter-platform", &variable("TARGET")?])
        .args(more)
        .current_dir(variable("CARGO_MANIFEST_DIR")?)
        .env("CARGO_ENCODED_RUSTFLAGS", FLAGS)
        .output()
        .map_err(|e| format!("cargo cannot be run: {e}"))
}
