//! Tracks what each user has practised, and suggests how difficult the next story should be.
//!
//! The functions marked `plugin_fn` are what `manifest.json` names: two hooks, an endpoint, and the turns of the plugin's life.

mod analytics;
mod hook;
mod statistics;
mod storage;

use analytics::{EndpointAnswer, EndpointRequest};
use extism_pdk::*;
use hook::{HookCall, Practice};
use serde_json::{json, Value};
use statistics::{Statistics, Thresholds};
use storage::Scope;

const STATISTICS: &str = "statistics";
const LEARNERS: &str = "learners";

/// The after hook `practice_completed`: remembers the score of the user who practised. Its answer is ignored.
#[plugin_fn]
pub fn record_practice(Json(call): Json<HookCall>) -> FnResult<()> {
    let Some(practice) = Practice::of(&call) else {
        return Ok(());
    };
    let statistics: Statistics = storage::update(Scope::User, STATISTICS, |statistics: &mut Statistics| {
        statistics.record(practice.score, &call.context.timestamp)
    })?;
    if statistics.practised == 1 {
        storage::update(Scope::Plugin, LEARNERS, |learners: &mut u64| *learners += 1)?;
    }
    Ok(())
}

/// The filter hook `story_generation`: adds `suggested_difficulty` to the story of a known user, unless it has one.
#[plugin_fn]
pub fn filter_story(Json(call): Json<HookCall>) -> FnResult<Json<Value>> {
    let unchanged = Ok(Json(json!({})));
    let Value::Object(mut story) = call.result else {
        return unchanged;
    };
    if call.context.user_id.is_none() || story.contains_key("suggested_difficulty") {
        return unchanged;
    }
    let Some(statistics) = storage::get::<Statistics>(Scope::User, STATISTICS)? else {
        return unchanged;
    };
    let difficulty = Thresholds::configured().difficulty(&statistics);
    story.insert("suggested_difficulty".into(), difficulty.into());
    Ok(Json(json!({ "result": story })))
}

/// The endpoint `GET /custom-analytics`: the caller's own statistics.
#[plugin_fn]
pub fn get_custom_analytics(Json(request): Json<EndpointRequest>) -> FnResult<Json<EndpointAnswer>> {
    if request.user_id.is_none() {
        return Ok(Json(EndpointAnswer::new(401, json!({"error": "this is about a user, and nobody is signed in"}))));
    }
    let statistics = storage::get::<Statistics>(Scope::User, STATISTICS)?.unwrap_or_default();
    let difficulty = Thresholds::configured().difficulty(&statistics);
    Ok(Json(EndpointAnswer::new(200, analytics::view(&statistics, difficulty))))
}

/// Runs once when the plugin is enabled: says in which form its data is, for the versions that come after this one.
#[plugin_fn]
pub fn initialize() -> FnResult<()> {
    storage::create(Scope::Plugin, "data_version", &1)?;
    Ok(())
}

/// Runs when the plugin is disabled or uninstalled. Its data is the platform's to delete.
#[plugin_fn]
pub fn cleanup() -> FnResult<()> {
    log!(LogLevel::Info, "no more practice is recorded");
    Ok(())
}

/// How the plugin is.
#[plugin_fn]
pub fn get_status() -> FnResult<Json<Value>> {
    let learners = storage::get::<u64>(Scope::Plugin, LEARNERS)?.unwrap_or_default();
    Ok(Json(json!({"status": "ok", "learners": learners})))
}
