//! The operations for floats and whole numbers alike, for code that is changed without knowledge of
//! its types. Those on whole numbers are the usual ones.

/// A type with products and quotients.
pub trait Number: Sized {
    /// `self * other`.
    fn times(self, other: Self) -> Self;

    /// `self / other`.
    fn over(self, other: Self) -> Self;
}

impl Number for f64 {
    #[inline(always)]
    fn times(self, other: Self) -> Self {
        super::mul(self, other)
    }

    #[inline(always)]
    fn over(self, other: Self) -> Self {
        super::div(self, other)
    }
}

macro_rules! whole {
    ($($number:ty)*) => {$(
        impl Number for $number {
            #[inline(always)]
            fn times(self, other: Self) -> Self {
                self * other
            }

            #[inline(always)]
            fn over(self, other: Self) -> Self {
                self / other
            }
        }
    )*};
}
whole! { i32 usize }

/// `a * b`.
#[inline(always)]
pub fn mul<T: Number>(a: T, b: T) -> T {
    a.times(b)
}

/// `a / b`.
#[inline(always)]
pub fn div<T: Number>(a: T, b: T) -> T {
    a.over(b)
}
