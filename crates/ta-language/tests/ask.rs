//! Questions of hosts, and their answers. The sentences have tests in TypeScript and Python.

use serde_json::{json, Value};
use ta_language::ask;

fn answer(question: Value) -> Value {
    serde_json::from_str(&ask(&question.to_string())).unwrap()
}

#[test]
fn an_expression_has_checked_calls() {
    let answer = answer(json!({ "ask": "expression", "text": "sma(rsi(5), 3) > -1 as up" }));
    let made = &answer["ok"];
    assert_eq!(made["name"], "up");
    let left = &made["meaning"]["left"];
    assert_eq!(left["checked"]["name"], "sma_3");
    assert_eq!(left["inputs"][0]["checked"]["params"], json!({ "period": 5 }));
    let usual = json!({ "kind": "column", "name": "close", "usual": true });
    assert_eq!(left["inputs"][0]["inputs"], json!([usual]));
    assert_eq!(made["meaning"]["right"], json!({ "kind": "constant", "value": -1.0 }));
}

#[test]
fn a_sentence_has_its_settings_as_parts() {
    let text = "swing_points(confirmed=false)";
    let refused = answer(json!({ "ask": "expression", "text": text, "allow": [] }));
    let setting = json!({ "setting": "allowLookahead", "value": ["swing_points"] });
    assert!(refused["error"].as_array().unwrap().contains(&setting));
    let allowed = json!({ "ask": "expression", "text": text, "allow": ["swing_points"] });
    assert!(answer(allowed)["error"].is_null());
}

#[test]
fn an_input_whose_name_is_nearly_one_of_the_expression_is_refused() {
    let with = |inputs: Value| {
        answer(json!({ "ask": "expression", "text": "rsi(14) > level", "inputs": inputs }))
    };
    let refused = with(json!({ "cloze": "adj", "level": 30 }))["error"].to_string();
    assert!(refused.contains("is not in the expression"), "{refused}");
    assert!(refused.contains("did you mean"), "{refused}");
    assert!(with(json!({ "levle": 30 }))["ok"].is_null());
    // One object may be for many texts.
    let many = json!({ "close": "adj", "close2": "open", "spread": "high - low", "high": 1 });
    assert!(with(many)["error"].is_null());
}

#[test]
fn a_word_of_the_inputs_is_written_once() {
    let config = json!({
        "inputs": { "close": "high - low" },
        "features": ["close * close as square", "rsi(close, 3)"],
    });
    let described = answer(json!({ "ask": "pipeline", "config": config }));
    let word = json!({ "kind": "input", "name": "close" });
    let features = &described["ok"]["features"];
    assert_eq!(features[0]["meaning"]["left"], word);
    assert_eq!(features[1]["meaning"]["inputs"], json!([word]));
    assert_eq!(features[0]["text"], "(high - low) * (high - low)");
    assert_eq!(described["ok"]["inputs"]["close"]["op"], "-");
    assert_eq!(described["ok"]["reads"], json!(["high", "low"]));
}

#[test]
fn what_is_written_makes_the_same_pipeline() {
    let config = json!({
        "over": "symbol",
        "unnest": true,
        "missing": "propagate",
        "features": ["macd", { "id": "sma", "params": { "period": [3, 5] }, "as": "s{period}" }],
    });
    let written = answer(json!({ "ask": "written", "config": config }))["ok"].clone();
    assert_eq!(written["features"].as_array().unwrap().len(), 5);
    let again = answer(json!({ "ask": "written", "config": written }));
    assert_eq!(again["ok"], written);
}

#[test]
fn usual_columns_are_found_in_any_case() {
    let config = json!({ "features": ["atr(3)", "volume"], "keep": ["day"] });
    let columns = json!(["day", "HIGH", "Low", " close", "volume"]);
    let found = answer(json!({ "ask": "columns", "config": config, "columns": columns }));
    assert_eq!(found["ok"]["usual"], json!({ "close": " close", "high": "HIGH", "low": "Low" }));
    assert_eq!(found["ok"]["reads"], json!(["HIGH", "Low", " close", "volume"]));
    assert_eq!(found["ok"]["kept"], json!(["day"]));
}

#[test]
fn what_is_no_question_is_an_error() {
    for question in ["", "{}", r#"{"ask":"what"}"#, "\u{0}"] {
        assert!(ask(question).starts_with(r#"{"error":["invalid question: "#));
    }
}

#[test]
fn a_zero_keeps_its_sign() {
    let config = json!({ "features": ["close / -0 as x"] });
    let written = answer(json!({ "ask": "written", "config": config }));
    assert_eq!(written["ok"]["features"][0]["expr"], "close / -0");
    let again = answer(json!({ "ask": "pipeline", "config": written["ok"] }));
    let zero = again["ok"]["features"][0]["meaning"]["right"]["value"].as_f64();
    assert!(zero.is_some_and(|zero| zero == 0.0 && zero.is_sign_negative()));
}
