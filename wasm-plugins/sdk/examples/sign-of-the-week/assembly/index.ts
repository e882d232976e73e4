import {
  After,
  AnalyticsLogEvent,
  Code,
  HookCall,
  JsonObject,
  LiveSend,
  NotifySend,
  Problem,
  Replace,
  UserUpdatePreferences,
  logInfo,
  refuse,
} from "storysign-sdk";
import { firstTimeThisWeek, signOf } from "./signs";
import { weekOf } from "./week";

/** The replace hook `sign_of_the_week`: the sign of this week, the same for everybody; the next handler answers when there are no signs. */
export function sign_of_the_week(): i32 {
  const call = HookCall.read();
  const week = weekOf(call.context.timestamp);
  const chosen = signOf(week);
  const problem = chosen.problem;
  if (problem) return refuse(problem.toString());
  const sign = chosen.answer;
  if (!sign) return Replace.pass();
  const failure = log("sign.shown", sign.id);
  if (failure) return refuse(failure.toString());
  return Replace.result(sign.toString());
}

/** The after hook `sign_practised`: who practises the sign of the week for the first time hears of it. */
export function sign_practised(): i32 {
  const call = HookCall.read();
  if (!call.context.userId) return After.done();
  const week = weekOf(call.context.timestamp);
  const chosen = signOf(week);
  const sign = chosen.answer;
  if (!sign || call.result.member("sign").text != sign.id) return After.done();
  const first = firstTimeThisWeek(week);
  if (first.failedWith(Code.PRECONDITION_FAILED)) return After.done();
  let problem = first.problem;
  if (!problem) problem = log("sign.learned", sign.id);
  if (!problem) problem = prefer(sign.id);
  if (!problem) problem = tell(sign.title, sign.id);
  return problem ? refuse(problem.toString()) : After.done();
}

function log(name: string, sign: string): Problem | null {
  return new AnalyticsLogEvent(name).properties(new JsonObject().text("sign", sign).toString()).call().problem;
}

/** The product can show what the user learned last. A user that the product does not know has no preferences. */
function prefer(sign: string): Problem | null {
  const done = new UserUpdatePreferences(new JsonObject().text("last_sign", sign).toString()).call();
  return done.failedWith(Code.DATA_NOT_FOUND) ? null : done.problem;
}

/** A notification, and a message to the pages that are open. Without the permission the plugin keeps it to itself. */
function tell(title: string, sign: string): Problem | null {
  const sent = new NotifySend("You know the sign of the week: " + title).level("success").link("/signs/" + sign).call();
  if (sent.failedWith(Code.PERMISSION_DENIED)) {
    logInfo("nobody is told: the operator did not grant it");
    return null;
  }
  const problem = sent.problem;
  if (problem) return problem;
  return new LiveSend(new JsonObject().text("learned", sign).toString()).channel("sign-of-the-week").call().problem;
}
