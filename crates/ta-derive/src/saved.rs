//! `#[derive(Saved)]`: the fields, written, read, copied and measured in their order. Bytes in which
//! a field with `#[saved(at_most = 50.0)]` is larger are refused.

use proc_macro2::TokenStream as Tokens;
use quote::{format_ident, quote};
use syn::{parse_quote, Data, DeriveInput, Error, Field, Fields, Ident, Result};

pub fn derive(input: &DeriveInput) -> Result<Tokens> {
    let mut generics = input.generics.clone();
    for parameter in generics.type_params_mut() {
        parameter.bounds.push(parse_quote!(::ta_saved::Saved));
    }
    let (generics, types, wheres) = generics.split_for_impl();
    let Body { shape, least, save, load, copy, owned } = match &input.data {
        Data::Struct(data) => of_struct(&data.fields)?,
        Data::Enum(data) => {
            let variants: Vec<_> = data.variants.iter().map(|v| (&v.ident, &v.fields)).collect();
            of_enum(&variants)?
        }
        Data::Union(_) => return Err(Error::new_spanned(input, "a union has no fields to save")),
    };
    let ident = &input.ident;
    let name = ident.to_string();
    Ok(quote! {
        impl #generics ::ta_saved::Saved for #ident #types #wheres {
            const SHAPE: u64 = ::ta_saved::shape(#name, &#shape);
            const LEAST: usize = #least;

            fn save(&self, to: &mut ::std::vec::Vec<u8>) {
                #save
            }

            fn load(
                from: &mut ::ta_saved::Reader<'_>,
            ) -> ::std::result::Result<Self, ::ta_saved::Damaged> {
                #load
            }

            fn copy_from(&mut self, other: &Self) {
                #copy
            }

            fn owned(&self) -> usize {
                #owned
            }
        }
    })
}

/// The parts of an implementation.
struct Body {
    shape: Tokens,
    least: Tokens,
    save: Tokens,
    load: Tokens,
    copy: Tokens,
    owned: Tokens,
}

fn of_struct(fields: &Fields) -> Result<Body> {
    let (save, read, owned) = (save(fields), read(fields)?, owned(fields));
    let members: Vec<_> = fields.members().collect();
    let names = names(fields);
    let types = fields.iter().map(|field| &field.ty);
    Ok(Body {
        shape: shapes(fields),
        least: quote! { 0 #(+ <#types as ::ta_saved::Saved>::LEAST)* },
        save: quote! {
            let Self { #names } = self;
            #save
        },
        load: quote! { Ok(Self { #read }) },
        copy: quote! {
            #(::ta_saved::Saved::copy_from(&mut self.#members, &other.#members);)*
        },
        owned: quote! {
            let Self { #names } = self;
            #owned
        },
    })
}

/// An enum is the number of its variant, and the variant's fields.
fn of_enum(variants: &[(&Ident, &Fields)]) -> Result<Body> {
    let number = 0..variants.len();
    let (idents, fields): (Vec<_>, Vec<_>) = variants.iter().copied().unzip();
    let shape = variants.iter().map(|(ident, fields)| {
        let (name, parts) = (ident.to_string(), shapes(fields));
        quote! { (#name, ::ta_saved::shape("", &#parts)) }
    });
    let saved = number.clone().zip(variants).map(|(number, (ident, fields))| {
        let (names, save) = (names(fields), save(fields));
        quote! {
            Self::#ident { #names } => {
                ::ta_saved::Saved::save(&#number, to);
                #save
            }
        }
    });
    let read = fields.iter().map(|fields| read(fields)).collect::<Result<Vec<_>>>()?;
    let owned = variants.iter().map(|(ident, fields)| {
        let (names, owned) = (names(fields), owned(fields));
        quote! { Self::#ident { #names } => { #owned } }
    });
    let copied = variants.iter().map(|(ident, fields)| {
        let members: Vec<_> = fields.members().collect();
        let to: Vec<_> = locals(fields).collect();
        let other: Vec<_> = to.iter().map(|local| format_ident!("other_{local}")).collect();
        quote! {
            (Self::#ident { #(#members: #to),* }, Self::#ident { #(#members: #other),* }) => {
                #(::ta_saved::Saved::copy_from(#to, #other);)*
            }
        }
    });
    Ok(Body {
        shape: quote! { [#(#shape),*] },
        least: quote! { 1 },
        save: quote! { match self { #(#saved)* } },
        load: quote! {
            Ok(match <usize as ::ta_saved::Saved>::load(from)? {
                #(#number => Self::#idents { #read },)*
                _ => return Err(::ta_saved::Damaged::Wrong("variant")),
            })
        },
        copy: quote! {
            match (self, other) {
                #(#copied)*
                #[allow(unreachable_patterns)]
                (to, other) => *to = ::std::clone::Clone::clone(other),
            }
        },
        owned: quote! { match self { #(#owned)* } },
    })
}

/// The fields as a pattern: `sum: field_0, window: field_1`.
fn names(fields: &Fields) -> Tokens {
    let (members, locals) = (fields.members(), locals(fields));
    quote! { #(#members: #locals),* }
}

fn save(fields: &Fields) -> Tokens {
    let locals = locals(fields);
    quote! { #(::ta_saved::Saved::save(#locals, to);)* }
}

fn owned(fields: &Fields) -> Tokens {
    let locals = locals(fields);
    quote! { 0 #(+ ::ta_saved::Saved::owned(#locals))* }
}

fn read(fields: &Fields) -> Result<Tokens> {
    let parts = fields.members().zip(fields).map(|(member, field)| {
        Ok(match limit(field)? {
            Some(limit) => quote! { #member: from.at_most(#limit)? },
            None => quote! { #member: ::ta_saved::Saved::load(from)? },
        })
    });
    let parts = parts.collect::<Result<Vec<_>>>()?;
    Ok(quote! { #(#parts),* })
}

/// The largest number that a field may have in bytes that are read.
fn limit(field: &Field) -> Result<Option<syn::Lit>> {
    let mut limit = None;
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("saved")) {
        attribute.parse_nested_meta(|meta| {
            if !meta.path.is_ident("at_most") {
                return Err(meta.error("only at_most is known"));
            }
            limit = Some(meta.value()?.parse()?);
            Ok(())
        })?;
    }
    Ok(limit)
}

fn locals(fields: &Fields) -> impl Iterator<Item = Ident> {
    (0..fields.len()).map(|number| format_ident!("field_{number}"))
}

fn shapes(fields: &Fields) -> Tokens {
    let part = fields.members().zip(fields).map(|(member, field)| {
        let (name, ty) = (quote! { #member }.to_string(), &field.ty);
        quote! { (#name, <#ty as ::ta_saved::Saved>::SHAPE) }
    });
    quote! { [#(#part),*] }
}
