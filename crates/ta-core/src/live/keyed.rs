//! A bank out of an indicator that knows how to continue one state.

use std::{any::Any, sync::Arc};

use ta_saved::{Damaged, Reader};

use super::{check, Bank, Step, MOST};
use crate::params::Params;

/// An indicator with its parameters, which continues the state of any series.
pub trait Live: Send + Sync + 'static {
    /// What it keeps of a series from row to row.
    type State: Clone + Send + Sync;
    /// Memory for one call, whose contents mean nothing to the next.
    type Scratch: Send + Sync;

    /// The length of a row.
    fn inputs(&self) -> usize;

    /// The number of values.
    fn outputs(&self) -> usize;

    /// The state before the first row.
    fn start(&self) -> Self::State;

    /// Memory for the calls of [`Live::update`] and [`Live::peek`].
    fn scratch(&self) -> Self::Scratch;

    /// Takes the next row and writes its values. The row and the place for the values have the right length, and the row
    /// is finite.
    ///
    /// # Errors
    /// A sentence. Nothing has changed then.
    fn update(
        &self,
        state: &mut Self::State,
        scratch: &mut Self::Scratch,
        row: &[f64],
        values: &mut [f64],
    ) -> Result<(), String>;

    /// Takes the next row. What it leaves in the place for the values means nothing.
    ///
    /// # Errors
    /// As [`Live::update`].
    fn take(
        &self,
        state: &mut Self::State,
        scratch: &mut Self::Scratch,
        row: &[f64],
        values: &mut [f64],
    ) -> Result<(), String> {
        self.update(state, scratch, row, values)
    }

    /// Writes the values that [`Live::update`] would write. It may change the state, but leaves it as it was.
    ///
    /// # Errors
    /// As [`Live::update`].
    fn peek(
        &self,
        state: &mut Self::State,
        scratch: &mut Self::Scratch,
        row: &[f64],
        values: &mut [f64],
    ) -> Result<(), String>;

    /// See [`Bank::shape`]. All states have the shape of this one.
    fn shape(&self, state: &Self::State) -> u64;

    /// Appends a state.
    fn save(&self, state: &Self::State, to: &mut Vec<u8>);

    /// Replaces a state by a saved one.
    ///
    /// # Errors
    /// [`Damaged`], if the bytes are not a state of this indicator. The state is of no use then.
    fn load(&self, state: &mut Self::State, from: &mut Reader<'_>) -> Result<(), Damaged>;

    /// Makes a state a copy of another one, in the memory that it already has.
    fn copy(&self, to: &mut Self::State, from: &Self::State);

    /// The bytes of memory that a state owns, without its own size.
    fn owned(&self, state: &Self::State) -> usize;
}

/// The [`Bank`] of an indicator.
pub struct Keyed<L: Live> {
    live: Arc<L>,
    /// They tell this bank from one with other parameters.
    params: Params,
    /// The state before the first row, of which every series begins as a copy.
    first: L::State,
    /// Its shape, which asks for memory to find out.
    shape: u64,
    states: Vec<L::State>,
    scratch: L::Scratch,
}

impl<L: Live> Keyed<L> {
    /// An indicator with these parameters, without series.
    pub fn new(live: L, params: &Params) -> Self {
        let (first, scratch) = (live.start(), live.scratch());
        Self {
            shape: live.shape(&first),
            live: Arc::new(live),
            params: params.clone(),
            first,
            states: Vec::new(),
            scratch,
        }
    }
}

impl<L: Live> Bank for Keyed<L> {
    fn inputs(&self) -> usize {
        self.live.inputs()
    }

    fn outputs(&self) -> usize {
        self.live.outputs()
    }

    fn len(&self) -> usize {
        self.states.len()
    }

    fn add(&mut self) -> usize {
        self.states.push(self.first.clone());
        self.states.len() - 1
    }

    fn reset(&mut self, series: usize) {
        self.live.copy(&mut self.states[series], &self.first);
    }

    fn run(
        &mut self,
        steps: &[Step],
        inputs: &[&[f64]],
        outputs: &mut [&mut [f64]],
    ) -> Result<(), String> {
        check(steps, (inputs, self.live.inputs()), (outputs, self.live.outputs()))?;
        let mut result = Ok(());
        let (mut row, mut values) = ([f64::NAN; MOST], [f64::NAN; MOST]);
        let (row, values) = (&mut row[..inputs.len()], &mut values[..outputs.len()]);
        for (number, step) in steps.iter().enumerate() {
            row.iter_mut().zip(inputs).for_each(|(value, column)| *value = column[number]);
            let state = &mut self.states[step.series as usize];
            let ran = match step {
                Step { commits: false, .. } => {
                    self.live.peek(state, &mut self.scratch, row, values)
                }
                Step { valued: true, .. } => {
                    self.live.update(state, &mut self.scratch, row, values)
                }
                _ => self.live.take(state, &mut self.scratch, row, values),
            };
            if ran.is_err() {
                values.fill(f64::NAN);
                result = result.and(ran);
            }
            if !step.valued {
                continue;
            }
            outputs.iter_mut().zip(&*values).for_each(|(column, value)| column[number] = *value);
        }
        result
    }

    fn copy_from(&mut self, series: usize, other: &dyn Bank, from: usize) -> Result<(), String> {
        let other: Option<&Self> = (other as &dyn Any).downcast_ref();
        // Functions of TA-Lib have one type, but states of different shapes.
        let other = other.filter(|o| o.params == self.params && o.shape == self.shape);
        let other = other.ok_or("the state is of another indicator or of other parameters")?;
        self.live.copy(&mut self.states[series], &other.states[from]);
        Ok(())
    }

    fn fork(&self) -> Box<dyn Bank> {
        Box::new(Self {
            live: self.live.clone(),
            params: self.params.clone(),
            first: self.first.clone(),
            shape: self.shape,
            states: self.states.clone(),
            scratch: self.live.scratch(),
        })
    }

    fn shape(&self) -> u64 {
        self.shape
    }

    fn save(&self, series: usize, to: &mut Vec<u8>) {
        self.live.save(&self.states[series], to);
    }

    fn load(&mut self, series: usize, from: &mut Reader<'_>) -> Result<(), Damaged> {
        let mut state = self.first.clone();
        self.live.load(&mut state, from)?;
        self.states[series] = state;
        Ok(())
    }

    fn bytes(&self, series: usize) -> usize {
        size_of::<L::State>() + self.live.owned(&self.states[series])
    }
}
