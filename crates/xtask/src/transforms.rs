//! The methods of bar transforms, which are entries whose outputs are bars: they replace the
//! prices.

use std::fmt::Write;

use ta_core::{indicator_catalog, meta::IndicatorMeta};

use crate::{
    files::Tree,
    methods::{argument_lists, comment_of},
    text::{all_nulls, camel},
    typescript::{params_name, Enums, FOLDER, NOTICE},
};

const PRICES: [&str; 4] = ["open", "high", "low", "close"];

/// Whether the outputs of an entry are bars.
pub fn is_bars(meta: &IndicatorMeta) -> bool {
    meta.outputs.iter().map(|o| o.name).eq(PRICES)
}

/// Adds the list of methods and their types.
pub fn write(tree: &mut Tree, enums: &Enums) {
    let metas: Vec<&IndicatorMeta> =
        indicator_catalog().iter().filter(|meta| is_bars(meta)).collect();
    let mut text = format!(
        "{NOTICE}import type {{ BarTransformOptions, FrameSurface }} from \"../core/surfaces.js\";\n\
         import type {{ Result }} from \"../core/types.js\";\n"
    );
    let mut table = String::new();
    let mut methods = Vec::new();
    for meta in &metas {
        let name = method_name(meta);
        writeln!(table, "  {name}: \"{}\",", meta.id).ok();
        if !meta.params.is_empty() {
            let params = params_name(meta);
            let category = crate::typescript::category_name(meta.category);
            writeln!(text, "import type {{ {params} }} from \"./{category}.js\";").ok();
        }
        methods.push(method(&name, meta, enums));
    }
    write!(
        text,
        "\n/** The id behind each method. */\n\
         export const barTransforms: Readonly<Record<string, string>> = {{\n{table}}};\n\n\
         /** Methods of `.ta` on frames that replace the prices of bars. */\n\
         export interface BarTransforms<S extends FrameSurface> {{\n{}}}\n",
        methods.join("\n")
    )
    .ok();
    tree.put(format!("{FOLDER}/transforms.ts"), text);
}

/// The name of the method: the entry's first alias, which is its long name.
fn method_name(meta: &IndicatorMeta) -> String {
    camel(meta.aliases.first().copied().unwrap_or(meta.id))
}

fn method(name: &str, meta: &IndicatorMeta, enums: &Enums) -> String {
    let params = if meta.params.is_empty() { "unknown".to_owned() } else { params_name(meta) };
    let lines = [
        format!("{}, in the place of the prices. {}", meta.display_name, meta.description),
        String::new(),
        "The columns `open`, `high`, `low` and `close`, or those named instead, are replaced by \
         the outputs of the same names, as Float64. The other columns stay."
            .to_owned(),
        String::new(),
        all_nulls(meta),
        String::new(),
        "@throws TaError if an option is not known or a price not numeric.".to_owned(),
        "@example".to_owned(),
        "```ts".to_owned(),
        "import pl from \"nodejs-polars\";".to_owned(),
        "import \"nodejs-polars-ta\";".to_owned(),
        "import { stocks } from \"nodejs-polars-ta/data\";".to_owned(),
        String::new(),
        "const bars = pl.readCSV(stocks);".to_owned(),
        format!("bars.ta.{name}({{ over: \"symbol\" }});"),
        "```".to_owned(),
    ];
    let comment = comment_of(&lines);
    let options = format!("BarTransformOptions<{params}>");
    argument_lists(meta, enums, &[], &options)
        .iter()
        .map(|list| format!("{comment}  {name}({list}): Result<S>;\n"))
        .collect()
}
