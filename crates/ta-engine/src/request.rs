//! A request for one indicator with checked arguments.

use serde::Serialize;
use serde_json::{Map, Value};
use ta_core::{
    column_name, find_indicator, meta::DType, refuse_lookahead, resolve_for, Indicator, Missing,
    NameStyle, Params, TaError,
};

/// An indicator with all its parameters, and the facts that follow from them.
#[derive(Serialize)]
pub struct Request {
    /// The indicator's id.
    pub id: &'static str,
    /// All parameters, under the catalog's names.
    pub params: Map<String, Value>,
    /// Default name of the output column.
    pub name: String,
    /// Names of its inputs, in the order the kernel takes them.
    pub inputs: Vec<&'static str>,
    /// Its outputs.
    pub outputs: Vec<RequestOutput>,
    /// Rows at the start without a value.
    pub lookback: usize,
    /// Rows at the end without a value, because it depends on later rows.
    pub lookahead: usize,
    #[serde(skip)]
    call: (&'static Indicator, Params, Missing),
}

/// One output of a request.
#[derive(Serialize)]
pub struct RequestOutput {
    /// Its name.
    pub name: &'static str,
    /// Its column type.
    pub dtype: DType,
}

impl Request {
    /// Checks an indicator's name, its parameters and its missing policy. `also` lists other
    /// option names of the host, which the error about an unknown name mentions.
    ///
    /// # Errors
    /// One sentence: what is wrong, and what is allowed.
    pub fn new(
        name: &str,
        given: &Map<String, Value>,
        missing: Option<&str>,
        style: NameStyle,
        also: &[String],
    ) -> Result<Self, TaError> {
        let indicator = find_indicator(name)?;
        let params = resolve_for(indicator, given, style, also)?;
        let missing = missing.map(Missing::parse).transpose()?.unwrap_or_default();
        let meta = &indicator.meta;
        let (lookback, lookahead) = indicator.edges(&params);
        let outputs = meta.outputs.iter().map(|o| RequestOutput { name: o.name, dtype: o.dtype });
        Ok(Self {
            id: meta.id,
            params: params.to_json(meta),
            name: column_name(meta, &params),
            inputs: meta.semantics.input_slots.iter().map(|slot| slot.name).collect(),
            outputs: outputs.collect(),
            lookback,
            lookahead,
            call: (indicator, params, missing),
        })
    }

    /// Refuses a request whose values depend on later rows. `allow` is what the user has to write
    /// to allow that; `None` allows it.
    ///
    /// # Errors
    /// One sentence: how to allow it, or which parameter avoids it.
    pub fn refuse_lookahead(&self, style: NameStyle, allow: Option<&str>) -> Result<(), TaError> {
        let (indicator, params, _) = &self.call;
        allow.map_or(Ok(()), |allow| refuse_lookahead(indicator, params, style, allow))
    }

    /// The indicator, its parameters and its missing policy.
    pub fn call(self) -> (&'static Indicator, Params, Missing) {
        self.call
    }
}
