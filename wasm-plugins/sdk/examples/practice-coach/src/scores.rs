//! The user's latest scores, a sign each, in the user's own storage.

use serde::{Deserialize, Serialize};
use serde_json::{json, Map, Value};
use storysign_sdk::{code, storage_get, storage_set, Problem, StorageGet, StorageSet};

const KEY: &str = "scores";

/// So often is a change tried again that another call came before.
const ATTEMPTS: usize = 5;

/// More signs than this are not remembered: those that go best are forgotten.
const MOST: usize = 100;

#[derive(Default, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Scores(Map<String, Value>);

impl Scores {
    /// Half of what is remembered is the latest score.
    pub fn add(&mut self, sign: &str, score: u8) {
        let score = u64::from(score.min(100));
        let mean = self.of(sign).map_or(score, |before| (before + score) / 2);
        self.0.insert(sign.into(), mean.into());
        if self.0.len() > MOST {
            if let Some(best) = self.0.iter().max_by_key(|(_, score)| score.as_u64()).map(|(sign, _)| sign.clone()) {
                self.0.remove(&best);
            }
        }
    }

    pub fn hardest(&self) -> Option<&str> {
        self.0.iter().min_by_key(|(_, score)| score.as_u64()).map(|(sign, _)| sign.as_str())
    }

    fn of(&self, sign: &str) -> Option<u64> {
        self.0.get(sign)?.as_u64()
    }
}

/// The scores and their revision, if there are any.
pub fn read() -> Result<(Scores, Option<i64>), Problem> {
    let stored = storage_get(StorageGet { user: Some(true), ..StorageGet::new(KEY) })?;
    Ok(match stored {
        Some(stored) => (serde_json::from_value(stored.value).unwrap_or_default(), Some(stored.revision)),
        None => (Scores::default(), None),
    })
}

/// Changes the scores; once more when another call changed them meanwhile.
pub fn update(change: impl Fn(&mut Scores)) -> Result<(), Problem> {
    for attempt in 1.. {
        let (mut scores, revision) = read()?;
        change(&mut scores);
        let written = storage_set(StorageSet {
            if_revision: revision,
            if_absent: Some(revision.is_none()),
            user: Some(true),
            ..StorageSet::new(KEY, json!(scores))
        });
        match written {
            Err(problem) if problem.is(code::PRECONDITION_FAILED) && attempt < ATTEMPTS => continue,
            written => return written.map(|_| ()),
        }
    }
    unreachable!("the last attempt returns")
}
