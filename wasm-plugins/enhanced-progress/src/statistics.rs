//! What is remembered of a user, and what follows from it.

use extism_pdk::config;
use serde::{Deserialize, Serialize};

/// So many scores decide on the difficulty.
const RECENT: usize = 10;

#[derive(Default, Serialize, Deserialize)]
pub struct Statistics {
    pub practised: u32,
    pub best: u8,
    /// The latest scores, oldest first.
    pub recent: Vec<u8>,
    pub last_practised: Option<String>,
}

impl Statistics {
    pub fn record(&mut self, score: u8, when: &str) {
        self.practised += 1;
        self.best = self.best.max(score);
        self.recent.push(score);
        if self.recent.len() > RECENT {
            self.recent.remove(0);
        }
        self.last_practised = Some(when.to_string());
    }

    /// The average of the latest scores, rounded down; nothing before the first.
    pub fn average(&self) -> Option<u8> {
        let sum: u32 = self.recent.iter().map(|score| u32::from(*score)).sum();
        sum.checked_div(self.recent.len() as u32).map(|average| average as u8)
    }
}

/// From which average a difficulty is suggested.
pub struct Thresholds {
    medium: u8,
    hard: u8,
}

impl Thresholds {
    /// The operator's, else our own. The platform has checked that they are numbers from 0 to 100.
    pub fn configured() -> Thresholds {
        Thresholds { medium: configured("medium_from", 60), hard: configured("hard_from", 85) }
    }

    pub fn difficulty(&self, statistics: &Statistics) -> &'static str {
        match statistics.average() {
            Some(average) if average >= self.hard => "hard",
            Some(average) if average >= self.medium => "medium",
            _ => "easy",
        }
    }
}

fn configured(key: &str, otherwise: u8) -> u8 {
    let value = config::get(key).ok().flatten();
    value.and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}
