//! Makes the current catalog and its values the baseline for later changes.

use std::{fs, path::PathBuf};

use serde::Serialize;
use serde_json::Value;
use ta_core::{
    contract::catalog_document,
    governance::{changelog, values, violations, Release, Values},
};

use crate::files::root;

const CATALOG: &str = "golden/released_catalog.json";
const VALUES: &str = "golden/released_values.json";

/// Checks that the changes keep the rules, and writes the released catalog and values if `writes`.
///
/// Before the first release, while the changelog has no heading of a version, the baseline is a
/// draft that may be replaced at any time.
pub fn release(writes: bool) -> Result<String, String> {
    let page = read("docs/CHANGELOG.md")?;
    let current = serde_json::to_value(catalog_document()).map_err(|e| e.to_string())?;
    let current_values = values::of_all().map_err(|e| e.to_string())?;
    let draft = changelog::headings(&page).is_empty();
    if !draft {
        let package: Value = json("plugin/package.json")?;
        let (released, released_values): (Value, Values) = (json(CATALOG)?, json(VALUES)?);
        check(
            &page,
            package["version"].as_str().unwrap_or_default(),
            Release { catalog: &released, values: &released_values },
            Release { catalog: &current, values: &current_values },
        )?;
    }
    if !writes {
        return Ok("today's catalog and values may be released".to_owned());
    }
    write(CATALOG, pretty(&current)?)?;
    write(VALUES, lines(&current_values)?)?;
    let what = if draft { "a draft of the first release" } else { "released" };
    Ok(format!("{CATALOG} and {VALUES} are today's, {what}"))
}

/// Checks that the library's version is the newest heading of the changelog and the version of the
/// package, and that the lines below that heading cover all changes.
fn check(
    page: &str,
    package: &str,
    released: Release<'_>,
    current: Release<'_>,
) -> Result<(), String> {
    let version = current.catalog["library_version"].as_str().unwrap_or_default();
    let newest = changelog::headings(page).first().copied().unwrap_or("none");
    if newest != version {
        return Err(format!(
            "the newest version in docs/CHANGELOG.md is {newest}, and the library is {version}"
        ));
    }
    if package != version {
        return Err(format!("plugin/package.json is {package}, and the library is {version}"));
    }
    let found = violations(released, current, changelog::section(page, version));
    if found.is_empty() {
        return Ok(());
    }
    let found: Vec<String> = found.iter().map(|violation| format!("  {violation}")).collect();
    Err(format!("the rules of the contract are not kept:\n{}", found.join("\n")))
}

fn read(path: &str) -> Result<String, String> {
    fs::read_to_string(at(path)).map_err(|e| format!("{path}: {e}"))
}

fn json<T: serde::de::DeserializeOwned>(path: &str) -> Result<T, String> {
    serde_json::from_str(&read(path)?).map_err(|e| format!("{path}: {e}"))
}

fn write(path: &str, text: String) -> Result<(), String> {
    fs::write(at(path), text).map_err(|e| format!("{path}: {e}"))
}

fn at(path: &str) -> PathBuf {
    root().join(path)
}

fn pretty(value: &impl Serialize) -> Result<String, String> {
    serde_json::to_string_pretty(value).map(|text| text + "\n").map_err(|e| e.to_string())
}

/// JSON with one line for each indicator.
fn lines(values: &Values) -> Result<String, String> {
    let line = |(id, outputs): (&String, _)| {
        serde_json::to_string(outputs).map(|text| format!("\"{id}\":{text}"))
    };
    let lines: Vec<String> =
        values.iter().map(line).collect::<Result<_, _>>().map_err(|e| e.to_string())?;
    Ok(format!("{{\n{}\n}}\n", lines.join(",\n")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const PAGE: &str = "# Changelog\n\n## Unreleased\n\n## 0.2.0 (2027-01-01)\n\n\
        - The default of `fast_period` of `macd` is 10.\n\n## 0.1.0\n\n- First.\n";

    /// The result of a release with a changed default.
    fn said(page: &str, version: &str, package: &str) -> Result<(), String> {
        let catalog = |version: &str, default: i64| {
            let params = json!([{ "name": "fast_period", "default": default }]);
            let macd = json!({ "id": "macd", "aliases": [], "params": params });
            json!({ "contract_version": 1, "library_version": version, "indicators": [macd] })
        };
        let (before, after, values) = (catalog("0.1.0", 12), catalog(version, 10), Values::new());
        let [released, current] =
            [&before, &after].map(|catalog| Release { catalog, values: &values });
        check(page, package, released, current)
    }

    #[test]
    fn a_release_has_its_version_everywhere_and_a_line_for_each_change() {
        assert_eq!(said(PAGE, "0.2.0", "0.2.0"), Ok(()));
        let broken = [
            (said(PAGE, "0.3.0", "0.3.0"), "the newest version in docs/CHANGELOG.md is 0.2.0"),
            (said(PAGE, "0.2.0", "0.1.0"), "plugin/package.json is 0.1.0"),
            (said(&PAGE.replace("macd", "rsi"), "0.2.0", "0.2.0"), "the words macd, fast_period"),
            (said(&PAGE.replace("0.2.0", "0.1.1"), "0.1.1", "0.1.1"), "a major version"),
        ];
        for (said, part) in broken {
            assert!(said.clone().is_err_and(|text| text.contains(part)), "{part}: {said:?}");
        }
    }
}
