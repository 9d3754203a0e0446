//! TA-Lib's recursions with arithmetic that is not slow when their numbers are tiny.
//!
//! Some functions over columns get a twin, in whose loops each product, quotient and fused sum is a
//! call of `ta-tiny`. That has the processor's result to the last bit, and the operations and their
//! order stay, so the twins have the same values. The twin takes longer over usual numbers, so it is
//! called only if a column stands still for long. The step of a stream has no twin: it is changed
//! itself.

use std::collections::HashSet;

use quote::{format_ident, ToTokens};
use syn::{
    fold::{self, Fold},
    parse_quote, BinOp, Expr, ExprForLoop, ExprLoop, ExprWhile, FnArg, Ident, ImplItem, ImplItemFn,
    ItemImpl, Pat, Visibility,
};

/// The functions whose numbers decay where the series stands still or is zero. The example
/// `flat_times` of ta-engine finds them.
pub const FILES: &[&str] = &[
    "adosc.rs",
    "adx.rs",
    "apo.rs",
    "atr.rs",
    "cksp.rs",
    "cmo.rs",
    "cvi.rs",
    "dema.rs",
    "dosc.rs",
    "dx.rs",
    "efi.rs",
    "ema.rs",
    "eri.rs",
    "fisher.rs",
    "kama.rs",
    "kvo.rs",
    "macd.rs",
    "macdfix.rs",
    "massi.rs",
    "minus_di.rs",
    "minus_dm.rs",
    "natr.rs",
    "plus_di.rs",
    "plus_dm.rs",
    "ppo.rs",
    "pso.rs",
    "pvo.rs",
    "rma.rs",
    "rsi.rs",
    "rvi.rs",
    "rvir.rs",
    "smi.rs",
    "stc.rs",
    "supertrend.rs",
    "swak_2php.rs",
    "swak_bp.rs",
    "swak_butter.rs",
    "swak_gauss.rs",
    "swak_hp.rs",
    "t3.rs",
    "tema.rs",
    "trix.rs",
    "tsi.rs",
    "vidya.rs",
    "wavetrend.rs",
    "zlema.rs",
];

/// The text of a file with the twins.
pub fn careful(file: &str, text: &str) -> Result<String, String> {
    let parsed = syn::parse_file(text).map_err(|e| format!("{file} cannot be read: {e}"))?;
    let mut twins = Twins { bodies: bodies(&parsed), made: 0 };
    let written = twins.fold_file(parsed).into_token_stream().to_string();
    match twins.made {
        0 => Err(format!("{file} has no function over whole columns")),
        _ => Ok(written),
    }
}

/// The functions that do the work: `x_impl_scalar` where `x_impl` only chooses the instructions.
fn bodies(file: &syn::File) -> HashSet<String> {
    let blocks = file.items.iter().filter_map(|item| match item {
        syn::Item::Impl(block) => Some(&block.items),
        _ => None,
    });
    let names: HashSet<String> = blocks
        .flatten()
        .filter_map(|item| match item {
            ImplItem::Fn(function) => Some(function.sig.ident.to_string()),
            _ => None,
        })
        .collect();
    let works = |name: &&String| {
        let body = name.ends_with("_impl") && !names.contains(&format!("{name}_scalar"));
        (body || name.ends_with("_impl_scalar"))
            && !["_open_", "_step_"].iter().any(|part| name.contains(part))
    };
    names.iter().filter(works).cloned().collect()
}

struct Twins {
    bodies: HashSet<String>,
    made: usize,
}

impl Fold for Twins {
    fn fold_item_impl(&mut self, mut block: ItemImpl) -> ItemImpl {
        let mut items = Vec::new();
        for item in block.items {
            let ImplItem::Fn(function) = item else {
                items.push(item);
                continue;
            };
            let name = function.sig.ident.to_string();
            if self.bodies.contains(&name) {
                self.made += 1;
                items.extend(twins(function).map(ImplItem::Fn));
            } else if name.ends_with("_step_impl") {
                items.push(ImplItem::Fn(Careful { depth: 1 }.fold_impl_item_fn(function)));
            } else {
                items.push(ImplItem::Fn(function));
            }
        }
        block.items = items;
        block
    }
}

/// The function that chooses, the one with TA-Lib's text, and its twin.
fn twins(function: ImplItemFn) -> [ImplItemFn; 3] {
    let named = |kind: &str| {
        let mut twin = function.clone();
        twin.sig.ident = format_ident!("{}_{kind}", function.sig.ident);
        twin.vis = Visibility::Inherited;
        twin
    };
    let (usual, careful) = (named("usual"), named("careful"));
    let (is_usual, is_careful) = (usual.sig.ident.clone(), careful.sig.ident.clone());
    let (mut arguments, mut columns): (Vec<&Ident>, Vec<&Ident>) = Default::default();
    for input in &function.sig.inputs {
        let FnArg::Typed(input) = input else { continue };
        let Pat::Ident(name) = &*input.pat else { continue };
        arguments.push(&name.ident);
        if input.ty == parse_quote!(&[f64]) {
            columns.push(&name.ident);
        }
    }
    let mut chooses = function.clone();
    chooses.block = parse_quote!({
        if #(ta_tiny::stands(#columns))||* {
            return self.#is_careful(#(#arguments),*);
        }
        self.#is_usual(#(#arguments),*)
    });
    let careful = Careful { depth: 0 }.fold_impl_item_fn(careful);
    [chooses, usual, careful]
}

/// Changes the operations inside of loops.
struct Careful {
    depth: usize,
}

impl Careful {
    fn within<T>(&mut self, change: impl FnOnce(&mut Self) -> T) -> T {
        self.depth += 1;
        let changed = change(self);
        self.depth -= 1;
        changed
    }
}

impl Fold for Careful {
    fn fold_expr_while(&mut self, expr: ExprWhile) -> ExprWhile {
        self.within(|careful| fold::fold_expr_while(careful, expr))
    }

    fn fold_expr_for_loop(&mut self, expr: ExprForLoop) -> ExprForLoop {
        self.within(|careful| fold::fold_expr_for_loop(careful, expr))
    }

    fn fold_expr_loop(&mut self, expr: ExprLoop) -> ExprLoop {
        self.within(|careful| fold::fold_expr_loop(careful, expr))
    }

    fn fold_expr(&mut self, expr: Expr) -> Expr {
        let expr = fold::fold_expr(self, expr);
        if self.depth == 0 {
            return expr;
        }
        match &expr {
            Expr::Binary(binary) => {
                let (a, b) = (&binary.left, &binary.right);
                // An index may count on when it is read, so it is read once.
                let plain = matches!(**a, Expr::Path(_) | Expr::Field(_));
                match binary.op {
                    BinOp::Mul(_) => parse_quote!(ta_tiny::of::mul(#a, #b)),
                    BinOp::Div(_) => parse_quote!(ta_tiny::of::div(#a, #b)),
                    BinOp::MulAssign(_) if plain => parse_quote!(#a = ta_tiny::of::mul(#a, #b)),
                    BinOp::DivAssign(_) if plain => parse_quote!(#a = ta_tiny::of::div(#a, #b)),
                    _ => expr,
                }
            }
            Expr::MethodCall(call) if call.method == "mul_add" => {
                let (a, arguments) = (&call.receiver, &call.args);
                parse_quote!(ta_tiny::mul_add(#a, #arguments))
            }
            _ => expr,
        }
    }
}
