//! Additions to some TA-Lib functions: our own parameters, and names of parameters in other
//! libraries.

use crate::{formula::described, meta::IndicatorParamMeta, talib::kernels::kc::Center};

/// Our own parameters of a function, which come after TA-Lib's. With their defaults the values are
/// TA-Lib's to the last bit. The function's file in `talib/kernels` computes the values for other
/// parameters.
pub fn of_ours(function: &str) -> Vec<IndicatorParamMeta> {
    match function {
        "KC" => vec![described::<Center>(
            "center",
            "The price whose average is the middle: the typical price, or the close.",
            (Center::Typical,),
        )],
        _ => Vec::new(),
    }
}

/// Rows of a function, the name of a parameter in laakhay or pandas-ta, and our name. An alias in
/// several rows sets several parameters.
const SPELLINGS: &[(&str, &str, &str)] = &[
    ("BBANDS", "std_dev", "nb_dev_up"),
    ("BBANDS", "std_dev", "nb_dev_dn"),
    ("BBANDS", "std", "nb_dev_up"),
    ("BBANDS", "std", "nb_dev_dn"),
    ("BBW", "std_dev", "nb_dev_up"),
    ("BBW", "std_dev", "nb_dev_dn"),
    ("BBW", "std", "nb_dev_up"),
    ("BBW", "std", "nb_dev_dn"),
    ("COPPOCK", "fast_roc", "roc1_period"),
    ("COPPOCK", "slow_roc", "roc2_period"),
    ("ICHIMOKU", "span_b_period", "senkou_b_period"),
    ("KC", "ema_period", "period"),
    ("KC", "multiplier", "nb_dev"),
    ("PERCENTB", "std_dev", "nb_dev_up"),
    ("PERCENTB", "std_dev", "nb_dev_dn"),
    ("PERCENTB", "std", "nb_dev_up"),
    ("PERCENTB", "std", "nb_dev_dn"),
    ("STOCH", "k_period", "fastk_period"),
    ("STOCH", "d_period", "slowd_period"),
    ("STOCH", "smooth", "slowk_period"),
];

/// The names of a function's parameters in other libraries, each with our name.
pub fn spellings(function: &str) -> impl Iterator<Item = (&'static str, &'static str)> + '_ {
    let rows = SPELLINGS.iter().filter(move |(name, ..)| *name == function);
    rows.map(|(_, alias, name)| (*alias, *name))
}

#[cfg(test)]
mod tests {
    use ta_lib::abstract_api::get_func_handle;

    use super::SPELLINGS;

    #[test]
    fn every_row_names_a_function_of_ta_lib() {
        for (function, ..) in SPELLINGS {
            assert!(get_func_handle(function).is_some(), "{function}");
        }
    }
}
