//! The options that calls take beside their inputs and parameters, in every host. Bindings take
//! the names from here and spell them as they spell parameters.

/// What a row with a missing input does: one of the words of [`Missing::ALL`](crate::Missing::ALL).
pub const MISSING: &str = "missing";

/// Whether values may depend on later rows, for indicators that can look ahead.
pub const ALLOW_LOOKAHEAD: &str = "allow_lookahead";
