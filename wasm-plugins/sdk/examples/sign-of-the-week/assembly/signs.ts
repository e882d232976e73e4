import { Code, ContentList, Json, JsonObject, Problem, Result, StorageGet, StorageSet, StorageSetAnswer } from "storysign-sdk";

/** What the product's content calls a sign. */
const KIND: string = "sign";

/** A week's choice is kept for ten weeks. */
const KEPT_SECONDS: i64 = 70 * 86400;

/** The sign of a week. */
export class Sign {
  constructor(
    public id: string,
    public title: string,
    public week: i64
  ) {}

  toString(): string {
    return new JsonObject().text("id", this.id).text("title", this.title).integer("week", this.week).toString();
  }
}

/**
 * The sign of a week: the one that was kept for it, else one of the product's signs, which is then kept, so that it stays when new ones are
 * made. No answer and no problem when there are no signs.
 */
export function signOf(week: i64): Result<Sign> {
  const kept = new StorageGet(key(week)).call();
  if (kept.problem) return failed(kept.problem);
  const before = kept.answer;
  if (before) return found(Json.of(before.value), week);

  const listed = new ContentList().kind(KIND).limit(100).call();
  if (listed.problem) return failed(listed.problem);
  const signs = listed.answer!.items;
  if (signs.length == 0) return new Result<Sign>(null, null);
  const chosen = signs[<i32>(week % signs.length)];

  const value = new Sign(chosen.id, chosen.title, week).toString();
  const written = new StorageSet(key(week), value).ifAbsent(true).ttlSeconds(KEPT_SECONDS).call();
  if (written.failedWith(Code.PRECONDITION_FAILED)) return signOf(week); // another call has chosen meanwhile
  return written.problem ? failed(written.problem) : found(Json.of(value), week);
}

/** Notes in the user's storage that the sign of a week was practised: `precondition-failed` when it was noted before. */
export function firstTimeThisWeek(week: i64): Result<StorageSetAnswer> {
  return new StorageSet(key(week), "true").user(true).ifAbsent(true).ttlSeconds(KEPT_SECONDS).call();
}

function key(week: i64): string {
  return "weeks/" + week.toString();
}

function found(sign: Json, week: i64): Result<Sign> {
  return new Result<Sign>(new Sign(sign.member("id").text, sign.member("title").text, week), null);
}

function failed(problem: Problem | null): Result<Sign> {
  return new Result<Sign>(null, problem);
}
