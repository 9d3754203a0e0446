//! Copies TA-Lib's source out of cargo's registry and adds what live bars need.

use std::{env, fs, path::Path};

mod careful;
mod copy;
mod source;
mod streams;

/// The modules of the copy, without the lints that generated code has no use for.
const MODULES: &str = "
#[allow(clippy::all, clippy::pedantic, missing_docs, unfulfilled_lint_expectations)]
#[allow(non_camel_case_types, non_snake_case)]
#[allow(unused_assignments, unused_mut, unused_parens, unused_variables)]
mod ta_func;
#[allow(clippy::all, clippy::pedantic, missing_docs, unfulfilled_lint_expectations)]
#[allow(non_snake_case, unused_mut, unused_parens, unused_variables)]
pub mod abstract_api;
";

fn main() {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=Cargo.toml");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    if let Err(reason) = write(Path::new(&out)) {
        eprintln!("{reason}");
        std::process::exit(1);
    }
}

fn write(out: &Path) -> Result<(), String> {
    let source = source::find()?.join("src");
    println!("cargo::rerun-if-changed={}", source.display());
    let copied = copy::copy(&source, out)?;
    if !copied.iter().any(|text| text.contains(copy::CYCLE)) {
        return Err(
            "no state has a cycle, whose length has to be limited when it is read".to_owned()
        );
    }
    let checks = ".is_finite() {\n            return Err(RetCode::BadParam);";
    if copied.iter().any(|text| text.contains(checks)) {
        return Err("a stream checks its rows in a way that is new".to_owned());
    }
    let boxes = copied.iter().map(|text| text.matches("(Box::new(sub))").count());
    if boxes.sum::<usize>() != 6 {
        return Err("the average of a stream is made in a way that is new".to_owned());
    }
    let windows = copied.iter().map(|text| text.matches(copy::SCRATCH).count());
    if windows.sum::<usize>() != copy::KEPT {
        return Err("the window of a stream's row is made in a way that is new".to_owned());
    }
    let missing = |file: &&&str| !out.join("ta_func").join(file).exists();
    if let Some(file) = careful::FILES.iter().find(missing) {
        return Err(format!("ta-lib has no file {file}, whose loops have to be changed"));
    }
    let table = streams::table(&copied)?;
    let put = |name: &str, text: &str| {
        fs::write(out.join(name), text).map_err(|e| format!("{name} cannot be written: {e}"))
    };
    put("modules.rs", MODULES)?;
    put("streams.rs", &table)
}
