//! What hooks hand to a handler, as far as this plugin looks at it.

use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
pub struct HookCall {
    pub result: Value,
    pub context: Context,
}

#[derive(Deserialize)]
pub struct Context {
    /// For whom; nobody when the call is not about a user.
    pub user_id: Option<String>,
    /// When the platform called, such as `2026-11-22T12:00:00Z`.
    pub timestamp: String,
}

/// The result of one exercise.
pub struct Practice {
    /// From 0 to 100.
    pub score: u8,
}

impl Practice {
    /// What the product says of it in the hook's result: `{"score": 85}`. Nothing without a user or a score.
    pub fn of(call: &HookCall) -> Option<Practice> {
        call.context.user_id.as_ref()?;
        let score = call.result.get("score")?.as_u64()?.min(100) as u8;
        Some(Practice { score })
    }
}
