//! Makes programs of what hosts write.

use ta_core::{find_indicator, meta::IndicatorOutputMeta, resolve, Missing, NameStyle};

use crate::{
    arithmetic::{compared, constants, logic, order},
    cell::Cell,
    infer::{Type, Types},
    operator::Operator,
    program::{mark_feeding, Call, Feature, Field, FieldKind, Op, Output, Source, Work},
    written::{self, Node, Written},
    LiveError, Program, Tag,
};

/// Checks a program, finds the types in it, and puts it in an order in which it can run.
///
/// # Errors
/// Something in it cannot be computed bar by bar.
pub fn build(written: &Written) -> Result<Program, LiveError> {
    check_numbers(written).map_err(|what| LiveError::Program(what.to_owned()))?;
    let calls: Vec<Option<Call>> = written.nodes.iter().map(call).collect::<Result<_, _>>()?;
    let types = Types::of(&written.fields, &written.nodes, &calls)?;
    Builder::new(written, calls, types).build(&written.features)
}

/// Checks that nodes use earlier nodes only, and fields that exist.
fn check_numbers(written: &Written) -> Result<(), &'static str> {
    for (index, node) in written.nodes.iter().enumerate() {
        let earlier = |node: &usize| *node < index;
        let fits = match node {
            Node::Constant { value } => {
                value.is_string() || value.is_boolean() || value.as_f64().is_some()
            }
            Node::Field { field } => *field < written.fields.len(),
            Node::Call { inputs, .. } => inputs.iter().all(earlier),
            Node::Output { of, .. } => {
                earlier(of) && matches!(written.nodes[*of], Node::Call { .. })
            }
            Node::Not { of } | Node::Negated { of } => earlier(of),
            Node::Binary { left, right, .. } => earlier(left) && earlier(right),
            Node::If { when, value, otherwise, .. } => {
                [when, value, otherwise].into_iter().all(earlier)
            }
            Node::Fill { of, with, .. } => earlier(of) && earlier(with),
        };
        if !fits {
            return Err("a node uses a node or a field that is not there");
        }
    }
    let known = |feature: &written::Feature| feature.node < written.nodes.len();
    if written.features.iter().all(known) {
        return Ok(());
    }
    Err("a feature is a node that is not there")
}

fn call(node: &Node) -> Result<Option<Call>, LiveError> {
    let Node::Call { id, params, missing, inputs } = node else { return Ok(None) };
    let indicator = find_indicator(id)?;
    let slots = indicator.meta.semantics.input_slots.len();
    if inputs.len() != slots {
        return Err(LiveError::Program(format!("{id} has {slots} inputs, not {}", inputs.len())));
    }
    let params = resolve(indicator, params, NameStyle::Camel)?;
    let missing = missing.as_deref().map(Missing::parse).transpose()?.unwrap_or_default();
    Ok(Some(Call { indicator, params, missing }))
}

/// Turns nodes into operations.
struct Builder<'a> {
    nodes: &'a [Node],
    types: Types,
    fields: Vec<Field>,
    calls: Vec<Option<Call>>,
    texts: Vec<String>,
    /// The value of each node that is constant.
    constants: Vec<Option<Cell>>,
    /// How many operations come before each node, one inside the other.
    depths: Vec<usize>,
}

impl<'a> Builder<'a> {
    fn new(written: &'a Written, calls: Vec<Option<Call>>, types: Types) -> Self {
        let fields = written.fields.iter().zip(&types.fields);
        let fields = fields.map(|(name, &kind)| Field { name: name.clone(), kind: kind.into() });
        let mut builder = Self {
            nodes: &written.nodes,
            fields: fields.collect(),
            types,
            calls,
            texts: Vec::new(),
            constants: Vec::new(),
            depths: Vec::new(),
        };
        for node in builder.nodes {
            let constant = builder.constant(node);
            builder.constants.push(constant);
            let depth = builder.depth(node);
            builder.depths.push(if constant.is_some() { 0 } else { depth });
        }
        builder
    }

    fn depth(&self, node: &Node) -> usize {
        let after = |nodes: &[usize]| {
            1 + nodes.iter().map(|&node| self.depths[node]).max().unwrap_or_default()
        };
        match node {
            Node::Constant { .. } | Node::Field { .. } => 0,
            Node::Output { of, .. } => self.depths[*of],
            Node::Call { inputs, .. } => after(inputs),
            Node::Not { of } | Node::Negated { of } => after(&[*of]),
            Node::Binary { left, right, .. } => after(&[*left, *right]),
            Node::If { when, value, otherwise, .. } => after(&[*when, *value, *otherwise]),
            Node::Fill { of, with, .. } => after(&[*of, *with]),
        }
    }

    /// The value of a node that is the same in every row, except for an indicator of constants.
    fn constant(&mut self, node: &Node) -> Option<Cell> {
        match node {
            Node::Constant { value } => Some(match value.as_str() {
                Some(text) => {
                    self.texts.push(text.to_owned());
                    Cell { tag: Tag::Text, value: (self.texts.len() - 1) as f64 }
                }
                None => value.as_bool().map_or_else(
                    || Cell::number(value.as_f64().unwrap_or(f64::NAN)),
                    Cell::condition,
                ),
            }),
            Node::Not { of } => {
                self.constants[*of].map(|cell| Cell::condition(cell.truth() == Some(false)))
            }
            Node::Negated { of } => self.constants[*of].map(|cell| Cell::number(-cell.value)),
            Node::If { when, value, otherwise, values } => {
                let taken = if self.constants[*when]?.truth()? { value } else { otherwise };
                self.constants[*taken].map(|cell| cell.tagged(values.tag()))
            }
            Node::Binary { op, left, right } => {
                let (left, right) = (self.constants[*left]?, self.constants[*right]?);
                Some(if op.is_arithmetic() {
                    Cell::number(constants(*op, left.value, right.value))
                } else if op.is_logic() {
                    logic(*op, left, right)
                } else if left.tag == Tag::Text {
                    let text = |cell: Cell| &self.texts[cell.value as usize];
                    Cell::condition(compared(*op, text(left).cmp(text(right))))
                } else {
                    Cell::condition(compared(*op, order(left.value, right.value)))
                })
            }
            _ => None,
        }
    }

    fn build(self, features: &[written::Feature]) -> Result<Program, LiveError> {
        let mut order: Vec<usize> = (0..self.nodes.len())
            .filter(|&node| self.constants[node].is_none() && self.depths[node] > 0)
            .filter(|&node| !matches!(self.nodes[node], Node::Output { .. }))
            .collect();
        order.sort_by_key(|&node| self.depths[node]);
        let mut columns = vec![0; self.nodes.len()];
        let constants = self.constant_inputs(&order, &mut columns);
        let mut width = self.fields.len() + constants.len();
        let (mut calls, mut levels) = (Vec::new(), Vec::<Vec<Op>>::new());
        for &node in &order {
            let call = self.calls[node].as_ref();
            let op = Op {
                work: self.work(node, &columns)?,
                out: width,
                width: call.map_or(1, |call| call.indicator.meta.outputs.len()),
                feeds: false,
            };
            calls.extend(call.cloned());
            (columns[node], width) = (width, width + op.width);
            if levels.len() < self.depths[node] {
                levels.push(Vec::new());
            }
            levels.last_mut().expect("the first node has level 1").push(op);
        }
        mark_feeding(&mut levels, width);
        let mut results = Vec::new();
        let features = features.iter().map(|f| self.feature(f, &columns, &mut results)).collect();
        let compares = |op: &Op| matches!(op.work, Work::Binary { op, .. } if !op.is_arithmetic() && !op.is_logic());
        let may_refuse = calls.iter().any(|call| call.missing == Missing::Error)
            || (self.fields.iter().any(|field| field.kind == FieldKind::Any)
                && levels.iter().flatten().any(compares));
        Ok(Program {
            features,
            fields: self.fields,
            texts: self.texts,
            calls,
            levels,
            width,
            results,
            constants,
            may_refuse,
        })
    }

    /// The constants that are inputs of indicators. Their columns come after those of the fields.
    fn constant_inputs(&self, order: &[usize], columns: &mut [usize]) -> Vec<Cell> {
        let mut found: Vec<(usize, Cell)> = Vec::new();
        for &node in order {
            let Node::Call { inputs, .. } = &self.nodes[node] else { continue };
            for &input in inputs {
                let Some(cell) = self.constants[input] else { continue };
                if found.iter().all(|(known, _)| *known != input) {
                    columns[input] = self.fields.len() + found.len();
                    found.push((input, cell));
                }
            }
        }
        found.into_iter().map(|(_, cell)| cell).collect()
    }

    /// Where the value of a node is, for nodes with one value.
    fn source(&self, node: usize, columns: &[usize]) -> Source {
        if let Some(constant) = self.constants[node] {
            return Source::Constant(constant);
        }
        match &self.nodes[node] {
            Node::Field { field } => Source::Column(*field),
            Node::Output { of, name } => {
                let outputs = self.calls[*of].iter().flat_map(|c| &c.indicator.meta.outputs);
                let place = outputs.take_while(|output| output.name != name).count();
                Source::Column(columns[*of] + place)
            }
            _ => Source::Column(columns[node]),
        }
    }

    fn work(&self, node: usize, columns: &[usize]) -> Result<Work, LiveError> {
        let source = |node: usize| self.source(node, columns);
        Ok(match &self.nodes[node] {
            Node::Call { inputs, .. } => {
                let column = |&input: &usize| match source(input) {
                    Source::Column(column) => column,
                    Source::Constant(_) => columns[input],
                };
                Work::Call(inputs.iter().map(column).collect())
            }
            Node::Not { of } => Work::Not(source(*of)),
            Node::Negated { of } => Work::Binary {
                op: Operator::Product,
                left: source(*of),
                right: Source::Constant(Cell::number(-1.0)),
            },
            Node::Binary { op, left, right } => {
                if !op.is_arithmetic() && !op.is_logic() {
                    self.check_compared(*op, *left, *right)?;
                }
                Work::Binary { op: *op, left: source(*left), right: source(*right) }
            }
            Node::If { when, value, otherwise, values } => Work::If {
                when: source(*when),
                value: source(*value),
                otherwise: source(*otherwise),
                tag: values.tag(),
            },
            Node::Fill { of, with, values } => {
                Work::Fill { of: source(*of), with: source(*with), tag: values.tag() }
            }
            Node::Constant { .. } | Node::Field { .. } | Node::Output { .. } => {
                return Err(LiveError::Program("this node is no operation".to_owned()))
            }
        })
    }

    fn check_compared(&self, op: Operator, left: usize, right: usize) -> Result<(), LiveError> {
        let [left, right] = [left, right].map(|node| self.types.nodes[node]);
        let is_text = |side: Type| side == Type::Text;
        let known = |side: Type| side != Type::Any && side != Type::Key;
        if known(left) && known(right) && is_text(left) != is_text(right) {
            let (left, right) = (left.word(), right.word());
            return Err(LiveError::Compared { op: op.word(), left, right });
        }
        Ok(())
    }

    /// A feature; adds where the values of its outputs are.
    fn feature(
        &self,
        written: &written::Feature,
        columns: &[usize],
        results: &mut Vec<Source>,
    ) -> Feature {
        let node = written.node;
        let outputs = match &self.calls[node] {
            Some(call) if call.indicator.meta.outputs.len() > 1 => {
                let outputs = &call.indicator.meta.outputs;
                results.extend((columns[node]..).take(outputs.len()).map(Source::Column));
                let output = |output: &IndicatorOutputMeta| Output {
                    name: Some(output.name),
                    dtype: Type::of(output.dtype).into(),
                };
                outputs.iter().map(output).collect()
            }
            _ => {
                results.push(self.source(node, columns));
                vec![Output { name: None, dtype: self.types.nodes[node].into() }]
            }
        };
        Feature { name: written.name.clone(), outputs }
    }
}
