//! One call of the platform: JSON there, JSON back.

use extism_pdk::Memory;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why the platform did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// One of [`crate::code`], or [`Problem::ANSWER_UNREADABLE`].
    pub code: String,
    pub message: String,
}

impl Problem {
    /// What came back is not what this SDK was made for.
    pub const ANSWER_UNREADABLE: &'static str = "answer-unreadable";

    /// Whether it has this code.
    pub fn is(&self, code: &str) -> bool {
        self.code == code
    }

    fn unreadable(error: impl fmt::Display) -> Problem {
        Problem { code: Problem::ANSWER_UNREADABLE.into(), message: error.to_string() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for Problem {}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Answer<T> {
    Ok(T),
    Error(Problem),
}

/// Hands the input to a function of the platform and reads its answer. Both blocks are given back.
pub(crate) fn call<T: DeserializeOwned>(
    function: unsafe extern "C" fn(u64) -> u64,
    input: &impl Serialize,
) -> Result<T, Problem> {
    let text = serde_json::to_vec(input).map_err(Problem::unreadable)?;
    let block = Memory::from_bytes(text).map_err(Problem::unreadable)?;
    // The platform reads the block before it answers, and keeps nothing of it.
    let answer = Memory::from(unsafe { function(block.offset()) });
    block.free();
    let text = answer.to_vec();
    answer.free();
    match serde_json::from_slice(&text).map_err(Problem::unreadable)? {
        Answer::Ok(value) => Ok(value),
        Answer::Error(problem) => Err(problem),
    }
}
