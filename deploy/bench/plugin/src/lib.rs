//! What the bench calls, ours and others': plain Extism, without functions of a platform.
use extism_pdk::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Serialize)]
struct Vowels {
    count: u32,
    total: u32,
    vowels: String,
}

/// Counts vowels, with a configuration and a variable, as Extism's example does.
#[plugin_fn]
pub fn count_vowels(input: String) -> FnResult<Json<Vowels>> {
    let vowels = config::get("vowels")?.unwrap_or_else(|| "aeiouAEIOU".to_string());
    let count = input.chars().filter(|each| vowels.contains(*each)).count() as u32;
    let total = var::get::<u32>("total")?.unwrap_or(0) + count;
    var::set("total", total)?;
    Ok(Json(Vowels { count, total, vowels }))
}

#[derive(Deserialize, Serialize)]
struct Story {
    user_id: String,
    signs: Vec<Sign>,
    #[serde(flatten)]
    rest: serde_json::Map<String, Value>,
}

#[derive(Deserialize, Serialize)]
struct Sign {
    name: String,
    level: f64,
    seen: bool,
}

/// Reads a JSON document, raises each level and marks each sign as seen, and writes it.
#[plugin_fn]
pub fn transform(Json(mut story): Json<Story>) -> FnResult<Json<Story>> {
    for sign in &mut story.signs {
        sign.level = (sign.level * 1.5 + 0.25).min(10.0);
        sign.seen = true;
    }
    Ok(Json(story))
}

static mut SEEN: u32 = 0;

/// How many calls this instance has served before: 0 in a fresh one.
#[plugin_fn]
pub fn canary() -> FnResult<String> {
    let before = unsafe {
        let before = SEEN;
        SEEN = before + 1;
        before
    };
    let total = var::get::<u32>("seen")?.unwrap_or(0);
    var::set("seen", total + 1)?;
    Ok((before + total).to_string())
}

/// Does nothing.
#[plugin_fn]
pub fn nothing() -> FnResult<()> {
    Ok(())
}
