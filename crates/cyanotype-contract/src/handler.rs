//! What a handler must take and give. Two traits that nobody else implements, so that the compiler's message is ours.

/// What a contract's function takes: the contract's input and nothing else.
#[diagnostic::on_unimplemented(
    message = "the handler takes `{Self}`, and its contract says `{T}`",
    label = "not the input of the contract",
    note = "let the handler take `{T}`; or change the contract, and the infrastructure follows"
)]
pub trait Taken<T>: sealed::Taken<T> {}

impl<T> Taken<T> for T {}

/// What the handler of a contract's function resolves to: a `Result` of the contract's output, with any error.
#[diagnostic::on_unimplemented(
    message = "the handler gives `{Self}`, and its contract says a `Result` of `{T}`",
    label = "not the handler of this contract",
    note = "let the handler give a `Result` of `{T}`, with any error; or change the contract, and the infrastructure follows"
)]
pub trait Answer<T>: sealed::Answer<T> {}

impl<T, E> Answer<T> for Result<T, E> {}

mod sealed {
    pub trait Taken<T> {}
    impl<T> Taken<T> for T {}

    pub trait Answer<T> {}
    impl<T, E> Answer<T> for Result<T, E> {}
}
