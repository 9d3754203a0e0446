//! Requests, and their computation over columns.

use std::{cell::RefCell, rc::Rc};

use serde::Deserialize;
use serde_json::{Map, Value};
use ta_core::{options::ALLOW_LOOKAHEAD, Indicator, Missing, NameStyle, Params};
use ta_engine::{set_up, Caller, Frame, Request, Task};

use crate::{
    columns::{numbers, Input},
    made::Made,
    pickle,
};

/// A request as the host writes it, in JSON.
#[derive(Deserialize)]
pub struct Written {
    /// The indicator's id or alias.
    pub id: String,
    /// Parameters by name; those that are left out have their defaults.
    #[serde(default)]
    pub params: Map<String, Value>,
    /// The missing policy.
    pub missing: Option<String>,
    /// Whether values may depend on later rows.
    #[serde(default)]
    pub allow_lookahead: bool,
    /// The names of the inputs in messages; polars' own names if there are none.
    #[serde(default)]
    pub names: Vec<String>,
}

/// A checked request.
pub struct Call {
    /// The default name of the result.
    pub name: String,
    /// The indicator.
    pub indicator: &'static Indicator,
    params: Params,
    missing: Missing,
    names: Vec<String>,
}

impl Call {
    /// Reads and checks the keyword arguments of an expression.
    ///
    /// # Errors
    /// One sentence: what is wrong, and what is allowed.
    pub fn read(kwargs: &[u8]) -> Result<Self, String> {
        let written = pickle::request(kwargs)?;
        let written: Written =
            serde_json::from_str(written).map_err(|e| format!("invalid request: {e}"))?;
        let Written { id, params, missing, allow_lookahead, names } = written;
        let style = NameStyle::Snake;
        let request = Request::new(&id, &params, missing.as_deref(), style, &[]);
        let request = request.map_err(|e| e.to_string())?;
        let allow = (!allow_lookahead).then(|| format!("{}=True", style.write(ALLOW_LOOKAHEAD)));
        request.refuse_lookahead(style, allow.as_deref()).map_err(|e| e.to_string())?;
        let name = request.name.clone();
        let (indicator, params, missing) = request.call();
        Ok(Self { name, indicator, params, missing, names })
    }

    /// The same as [`Call::read`]. The thread remembers its last request: polars calls once for
    /// each group.
    ///
    /// # Errors
    /// See [`Call::read`].
    pub fn cached(kwargs: &[u8]) -> Result<Rc<Self>, String> {
        thread_local! {
            static LAST: RefCell<Option<(Vec<u8>, Rc<Call>)>> = const { RefCell::new(None) };
        }
        LAST.with(|last| {
            let known = last.borrow();
            if let Some((_, call)) = known.as_ref().filter(|(bytes, _)| bytes == kwargs) {
                return Ok(call.clone());
            }
            drop(known);
            let call = Rc::new(Self::read(kwargs)?);
            last.replace(Some((kwargs.to_vec(), call.clone())));
            Ok(call)
        })
    }

    /// Computes the outputs over input columns, in the order of the indicator's inputs. A column of
    /// one row is repeated for all rows of the others. If all have one row, for all rows of the
    /// column after them, if there is one: the host passes it where inputs may be literals or
    /// aggregates, so that a constant is as long as its frame or group.
    ///
    /// # Errors
    /// One sentence: a wrong number, type or length of columns, or what the engine refuses.
    pub fn compute(&self, inputs: &[Input<'_>]) -> Result<Made, String> {
        let meta = &self.indicator.meta;
        self.check_count(inputs.len())?;
        set_up();
        let _caller = Caller::enter();
        let rows = inputs.iter().map(Input::rows).find(|&rows| rows != 1).unwrap_or(1);
        let slots = meta.semantics.input_slots.iter().zip(inputs).enumerate();
        let columns = slots.map(|(index, (slot, input))| {
            let name = self.names.get(index).map_or(input.name, String::as_str);
            numbers(input, name, slot.kind, rows)
        });
        let columns = columns.collect::<Result<Vec<_>, _>>()?;
        let task = Task {
            indicator: self.indicator,
            params: self.params.clone(),
            inputs: (0..columns.len()).collect(),
            partition: None,
            missing: self.missing,
        };
        let mut made = Made::new(&self.name, &meta.outputs, rows);
        let frame = Frame::new(columns, Vec::new());
        frame.run(&[task], vec![made.columns()]).map_err(|e| e.to_string())?;
        made.finish();
        Ok(made)
    }

    /// Refuses another number of inputs than the indicator has. One more is allowed.
    ///
    /// # Errors
    /// The sentence of [`ta_core::TaError::InputCount`].
    pub fn check_count(&self, given: usize) -> Result<(), String> {
        let meta = &self.indicator.meta;
        let slots: Vec<&str> = meta.semantics.input_slots.iter().map(|slot| slot.name).collect();
        if given == slots.len() || given == slots.len() + 1 {
            return Ok(());
        }
        let (id, expected, slots) = (meta.id, slots.len(), slots.join(", "));
        Err(ta_core::TaError::InputCount { id, expected, slots, given }.to_string())
    }
}
