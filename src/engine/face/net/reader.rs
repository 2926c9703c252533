//! Reads a net from a file, and checks everything that the file says.
//!
//! The file, numbers in little-endian order:
//!
//! | bytes | what |
//! | --- | --- |
//! | 4 | `HDN1` |
//! | 2, 2, 2, 2 | how many tensors, steps and outputs there are; 0 |
//! | 2, 2, 2 for each tensor | height, width, channels; the first tensor is the input |
//! | 2 for each output | which tensor it is |
//! | 12 for each step | 1 operation, 1 activation (0 none, 1 ReLU, 2 ReLU6), 2 tensor that is made, 2 tensor that is taken, 2 second tensor that is taken (65535: none), 1 side of the window, 1 stride, 1 rows and 1 columns of zeros before the input |
//! | 4, then 2 for each | how many 16-bit floats, and those |
//! | 4, then 1 for each | how many weights, and those, signed |
//!
//! Steps take their numbers from the two lists in their order, matrices row by row:
//!
//! | operation | 16-bit floats | weights |
//! | --- | --- | --- |
//! | 1 convolution | a scale for each output channel, a beginning for each output channel | (window row, column, input channel) x output channel |
//! | 2 depthwise convolution | likewise | (window row, column) x channel |
//! | 3 transposed convolution, 2 x 2 by 2 | likewise | (row, column, input channel) x output channel |
//! | 4 PReLU | a slope for each channel | |
//! | 5 ReLU, 6 sum, 7 product, 8 greatest of 2 x 2, 9 mean, 10 zeros behind the channels, 11 other shape, 12 one behind the other, 13 hard swish, 14 logistic, 15 other size | | |
//!
//! A weight stands for itself times the scale of its output channel.

use super::convolution::{Filter, Window};
use super::elementwise::Activation;
use super::network::{Net, Step};
use super::operation::Operation;
use super::shape::Shape;
use std::error::Error;
use std::fmt::{self, Display, Formatter};

/// Why a file is no net.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetError {
    /// It is larger than any net here.
    TooLarge,
    /// It does not begin as a net does.
    NotANet,
    /// It ends too early.
    Truncated,
    /// Something stands behind its end.
    TrailingBytes,
    /// It has more tensors, steps or outputs than any net here, or none.
    BadCount,
    /// A tensor is empty or too large.
    BadShape,
    /// A tensor does not exist, is taken before it is made, or is made twice.
    BadTensor,
    /// An operation or activation that there is not.
    UnknownOperation(u8),
    /// A step does not fit its tensors.
    BadStep,
    /// A number is infinite or none.
    NotFinite,
    /// It would take too long or too much memory to run.
    TooMuchWork,
    /// It is a net, but looks at something else or tells something else than the one that is wanted.
    OtherNet,
}

impl Display for NetError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "the file is too large for a net"),
            Self::NotANet => write!(f, "the file does not begin as a net"),
            Self::Truncated => write!(f, "the file ends too early"),
            Self::TrailingBytes => write!(f, "something stands behind the end of the net"),
            Self::BadCount => write!(f, "too many tensors, steps or outputs, or none"),
            Self::BadShape => write!(f, "a tensor is empty or too large"),
            Self::BadTensor => write!(f, "a step uses a tensor that is not there"),
            Self::UnknownOperation(number) => write!(f, "unknown operation or activation {number}"),
            Self::BadStep => write!(f, "a step does not fit its tensors"),
            Self::NotFinite => write!(f, "a number is not finite"),
            Self::TooMuchWork => write!(f, "the net is too much work"),
            Self::OtherNet => write!(f, "it is another net"),
        }
    }
}

impl Error for NetError {}

/// The largest file; the largest net here has 680 KB.
const MAX_BYTES: usize = 1 << 20;
/// The most tensors and steps; the nets here have up to 170.
const MAX_COUNT: usize = 256;
const MAX_OUTPUTS: usize = 8;
/// The most numbers of a tensor, and of all tensors of a net. The nets here have up to 262,144 and 5 million.
const MAX_TENSOR: usize = 1 << 19;
const MAX_VALUES: usize = 1 << 23;
/// The most multiplications; the nets here have up to 60 million.
const MAX_WORK: u64 = 100_000_000;

const MAGIC: &[u8] = b"HDN1";
const NO_TENSOR: u16 = u16::MAX;

/// Reads a net. Costs a copy of the file's numbers as 32-bit floats: four times the file, in the worst case thirty times.
///
/// # Errors
/// When the file is no net of the format, or one that would take too much memory or time; nothing of it is kept then.
pub fn read_net(bytes: &[u8]) -> Result<Net, NetError> {
    if bytes.len() > MAX_BYTES {
        return Err(NetError::TooLarge);
    }
    let mut file = Bytes(bytes);
    if file.take(MAGIC.len())? != MAGIC {
        return Err(NetError::NotANet);
    }
    let counts = [file.count(MAX_COUNT)?, file.count(MAX_COUNT)?, file.count(MAX_OUTPUTS)?];
    if file.u16()? != 0 {
        return Err(NetError::NotANet);
    }
    let shapes = read_shapes(&mut file, counts[0])?;
    let outputs = (0..counts[2]).map(|_| file.u16().map(usize::from)).collect::<Result<Vec<_>, _>>()?;
    let lines = (0..counts[1]).map(|_| StepLine::read(&mut file)).collect::<Result<Vec<_>, _>>()?;
    let mut numbers = Numbers::read(&mut file)?;
    if !file.0.is_empty() {
        return Err(NetError::TrailingBytes);
    }
    let mut known = Known { shapes: &shapes, made: vec![false; shapes.len()], work: 0 };
    if let Some(input) = known.made.first_mut() {
        *input = true;
    }
    let steps = lines.iter().map(|line| known.step(line, &mut numbers)).collect::<Result<Vec<_>, _>>()?;
    if !numbers.halves.is_empty() || !numbers.weights.is_empty() {
        return Err(NetError::TrailingBytes);
    }
    if outputs.iter().any(|output| known.made.get(*output) != Some(&true)) {
        return Err(NetError::BadTensor);
    }
    Ok(Net::new(shapes, steps, outputs))
}

fn read_shapes(file: &mut Bytes<'_>, count: usize) -> Result<Vec<Shape>, NetError> {
    let (mut shapes, mut values) = (Vec::new(), 0);
    for _ in 0..count {
        let [height, width, channels] = [file.u16()?, file.u16()?, file.u16()?].map(usize::from);
        // Three numbers of 16 bits may be too many for a word of 32.
        let length = height.checked_mul(width).and_then(|places| places.checked_mul(channels));
        let length = length.filter(|length| (1..=MAX_TENSOR).contains(length)).ok_or(NetError::BadShape)?;
        values += length;
        if values > MAX_VALUES {
            return Err(NetError::TooMuchWork);
        }
        shapes.push(Shape { height, width, channels });
    }
    Ok(shapes)
}

/// What the file says of a step.
struct StepLine {
    operation: u8,
    activation: u8,
    output: usize,
    input: usize,
    second: Option<usize>,
    window: Window,
}

impl StepLine {
    fn read(file: &mut Bytes<'_>) -> Result<Self, NetError> {
        let (operation, activation) = (file.u8()?, file.u8()?);
        let [output, input, second] = [file.u16()?, file.u16()?, file.u16()?];
        let [kernel, stride, top, left] = [file.u8()?, file.u8()?, file.u8()?, file.u8()?].map(usize::from);
        Ok(Self {
            operation,
            activation,
            output: usize::from(output),
            input: usize::from(input),
            second: (second != NO_TENSOR).then_some(usize::from(second)),
            window: Window { kernel, stride, top, left },
        })
    }
}

/// What is known of the tensors while steps are read.
struct Known<'a> {
    shapes: &'a [Shape],
    /// Whether each tensor is made by now.
    made: Vec<bool>,
    work: u64,
}

impl Known<'_> {
    fn step(&mut self, line: &StepLine, numbers: &mut Numbers<'_>) -> Result<Step, NetError> {
        let from = self.taken(line.input)?;
        let second = line.second.map(|second| self.taken(second)).transpose()?;
        let to = *self.shapes.get(line.output).ok_or(NetError::BadTensor)?;
        let made = self.made.get_mut(line.output).filter(|made| !**made).ok_or(NetError::BadTensor)?;
        *made = true;
        let operation = numbers.operation(line, from, to)?;
        if !operation.fits(from, second, to) {
            return Err(NetError::BadStep);
        }
        self.work = self.work.saturating_add(operation.work(from, to));
        if self.work > MAX_WORK {
            return Err(NetError::TooMuchWork);
        }
        let activation = match line.activation {
            0 => Activation::None,
            1 => Activation::Relu,
            2 => Activation::Relu6,
            other => return Err(NetError::UnknownOperation(other)),
        };
        Ok(Step { operation, activation, input: line.input, second: line.second, output: line.output })
    }

    /// The shape of a tensor that a step takes.
    fn taken(&self, tensor: usize) -> Result<Shape, NetError> {
        let is_made = self.made.get(tensor) == Some(&true);
        self.shapes.get(tensor).copied().filter(|_| is_made).ok_or(NetError::BadTensor)
    }
}

/// The two lists that the steps take their numbers from.
struct Numbers<'a> {
    halves: &'a [u8],
    weights: &'a [u8],
}

impl<'a> Numbers<'a> {
    fn read(file: &mut Bytes<'a>) -> Result<Self, NetError> {
        let halves = file.length()?.checked_mul(2).ok_or(NetError::Truncated)?;
        let halves = file.take(halves)?;
        let weights = file.length()?;
        Ok(Self { halves, weights: file.take(weights)? })
    }

    fn operation(&mut self, line: &StepLine, from: Shape, to: Shape) -> Result<Operation, NetError> {
        let window = line.window;
        let places = window.kernel * window.kernel;
        Ok(match line.operation {
            1 => {
                let rows = places * from.channels;
                let (weights, bias) = self.matrix(rows, to.channels)?;
                Operation::Convolution(window, Filter::new(&weights, &bias, rows).ok_or(NetError::BadStep)?)
            }
            2 => {
                let (weights, bias) = self.matrix(places, to.channels)?;
                Operation::Depthwise(window, weights, bias)
            }
            3 => {
                let (weights, bias) = self.matrix(4 * from.channels, to.channels)?;
                Operation::Doubling(weights, bias)
            }
            4 => Operation::Prelu(self.halves(to.channels)?),
            5 => Operation::Relu,
            6 => Operation::Add,
            7 => Operation::Multiply,
            8 => Operation::MaxPool,
            9 => Operation::Mean,
            10 => Operation::PadChannels,
            11 => Operation::Reshape,
            12 => Operation::Concatenate,
            13 => Operation::HardSwish,
            14 => Operation::Logistic,
            15 => Operation::Resize,
            other => return Err(NetError::UnknownOperation(other)),
        })
    }

    /// Weights with their scales applied, a column for each channel, and the channels' beginnings.
    fn matrix(&mut self, rows: usize, channels: usize) -> Result<(Vec<f32>, Vec<f32>), NetError> {
        let scales = self.halves(channels)?;
        let bias = self.halves(channels)?;
        let count = rows.checked_mul(channels).filter(|count| *count > 0).ok_or(NetError::BadStep)?;
        let (weights, rest) = self.weights.split_at_checked(count).ok_or(NetError::Truncated)?;
        self.weights = rest;
        let row = |row: &[u8]| {
            let scaled = row.iter().zip(&scales).map(|(weight, scale)| f32::from(weight.cast_signed()) * scale);
            scaled.collect::<Vec<f32>>()
        };
        Ok((weights.chunks_exact(channels).flat_map(row).collect(), bias))
    }

    fn halves(&mut self, count: usize) -> Result<Vec<f32>, NetError> {
        let length = count.checked_mul(2).ok_or(NetError::Truncated)?;
        let (halves, rest) = self.halves.split_at_checked(length).ok_or(NetError::Truncated)?;
        self.halves = rest;
        let values: Vec<f32> = halves.as_chunks().0.iter().map(|bytes| half(u16::from_le_bytes(*bytes))).collect();
        if values.iter().all(|value| value.is_finite()) { Ok(values) } else { Err(NetError::NotFinite) }
    }
}

/// A 16-bit float: 1 bit of sign, 5 of exponent, 10 of fraction (IEEE 754 binary16).
fn half(bits: u16) -> f32 {
    let sign = u32::from(bits >> 15) << 31;
    let (exponent, fraction) = (u32::from(bits >> 10) & 31, u32::from(bits) & 1_023);
    let size = match exponent {
        0 => fraction as f32 / 16_777_216.0,
        31 => f32::from_bits(0x7f80_0000 | (fraction << 13)),
        _ => f32::from_bits(((exponent + 112) << 23) | (fraction << 13)),
    };
    f32::from_bits(size.to_bits() | sign)
}

/// What is left of a file.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], NetError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(NetError::Truncated)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], NetError> {
        self.take(N)?.first_chunk().copied().ok_or(NetError::Truncated)
    }

    fn u8(&mut self) -> Result<u8, NetError> {
        self.array().map(|[byte]| byte)
    }

    fn u16(&mut self) -> Result<u16, NetError> {
        self.array().map(u16::from_le_bytes)
    }

    /// How many of something there are: at least one.
    fn count(&mut self, most: usize) -> Result<usize, NetError> {
        let count = usize::from(self.u16()?);
        if (1..=most).contains(&count) { Ok(count) } else { Err(NetError::BadCount) }
    }

    /// The length of a list, which cannot be longer than the file.
    fn length(&mut self) -> Result<usize, NetError> {
        usize::try_from(u32::from_le_bytes(self.array()?)).map_err(|_| NetError::Truncated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file in parts that tests spoil.
    #[derive(Clone)]
    struct Parts {
        counts: [u16; 4],
        shapes: Vec<[u16; 3]>,
        outputs: Vec<u16>,
        /// Operation, activation; made, taken, second; the window.
        steps: Vec<([u8; 2], [u16; 3], [u8; 4])>,
        halves: Vec<u16>,
        weights: Vec<i8>,
    }

    /// 1 as a 16-bit float.
    const ONE: u16 = 0x3c00;

    /// A convolution of 1 x 1 that doubles one channel and turns the sign of the other, and a sum with the input.
    fn parts() -> Parts {
        Parts {
            counts: [3, 2, 1, 0],
            shapes: vec![[2, 2, 2]; 3],
            outputs: vec![2],
            steps: vec![([1, 1], [1, 0, NO_TENSOR], [1, 1, 0, 0]), ([6, 0], [2, 1, 0], [0; 4])],
            halves: vec![ONE, ONE, 0, ONE],
            weights: vec![2, 0, 0, -1],
        }
    }

    impl Parts {
        fn bytes(&self) -> Vec<u8> {
            let mut bytes = MAGIC.to_vec();
            let words = |words: &[u16]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
            bytes.extend(words(&self.counts));
            self.shapes.iter().for_each(|shape| bytes.extend(words(shape)));
            bytes.extend(words(&self.outputs));
            for (head, tensors, window) in &self.steps {
                bytes.extend(head);
                bytes.extend(words(tensors));
                bytes.extend(window);
            }
            bytes.extend((self.halves.len() as u32).to_le_bytes());
            bytes.extend(words(&self.halves));
            bytes.extend((self.weights.len() as u32).to_le_bytes());
            bytes.extend(self.weights.iter().map(|weight| weight.cast_unsigned()));
            bytes
        }
    }

    #[track_caller]
    fn refused(spoil: impl Fn(&mut Parts), expected: NetError) {
        let mut parts = parts();
        spoil(&mut parts);
        assert_eq!(read_net(&parts.bytes()), Err(expected));
    }

    #[test]
    fn a_net_is_read_and_run() {
        let net = read_net(&parts().bytes()).unwrap();
        let shape = Shape { height: 2, width: 2, channels: 2 };
        assert_eq!((net.input(), net.outputs().collect::<Vec<_>>()), (shape, vec![shape]));
        let found = net.run(vec![1.0, 1.0, 2.0, -2.0, 0.0, 0.0, -1.0, 5.0]).unwrap();
        assert_eq!(found, [[3.0, 1.0, 6.0, 1.0, 0.0, 1.0, -1.0, 5.0]]);
        assert_eq!(net.run(vec![0.0; 7]), None);
    }

    #[test]
    fn each_lie_of_a_file_is_refused() {
        refused(|parts| parts.counts[3] = 1, NetError::NotANet);
        for place in 0..3 {
            refused(|parts| parts.counts[place] = 0, NetError::BadCount);
            refused(|parts| parts.counts[place] = 257, NetError::BadCount);
        }
        refused(|parts| parts.shapes[1] = [0, 2, 2], NetError::BadShape);
        refused(|parts| parts.shapes[1] = [u16::MAX; 3], NetError::BadShape);
        refused(|parts| parts.shapes[1] = [2, 3, 2], NetError::BadStep);
        refused(|parts| parts.outputs[0] = 3, NetError::BadTensor);
        refused(|parts| parts.steps[0].0 = [0, 0], NetError::UnknownOperation(0));
        refused(|parts| parts.steps[0].0 = [16, 0], NetError::UnknownOperation(16));
        refused(|parts| parts.steps[0].0 = [1, 3], NetError::UnknownOperation(3));
        refused(|parts| parts.steps[0].1 = [0, 0, NO_TENSOR], NetError::BadTensor);
        refused(|parts| parts.steps[0].1 = [1, 2, NO_TENSOR], NetError::BadTensor);
        refused(|parts| parts.steps[1].1 = [1, 1, 0], NetError::BadTensor);
        refused(
            |parts| {
                // The first step's tensor, made once more.
                parts.steps[1].1 = [1, 0, 0];
                parts.outputs[0] = 1;
            },
            NetError::BadTensor,
        );
        refused(|parts| parts.steps[1].1 = [2, 1, NO_TENSOR], NetError::BadStep);
        refused(|parts| parts.steps[1].1 = [3, 1, 0], NetError::BadTensor);
        refused(|parts| parts.steps[0].2 = [2, 1, 0, 0], NetError::Truncated);
        refused(|parts| parts.steps[0].2 = [0, 1, 0, 0], NetError::BadStep);
        refused(|parts| parts.steps[0].2 = [1, 0, 0, 0], NetError::BadStep);
        refused(|parts| parts.steps[0].2 = [1, 1, 200, 200], NetError::BadStep);
        refused(|parts| parts.halves[0] = 0x7c00, NetError::NotFinite);
        refused(|parts| parts.halves[0] = 0x7e00, NetError::NotFinite);
        refused(|parts| parts.halves.push(0), NetError::TrailingBytes);
        refused(|parts| parts.weights.push(0), NetError::TrailingBytes);
        refused(|parts| parts.halves.truncate(3), NetError::Truncated);
        refused(|parts| parts.weights.truncate(3), NetError::Truncated);
    }

    #[test]
    fn what_would_cost_too_much_is_refused() {
        let many = |parts: &mut Parts, count: u16, shape: [u16; 3]| {
            parts.counts[0] = count;
            parts.shapes.resize(usize::from(count), shape);
        };
        refused(|parts| many(parts, 200, [256, 256, 8]), NetError::TooMuchWork);
        refused(
            |parts| {
                // A window of 5 x 5 over 32 channels, by 128 x 128 places.
                parts.shapes = vec![[128, 128, 32]; 3];
                parts.steps[0].2 = [5, 1, 2, 2];
                parts.halves = vec![ONE; 64];
                parts.weights = vec![1; 25 * 32 * 32];
            },
            NetError::TooMuchWork,
        );
        assert_eq!(read_net(&vec![0; MAX_BYTES + 1]), Err(NetError::TooLarge));
    }

    #[test]
    fn a_file_ends_where_it_must() {
        let whole = parts().bytes();
        for length in 0..whole.len() {
            assert_eq!(read_net(&whole[..length]), Err(NetError::Truncated), "the first {length} bytes");
        }
        assert_eq!(read_net(&[whole.as_slice(), &[0]].concat()), Err(NetError::TrailingBytes));
        assert_eq!(read_net(b"HDN2 and more"), Err(NetError::NotANet));
    }

    #[test]
    fn halves_are_what_the_standard_says() {
        for (bits, value) in [
            (ONE, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x7bff, 65_504.0),
            (0x0400, 6.103_515_6e-5),
            (0x0001, 5.960_464_5e-8),
            (0x8000, -0.0),
            (0x7c00, f32::INFINITY),
        ] {
            assert_eq!(half(bits).to_bits(), f32::to_bits(value), "{bits:#06x}: {}, not {value}", half(bits));
        }
        assert!(half(0x7e00).is_nan());
    }
}
