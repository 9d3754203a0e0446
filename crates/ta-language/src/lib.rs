//! The expression language of features, and the configurations of pipelines.
//!
//! A text becomes a syntax tree ([`parse()`]), and with the catalog a meaning ([`bind()`]), which a
//! host computes: as JSON it has calls with checked parameters, columns, constants and operators.
//! [`print()`] writes a tree as canonical text, so that parsing and printing are inverse; [`spell()`]
//! writes a meaning without defaults. [`pipeline`] reads configurations, and [`ask()`] is all of it
//! as one function from JSON to JSON, for hosts in other languages.
//!
//! Refusals are sentences in parts ([`Said`]), because a program and a shell write options
//! differently.
#![forbid(unsafe_code)]

pub mod ask;
mod bind;
mod call;
mod form;
mod meaning;
mod measure;
mod named;
mod parse;
pub mod pipeline;
mod place;
mod print;
mod said;
mod spell;
pub mod syntax;
mod words;

pub use ask::ask;
pub use bind::{bind, Bound, Names, MAX_PARTS};
pub use meaning::{Call, Kind, Meaning};
pub use measure::Reach;
pub use parse::{parse, parse_list, MAX_DEPTH, MAX_LENGTH};
pub use place::error_at;
pub use print::{column, print, print_feature};
pub use said::{Piece, Said};
pub use spell::spell;
