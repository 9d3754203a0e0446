//! The generated files, and their comparison with the files on disk.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// The project's folder.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// Files by path below the project's folder.
pub struct Tree {
    /// Folders that only have generated files: any other file in them is stale.
    owned: Vec<&'static str>,
    files: BTreeMap<String, String>,
}

impl Tree {
    /// An empty tree that owns these folders.
    pub fn new(owned: &[&'static str]) -> Self {
        Self { owned: owned.to_vec(), files: BTreeMap::new() }
    }

    /// Adds a file.
    pub fn put(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.files.insert(path.into(), text.into());
    }

    /// Number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// The paths of files that differ from those on disk, and of stale files.
    pub fn stale(&self) -> Result<Vec<String>, String> {
        let differs = |(path, text): &(&String, &String)| {
            fs::read_to_string(root().join(path)).ok().as_ref() != Some(text)
        };
        let changed = self.files.iter().filter(differs).map(|(path, _)| path.clone());
        Ok(changed.chain(self.leftovers()?).collect())
    }

    /// Writes the files that differ and removes stale files.
    pub fn save(&self) -> Result<(), String> {
        let describe = |path: &str, e: std::io::Error| format!("{path}: {e}");
        let leftovers = self.leftovers()?;
        for path in self.stale()? {
            let full = root().join(&path);
            if leftovers.contains(&path) {
                fs::remove_file(full).map_err(|e| describe(&path, e))?;
                continue;
            }
            let folder = full.parent().unwrap_or(root());
            fs::create_dir_all(folder).map_err(|e| describe(&path, e))?;
            fs::write(&full, &self.files[&path]).map_err(|e| describe(&path, e))?;
        }
        Ok(())
    }

    fn leftovers(&self) -> Result<Vec<String>, String> {
        let mut found = Vec::new();
        for folder in &self.owned {
            for path in list(&root().join(folder))? {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let path = format!("{folder}/{name}");
                if !self.files.contains_key(&path) {
                    found.push(path);
                }
            }
        }
        Ok(found)
    }
}

/// The entries of a folder, in order; empty if the folder does not exist.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>, String> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries
        .map(|e| e.map(|e| e.path()))
        .collect::<Result<_, _>>()
        .map_err(|e| e.to_string())?;
    paths.sort();
    Ok(paths)
}
