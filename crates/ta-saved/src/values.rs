//! The types that states are made of.

use crate::{shape, Damaged, Reader, Saved};

macro_rules! plain {
    ($($type:ident: $bytes:literal;)*) => {$(
        impl Saved for $type {
            const SHAPE: u64 = shape(stringify!($type), &[]);
            const LEAST: usize = $bytes;

            // States have thousands of these; inlined, they make a host a third of a megabyte larger.
            #[inline(never)]
            fn save(&self, to: &mut Vec<u8>) {
                to.extend_from_slice(&self.to_le_bytes());
            }

            #[inline(never)]
            fn load(from: &mut Reader<'_>) -> Result<Self, Damaged> {
                from.bytes().map(Self::from_le_bytes)
            }
        }
    )*};
}

plain! { f64: 8; i32: 4; i64: 8; u64: 8; }

impl Saved for bool {
    const SHAPE: u64 = shape("bool", &[]);
    const LEAST: usize = 1;

    fn save(&self, to: &mut Vec<u8>) {
        to.push(u8::from(*self));
    }

    fn load(from: &mut Reader<'_>) -> Result<Self, Damaged> {
        match from.bytes()? {
            [0] => Ok(false),
            [1] => Ok(true),
            _ => Err(Damaged::Wrong("flag")),
        }
    }
}

/// Seven bits a byte, the lowest first; the eighth says that more follow. Most are small, and they
/// are the same on machines of 32 and 64 bits.
impl Saved for usize {
    const SHAPE: u64 = shape("usize", &[]);
    const LEAST: usize = 1;

    #[inline(never)]
    fn save(&self, to: &mut Vec<u8>) {
        let mut rest = *self;
        while rest > 0x7F {
            to.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        to.push(rest as u8);
    }

    #[inline(never)]
    fn load(from: &mut Reader<'_>) -> Result<Self, Damaged> {
        let mut value = 0u64;
        for shift in (0..).step_by(7) {
            let [byte] = from.bytes()?;
            let bits = u64::from(byte & 0x7F);
            if shift > 63 || bits << shift >> shift != bits {
                break;
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return Self::try_from(value).map_err(|_| Damaged::Wrong("number"));
            }
        }
        Err(Damaged::Wrong("number"))
    }
}

impl<T: Saved> Saved for Option<T> {
    const SHAPE: u64 = shape("Option", &[("", T::SHAPE)]);
    const LEAST: usize = 1;

    fn save(&self, to: &mut Vec<u8>) {
        self.is_some().save(to);
        if let Some(value) = self {
            value.save(to);
        }
    }

    fn load(from: &mut Reader<'_>) -> Result<Self, Damaged> {
        bool::load(from)?.then(|| T::load(from)).transpose()
    }

    fn copy_from(&mut self, other: &Self) {
        match (self, other) {
            (Some(value), Some(other)) => value.copy_from(other),
            (value, other) => *value = other.clone(),
        }
    }

    fn owned(&self) -> usize {
        self.as_ref().map_or(0, T::owned)
    }
}

/// A value in a box is saved as the value itself.
impl<T: Saved> Saved for Box<T> {
    const SHAPE: u64 = T::SHAPE;
    const LEAST: usize = T::LEAST;

    fn save(&self, to: &mut Vec<u8>) {
        (**self).save(to);
    }

    fn load(from: &mut Reader<'_>) -> Result<Self, Damaged> {
        T::load(from).map(Self::new)
    }

    fn copy_from(&mut self, other: &Self) {
        (**self).copy_from(other);
    }

    fn owned(&self) -> usize {
        size_of::<T>() + (**self).owned()
    }
}

impl<T: Saved> Saved for Vec<T> {
    const SHAPE: u64 = shape("Vec", &[("", T::SHAPE)]);
    const LEAST: usize = 1;

    fn save(&self, to: &mut Vec<u8>) {
        self.len().save(to);
        self.iter().for_each(|value| value.save(to));
    }

    fn load(from: &mut Reader<'_>) -> Result<Self, Damaged> {
        let count = from.count(T::LEAST)?;
        let mut values = Self::with_capacity(count);
        for _ in 0..count {
            values.push(T::load(from)?);
        }
        Ok(values)
    }

    fn copy_from(&mut self, other: &Self) {
        self.truncate(other.len());
        let (there, more) = other.split_at(self.len());
        self.iter_mut().zip(there).for_each(|(value, other)| value.copy_from(other));
        self.extend_from_slice(more);
    }

    fn owned(&self) -> usize {
        self.capacity() * size_of::<T>() + self.iter().map(T::owned).sum::<usize>()
    }
}

impl<T: Saved, const N: usize> Saved for [T; N] {
    const SHAPE: u64 = shape("array", &[("", T::SHAPE), ("", N as u64)]);
    const LEAST: usize = N * T::LEAST;

    fn save(&self, to: &mut Vec<u8>) {
        self.iter().for_each(|value| value.save(to));
    }

    fn load(from: &mut Reader<'_>) -> Result<Self, Damaged> {
        let mut values = Vec::with_capacity(N);
        for _ in 0..N {
            values.push(T::load(from)?);
        }
        values.try_into().map_err(|_| Damaged::Short)
    }

    fn copy_from(&mut self, other: &Self) {
        self.iter_mut().zip(other).for_each(|(value, other)| value.copy_from(other));
    }

    fn owned(&self) -> usize {
        self.iter().map(T::owned).sum()
    }
}

macro_rules! tuple {
    ($($part:ident $at:tt),*) => {
        impl<$($part: Saved),*> Saved for ($($part,)*) {
            const SHAPE: u64 = shape("tuple", &[$(("", $part::SHAPE)),*]);
            const LEAST: usize = 0 $(+ $part::LEAST)*;

            fn save(&self, to: &mut Vec<u8>) {
                $(self.$at.save(to);)*
            }

            fn load(from: &mut Reader<'_>) -> Result<Self, Damaged> {
                Ok(($($part::load(from)?,)*))
            }

            fn copy_from(&mut self, other: &Self) {
                $(self.$at.copy_from(&other.$at);)*
            }

            fn owned(&self) -> usize {
                0 $(+ self.$at.owned())*
            }
        }
    };
}
tuple!(A 0, B 1);
tuple!(A 0, B 1, C 2);

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Saved, Debug, Clone, PartialEq)]
    enum Kind {
        Plain,
        Pair(usize, f64),
        Named { flag: bool },
    }

    #[derive(Saved, Debug, Clone, PartialEq)]
    struct All<T> {
        kinds: Vec<Kind>,
        inner: Option<T>,
        fixed: [i32; 3],
        wide: (),
    }

    impl Saved for () {
        const SHAPE: u64 = shape("()", &[]);
        const LEAST: usize = 0;

        fn save(&self, _: &mut Vec<u8>) {}

        fn load(_: &mut Reader<'_>) -> Result<Self, Damaged> {
            Ok(())
        }
    }

    fn bytes(value: &impl Saved) -> Vec<u8> {
        let mut bytes = Vec::new();
        value.save(&mut bytes);
        bytes
    }

    fn all() -> All<u64> {
        let kinds = vec![Kind::Plain, Kind::Pair(300, -0.0), Kind::Named { flag: true }];
        All { kinds, inner: Some(u64::MAX), fixed: [i32::MIN, 0, 7], wide: () }
    }

    #[test]
    fn what_was_saved_comes_back() {
        let saved = bytes(&all());
        let mut reader = Reader::new(&saved);
        assert_eq!(All::load(&mut reader), Ok(all()));
        assert_eq!(reader.left(), 0);
        for number in [0, 127, 128, 16_383, 16_384, usize::MAX] {
            assert_eq!(usize::load(&mut Reader::new(&bytes(&number))), Ok(number));
        }
        let odd = f64::from_bits(0x7FF8_0000_0000_1234);
        assert_eq!(f64::load(&mut Reader::new(&bytes(&odd))).map(f64::to_bits), Ok(odd.to_bits()));
    }

    #[test]
    fn a_copy_uses_the_memory_that_is_there() {
        let mut copy = all();
        copy.kinds = vec![Kind::Named { flag: false }; 9];
        let place = copy.kinds.as_ptr();
        copy.copy_from(&all());
        assert_eq!((copy.kinds.as_ptr(), &copy), (place, &all()));
        let nested = vec![vec![1.0, 2.0], vec![3.0]];
        let mut copy = vec![vec![0.0; 8]];
        let place = copy[0].as_ptr();
        copy.copy_from(&nested);
        assert_eq!((copy[0].as_ptr(), &copy), (place, &nested));
    }

    #[test]
    fn what_a_value_owns_is_counted() {
        assert_eq!((1.5f64.owned(), [[0u64; 2]; 3].owned(), Some(true).owned()), (0, 0, 0));
        let mut numbers = Vec::with_capacity(10);
        numbers.push(1.0);
        assert_eq!(numbers.owned(), 80);
        assert_eq!(Some((numbers, 1usize)).owned(), 80);
        assert_eq!(all().owned(), all().kinds.capacity() * size_of::<Kind>());
    }

    #[test]
    fn a_number_above_the_limit_of_its_field_is_refused() {
        #[derive(Saved, Clone, Debug, PartialEq)]
        struct Cycle {
            #[saved(at_most = 50.0)]
            period: f64,
        }
        for (period, expected) in [
            (50.0, Ok(Cycle { period: 50.0 })),
            (50.5, Err(Damaged::Wrong("number"))),
            (f64::INFINITY, Err(Damaged::Wrong("number"))),
        ] {
            let mut bytes = Vec::new();
            Cycle { period }.save(&mut bytes);
            assert_eq!(Cycle::load(&mut Reader::new(&bytes)), expected);
        }
    }

    #[test]
    fn what_is_cut_off_or_cannot_be_is_refused() {
        let saved = bytes(&all());
        for end in 0..saved.len() {
            assert_eq!(All::<u64>::load(&mut Reader::new(&saved[..end])), Err(Damaged::Short));
        }
        assert_eq!(Kind::load(&mut Reader::new(&[3])), Err(Damaged::Wrong("variant")));
        assert_eq!(bool::load(&mut Reader::new(&[2])), Err(Damaged::Wrong("flag")));
        let endless = [0xFF; 12];
        assert_eq!(usize::load(&mut Reader::new(&endless)), Err(Damaged::Wrong("number")));
        let many = bytes(&(usize::MAX >> 1));
        assert_eq!(Vec::<f64>::load(&mut Reader::new(&many)), Err(Damaged::Short));
    }

    #[test]
    fn the_shape_follows_names_and_types() {
        mod a {
            #[derive(crate::Saved, Clone)]
            pub struct State(pub f64);
        }
        mod b {
            #[derive(crate::Saved, Clone)]
            pub struct State(pub i32);
        }
        mod c {
            #[derive(crate::Saved, Clone)]
            pub struct State {
                pub value: f64,
            }
        }
        let shapes = [a::State::SHAPE, b::State::SHAPE, c::State::SHAPE, Kind::SHAPE, f64::SHAPE];
        for (at, shape) in shapes.iter().enumerate() {
            assert!(!shapes[..at].contains(shape));
        }
        let _ = (a::State(1.0).0, b::State(1).0, c::State { value: 1.0 }.value);
    }
}
