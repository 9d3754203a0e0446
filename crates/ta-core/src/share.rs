//! Pieces of one computation on several threads, of which the caller's is one.

use std::sync::{Mutex, PoisonError};

/// Does all pieces of work, in any order.
///
/// The calling thread begins at once, while others are still waking up: a million rows are
/// done within a few times as long as that takes.
pub fn share<T: Send>(pieces: Vec<T>, work: impl Fn(T) + Sync) {
    let helpers = rayon::current_num_threads().min(pieces.len()).saturating_sub(1);
    let open = Mutex::new(pieces.into_iter());
    let next = || open.lock().unwrap_or_else(PoisonError::into_inner).next();
    let do_some = || {
        while let Some(piece) = next() {
            work(piece);
        }
    };
    rayon::in_place_scope(|scope| {
        for _ in 0..helpers {
            scope.spawn(|_| do_some());
        }
        do_some();
    });
}

/// What `work` makes of each piece, in their order.
pub fn share_map<T: Send, R: Send>(pieces: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let mut made: Vec<Option<R>> = pieces.iter().map(|_| None).collect();
    let places = pieces.into_iter().zip(&mut made).collect();
    share(places, |(piece, place): (T, &mut Option<R>)| *place = Some(work(piece)));
    made.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::share_map;

    #[test]
    fn every_piece_is_done_once_and_in_its_place() {
        for pieces in [0, 1, 2, 3, 100] {
            let done = share_map((0..pieces).collect(), |piece: usize| piece * piece);
            assert_eq!(done, (0..pieces).map(|piece| piece * piece).collect::<Vec<_>>());
        }
    }

    #[test]
    fn it_may_be_asked_for_within_itself() {
        let sums = share_map((0..20).collect(), |outer: usize| {
            share_map((0..20).collect(), |inner: usize| outer * inner).iter().sum::<usize>()
        });
        assert_eq!(sums[3], 3 * 190);
    }
}
