//! The endpoint's request and answer.

use crate::statistics::Statistics;
use serde::{Deserialize, Serialize};
use serde_json::{json, Value};

#[derive(Deserialize)]
pub struct EndpointRequest {
    pub user_id: Option<String>,
}

#[derive(Serialize)]
pub struct EndpointAnswer {
    status: u16,
    headers: Value,
    body: String,
}

impl EndpointAnswer {
    pub fn new(status: u16, body: Value) -> EndpointAnswer {
        EndpointAnswer { status, headers: json!({"Content-Type": "application/json"}), body: body.to_string() }
    }
}

pub fn view(statistics: &Statistics, difficulty: &str) -> Value {
    json!({
        "practised": statistics.practised,
        "best": statistics.best,
        "average": statistics.average(),
        "last_practised": statistics.last_practised,
        "suggested_difficulty": difficulty,
    })
}
