//! Reads versions and lines of the changelog.

use std::collections::BTreeSet;

use super::policy::Step;

/// The entries since the last release, which are under the changelog's first heading.
pub fn unreleased(changelog: &str) -> &str {
    changelog.split("\n## ").nth(1).unwrap_or_default()
}

/// The versions with a heading in the changelog.
pub fn headings(changelog: &str) -> Vec<&str> {
    let titles = changelog.lines().filter_map(|line| line.strip_prefix("## "));
    titles
        .filter_map(|title| title.split_whitespace().next())
        .filter(|t| *t != "Unreleased")
        .collect()
}

/// The entries of a version.
pub fn section<'a>(changelog: &'a str, version: &str) -> &'a str {
    let sections = changelog.split("\n## ").skip(1);
    let own = |section: &&str| section.split_whitespace().next() == Some(version);
    sections.into_iter().find(own).unwrap_or_default()
}

/// The words of a text: letters, digits and underscores.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let split = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    split.filter(|word| !word.is_empty())
}

/// Whether one line has all wanted words.
pub fn has_line(entries: &str, wanted: &[String]) -> bool {
    entries.lines().any(|line| {
        let known: BTreeSet<&str> = words(line).collect();
        wanted.iter().all(|word| known.contains(word.as_str()))
    })
}

/// The three numbers of a version, without a suffix after a hyphen or a plus.
pub fn numbers(version: &str) -> Option<[u64; 3]> {
    let plain = version.split(['-', '+']).next()?;
    let numbers: Vec<u64> = plain.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
    numbers.try_into().ok()
}

/// The size of the step between two versions. While the first number is 0, the second counts as the
/// major one, as in cargo and npm: 0.1 to 0.2 is a major step.
pub fn step(from: [u64; 3], to: [u64; 3]) -> Step {
    let place = (0..3).find(|&place| from[place] != to[place]);
    match place.map(|place| if from[0] == 0 && place > 0 { place - 1 } else { place }) {
        Some(0) => Step::Major,
        Some(1) => Step::Minor,
        _ => Step::Line,
    }
}
