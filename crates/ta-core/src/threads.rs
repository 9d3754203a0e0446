//! The interface by which kernels use the host's threads.

use std::sync::{Mutex, PoisonError};

/// Threads that run independent jobs.
pub trait Threads: Sync {
    /// Calls `job` with each number below `count`, in any order and on any threads; returns when
    /// all calls have returned.
    fn run(&self, count: usize, job: &(dyn Fn(usize) + Sync));
}

/// Runs all jobs on the calling thread.
pub struct Serial;

impl Threads for Serial {
    fn run(&self, count: usize, job: &(dyn Fn(usize) + Sync)) {
        (0..count).for_each(job);
    }
}

/// The results of `work` for all items, in their order.
pub fn map<T: Send, R: Send>(
    threads: &dyn Threads,
    items: Vec<T>,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let items: Vec<Mutex<Option<T>>> = items.into_iter().map(|item| Some(item).into()).collect();
    let made: Vec<Mutex<Option<R>>> = items.iter().map(|_| Mutex::new(None)).collect();
    threads.run(items.len(), &|index| {
        let item = items[index].lock().unwrap_or_else(PoisonError::into_inner).take();
        let result = item.map(&work);
        *made[index].lock().unwrap_or_else(PoisonError::into_inner) = result;
    });
    let result = |slot: Mutex<Option<R>>| slot.into_inner().unwrap_or_else(PoisonError::into_inner);
    made.into_iter().filter_map(result).collect()
}
