//! The streams of a TA-Lib function over many series.

use std::{any::Any, sync::Arc};

use ta_lib::OpenStreams;
use ta_saved::{Damaged, Reader};

use super::{
    refused,
    stream::{copy, Function, Progress},
};
use crate::{
    live::{check, Bank, Step, MOST},
    params::Params,
};

/// The bank of a function.
pub(super) struct StreamBank {
    function: Arc<Function>,
    /// They tell this bank from one with other parameters.
    params: Params,
    series: Vec<Progress>,
    streams: OpenStreams,
}

impl StreamBank {
    /// The bank of a function with these parameters, without series.
    pub fn new(function: Function, params: &Params) -> Self {
        let streams = function.streams();
        let function = Arc::new(function);
        Self { function, params: params.clone(), series: Vec::new(), streams }
    }
}

impl StreamBank {
    /// Takes the rows from this one on, each by itself.
    #[cold]
    fn run_rest(
        &mut self,
        steps: &[Step],
        first: usize,
        inputs: &[&[f64]],
        outputs: &mut [&mut [f64]],
    ) -> Result<(), String> {
        let Self { function, series, streams, .. } = self;
        let mut result = Ok(());
        let (mut row, mut values) = ([f64::NAN; MOST], [f64::NAN; MOST]);
        let (row, values) = (&mut row[..inputs.len()], &mut values[..outputs.len()]);
        for (number, &step) in steps.iter().enumerate().skip(first) {
            row.iter_mut().zip(inputs).for_each(|(value, column)| *value = column[number]);
            let ran = function.take(&mut series[step.series as usize], streams, step, row, values);
            if ran.is_err() {
                values.fill(f64::NAN);
                result = result.and(ran);
            }
            outputs.iter_mut().zip(&*values).for_each(|(column, value)| column[number] = *value);
        }
        result.map_err(refused)
    }
}

impl Bank for StreamBank {
    fn inputs(&self) -> usize {
        self.function.inputs
    }

    fn outputs(&self) -> usize {
        self.function.outputs
    }

    fn len(&self) -> usize {
        self.series.len()
    }

    fn add(&mut self) -> usize {
        self.series.push(self.function.start());
        self.streams.add();
        self.series.len() - 1
    }

    fn reset(&mut self, series: usize) {
        self.series[series] = self.function.start();
        self.streams.close(series);
    }

    fn run(
        &mut self,
        steps: &[Step],
        inputs: &[&[f64]],
        outputs: &mut [&mut [f64]],
    ) -> Result<(), String> {
        let Self { function, series, streams, .. } = self;
        check(steps, (inputs, function.inputs), (outputs, function.outputs))?;
        // Rows before the first one that is not plain are taken at once; most often all are.
        let mut plain = 0;
        for step in steps {
            let at = &mut series[step.series as usize];
            if !Function::is_plain(at) {
                break;
            }
            at.row += usize::from(step.commits);
            plain += 1;
        }
        let taken = streams.run(&steps[..plain], inputs, outputs);
        if plain == steps.len() {
            return taken.map_err(refused);
        }
        let rest = self.run_rest(steps, plain, inputs, outputs);
        taken.map_err(refused).and(rest)
    }

    fn copy_from(&mut self, series: usize, other: &dyn Bank, from: usize) -> Result<(), String> {
        let other: Option<&Self> = (other as &dyn Any).downcast_ref();
        // All functions have this type.
        let same = |o: &&Self| o.params == self.params && o.function.id == self.function.id;
        let other = other.filter(same);
        let other = other.ok_or("the state is of another indicator or of other parameters")?;
        copy(&mut self.series[series], &other.series[from]);
        self.streams.copy_from(series, &other.streams, from);
        Ok(())
    }

    fn fork(&self) -> Box<dyn Bank> {
        Box::new(Self {
            function: self.function.clone(),
            params: self.params.clone(),
            series: self.series.clone(),
            streams: self.streams.clone(),
        })
    }

    fn shape(&self) -> u64 {
        self.function.shape()
    }

    fn save(&self, series: usize, to: &mut Vec<u8>) {
        self.function.save(&self.series[series], &self.streams, series, to);
    }

    fn load(&mut self, series: usize, from: &mut Reader<'_>) -> Result<(), Damaged> {
        self.function.load(&mut self.series[series], &mut self.streams, series, from)
    }

    fn bytes(&self, series: usize) -> usize {
        self.series[series].bytes() + self.streams.bytes(series)
    }
}
