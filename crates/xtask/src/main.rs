//! Maintains the files that depend on the catalog.
//!
//! - `gen` writes everything that is generated from the catalog; `gen --check` checks that it is
//!   current
//! - `release` makes the current catalog and its values the baseline for later changes; with
//!   `--dry-run` it only checks that it may
//! - `new <category>/<id>` starts a native indicator

mod calls;
mod contract;
mod docs;
mod evidence;
mod files;
mod laakhay;
mod matrix;
mod methods;
mod new;
mod python;
mod registry;
mod release;
mod snapshot;
mod sources;
mod text;
mod transforms;
mod typescript;

use std::process::ExitCode;

use files::Tree;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let result = match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["gen"] => generate(),
        ["gen", "--check"] => check(),
        ["release"] => release::release(true),
        ["release", "--dry-run"] => release::release(false),
        ["new", path] => new::write(path),
        _ => {
            Err("usage: xtask gen [--check] | release [--dry-run] | new <category>/<id>".to_owned())
        }
    };
    match result {
        Ok(message) => {
            println!("{message}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// All generated files.
fn everything() -> Result<Tree, String> {
    let mut tree = Tree::new(&["plugin/src/generated", "docs/indicators"]);
    registry::write(&mut tree)?;
    snapshot::write(&mut tree)?;
    contract::write(&mut tree)?;
    let enums = typescript::Enums::collect();
    typescript::write(&mut tree, &enums);
    transforms::write(&mut tree, &enums);
    calls::write(&mut tree);
    python::write(&mut tree, &enums);
    docs::write(&mut tree);
    let sources = sources::Sources::read()?;
    matrix::write(&mut tree, &sources);
    evidence::write(&mut tree, &sources)?;
    Ok(tree)
}

fn generate() -> Result<String, String> {
    // If the registry is not current, this program was compiled without the new indicators.
    let mut registered = Tree::new(&[]);
    registry::write(&mut registered)?;
    if !registered.stale()?.is_empty() {
        registered.save()?;
        return rerun();
    }
    let tree = everything()?;
    let written = tree.stale()?.len();
    tree.save()?;
    Ok(format!("generated files: {written} written, {} in all", tree.len()))
}

fn rerun() -> Result<String, String> {
    let status = std::process::Command::new(env!("CARGO"))
        .args(["run", "--release", "--quiet", "-p", "xtask", "--", "gen"])
        .current_dir(files::root())
        .status()
        .map_err(|e| format!("cannot run cargo: {e}"))?;
    if status.success() {
        Ok("the registry of native indicators was brought up to date first".to_owned())
    } else {
        Err("generation failed after the registry was brought up to date".to_owned())
    }
}

fn check() -> Result<String, String> {
    let tree = everything()?;
    match &tree.stale()?[..] {
        [] => Ok(format!("generated files are current ({})", tree.len())),
        stale => {
            Err(format!("generated files are stale, run `npm run gen`:\n  {}", stale.join("\n  ")))
        }
    }
}
