//! A handler for each type of hook and an endpoint, which give back what they were handed.

use extism_pdk::*;
use serde::{Deserialize, Serialize};
use serde_json::{json, Value};
use storysign_sdk::*;

#[plugin_fn]
pub fn hook_echo(Json(call): Json<HookCall>) -> FnResult<Json<Replace>> {
    let context = call.context;
    Ok(Json(Replace::Result(json!({
        "hook_name": call.hook_name,
        "type": call.r#type,
        "target": call.target,
        "args": call.args,
        "kwargs": call.kwargs,
        "result": call.result,
        "user_id": context.user_id,
        "session_id": context.session_id,
        "module_name": context.module_name,
        "request_data": context.request_data,
        "plugin_id": context.plugin_id,
        "tenant": context.tenant,
        "config": context.config,
        "timestamp": context.timestamp,
        "invocation_id": context.invocation_id,
        "event_id": context.event_id,
    }))))
}

#[plugin_fn]
pub fn hook_pass(Json(_): Json<HookCall>) -> FnResult<Json<Replace>> {
    Ok(Json(Replace::Pass))
}

#[plugin_fn]
pub fn hook_filter(Json(call): Json<HookCall>) -> FnResult<Json<Filter>> {
    Ok(Json(if call.result.is_null() { Filter::Unchanged } else { Filter::Result(json!({ "was": call.result })) }))
}

#[plugin_fn]
pub fn hook_before(Json(call): Json<HookCall>) -> FnResult<Json<Before>> {
    Ok(Json(match call.args.first().and_then(Value::as_str) {
        Some("stop") => Before::Stop("enough".into()),
        Some("change") => {
            Before::Changed { args: vec![json!("changed")], kwargs: [("n".to_string(), json!(1))].into_iter().collect() }
        }
        _ => Before::Unchanged,
    }))
}

#[plugin_fn]
pub fn hook_after(Json(call): Json<HookCall>) -> FnResult<()> {
    if call.result.is_null() {
        return Err(Error::msg("nothing happened").into());
    }
    Ok(())
}

#[derive(Deserialize, Serialize)]
struct Values {
    texts: Vec<String>,
    numbers: Vec<f64>,
}

/// Reads texts and numbers, and writes them.
#[plugin_fn]
pub fn hook_values(Json(call): Json<HookCall>) -> FnResult<Json<Replace>> {
    let values: Values = serde_json::from_value(call.result)?;
    Ok(Json(Replace::Result(json!(values))))
}

#[plugin_fn]
pub fn endpoint_echo(Json(request): Json<Request>) -> FnResult<Json<Response>> {
    Ok(Json(Response::json(
        201,
        json!({
            "method": request.method,
            "path": request.path,
            "id": request.path_params.get("id"),
            "q": request.parameter("q"),
            "accept": request.headers.get("accept"),
            "body": request.body,
            "body_base64": request.body_base64,
            "user_id": request.user_id,
        }),
    )))
}

/// Reads a key as often as the result says, and gives how often there was one.
#[plugin_fn]
pub fn hook_calls(Json(call): Json<HookCall>) -> FnResult<Json<Replace>> {
    let mut found = 0;
    for _ in 0..call.result.as_u64().unwrap_or_default() {
        found += u64::from(storage_get(StorageGet::new("key"))?.is_some());
    }
    Ok(Json(Replace::Result(found.into())))
}
