//! What texts parse to, how trees print, and that both are inverse.

use ta_core::random::Rng;
use ta_language::{
    parse, parse_list, print, print_feature,
    syntax::{Argument, BinaryOp, Feature, Literal, Node, Part, Span, UnaryOp},
};

/// The canonical text.
fn canonical(text: &str) -> String {
    print_feature(&parse(text).unwrap())
}

/// A tree without its places.
fn bare(node: Node) -> Node {
    let boxed = |node: Box<Node>| Box::new(bare(*node));
    match node.part {
        Part::Call { name, args } => {
            let bare_value = |arg: Argument| Argument {
                value: bare(arg.value),
                at: Span::default(),
                name: arg.name,
            };
            Part::Call { name, args: args.into_iter().map(bare_value).collect() }
        }
        Part::Field { of, name } => Part::Field { of: boxed(of), name },
        Part::Unary { op, of } => Part::Unary { op, of: boxed(of) },
        Part::Binary { op, left, right } => {
            Part::Binary { op, left: boxed(left), right: boxed(right) }
        }
        other => other,
    }
    .anywhere()
}

fn tree(text: &str) -> Option<Feature> {
    let feature = parse(text).ok()?;
    Some(Feature { expr: bare(feature.expr), name: feature.name, at: Span::default() })
}

#[test]
fn operators_group_as_the_page_says() {
    for (text, grouped) in [
        ("a or b and not c", "a or (b and (not c))"),
        ("not a == b", "not (a == b)"),
        ("a < b and c >= d", "(a < b) and (c >= d)"),
        ("a - b - c", "(a - b) - c"),
        ("a / b * c % d", "((a / b) * c) % d"),
        ("a + b * c", "a + (b * c)"),
        ("a ** b ** c", "a ** (b ** c)"),
        ("-a ** b", "-(a ** b)"),
        ("a ** -b", "a ** (-b)"),
        ("-a * b", "(-a) * b"),
        ("-f(x).y", "-((f(x)).y)"),
        ("a - -b", "a - (-b)"),
    ] {
        assert_eq!(tree(text), tree(grouped), "{text}");
        assert_eq!(canonical(grouped), text);
    }
}

#[test]
fn texts_have_one_canonical_form() {
    for (text, printed) in [
        ("  rsi( 14 )<30\n  and close>sma(200) ", "rsi(14) < 30 and close > sma(200)"),
        ("bbands(20,2, ) as bb", "bbands(20, 2) as bb"),
        ("bbands(20, maType: 'ema')", "bbands(20, maType=\"ema\")"),
        ("bbands(20, ma_type=ema)", "bbands(20, ma_type=ema)"),
        ("((macd)).histogram", "macd.histogram"),
        ("col('Adj Close') / `Adj Close`", "`Adj Close` / `Adj Close`"),
        ("col(\"a\\nb\")", "col(\"a\\nb\")"),
        ("`a``b` + col", "`a``b` + col"),
        (".5 + 1e3 - 2.50e-2", "0.5 + 1000 - 0.025"),
        ("1e21 + 1e-7", "1e+21 + 1e-7"),
        ("close as `my column`", "close as `my column`"),
        ("close as \"and\"", "close as `and`"),
        ("價格 / größe_2", "價格 / größe_2"),
        ("nota + android + order", "nota + android + order"),
        ("f(a == b, c = d)", "f(a == b, c=d)"),
        ("'\\ud83d\\ude00'", "\"😀\""),
    ] {
        assert_eq!(canonical(text), printed);
        assert_eq!(tree(printed), tree(text), "{text}");
    }
}

#[test]
fn a_list_is_features_with_commas_between_them() {
    let found = parse_list("rsi(14), macd,bbands(20, 2) as bb, ").unwrap();
    let printed: Vec<String> = found.iter().map(print_feature).collect();
    assert_eq!(printed, ["rsi(14)", "macd", "bbands(20, 2) as bb"]);
}

fn texts_of<'t>(text: &'t str, node: &Node, found: &mut Vec<&'t str>) {
    found.push(&text[node.at.start..node.at.end]);
    match &node.part {
        Part::Binary { left, right, .. } => {
            texts_of(text, left, found);
            texts_of(text, right, found);
        }
        Part::Call { args, .. } => args.iter().for_each(|arg| texts_of(text, &arg.value, found)),
        Part::Field { of, .. } | Part::Unary { of, .. } => texts_of(text, of, found),
        _ => {}
    }
}

#[test]
fn every_part_knows_where_it_stands() {
    let text = "rsi(14) < `x y`.z + -3";
    let mut found = Vec::new();
    texts_of(text, &parse(text).unwrap().expr, &mut found);
    let wanted = [text, "rsi(14)", "14", "`x y`.z + -3", "`x y`.z", "`x y`", "-3", "3"];
    assert_eq!(found, wanted);
}

const NAMES: [&str; 6] = ["a", "close", "adj_close", "col", "true_range", "größe"];

/// A name of any characters.
fn odd(rng: &mut Rng) -> String {
    let one = |rng: &mut Rng| match rng.below(4) {
        0 => rng.pick(&['`', '"', '\'', '\\', '\n', '\0', ' ', '\u{7f}', '\t', '(']),
        1 => rng.pick(&['é', '😀', '\u{301}', 'Ⅷ', '\u{2028}', '\u{85}']),
        _ => char::from(b'a' + rng.below(26) as u8),
    };
    (0..=rng.below(4)).map(|_| one(rng)).collect()
}

fn random(rng: &mut Rng, depth: usize) -> Node {
    let deeper = |rng: &mut Rng| Box::new(random(rng, depth - 1));
    let part = match rng.below(if depth == 0 { 5 } else { 9 }) {
        0 => Part::Name(rng.pick(&NAMES).to_owned()),
        1 => Part::Column(odd(rng)),
        2 => {
            let any = f64::from_bits(rng.bits()).abs();
            let usual = [0.0, 2.0, 0.1, 1e21, f64::MIN_POSITIVE, 5e-324, 9_007_199_254_740_993.0];
            Part::Literal(Literal::Number(if any.is_finite() { any } else { rng.pick(&usual) }))
        }
        3 => Part::Literal(Literal::Text(odd(rng))),
        4 => Part::Literal(Literal::Flag(rng.once_in(2))),
        5 => {
            let argument = |rng: &mut Rng| Argument {
                name: rng.once_in(2).then(|| rng.pick(&NAMES).to_owned()),
                value: *deeper(rng),
                at: Span::default(),
            };
            let args = (0..rng.below(4)).map(|_| argument(rng)).collect();
            Part::Call { name: rng.pick(&["a", "close", "größe"]).to_owned(), args }
        }
        6 => {
            let name = if rng.once_in(2) { "odd `name`" } else { rng.pick(&NAMES) };
            Part::Field { of: deeper(rng), name: name.to_owned() }
        }
        7 => Part::Unary { op: rng.pick(&[UnaryOp::Minus, UnaryOp::Not]), of: deeper(rng) },
        _ => Part::Binary { op: rng.pick(&BinaryOp::ALL), left: deeper(rng), right: deeper(rng) },
    };
    part.anywhere()
}

#[test]
fn any_expression_comes_back_from_its_text() {
    let mut rng = Rng::new(1);
    for _ in 0..5_000 {
        let expr = random(&mut rng, 6);
        let name = rng.once_in(3).then(|| odd(&mut rng));
        let feature = Feature { expr, name, at: Span::default() };
        let text = print_feature(&feature);
        assert_eq!(tree(&text).as_ref(), Some(&feature), "{text}");
    }
}

#[test]
fn no_parentheses_are_printed_that_are_not_needed() {
    let mut rng = Rng::new(2);
    for _ in 0..500 {
        let text = print(&random(&mut rng, 4));
        if text.contains(['`', '"', '\\']) {
            continue;
        }
        for (open, _) in text.match_indices('(') {
            let is_call = text[..open].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let Some(close) = closing(&text, open).filter(|_| !is_call) else { continue };
            let inner = &text[open + 1..close];
            let without = format!("{}{inner}{}", &text[..open], &text[close + 1..]);
            assert_ne!(tree(&without), tree(&text), "{text}");
        }
    }
}

/// The parenthesis that closes another.
fn closing(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0;
    for (index, c) in text.char_indices().skip_while(|(index, _)| *index < open) {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if depth == 0 {
            return Some(index);
        }
    }
    None
}

#[test]
fn any_characters_are_parsed_or_refused_with_the_line_and_carets() {
    const WORDS: [&str; 20] = [
        "rsi", "(", ")", ",", ".", "+", "-", "**", "<", "and", "not", "as", "14", "'a'", "`b`",
        "=", " ", "\n", "é", "\\",
    ];
    let mut rng = Rng::new(3);
    for _ in 0..20_000 {
        let text: String = (0..rng.below(12)).map(|_| rng.pick(&WORDS)).collect();
        match parse(&text) {
            Ok(feature) => {
                let printed = print_feature(&feature);
                assert_eq!(tree(&printed), tree(&text), "{text}");
            }
            Err(said) => {
                let said = said.to_string();
                let lines: Vec<&str> = said.lines().collect();
                assert_eq!(lines.len(), 3, "{said}");
                assert!(lines[0].contains("character "), "{said}");
                assert!(!lines[2].trim().is_empty() && lines[2].trim().chars().all(|c| c == '^'));
            }
        }
    }
}
