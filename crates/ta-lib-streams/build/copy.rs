//! The copy: TA-Lib's files, in which the types of a stream's state derive `Saved`, streams take
//! rows that are not finite, an average of any type is as small as most of them are, and vectors for
//! one row are used again.

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
            let text = fs::read_to_string(&path).map_err(failed)?;
            let text = kept(&boxed(&derived(&unchecked(&text))));
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

/// What a stream answers to a row that is not finite.
const REFUSED: &str = "return Err(RetCode::BadParam);";

/// The text without the checks that the numbers of a row are finite. Banks pass finite rows only. A
/// stream inside another one gets intermediate values: the batch goes on where one overflows, but a
/// check would refuse the row after a part of the streams have taken it.
fn unchecked(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < lines.len() {
        if lines[at..].first_chunk().is_some_and(is_check) {
            at += 3;
            continue;
        }
        out.push_str(lines[at]);
        out.push('\n');
        at += 1;
    }
    out
}

fn is_check([condition, answer, end]: &[&str; 3]) -> bool {
    let condition = condition.trim();
    condition.starts_with("if !in")
        && condition.split(" || ").all(|part| part.contains(".is_finite()"))
        && [answer.trim(), end.trim()] == [REFUSED, "}"]
}

/// The averages whose state is several times as large as that of the others. Every indicator that
/// can use any average would keep room for them.
const LARGE: &[(&str, &str)] = &[("Hma", "HmaStream"), ("Mama", "MamaStream")];

/// The text with these averages in boxes.
fn boxed(text: &str) -> String {
    if !text.contains("enum MaSub {") {
        return text.to_owned();
    }
    LARGE.iter().fold(text.to_owned(), |text, (name, stream)| {
        let made = format!("MaSub::{name}(");
        // In a pattern the variant is followed by an arrow.
        let pattern = format!("{made}sub) =>");
        let kept = format!("MaSub ::{name}(sub) =>");
        text.replace(&pattern, &kept)
            .replace(&made, &format!("(|sub| MaSub ::{name}(Box::new(sub)))("))
            .replace(&format!("    {name}({stream}),"), &format!("    {name}(Box<{stream}>),"))
            .replace("MaSub ::", "MaSub::")
    })
}

/// Vectors of a window's length that a row of a stream asks for: where they are declared and made,
/// and what stands there in the copy.
const WINDOWS: &[(&str, &str)] = &[
    ("let mut heap: Vec<f64>;", "let mut heap: crate::scratch::Scratch;"),
    ("heap = vec![0.0_f64; lb + 1];", "heap = crate::scratch::Scratch::zeros(lb + 1);"),
    (
        "let mut heap_weights: Vec<f64> = Vec::new();",
        "let mut heap_weights = crate::scratch::Scratch::EMPTY;",
    ),
    (
        "heap_weights = vec![0.0_f64; (optInTimePeriod) as usize];",
        "heap_weights = crate::scratch::Scratch::zeros((optInTimePeriod) as usize);",
    ),
];

/// The number of replacements in all files.
pub const KEPT: usize = 4;
pub const SCRATCH: &str = "crate::scratch::Scratch";

/// The text with vectors that are used again.
fn kept(text: &str) -> String {
    WINDOWS.iter().fold(text.to_owned(), |text, (theirs, ours)| text.replace(theirs, ours))
}

/// Fields of Hilbert transforms that bound a loop of every later row. TA-Lib keeps these cycles at
/// or below 50 bars; bytes with a larger one cannot come from TA-Lib, and would keep a thread busy for
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
