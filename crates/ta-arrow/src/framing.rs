//! What stands around the columns' buffers in an Arrow IPC file.

use arrow2::{
    datatypes::{DataType, Field as ArrowField, Schema},
    io::ipc::write::{default_ipc_fields, schema_to_bytes},
};
use arrow_format::ipc::{
    planus::{Builder, ReadAsRoot},
    Block, Buffer, FieldNode, Footer, Message, MessageHeader, MessageHeaderRef, MessageRef,
    MetadataVersion, RecordBatch,
};
use ta_core::meta::DType;
use ta_engine::Field;

use crate::output::{padded, value_bytes, Body};

const MAGIC: &[u8; 6] = b"ARROW1";

/// The schema, and byte positions in the file.
pub struct Framing {
    schema: Vec<u8>,
    batch_start: usize,
    batch_len: usize,
    /// The start of the body.
    pub body: usize,
}

impl Framing {
    /// The messages around this body.
    pub fn new(fields: &[Field], rows: usize, body: &Body) -> Self {
        let mut framing = Self { schema: schema(fields), batch_start: 0, batch_len: 0, body: 0 };
        framing.batch_start = 8 + framing.schema_block();
        // All counts have a fixed size, so a batch message with zeros is as long as the final one.
        let nulls = vec![0; body.leaves.len() + body.structs.len()];
        framing.batch_len = Self::batch(fields, rows, body, &nulls).len();
        framing.body = padded(framing.batch_start + 8 + framing.batch_len);
        framing
    }

    /// The length of the file in bytes.
    pub fn bytes(&self, body: &Body) -> usize {
        self.body + body.len + 8 + self.footer(body).len() + 4 + MAGIC.len()
    }

    /// The length of the schema message with its prefix, rounded up to a multiple of 8 bytes.
    fn schema_block(&self) -> usize {
        (8 + self.schema.len()).next_multiple_of(8)
    }

    /// The message of the batch. Its length does not depend on the numbers of nulls.
    fn batch(fields: &[Field], rows: usize, body: &Body, nulls: &[usize]) -> Vec<u8> {
        let bits = rows.div_ceil(8);
        let buffer =
            |offset: usize, len: usize| Buffer { offset: offset as i64, length: len as i64 };
        let mut buffers = Vec::new();
        let node = |&nulls: &usize| FieldNode { length: rows as i64, null_count: nulls as i64 };
        let mut leaves = body.leaves.iter();
        let mut structs = body.structs.iter();
        for field in fields {
            if field.is_struct() {
                buffers.extend(structs.next().map(|&at| buffer(at, bits)));
            }
            for leaf in leaves.by_ref().take(field.outputs.len()) {
                buffers.push(buffer(leaf.validity, bits));
                buffers.push(buffer(leaf.values, value_bytes(leaf.dtype, rows)));
            }
        }
        let batch = RecordBatch {
            length: rows as i64,
            nodes: Some(nulls.iter().map(node).collect()),
            buffers: Some(buffers),
            compression: None,
        };
        let message = Message {
            version: MetadataVersion::V5,
            header: Some(MessageHeader::RecordBatch(Box::new(batch))),
            body_length: body.len as i64,
            custom_metadata: None,
        };
        Builder::new().finish(&message, None).to_vec()
    }

    fn footer(&self, body: &Body) -> Vec<u8> {
        // arrow2 makes a flatbuffer schema only as a part of a message, so this takes it from one.
        let message = MessageRef::read_as_root(&self.schema).expect("arrow2 writes valid messages");
        let schema = match message.header() {
            Ok(Some(MessageHeaderRef::Schema(schema))) => schema.try_into().ok().map(Box::new),
            _ => None,
        };
        let footer = Footer {
            version: MetadataVersion::V5,
            schema: Some(schema.expect("the message is a schema")),
            dictionaries: None,
            record_batches: Some(vec![Block {
                offset: self.batch_start as i64,
                meta_data_length: (self.body - self.batch_start) as i32,
                body_length: body.len as i64,
            }]),
            custom_metadata: None,
        };
        Builder::new().finish(&footer, None).to_vec()
    }

    /// Writes everything except the columns' buffers.
    pub fn write(
        &self,
        map: &mut [u8],
        fields: &[Field],
        rows: usize,
        body: &Body,
        nulls: &[usize],
    ) {
        let mut put = |at: usize, bytes: &[u8]| map[at..at + bytes.len()].copy_from_slice(bytes);
        let prefix = |len: usize| {
            let mut prefix = [0xff; 8];
            prefix[4..].copy_from_slice(&(len as i32).to_le_bytes());
            prefix
        };
        let batch = Self::batch(fields, rows, body, nulls);
        assert_eq!(
            batch.len(),
            self.batch_len,
            "the batch message has the length that was laid out"
        );
        put(0, MAGIC);
        put(8, &prefix(self.schema_block() - 8));
        put(16, &self.schema);
        put(self.batch_start, &prefix(self.body - self.batch_start - 8));
        put(self.batch_start + 8, &batch);
        let end = self.body + body.len;
        put(end, &prefix(0));
        let footer = self.footer(body);
        put(end + 8, &footer);
        put(end + 8 + footer.len(), &(footer.len() as i32).to_le_bytes());
        put(end + 12 + footer.len(), MAGIC);
    }
}

fn schema(fields: &[Field]) -> Vec<u8> {
    let leaf = |name: &str, dtype: DType| {
        let dtype = match dtype {
            DType::Float64 => DataType::Float64,
            DType::Int32 => DataType::Int32,
            DType::Boolean => DataType::Boolean,
        };
        ArrowField::new(name, dtype, true)
    };
    let fields: Vec<ArrowField> = fields
        .iter()
        .map(|field| match field.outputs[..] {
            [(_, dtype)] => leaf(&field.name, dtype),
            _ => {
                let children = field.outputs.iter().map(|&(name, dtype)| leaf(name, dtype));
                ArrowField::new(&field.name, DataType::Struct(children.collect()), true)
            }
        })
        .collect();
    let ipc_fields = default_ipc_fields(&fields);
    schema_to_bytes(&Schema::from(fields), &ipc_fields)
}
