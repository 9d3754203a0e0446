//! Building blocks row by row. The blocks of a formula are told apart by their order.

use std::{
    any::Any,
    borrow::Borrow,
    cell::{Cell, RefCell},
};

use ta_lib::abstract_api::FuncId;
use ta_saved::{shape, Damaged, Reader};

use super::Blocks;
use crate::{
    formula::Columns,
    live::{State, Window},
    params::ParamValue,
    talib::parts::Part,
};

/// The states of a formula's blocks.
#[derive(Clone)]
pub struct States(Vec<BlockState>);

#[derive(Clone)]
enum BlockState {
    Function(Part),
    Window(Window),
    Scan(Box<dyn AnyState>),
}

impl BlockState {
    fn any(&self) -> &dyn AnyState {
        match self {
            Self::Function(part) => part,
            Self::Window(window) => window,
            Self::Scan(state) => &**state,
        }
    }

    fn any_mut(&mut self) -> &mut dyn AnyState {
        match self {
            Self::Function(part) => part,
            Self::Window(window) => window,
            Self::Scan(state) => &mut **state,
        }
    }
}

/// A [`State`] of any type.
trait AnyState: Any + Send + Sync {
    fn boxed(&self) -> Box<dyn AnyState>;
    fn shape(&self) -> u64;
    fn save(&self, to: &mut Vec<u8>);
    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Damaged>;
    fn copy_from(&mut self, other: &dyn AnyState);
    fn owned(&self) -> usize;
}

impl<S: State> AnyState for S {
    fn boxed(&self) -> Box<dyn AnyState> {
        Box::new(self.clone())
    }

    fn shape(&self) -> u64 {
        State::shape(self)
    }

    fn save(&self, to: &mut Vec<u8>) {
        State::save(self, to);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Damaged> {
        State::load(self, from)
    }

    fn copy_from(&mut self, other: &dyn AnyState) {
        // The states of one formula have the same types in the same order.
        if let Some(other) = (other as &dyn Any).downcast_ref() {
            State::copy_from(self, other);
        }
    }

    fn owned(&self) -> usize {
        State::owned(self)
    }
}

impl Clone for Box<dyn AnyState> {
    fn clone(&self) -> Self {
        (**self).boxed()
    }
}

impl State for States {
    fn shape(&self) -> u64 {
        let parts: Vec<_> = self.0.iter().map(|state| ("", state.any().shape())).collect();
        shape("States", &parts)
    }

    fn save(&self, to: &mut Vec<u8>) {
        self.0.iter().for_each(|state| state.any().save(to));
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Damaged> {
        self.0.iter_mut().try_for_each(|state| state.any_mut().load(from))
    }

    fn copy_from(&mut self, other: &Self) {
        for (state, other) in self.0.iter_mut().zip(&other.0) {
            state.any_mut().copy_from(other.any());
        }
    }

    fn owned(&self) -> usize {
        let states = self.0.iter().map(|state| match state {
            BlockState::Scan(state) => size_of_val(&**state) + (**state).owned(),
            state => state.any().owned(),
        });
        self.0.capacity() * size_of::<BlockState>() + states.sum::<usize>()
    }
}

/// Makes the state of each block, and computes nothing.
#[derive(Default)]
pub struct Begin(RefCell<Vec<BlockState>>);

impl Begin {
    fn add(&self, state: BlockState) {
        self.0.borrow_mut().push(state);
    }

    /// The states before the first row.
    pub fn states(self) -> States {
        States(self.0.into_inner())
    }
}

impl<O: Columns> Blocks<O> for Begin {
    type Line = ();
    type Rows = ();

    fn call<const K: usize>(&self, id: FuncId, params: &[ParamValue], _: [&(); K]) {
        self.add(BlockState::Function(Part::new(id, params.to_vec())));
    }

    fn map<const K: usize>(&self, _: [&(); K], _: impl Fn([f64; K]) -> f64) {}

    fn scan<S: State, const K: usize>(
        &self,
        start: impl FnOnce() -> S,
        _: [&(); K],
        _: impl Fn(&mut S, [f64; K]) -> f64,
    ) {
        self.add(BlockState::Scan(Box::new(start())));
    }

    fn windows(&self, _: (), length: usize, _: impl Fn(&[f64]) -> f64) {
        self.add(BlockState::Window(Window::new(length)));
    }

    fn shift(&self, _: impl Borrow<()>, rows: usize) {
        if rows > 0 {
            self.add(BlockState::Window(Window::new(rows)));
        }
    }

    fn rows<const K: usize>(&self, _: [&(); K], _: impl Fn([f64; K]) -> O::Row) {}

    fn lines<const K: usize>(&self, line: impl Fn(usize))
    where
        O: for<'s> Columns<Row = [f64; K], Slices<'s> = [&'s mut [f64]; K]>,
    {
        (0..K).for_each(line);
    }

    fn scan_rows<S: State, const K: usize>(
        &self,
        start: impl FnOnce() -> S,
        _: [&(); K],
        _: impl Fn(&mut S, [f64; K]) -> O::Row,
    ) {
        self.add(BlockState::Scan(Box::new(start())));
    }
}

/// Takes one row.
pub struct Row<'a>(
    /// The states of the blocks that have not taken the row yet.
    Cell<&'a mut [BlockState]>,
);

impl<'a> Row<'a> {
    /// The next row after these states.
    pub fn new(states: &'a mut States) -> Self {
        Self(Cell::new(&mut states.0))
    }

    #[inline(always)]
    fn next(&self) -> Option<&'a mut BlockState> {
        let (next, rest) = self.0.take().split_first_mut()?;
        self.0.set(rest);
        Some(next)
    }

    /// The state of the next block, which is a window.
    ///
    /// # Panics
    /// If the formula does not ask for the blocks that it began with.
    #[inline(always)]
    fn window(&self) -> &'a mut Window {
        match self.next() {
            Some(BlockState::Window(window)) => window,
            _ => panic!("{SAME}"),
        }
    }

    /// The state of the next block, which is a scan.
    ///
    /// # Panics
    /// As [`Row::window`].
    #[inline(always)]
    fn scanned<S: State>(&self) -> &'a mut S {
        let Some(BlockState::Scan(state)) = self.next() else { panic!("{SAME}") };
        (&mut **state as &mut dyn Any).downcast_mut().expect(SAME)
    }
}

const SAME: &str = "a formula has the same blocks on each row";

impl<O: Columns> Blocks<O> for Row<'_> {
    type Line = f64;
    type Rows = O::Row;

    fn call<const K: usize>(&self, _: FuncId, _: &[ParamValue], lines: [&f64; K]) -> f64 {
        match self.next() {
            Some(BlockState::Function(part)) => part.next(lines.map(|line| *line)),
            _ => panic!("{SAME}"),
        }
    }

    fn map<const K: usize>(&self, lines: [&f64; K], value: impl Fn([f64; K]) -> f64) -> f64 {
        value(lines.map(|line| *line))
    }

    fn scan<S: State, const K: usize>(
        &self,
        _: impl FnOnce() -> S,
        lines: [&f64; K],
        next: impl Fn(&mut S, [f64; K]) -> f64,
    ) -> f64 {
        next(self.scanned(), lines.map(|line| *line))
    }

    fn windows(&self, line: f64, _: usize, value: impl Fn(&[f64]) -> f64) -> f64 {
        let window = self.window();
        window.push(line);
        if window.is_full() {
            value(window.values())
        } else {
            f64::NAN
        }
    }

    fn shift(&self, line: impl Borrow<f64>, rows: usize) -> f64 {
        let line = *line.borrow();
        if rows == 0 {
            return line;
        }
        self.window().push(line).unwrap_or(f64::NAN)
    }

    fn rows<const K: usize>(
        &self,
        lines: [&f64; K],
        values: impl Fn([f64; K]) -> O::Row,
    ) -> O::Row {
        values(lines.map(|line| *line))
    }

    fn lines<const K: usize>(&self, line: impl Fn(usize) -> f64) -> [f64; K]
    where
        O: for<'s> Columns<Row = [f64; K], Slices<'s> = [&'s mut [f64]; K]>,
    {
        std::array::from_fn(line)
    }

    fn scan_rows<S: State, const K: usize>(
        &self,
        _: impl FnOnce() -> S,
        lines: [&f64; K],
        next: impl Fn(&mut S, [f64; K]) -> O::Row,
    ) -> O::Row {
        next(self.scanned(), lines.map(|line| *line))
    }
}
