//! `#[derive(State)]`: the fields, written, read, copied and measured in their order.

use proc_macro2::TokenStream as Tokens;
use quote::quote;
use syn::{Data, DeriveInput, Error, Result};

pub fn derive(input: &DeriveInput) -> Result<Tokens> {
    let Data::Struct(data) = &input.data else {
        return Err(Error::new_spanned(input, "a state is a struct"));
    };
    let members: Vec<_> = data.fields.members().collect();
    let names = members.iter().map(|member| quote! { #member }.to_string());
    let (ident, (generics, types, wheres)) = (&input.ident, input.generics.split_for_impl());
    let name = ident.to_string();
    Ok(quote! {
        impl #generics crate::live::State for #ident #types #wheres {
            fn shape(&self) -> u64 {
                let parts = [#((#names, crate::live::State::shape(&self.#members))),*];
                ::ta_saved::shape(#name, &parts)
            }

            fn save(&self, to: &mut ::std::vec::Vec<u8>) {
                #(crate::live::State::save(&self.#members, to);)*
            }

            fn load(
                &mut self,
                from: &mut ::ta_saved::Reader<'_>,
            ) -> ::std::result::Result<(), ::ta_saved::Damaged> {
                #(crate::live::State::load(&mut self.#members, from)?;)*
                Ok(())
            }

            fn copy_from(&mut self, other: &Self) {
                #(crate::live::State::copy_from(&mut self.#members, &other.#members);)*
            }

            fn owned(&self) -> usize {
                0 #(+ crate::live::State::owned(&self.#members))*
            }
        }
    })
}
