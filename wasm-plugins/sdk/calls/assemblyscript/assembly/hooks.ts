// A handler for each type of hook and an endpoint, which give back what they were handed.

import * as sdk from "storysign-sdk";

function textOrNull(text: string | null): string {
  return text === null ? "null" : sdk.quoted(text);
}

export function hook_echo(): i32 {
  const call = sdk.HookCall.read();
  const context = call.context;
  return sdk.Replace.result(
    new sdk.JsonObject()
      .text("hook_name", call.hookName)
      .text("type", call.type)
      .json("target", textOrNull(call.target))
      .json("args", call.args.raw)
      .json("kwargs", call.kwargs.raw)
      .json("result", call.result.raw)
      .json("user_id", textOrNull(context.userId))
      .json("session_id", textOrNull(context.sessionId))
      .json("module_name", textOrNull(context.moduleName))
      .json("request_data", context.requestData.raw)
      .text("plugin_id", context.pluginId)
      .text("tenant", context.tenant)
      .json("config", context.config.raw)
      .text("timestamp", context.timestamp)
      .text("invocation_id", context.invocationId)
      .json("event_id", textOrNull(context.eventId))
      .toString()
  );
}

export function hook_pass(): i32 {
  return sdk.Replace.pass();
}

export function hook_filter(): i32 {
  const result = sdk.HookCall.read().result;
  return result.isNull ? sdk.Filter.unchanged() : sdk.Filter.result(new sdk.JsonObject().json("was", result.raw).toString());
}

export function hook_before(): i32 {
  const args = sdk.HookCall.read().args.texts;
  const first = args.length > 0 ? args[0] : "";
  if (first == "stop") return sdk.Before.stop("enough");
  if (first == "change") return sdk.Before.changed(sdk.texts(["changed"]), new sdk.JsonObject().integer("n", 1).toString());
  return sdk.Before.unchanged();
}

export function hook_after(): i32 {
  return sdk.HookCall.read().result.isNull ? sdk.refuse("nothing happened") : sdk.After.done();
}

/** Reads texts and numbers, and writes them. */
export function hook_values(): i32 {
  const result = sdk.HookCall.read().result;
  const texts = sdk.texts(result.member("texts").texts);
  const numbers = sdk.numbers(result.member("numbers").numbers);
  return sdk.Replace.result(new sdk.JsonObject().json("texts", texts).json("numbers", numbers).toString());
}

export function endpoint_echo(): i32 {
  const request = sdk.Request.read();
  return sdk.Response.json(
    201,
    new sdk.JsonObject()
      .text("method", request.method)
      .text("path", request.path)
      .json("id", textOrNull(request.pathParam("id")))
      .json("q", textOrNull(request.parameter("q")))
      .json("accept", textOrNull(request.header("accept")))
      .json("body", textOrNull(request.body))
      .json("body_base64", textOrNull(request.bodyBase64))
      .json("user_id", textOrNull(request.userId))
      .toString()
  );
}

/** Reads a key as often as the result says, and gives how often there was one. */
export function hook_calls(): i32 {
  const times = sdk.HookCall.read().result.integer;
  let found = 0;
  for (let i: i64 = 0; i < times; i++) {
    if (new sdk.StorageGet("key").call().answer) found++;
  }
  return sdk.Replace.result(found.toString());
}
