//! A request for one indicator with checked arguments.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ta_core::{
    column_name, find_indicator, meta::DType, refuse_lookahead, resolve_for, Indicator, Missing,
    NameStyle, Params, TaError,
};

use crate::stable_after;

/// A call as a host passes it: nothing of it is checked.
#[derive(Deserialize)]
pub struct Call {
    /// The indicator's id or alias.
    pub id: String,
    /// Its parameters.
    pub params: Map<String, Value>,
    /// The missing policy, if the call names one.
    pub missing: Option<String>,
    /// The host's other options, which the error about an unknown name mentions.
    #[serde(default)]
    pub also: Vec<String>,
    /// What the user has to write to allow look-ahead; `None` if it is allowed.
    pub allow: Option<String>,
}

impl Call {
    /// A call whose parameters are a JSON object.
    ///
    /// # Errors
    /// The text is no JSON object.
    pub fn from_text(id: String, params: &str) -> Result<Self, serde_json::Error> {
        let params = serde_json::from_str(params)?;
        Ok(Self { id, params, missing: None, also: Vec::new(), allow: None })
    }

    /// Checks the call. Sentences write names in `style`.
    ///
    /// # Errors
    /// One sentence: what is wrong, and what is allowed.
    pub fn check(&self, style: NameStyle) -> Result<Request, TaError> {
        let Self { id, params, missing, also, allow } = self;
        let request = Request::new(id, params, missing.as_deref(), style, also)?;
        request.refuse_lookahead(style, allow.as_deref())?;
        Ok(request)
    }

    /// The stable history of the call; see [`stable_after`].
    ///
    /// # Errors
    /// As [`Call::check`].
    pub fn stable_after(&self, style: NameStyle) -> Result<Option<usize>, TaError> {
        let (indicator, params, _) = self.check(style)?.call;
        Ok(stable_after(indicator, &params))
    }
}

/// An indicator with all its parameters, and what follows from them.
#[derive(Serialize)]
pub struct Request {
    /// The indicator's id.
    pub id: &'static str,
    /// All parameters, under the catalog's names.
    pub params: Map<String, Value>,
    /// The default name of the output column.
    pub name: String,
    /// The names of its inputs, in the order of the kernel.
    pub inputs: Vec<&'static str>,
    /// Its outputs.
    pub outputs: Vec<RequestOutput>,
    /// The number of rows at the start without a value.
    pub lookback: usize,
    /// The number of rows at the end without a value, because a value depends on later rows.
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

    /// Refuses a request whose values depend on later rows, unless `allow` is `None`. Otherwise the
    /// error tells the user to write `allow` to allow it.
    ///
    /// # Errors
    /// One sentence: how to allow look-ahead, and which parameter avoids it.
    pub fn refuse_lookahead(&self, style: NameStyle, allow: Option<&str>) -> Result<(), TaError> {
        let (indicator, params, _) = &self.call;
        allow.map_or(Ok(()), |allow| refuse_lookahead(indicator, params, style, allow))
    }

    /// The indicator, its parameters and its missing policy.
    pub fn call(self) -> (&'static Indicator, Params, Missing) {
        self.call
    }
}
