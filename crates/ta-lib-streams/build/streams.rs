//! The table from which `src/handles.rs` implements `Handle`: one row for each opening function.

/// All rows as a call of the macro `streams`, from the text of the copied files.
pub fn table(files: &[String]) -> Result<String, String> {
    let mut rows = String::from("streams! {\n");
    for line in files.iter().flat_map(|text| text.lines()) {
        let Some(signature) = line.strip_prefix("    pub fn ") else { continue };
        let Some((name, rest)) = signature.split_once("_open(&self, ") else { continue };
        let row = row(name, rest)
            .ok_or_else(|| format!("a stream of ta-lib opens in a way that is new: {line}"))?;
        rows.push_str(&row);
    }
    rows.push_str("}\n");
    Ok(rows)
}

/// One row, from the function's name and `inHigh: &[f64], optInTimePeriod: i32) -> Result<(AtrStream,
/// f64), RetCode> {`. `None` for any other form.
fn row(name: &str, rest: &str) -> Option<String> {
    let (arguments, result) = rest.split_once(") -> Result<(")?;
    let (stream, values) = result.strip_suffix("), RetCode> {")?.split_once(", ")?;
    let (mut inputs, mut parameters) = (Vec::new(), Vec::new());
    for argument in arguments.split(", ").filter(|argument| !argument.is_empty()) {
        match argument.split_once(": ")? {
            (input, "&[f64]") if parameters.is_empty() => inputs.push(input),
            (_, "i32") => parameters.push("int"),
            (_, "f64") => parameters.push("real"),
            (_, "MAType") => parameters.push("ma_type"),
            _ => return None,
        }
    }
    let values = values.trim_start_matches('(').trim_end_matches(')').split(", ");
    let mut outputs = Vec::new();
    for (number, value) in values.enumerate() {
        match value {
            "f64" | "i32" => outputs.push(format!("out{number}")),
            _ => return None,
        }
    }
    let (inputs, parameters, outputs) = (inputs.join(" "), parameters.join(" "), outputs.join(" "));
    let id = name.to_uppercase();
    Some(format!("    {id} {name}_open {stream} [{inputs}] [{parameters}] [{outputs}];\n"))
}
