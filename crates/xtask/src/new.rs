//! Writes the skeleton of a native indicator.

use crate::{files::root, text::pascal};

/// Writes `<category>/<id>.rs`, unless it exists already.
pub fn write(path: &str) -> Result<String, String> {
    let usage = || format!("\"{path}\" is not <category>/<id> in snake_case, e.g. cycle/my_index");
    let (category, id) = path.split_once('/').ok_or_else(usage)?;
    let well_formed = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    if !well_formed(category) || !well_formed(id) {
        return Err(usage());
    }
    let category_type = serde_json::from_value::<ta_core::meta::Category>(category.into())
        .map_err(|_| format!("there is no category \"{category}\""))?;
    if let Ok(known) = ta_core::find_indicator(id) {
        return Err(format!("\"{id}\" already names {}", known.meta.id));
    }
    let file = format!("crates/ta-core/src/indicators/{category}/{id}.rs");
    let full = root().join(&file);
    if full.exists() {
        return Err(format!("{file} is there already"));
    }
    let text = TEMPLATE
        .replace("{id}", id)
        .replace("{Category}", &format!("{category_type:?}"))
        .replace("{Kernel}", &pascal(id));
    full.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(|e| e.to_string())?;
    std::fs::write(&full, text).map_err(|e| format!("{file}: {e}"))?;
    Ok(format!("{file} is written: fill it in, then run `npm run gen`"))
}

const TEMPLATE: &str = r#"//! One line: what it is.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "{id}",
        display_name: "{id}",
        category: Category::{Category},
        description: "What it measures, how its values are read, and conventions worth knowing, \
            in one paragraph.",
        aliases: &[],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Price, "What the value says."),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "where the formula is written down",
    }
    .indicator::<{Kernel}>()
}

#[derive(Clone, Parameters)]
struct {Kernel} {
    /// Bars between the two values.
    #[param(default = 14, min = 1)]
    period: usize,
}

impl Composed<1> for {Kernel} {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn compose<B: Blocks<f64>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let length = self.period + 1;
        let change = ta.windows(series, length, |window| window[self.period] - window[0]);
        ta.rows([&change], |[change]| change)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_difference_of_a_straight_line_is_its_slope() {
        let line: Vec<f64> = (0..20).map(f64::from).collect();
        let values = reals("{id}", "value", json!({}), &[&line]);
        assert_eq!(values[14..], vec![Some(14.0); 6]);
    }
}
"#;
