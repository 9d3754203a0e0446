//! The copy: TA-Lib's files, in which the types of a stream's state derive `Saved`.

use std::{fs, path::Path};

use crate::careful;

/// Types in the state of streams that are not named after a stream. The compiler names one that is
/// missing here: a state cannot derive `Saved` without it.
const PARTS: &[&str] = &["CandleSetting", "MAType", "MaSub", "OutRange", "RangeType"];

/// Copies a folder and the folders in it; returns the text of all its Rust files.
pub fn copy(from: &Path, to: &Path) -> Result<Vec<String>, String> {
    let failed = |e: std::io::Error| format!("{} cannot be copied: {e}", from.display());
    fs::create_dir_all(to).map_err(failed)?;
    let mut paths = Vec::new();
    for entry in fs::read_dir(from).map_err(failed)? {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.sort();
    let mut copied = Vec::new();
    for path in paths {
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copied.extend(copy(&path, &target)?);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            let text = derived(&fs::read_to_string(&path).map_err(failed)?);
            let written = match careful::FILES.iter().find(|file| path.ends_with(file)) {
                Some(file) => &careful::careful(file, &text)?,
                None => &text,
            };
            fs::write(&target, written).map_err(failed)?;
            copied.push(text);
        } else {
            fs::copy(&path, &target).map_err(failed)?;
        }
    }
    Ok(copied)
}

/// Fields of Hilbert transforms that bound a loop of every later row. TA-Lib keeps these cycles at
/// or below 50 bars; bytes with a larger one are no state of its, and would keep a thread busy for
/// minutes. NaN is no danger: TA-Lib takes it for a cycle of no bars.
const CYCLES: &[&str] = &["period: f64,", "smoothPeriod: f64,"];
pub const CYCLE: &str = "#[saved(at_most = 64.0)]\n";

/// The text with a derive before each type that is part of a state, and a limit before each cycle.
fn derived(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1024);
    let mut state = None;
    for line in text.lines() {
        if let Some(name) = type_of(line) {
            state = Some(name).filter(|name| is_state(name));
            if state.is_some() {
                out.push_str("#[derive(ta_saved::Saved)]\n");
            }
        }
        if state.is_some_and(|name| name.starts_with("Ht")) && CYCLES.contains(&line.trim()) {
            out.push_str(CYCLE);
        }
        if line == "}" {
            state = None;
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// The type that a line at the left margin defines.
fn type_of(line: &str) -> Option<&str> {
    let line = line.strip_prefix("pub ").unwrap_or(line);
    let name = line.strip_prefix("struct ").or_else(|| line.strip_prefix("enum "))?;
    name.split(|c: char| !c.is_alphanumeric()).next()
}

fn is_state(name: &str) -> bool {
    let of_stream = ["Stream", "StreamState", "StreamScalars"];
    of_stream.iter().any(|end| name.ends_with(end)) || PARTS.contains(&name)
}
