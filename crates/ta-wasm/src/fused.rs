//! `x * y + z` for processors without an instruction for it.
//!
//! WebAssembly has none, so the compiler calls the C function `fma`. That of the standard library
//! computes the exact value with whole numbers, which makes TA-Lib seven to ten times as slow. The
//! one here rounds twice; values differ in their last bits.

/// `x * y + z`, rounded after each operation.
///
/// The symbol takes the place of the standard library's, which is weak for this purpose. No code of
/// this module relies on a product that is not rounded: kernels that do have another way for
/// processors without the instruction, and WebAssembly takes that.
#[cfg(target_arch = "wasm32")]
#[no_mangle]
pub extern "C" fn fma(x: f64, y: f64, z: f64) -> f64 {
    x * y + z
}
