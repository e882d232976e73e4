//! What to try with a sign that is hard.

use serde_json::Value;
use storysign_sdk::{ai_generate_text, code, AiGenerateText, Message, Problem};

/// With these the coach has no model, and helps itself.
const WITHOUT_MODEL: [&str; 4] = [code::PERMISSION_DENIED, code::AI_UNAVAILABLE, code::QUOTA_EXCEEDED, code::DRY_RUN];

pub struct Tip {
    pub text: String,
    /// `model` or `coach`.
    pub by: &'static str,
}

/// A tip from the text model, or the coach's own when there is no model for it.
pub fn tip(sign: &str, learner: &Value) -> Result<Tip, Problem> {
    let task = format!("Give one tip, in one sentence, for signing “{sign}” better. The learner: {}", about(learner));
    let messages = vec![Message::new("system", "You coach learners of sign language."), Message::new("user", &task)];
    match ai_generate_text(AiGenerateText { max_tokens: Some(80), ..AiGenerateText::new(messages) }) {
        Ok(answer) => Ok(Tip { text: answer.text, by: "model" }),
        Err(problem) if WITHOUT_MODEL.contains(&problem.code.as_str()) => Ok(Tip {
            text: format!("Sign “{sign}” slowly before a mirror, five times; then once at your usual speed."),
            by: "coach",
        }),
        Err(problem) => Err(problem),
    }
}

/// No name leaves the platform: a model need not know it.
fn about(learner: &Value) -> String {
    learner["age"].as_u64().map_or("a beginner".into(), |age| format!("{age} years old"))
}
