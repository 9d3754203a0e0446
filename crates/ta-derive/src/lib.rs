//! Derive macros for an indicator's parameters, and for states that can be saved.
//!
//! A parameter is written once, as a field. The macros make its catalog entry, its check and the
//! code that reads it from the field's name, type, comment and `#[param]` attribute:
//!
//! ```text
//! #[derive(Parameters)]
//! struct Bands {
//!     /// Bars of the average.
//!     #[param(default = 20, min = 2)]
//!     period: usize,
//!     /// Deviations between average and band.
//!     #[param(default = 2.0, min = 0.0, max = 1e9)]
//!     deviations: f64,
//! }
//! ```

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;
use quote::quote;
use syn::{
    parse_macro_input, spanned::Spanned, Data, DeriveInput, Error, Expr, ExprLit, Field, Fields,
    Ident, Lit, Meta, Result,
};

mod saved;
mod state;

/// The largest whole number allowed, unless a field sets another limit.
const MAX: i64 = 100_000;

/// Derives `Parameters` for a struct whose fields are an indicator's parameters.
///
/// A field has the attribute `#[param(default = …)]`. A number also has `min` and `max`; a whole
/// number without `max` has the limit 100,000. A field whose type is a struct of parameters has
/// `#[param(flatten)]`. A unit struct has no parameters.
#[proc_macro_derive(Parameters, attributes(param))]
pub fn parameters(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(&input, derive_parameters)
}

/// Derives `Choice` for an enum without fields. It is the type of a parameter that is one of a list
/// of names: the variants in snake_case.
#[proc_macro_derive(Choice)]
pub fn choice(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(&input, derive_choice)
}

/// Derives `ta_saved::Saved` for a struct or an enum all of whose fields have it.
#[proc_macro_derive(Saved, attributes(saved))]
pub fn saved(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(&input, saved::derive)
}

/// Derives `State` of ta-core's `live` for a struct all of whose fields have it.
#[proc_macro_derive(State)]
pub fn state(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(&input, state::derive)
}

fn expand(input: &DeriveInput, derive: fn(&DeriveInput) -> Result<Tokens>) -> TokenStream {
    derive(input).unwrap_or_else(Error::into_compile_error).into()
}

fn derive_parameters(input: &DeriveInput) -> Result<Tokens> {
    let Data::Struct(data) = &input.data else {
        return Err(Error::new(input.span(), "parameters are the fields of a struct"));
    };
    let fields: Vec<&Field> = match &data.fields {
        Fields::Named(fields) => fields.named.iter().collect(),
        Fields::Unit => Vec::new(),
        Fields::Unnamed(fields) => {
            return Err(Error::new(fields.span(), "a parameter needs a name"));
        }
    };
    let mut describe = Vec::new();
    let mut read = Vec::new();
    for field in &fields {
        let (ty, ident) = (&field.ty, field.ident.as_ref().expect("named fields have names"));
        match spec(field)? {
            Spec::Flatten => {
                describe.push(quote! { <#ty as crate::formula::Parameters>::describe(to); });
                read.push(quote! { #ident: <#ty as crate::formula::Parameters>::read(from) });
            }
            Spec::Value(spec) => {
                let (name, text) = (ident.to_string(), comment(field)?);
                describe.push(quote! {
                    to.push(crate::formula::described::<#ty>(#name, #text, (#(#spec,)*)));
                });
                read.push(quote! { #ident: crate::formula::next::<#ty>(from) });
            }
        }
    }
    let (name, (generics, types, wheres)) = (&input.ident, input.generics.split_for_impl());
    Ok(quote! {
        impl #generics crate::formula::Parameters for #name #types #wheres {
            fn describe(to: &mut Vec<crate::meta::IndicatorParamMeta>) {
                let _ = &to;
                #(#describe)*
            }

            fn read(from: &mut std::slice::Iter<'_, crate::params::ParamValue>) -> Self {
                let _ = &from;
                Self { #(#read),* }
            }
        }
    })
}

/// The contents of a field's `#[param]` attribute.
enum Spec {
    /// The field is a struct of parameters.
    Flatten,
    /// The default and, for numbers, the range.
    Value(Vec<Tokens>),
}

fn spec(field: &Field) -> Result<Spec> {
    let attribute = field.attrs.iter().find(|attr| attr.path().is_ident("param"));
    let attribute = attribute.ok_or_else(|| Error::new(field.span(), "#[param(…)] is missing"))?;
    let (mut default, mut min, mut max, mut flatten) = (None, None, None, false);
    attribute.parse_nested_meta(|meta| {
        let slot = match meta.path.get_ident().map(Ident::to_string).as_deref() {
            Some("default") => &mut default,
            Some("min") => &mut min,
            Some("max") => &mut max,
            Some("flatten") => {
                flatten = true;
                return Ok(());
            }
            _ => return Err(meta.error("#[param] takes default, min, max or flatten")),
        };
        *slot = Some(meta.value()?.parse::<Expr>()?);
        Ok(())
    })?;
    if flatten {
        return Ok(Spec::Flatten);
    }
    let default = default.ok_or_else(|| Error::new(attribute.span(), "a default is missing"))?;
    Ok(Spec::Value(match min {
        Some(min) => {
            let max = max.map_or_else(|| quote! { #MAX }, |max| quote! { #max });
            vec![quote! { #default }, quote! { #min }, max]
        }
        None => vec![quote! { #default }],
    }))
}

/// The comment of a field, with its lines joined.
fn comment(field: &Field) -> Result<String> {
    let lines = field.attrs.iter().filter(|attr| attr.path().is_ident("doc"));
    let lines = lines.filter_map(|attr| match &attr.meta {
        Meta::NameValue(pair) => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value().trim().to_owned()),
            _ => None,
        },
        _ => None,
    });
    let text = lines.collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Err(Error::new(field.span(), "a parameter needs a comment: its description"));
    }
    Ok(text)
}

fn derive_choice(input: &DeriveInput) -> Result<Tokens> {
    let Data::Enum(data) = &input.data else {
        return Err(Error::new(input.span(), "choices are the variants of an enum"));
    };
    let variants: Vec<&Ident> = data.variants.iter().map(|variant| &variant.ident).collect();
    let names = variants.iter().map(|variant| snake(&variant.to_string()));
    let name = &input.ident;
    Ok(quote! {
        impl crate::formula::Choice for #name {
            const NAMES: &'static [&'static str] = &[#(#names),*];
            const ALL: &'static [Self] = &[#(Self::#variants),*];
        }
    })
}

fn snake(pascal: &str) -> String {
    let mut name = String::new();
    for c in pascal.chars() {
        if c.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(c.to_lowercase());
    }
    name
}
