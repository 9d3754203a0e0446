//! Result columns as an Arrow IPC file, which is laid out before they are computed.

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
use ta_engine::{Field, OutColumn, OutValues};

use crate::ExchangeError;

const MAGIC: &[u8; 6] = b"ARROW1";
const ALIGN: usize = 64;

/// An Arrow IPC file in memory of the caller, to be filled by kernels.
pub struct Output<'a> {
    memory: &'a mut [u8],
    layout: &'a Layout,
    null_counts: Vec<usize>,
}

/// The positions of an array's buffers in the memory, in bytes, and its number of nulls. The array
/// of a struct comes before those of its fields and has no values of its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Start of the validity bitmap.
    pub validity: usize,
    /// Start of the values.
    pub values: usize,
    /// The number of rows without a value.
    pub nulls: usize,
}

/// The layout of an Arrow IPC file for given columns and a number of rows.
pub struct Layout {
    fields: Vec<Field>,
    rows: usize,
    file: FileLayout,
}

impl Layout {
    /// Lays out `rows` rows of the given columns.
    pub fn new(fields: Vec<Field>, rows: usize) -> Self {
        let file = FileLayout::new(&fields, rows);
        Self { fields, rows, file }
    }

    /// The length of the file in bytes.
    pub fn bytes(&self) -> usize {
        self.file.body + self.file.body_len + 8 + self.file.footer().len() + 4 + MAGIC.len()
    }
}

/// Byte positions in the file.
struct FileLayout {
    schema: Vec<u8>,
    batch_start: usize,
    batch_len: usize,
    body: usize,
    body_len: usize,
    /// The buffers of each column or struct field.
    leaves: Vec<Leaf>,
    /// The validity bitmap of each struct column, counted from the start of the body.
    structs: Vec<usize>,
}

/// The buffers of a column or of a struct field, counted from the start of the body.
struct Leaf {
    dtype: DType,
    validity: usize,
    values: usize,
}

fn padded(len: usize) -> usize {
    len.next_multiple_of(ALIGN)
}

fn value_bytes(dtype: DType, rows: usize) -> usize {
    match dtype {
        DType::Float64 => rows * 8,
        DType::Int32 => rows * 4,
        DType::Boolean => rows.div_ceil(8),
    }
}

impl<'a> Output<'a> {
    /// A file of this layout, at the start of `memory`.
    ///
    /// # Errors
    /// The memory is too short, or not aligned to eight bytes.
    pub fn new(layout: &'a Layout, memory: &'a mut [u8]) -> Result<Self, ExchangeError> {
        let (len, has) = (layout.bytes(), memory.len());
        if len > has || memory.as_ptr().align_offset(8) != 0 {
            return Err(ExchangeError::Shape(format!("needs {len} aligned bytes, not {has}")));
        }
        let null_counts = vec![0; layout.file.leaves.len()];
        Ok(Self { memory: &mut memory[..len], layout, null_counts })
    }

    /// The buffers of all columns, for the kernels to fill.
    pub fn columns(&mut self) -> Vec<Vec<OutColumn<'_>>> {
        let Layout { fields, rows, file } = self.layout;
        let bits = rows.div_ceil(8);
        let mut rest = &mut self.memory[file.body..file.body + file.body_len];
        let mut at = 0;
        // The buffers are in the order of the file: this splits them off one after the other.
        let mut take = |start: usize, len: usize| -> &mut [u8] {
            let (_, tail) = std::mem::take(&mut rest).split_at_mut(start - at);
            let (taken, tail) = tail.split_at_mut(len);
            rest = tail;
            at = start + len;
            taken
        };
        let mut leaves = file.leaves.iter().zip(&mut self.null_counts);
        let column = |(leaf, null_count): (&Leaf, _)| OutColumn {
            rows: *rows,
            validity: take(leaf.validity, bits),
            values: {
                let bytes = take(leaf.values, value_bytes(leaf.dtype, *rows));
                match leaf.dtype {
                    DType::Float64 => OutValues::F64(bytemuck::cast_slice_mut(bytes)),
                    DType::Int32 => OutValues::I32(bytemuck::cast_slice_mut(bytes)),
                    DType::Boolean => OutValues::Bits(bytes),
                }
            },
            null_count,
        };
        let mut columns = leaves.by_ref().map(column);
        fields.iter().map(|f| columns.by_ref().take(f.outputs.len()).collect()).collect()
    }

    /// Completes the file after the columns are filled. A struct is null in a row if all of its
    /// fields are. Returns the position of each array, for a reader that does not parse the file.
    pub fn finish(self) -> Vec<Place> {
        let Layout { fields, rows, file } = self.layout;
        let bits = rows.div_ceil(8);
        let body = &mut self.memory[file.body..][..file.body_len];
        let mut places = Vec::new();
        let place = |validity, values, nulls| Place {
            validity: file.body + validity,
            values: file.body + values,
            nulls,
        };
        let mut leaves = file.leaves.iter().zip(&self.null_counts);
        let mut structs = file.structs.iter();
        for field in fields {
            let own: Vec<_> = leaves.by_ref().take(field.outputs.len()).collect();
            if field.is_struct() {
                let start = *structs.next().expect("every struct column has a validity buffer");
                let mut valid = 0;
                for byte in 0..bits {
                    let any = own.iter().fold(0, |any, (leaf, _)| any | body[leaf.validity + byte]);
                    body[start + byte] = any;
                    valid += any.count_ones() as usize;
                }
                places.push(place(start, start, rows - valid));
            }
            places
                .extend(own.iter().map(|(leaf, nulls)| place(leaf.validity, leaf.values, **nulls)));
        }
        let node =
            |place: &Place| FieldNode { length: *rows as i64, null_count: place.nulls as i64 };
        file.write(self.memory, fields, *rows, places.iter().map(node).collect());
        places
    }
}

impl FileLayout {
    fn new(fields: &[Field], rows: usize) -> Self {
        let schema = schema(fields);
        let (mut leaves, mut structs, mut at) = (Vec::new(), Vec::new(), 0);
        let bits = padded(rows.div_ceil(8));
        for field in fields {
            if field.is_struct() {
                structs.push(at);
                at += bits;
            }
            for &(_, dtype) in &field.outputs {
                leaves.push(Leaf { dtype, validity: at, values: at + bits });
                at += bits + padded(value_bytes(dtype, rows));
            }
        }
        let mut layout =
            Self { schema, batch_start: 0, batch_len: 0, body: 0, body_len: at, leaves, structs };
        layout.batch_start = 8 + layout.schema_block();
        // All counts have a fixed size, so a batch message with zeros is as long as the final one.
        let nodes = vec![
            FieldNode { length: 0, null_count: 0 };
            layout.leaves.len() + layout.structs.len()
        ];
        layout.batch_len = layout.batch(fields, rows, nodes).len();
        layout.body = padded(layout.batch_start + 8 + layout.batch_len);
        layout
    }

    /// The length of the schema message with its prefix, rounded up to a multiple of 8 bytes.
    fn schema_block(&self) -> usize {
        (8 + self.schema.len()).next_multiple_of(8)
    }

    fn batch(&self, fields: &[Field], rows: usize, nodes: Vec<FieldNode>) -> Vec<u8> {
        let bits = rows.div_ceil(8);
        let buffer =
            |offset: usize, len: usize| Buffer { offset: offset as i64, length: len as i64 };
        let mut buffers = Vec::new();
        let mut leaves = self.leaves.iter();
        let mut structs = self.structs.iter();
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
            nodes: Some(nodes),
            buffers: Some(buffers),
            compression: None,
        };
        let message = Message {
            version: MetadataVersion::V5,
            header: Some(MessageHeader::RecordBatch(Box::new(batch))),
            body_length: self.body_len as i64,
            custom_metadata: None,
        };
        Builder::new().finish(&message, None).to_vec()
    }

    fn footer(&self) -> Vec<u8> {
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
                body_length: self.body_len as i64,
            }]),
            custom_metadata: None,
        };
        Builder::new().finish(&footer, None).to_vec()
    }

    /// Writes everything except the columns' buffers.
    fn write(&self, map: &mut [u8], fields: &[Field], rows: usize, nodes: Vec<FieldNode>) {
        let mut put = |at: usize, bytes: &[u8]| map[at..at + bytes.len()].copy_from_slice(bytes);
        let prefix = |len: usize| {
            let mut prefix = [0xff; 8];
            prefix[4..].copy_from_slice(&(len as i32).to_le_bytes());
            prefix
        };
        let batch = self.batch(fields, rows, nodes);
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
        let end = self.body + self.body_len;
        put(end, &prefix(0));
        let footer = self.footer();
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
