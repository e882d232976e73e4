// The functions of the platform. Made from src/main/resources/platform/host-functions.json; a test keeps it so.

import { Result, list, read } from "./call";
import { block } from "./host";
import { Json, JsonObject, array, numberLists, objects } from "./json";

/** What a problem may be: its code. */
export class Code {
  static readonly AI_UNAVAILABLE: string = "ai-unavailable";
  static readonly DATA_INVALID: string = "data-invalid";
  static readonly DATA_NOT_FOUND: string = "data-not-found";
  static readonly DATA_QUOTA_EXCEEDED: string = "data-quota-exceeded";
  static readonly DATABASE_UNAVAILABLE: string = "database-unavailable";
  static readonly DRY_RUN: string = "dry-run";
  static readonly EMIT_DEPTH_EXCEEDED: string = "emit-depth-exceeded";
  static readonly EVENT_TOO_LARGE: string = "event-too-large";
  static readonly PERMISSION_DENIED: string = "permission-denied";
  static readonly PRECONDITION_FAILED: string = "precondition-failed";
  static readonly QUEUE_FULL: string = "queue-full";
  static readonly QUOTA_EXCEEDED: string = "quota-exceeded";
  static readonly SERVICE_BUSY: string = "service-busy";
  static readonly SERVICE_TIMEOUT: string = "service-timeout";
  static readonly SERVICE_UNAVAILABLE: string = "service-unavailable";
}

/** A message of a conversation with a text model. */
export class Message {
  private input: JsonObject = new JsonObject();

  /**
   * `role`: `system`, `user` or `assistant`.
   *
   * `content`: what was said.
   */
  constructor(role: string, content: string) {
    this.input.text("role", role);
    this.input.text("content", content);
  }

  toString(): string {
    return this.input.toString();
  }
}

/** A sign that a hand may make. */
export class Gesture {
  /** The sign. */
  gesture: string;
  /** 0 to 1. */
  confidence: f64;

  constructor(json: Json) {
    this.gesture = json.member("gesture").text;
    this.confidence = json.member("confidence").number;
  }
}

/** A hand in a picture. */
export class Hand {
  /** `left`, `right` or `unknown`. */
  handedness: string;
  /** Its 21 points, as `ai_analyze_gesture` takes them. */
  landmarks: f64[][];

  constructor(json: Json) {
    this.handedness = json.member("handedness").text;
    this.landmarks = json.member("landmarks").numberLists;
  }
}

/** An item of content. */
export class ContentItem {
  /** To find it by. */
  id: string;
  /** Such as `story`. */
  kind: string;
  /** Such as `en`; empty when none was said. */
  language: string;
  /** One line. */
  title: string;
  /** The beginning of its text; not there where the whole is. */
  excerpt: string | null;
  /** Its whole text; only in an answer to `id`. */
  text: string | null;
  /** Whose it is; null when it is everybody's. */
  userId: string | null;
  /** Which plugin made it; null when the product did. */
  pluginId: string | null;
  /** Grows with every change. */
  revision: i64;
  /** RFC 3339. */
  createdAt: string;

  constructor(json: Json) {
    this.id = json.member("id").text;
    this.kind = json.member("kind").text;
    this.language = json.member("language").text;
    this.title = json.member("title").text;
    this.excerpt = json.member("excerpt").textOrNull;
    this.text = json.member("text").textOrNull;
    this.userId = json.member("user_id").textOrNull;
    this.pluginId = json.member("plugin_id").textOrNull;
    this.revision = json.member("revision").integer;
    this.createdAt = json.member("created_at").text;
  }
}

/** What the plugin logged once. */
export class LoggedEvent {
  /** As it was logged. */
  name: string;
  /** As they were logged. */
  properties: string;
  /** When, RFC 3339. */
  at: string;

  constructor(json: Json) {
    this.name = json.member("name").text;
    this.properties = json.member("properties").raw;
    this.at = json.member("at").text;
  }
}

// @ts-ignore: decorator
@external("extism:host/user", "storage_get")
declare function storage_get(input: u64): u64;

/** What `StorageGet` answers. */
export class StorageGetAnswer {
  /** As it was written. */
  value: string;
  /** Grows with every write; for `if_revision`. */
  revision: i64;
  /** When it ceases to be there, RFC 3339; null for never. */
  expiresAt: string | null;

  constructor(json: Json) {
    this.value = json.member("value").raw;
    this.revision = json.member("revision").integer;
    this.expiresAt = json.member("expires_at").textOrNull;
  }
}

/**
 * Reads a value that the plugin keeps.
 *
 * The answer is null when there is no such key.
 *
 * Needs `storage:read` or `read:user_data`.
 */
export class StorageGet {
  private input: JsonObject = new JsonObject();

  /** `key`: 1 to 512 bytes of UTF-8 without control characters. */
  constructor(key: string) {
    this.input.text("key", key);
  }

  /** True for the key the plugin keeps for the user it was called for; needs `read:user_data` instead of `storage:read`. */
  user(user: bool): StorageGet {
    this.input.boolean("user", user);
    return this;
  }

  toString(): string {
    return this.input.toString();
  }

  call(): Result<StorageGetAnswer> {
    const input = block(this.toString());
    return read<StorageGetAnswer>(input, storage_get(input), true);
  }
}

// @ts-ignore: decorator
@external("extism:host/user", "storage_set")
declare function storage_set(input: u64): u64;

/** What `StorageSet` answers. */
export class StorageSetAnswer {
  /** The key's revision now. */
  revision: i64;
  /** Whether there was no such key before. */
  created: bool;

  constructor(json: Json) {
    this.revision = json.member("revision").integer;
    this.created = json.member("created").boolean;
  }
}

/**
 * Keeps a value, always or on a condition.
 *
 * Needs `storage:write` or `write:user_data`.
 *
 * May also fail with `precondition-failed` or `data-quota-exceeded`.
 */
export class StorageSet {
  private input: JsonObject = new JsonObject();

  /**
   * `key`: 1 to 512 bytes of UTF-8 without control characters.
   *
   * `value`: any JSON, up to 1 MiB.
   */
  constructor(key: string, value: string) {
    this.input.text("key", key);
    this.input.json("value", value);
  }

  /** How long it lives, 1 to 315360000; for ever when it is not said. */
  ttlSeconds(ttlSeconds: i64): StorageSet {
    this.input.integer("ttl_seconds", ttlSeconds);
    return this;
  }

  /** Only when the key is there at this revision. */
  ifRevision(ifRevision: i64): StorageSet {
    this.input.integer("if_revision", ifRevision);
    return this;
  }

  /** True: only when the key is not there. */
  ifAbsent(ifAbsent: bool): StorageSet {
    this.input.boolean("if_absent", ifAbsent);
    return this;
  }

  /** True for a key of the user the plugin was called for; needs `write:user_data` instead of `storage:write`. */
  user(user: bool): StorageSet {
    this.input.boolean("user", user);
    return this;
  }

  toString(): string {
    return this.input.toString();
  }

  call(): Result<StorageSetAnswer> {
    const input = block(this.toString());
    return read<StorageSetAnswer>(input, storage_set(input), false);
  }
}

// @ts-ignore: decorator
@external("extism:host/user", "storage_delete")
declare function storage_delete(input: u64): u64;

/** What `StorageDelete` answers. */
export class StorageDeleteAnswer {
  /** Whether there was such a key. */
  deleted: bool;

  constructor(json: Json) {
    this.deleted = json.member("deleted").boolean;
  }
}

/**
 * Deletes a key.
 *
 * Needs `storage:write` or `write:user_data`.
 *
 * May also fail with `precondition-failed`.
 */
export class StorageDelete {
  private input: JsonObject = new JsonObject();

  /** `key`: 1 to 512 bytes of UTF-8 without control characters. */
  constructor(key: string) {
    this.input.text("key", key);
  }

  /** Only when the key is there at this revision. */
  ifRevision(ifRevision: i64): StorageDelete {
    this.input.integer("if_revision", ifRevision);
    return this;
  }

  /** True for a key of the user the plugin was called for; needs `write:user_data` instead of `storage:write`. */
  user(user: bool): StorageDelete {
    this.input.boolean("user", user);
    return this;
  }

  toString(): string {
    return this.input.toString();
  }

  call(): Result<StorageDeleteAnswer> {
    const input = block(this.toString());
    return read<StorageDeleteAnswer>(input, storage_delete(input), false);
  }
}

// @ts-ignore: decorator
@external("extism:host/user", "storage_list")
declare function storage_list(input: u64): u64;

/** What `StorageList` answers. */
export class StorageListAnswer {
  /** The page. */
  keys: string[];
  /** To go on with; null at the end. */
  cursor: string | null;

  constructor(json: Json) {
    this.keys = json.member("keys").texts;
    this.cursor = json.member("cursor").textOrNull;
  }
}

/**
 * Lists the plugin's keys in the order of their bytes.
 *
 * Needs `storage:read` or `read:user_data`.
 */
export class StorageList {
  private input: JsonObject = new JsonObject();

  /** Only keys that begin with this. */
  prefix(prefix: string): StorageList {
    this.input.text("prefix", prefix);
    return this;
  }

  /** Where the page before ended. */
  cursor(cursor: string): StorageList {
    this.input.text("cursor", cursor);
    return this;
  }

  /** Keys on a page, 1 to 1000; usually 100. */
  limit(limit: i64): StorageList {
    this.input.integer("limit", limit);
    return this;
  }

  /** True for the keys of the user the plugin was called for; needs `read:user_data` instead of `storage:read`. */
  user(user: bool): StorageList {
    this.input.boolean("user", user);
    return this;
  }

  toString(): string {
    return this.input.toString();
  }

  call(): Result<StorageListAnswer> {
    const input = block(this.toString());
    return read<StorageListAnswer>(input, storage_list(input), false);
  }
}

// @ts-ignore: decorator
@external("extism:host/user", "ai_generate_text")
declare function ai_generate_text(input: u64): u64;

/** What `AiGenerateText` answers. */
export class AiGenerateTextAnswer {
  /** What the model wrote. */
  text: string;
  /** Why it ended, as the model says: `stop`, `length` …. */
  finish: string;
  /** What the call took from the plugin's budget of the day. */
  tokens: i64;

  constructor(json: Json) {
    this.text = json.member("text").text;
    this.finish = json.member("finish").text;
    this.tokens = json.member("tokens").integer;
  }
}

/**
 * Lets the text model that the operator connected go on from some messages.
 *
 * The most that a prompt can come to is taken from the budget before the model is asked, and the rest given back. A call in vain
 * is never repeated by the service.
 *
 * Needs `access:ai_services`.
 *
 * May also fail with `ai-unavailable` or `dry-run`.
 */
export class AiGenerateText {
  private input: JsonObject = new JsonObject();

  /** `messages`: 1 to 50. */
  constructor(messages: Message[]) {
    this.input.json("messages", objects(messages));
  }

  /** Most tokens of the answer, up to the operator's limit (usually 4096); 512 when it is not said. */
  maxTokens(maxTokens: i64): AiGenerateText {
    this.input.integer("max_tokens", maxTokens);
    return this;
  }

  /** 0 to 2; the model's usual when it is not said. */
  temperature(temperature: f64): AiGenerateText {
    this.input.number("temperature", temperature);
    return this;
  }

  toString(): string {
    return this.input.toString();
  }

  call(): Result<AiGenerateTextAnswer> {
    const input = block(this.toString());
    return read<AiGenerateTextAnswer>(input, ai_generate_text(input), false);
  }
}

// @ts-ignore: decorator
@external("extism:host/user", "ai_analyze_gesture")
declare function ai_analyze_gesture(input: u64): u64;

/** What `AiAnalyzeGesture` answers. */
export class AiAnalyzeGestureAnswer {
  /** The sign that fits best. */
  gesture: string;
  /** 0 to 1. */
  confidence: f64;
  /** What else it may be. */
  alternatives: Gesture[];

  constructor(json: Json) {
    this.gesture = json.member("gesture").text;
    this.confidence = json.member("confidence").number;
    this.alternatives = list<Gesture>(json.member("alternatives"));
  }
}

/**
 * Says which sign a hand makes.
 *
 * Needs `access:ai_services`.
 *
 * May also fail with `ai-unavailable` or `dry-run`.
 */
export class AiAnalyzeGesture {
  private input: JsonObject = new JsonObject();

  /**
   * `landmarks`: the 21 points of a hand, each x, y (0 to 1 within the picture) and z: wrist, then four points a finger from
   * thumb to little finger.
   */
  constructor(landmarks: f64[][]) {
    this.input.json("landmarks", numberLists(landmarks));
  }

  /** `left`, `right` or `unknown`. */
  handedness(handedness: string): AiAnalyzeGesture {
    this.input.text("handedness", handedness);
    return this;
  }

  toString(): string {
    return this.input.toString();
  }

  call(): Result<AiAnalyzeGestureAnswer> {
    const input = block(this.toString());
    return read<AiAnalyzeGestureAnswer>(input, ai_analyze_gesture(input), false);
  }
}

// @ts-ignore: decorator
@external("extism:host/user", "ai_process_video_frame")
declare function ai_process_video_frame(input: u64): u64;

/** What `AiProcessVideoFrame` answers. */
export class AiProcessVideoFrameAnswer {
  /** At most 10. */
  hands: Hand[];

  constructor(json: Json) {
    this.hands = list<Hand>(json.member("hands"));
  }
}

/**
 * Finds the hands in a picture.
 *
 * Needs `access:video_stream`.
 *
 * May also fail with `ai-unavailable` or `dry-run`.
 */
export class AiProcessVideoFrame {
  private input: JsonObject = new JsonObject();

  /**
   * `image`: the picture in base64.
   *
   * `format`: `jpeg`, `png` or `webp`.
   */
  constructor(image: string, format: string) {
    this.input.text("image", image);
    this.input.text("format", format);
  }

  toString(): string {
    return this.input.toString();
  }

  call(): Result<AiProcessVideoFrameAnswer> {
    const input = block(this.toString());
    return read<AiProcessVideoFrameAnswer>(input, ai_process_video_frame(input), false);
  }
}

// @ts-ignore: decorator
@external("extism:host/user", "hook_emit")
declare function hook_emit(input: u64): u64;

/** What `HookEmit` answers. */
export class HookEmitAnswer {
  /** Stays the same however often the event is handled. */
  eventId: string;

  constructor(json: Json) {
    this.eventId = json.member("event_id").text;
  }
}

/**
 * Says that something happened: whoever subscribed to the hook is called later, at least once.
 *
 * It inherits the tenant and the user of the call; what the handlers answer goes nowhere. An answer means that the event outlives
 * every process.
 *
 * Needs `hooks:emit`.
 *
 * May also fail with `emit-depth-exceeded`, `event-too-large` or `queue-full`.
 */
export class HookEmit {
  private input: JsonObject = new JsonObject();

  /** `hookName`: begins with `plugin.`, the plugin's own id and a dot. */
  constructor(hookName: string) {
    this.input.text("hook_name", hookName);
  }

  /** `before`, `after`, `replace` or `filter`; `after` when it is not said. */
  type(type: string): HookEmit {
    this.input.text("type", type);
    return this;
  }

  /** As in a hook's call. */
  target(target: string): HookEmit {
    this.input.text("target", target);
    return this;
  }

  /** As in a hook's call. */
  args(args: string[]): HookEmit {
    this.input.json("args", array(args));
    return this;
  }

  /** As in a hook's call. */
  kwargs(kwargs: string): HookEmit {
    this.input.json("kwargs", kwargs);
    return this;
  }

  /** As in a hook's call. */
  result(result: string): HookEmit {
    this.input.json("result", result);
    return this;
  }

  /** As in a hook's call. */
  requestData(requestData: string): HookEmit {
    this.input.json("request_data", requestData);
    return this;
  }

  /** Events of one key are handled one after the other, in the order of their acceptance. */
  orderingKey(orderingKey: string): HookEmit {
    this.input.text("ordering_key", orderingKey);
    return this;
  }

  toString(): string {
    return this.input.toString();
  }

  call(): Result<HookEmitAnswer> {
    const input = block(this.toString());
    return read<HookEmitAnswer>(input, hook_emit(input), false);
  }
}

// @ts-ignore: decorator
@external("extism:host/user", "user_get")
declare function user_get(input: u64): u64;

/** What `UserGet` answers. */
export class UserGetAnswer {
  /** Whose it is. */
  userId: string;
  /** As the product put it. */
  profile: string;
  /** The user's preferences. */
  preferences: string;
  /** Grows with every change. */
  revision: i64;

  constructor(json: Json) {
    this.userId = json.member("user_id").text;
    this.profile = json.member("profile").raw;
    this.preferences = json.member("preferences").raw;
    this.revision = json.member("revision").integer;
  }
}

/**
 * Reads what the product tells of the user.
 *
 * The answer is null for a user the product has told nothing of.
 *
 * Needs `read:user_data`.
 *
 * May also fail with `permission-denied`.
 */
export class UserGet {
  private input: JsonObject = new JsonObject();

  /** Another user than the call's; only when the key that triggered the call has `users: any`. */
  userId(userId: string): UserGet {
    this.input.text("user_id", userId);
    return this;
  }

  toString(): string {
    return this.input.toString();
  }

  call(): Result<UserGetAnswer> {
    const input = block(this.toString());
    return read<UserGetAnswer>(input, user_get(input), true);
  }
}

// @ts-ignore: decorator
@external("extism:host/user", "user_progress")
declare function user_progress(input: u64): u64;

/** What `UserProgress` answers. */
export class UserProgressAnswer {
  /** Whose it is. */
  userId: string;
  /** As the product put it. */
  progress: string;
  /** Grows with every change. */
  revision: i64;

  constructor(json: Json) {
    this.userId = json.member("user_id").text;
    this.progress = json.member("progress").raw;
    this.revision = json.member("revision").integer;
  }
}

/**
 * Reads the user's progress, as the product put it.
 *
 * The answer is null for a user the product has told nothing of.
 *
 * Needs `read:user_data`.
 *
 * May also fail with `permission-denied`.
 */
export class UserProgress {
  private input: JsonObject = new JsonObject();

  /** Another user than the call's; only when the key that triggered the call has `users: any`. */
  userId(userId: string): UserProgress {
    this.input.text("user_id", userId);
    return this;
  }

  toString(): string {
    return this.input.toString();
  }

  call(): Result<UserProgressAnswer> {
    const input = block(this.toString());
    return read<UserProgressAnswer>(input, user_progress(input), true);
  }
}

// @ts-ignore: decorator
@external("extism:host/user", "user_update_preferences")
declare function user_update_preferences(input: u64): u64;

/** What `UserUpdatePreferences` answers. */
export class UserUpdatePreferencesAnswer {
  /** All of them now. */
  preferences: string;
  /** The user's revision now. */
  revision: i64;

  constructor(json: Json) {
    this.preferences = json.member("preferences").raw;
    this.revision = json.member("revision").integer;
  }
}

/**
 * Changes some of the user's preferences.
 *
 * All preferences of a user have at most 16 KiB.
 *
 * Needs `write:user_data`.
 *
 * May also fail with `data-not-found`, `data-quota-exceeded` or `precondition-failed`.
 */
export class UserUpdatePreferences {
  private input: JsonObject = new JsonObject();

  /** `preferences`: at most 100 members, each in the place of the preference of that name; null takes it away. */
  constructor(preferences: string) {
    this.input.json("preferences", preferences);
  }

  /** Only when the user is at this revision. */
  ifRevision(ifRevision: i64): UserUpdatePreferences {
    this.input.integer("if_revision", ifRevision);
    return this;
  }

  /** Another user than the call's; only when the key that triggered the call has `users: any`. */
  userId(userId: string): UserUpdatePreferences {
    this.input.text("user_id", userId);
    return this;
  }

  toString(): string {
    return this.input.toString();
  }

  call(): Result<UserUpdatePreferencesAnswer> {
    const input = block(this.toString());
    return read<UserUpdatePreferencesAnswer>(input, user_update_preferences(input), false);
  }
}

// @ts-ignore: decorator
@external("extism:host/user", "content_list")
declare function content_list(input: u64): u64;

/** What `ContentList` answers. */
export class ContentListAnswer {
  /** The page. */
  items: ContentItem[];
  /** To go on with; null at the end. */
  cursor: string | null;

  constructor(json: Json) {
    this.items = list<ContentItem>(json.member("items"));
    this.cursor = json.member("cursor").textOrNull;
  }
}

/**
 * Lists content the user may see, the newest first, or gives one item.
 *
 * Needs `read:user_data`.
 */
export class ContentList {
  private input: JsonObject = new JsonObject();

  /** That item alone, with its whole text. */
  id(id: string): ContentList {
    this.input.text("id", id);
    return this;
  }

  /** Such as `story`; `[a-z0-9][a-z0-9_.-]*`. */
  kind(kind: string): ContentList {
    this.input.text("kind", kind);
    return this;
  }

  /** Where the page before ended. */
  cursor(cursor: string): ContentList {
    this.input.text("cursor", cursor);
    return this;
  }

  /** 1 to 100, usually 20. */
  limit(limit: i64): ContentList {
    this.input.integer("limit", limit);
    return this;
  }

  /** Another user than the call's; only when the key that triggered the call has `users: any`. */
  userId(userId: string): ContentList {
    this.input.text("user_id", userId);
    return this;
  }

  toString(): string {
    return this.input.toString();
  }

  call(): Result<ContentListAnswer> {
    const input = block(this.toString());
    return read<ContentListAnswer>(input, content_list(input), false);
  }
}

// @ts-ignore: decorator
@external("extism:host/user", "content_search")
declare function content_search(input: u64): u64;

/** What `ContentSearch` answers. */
export class ContentSearchAnswer {
  /** The page. */
  items: ContentItem[];
  /** To go on with; null at the end. */
  cursor: string | null;

  constructor(json: Json) {
    this.items = list<ContentItem>(json.member("items"));
    this.cursor = json.member("cursor").textOrNull;
  }
}

/**
 * Finds content the user may see, what fits best first.
 *
 * Needs `read:user_data`.
 */
export class ContentSearch {
  private input: JsonObject = new JsonObject();

  /** `query`: as one types into a search box: every word must be there; `"a phrase"`, `or`, `-without`. */
  constructor(query: string) {
    this.input.text("query", query);
  }

  /** Such as `story`; `[a-z0-9][a-z0-9_.-]*`. */
  kind(kind: string): ContentSearch {
    this.input.text("kind", kind);
    return this;
  }

  /** Finds words in other forms too, in content of that language only. */
  language(language: string): ContentSearch {
    this.input.text("language", language);
    return this;
  }

  /** Where the page before ended. */
  cursor(cursor: string): ContentSearch {
    this.input.text("cursor", cursor);
    return this;
  }

  /** 1 to 100, usually 20. */
  limit(limit: i64): ContentSearch {
    this.input.integer("limit", limit);
    return this;
  }

  /** Another user than the call's; only when the key that triggered the call has `users: any`. */
  userId(userId: string): ContentSearch {
    this.input.text("user_id", userId);
    return this;
  }

  toString(): string {
    return this.input.toString();
  }

  call(): Result<ContentSearchAnswer> {
    const input = block(this.toString());
    return read<ContentSearchAnswer>(input, content_search(input), false);
  }
}

// @ts-ignore: decorator
@external("extism:host/user", "content_create")
declare function content_create(input: u64): u64;

/** What `ContentCreate` answers. */
export class ContentCreateAnswer {
  /** To find it by. */
  id: string;
  /** 1. */
  revision: i64;

  constructor(json: Json) {
    this.id = json.member("id").text;
    this.revision = json.member("revision").integer;
  }
}

/**
 * Makes a new item of content of the user's.
 *
 * Needs `write:user_data`.
 *
 * May also fail with `data-quota-exceeded`.
 */
export class ContentCreate {
  private input: JsonObject = new JsonObject();

  /**
   * `kind`: such as `story`.
   *
   * `title`: one line of at most 200 characters.
   *
   * `text`: at most 64 KiB.
   */
  constructor(kind: string, title: string, text: string) {
    this.input.text("kind", kind);
    this.input.text("title", title);
    this.input.text("text", text);
  }

  /** Such as `en`. */
  language(language: string): ContentCreate {
    this.input.text("language", language);
    return this;
  }

  /** Another user than the call's; only when the key that triggered the call has `users: any`. */
  userId(userId: string): ContentCreate {
    this.input.text("user_id", userId);
    return this;
  }

  toString(): string {
    return this.input.toString();
  }

  call(): Result<ContentCreateAnswer> {
    const input = block(this.toString());
    return read<ContentCreateAnswer>(input, content_create(input), false);
  }
}

// @ts-ignore: decorator
@external("extism:host/user", "analytics_log_event")
declare function analytics_log_event(input: u64): u64;

/** What `AnalyticsLogEvent` answers. */
export class AnalyticsLogEventAnswer {
  /** True. */
  logged: bool;

  constructor(json: Json) {
    this.logged = json.member("logged").boolean;
  }
}

/**
 * Remembers that something happened, for the user of the call if it has one.
 *
 * A plugin may log 10,000 events a day; they are kept for 90 days.
 *
 * Needs no permission.
 *
 * May also fail with `data-quota-exceeded`.
 */
export class AnalyticsLogEvent {
  private input: JsonObject = new JsonObject();

  /** `name`: `[a-z0-9][a-z0-9_.-]{0,99}`. */
  constructor(name: string) {
    this.input.text("name", name);
  }

  /** At most 4 KiB of JSON. */
  properties(properties: string): AnalyticsLogEvent {
    this.input.json("properties", properties);
    return this;
  }

  toString(): string {
    return this.input.toString();
  }

  call(): Result<AnalyticsLogEventAnswer> {
    const input = block(this.toString());
    return read<AnalyticsLogEventAnswer>(input, analytics_log_event(input), false);
  }
}

// @ts-ignore: decorator
@external("extism:host/user", "analytics_user")
declare function analytics_user(input: u64): u64;

/** What `AnalyticsUser` answers. */
export class AnalyticsUserAnswer {
  /** The page. */
  events: LoggedEvent[];
  /** To go on with; null at the end. */
  cursor: string | null;

  constructor(json: Json) {
    this.events = list<LoggedEvent>(json.member("events"));
    this.cursor = json.member("cursor").textOrNull;
  }
}

/**
 * Reads what the plugin itself logged for the user, the newest first.
 *
 * Needs `read:user_data`.
 */
export class AnalyticsUser {
  private input: JsonObject = new JsonObject();

  /** Only events of this name. */
  name(name: string): AnalyticsUser {
    this.input.text("name", name);
    return this;
  }

  /** Where the page before ended. */
  cursor(cursor: string): AnalyticsUser {
    this.input.text("cursor", cursor);
    return this;
  }

  /** 1 to 100, usually 20. */
  limit(limit: i64): AnalyticsUser {
    this.input.integer("limit", limit);
    return this;
  }

  /** Another user than the call's; only when the key that triggered the call has `users: any`. */
  userId(userId: string): AnalyticsUser {
    this.input.text("user_id", userId);
    return this;
  }

  toString(): string {
    return this.input.toString();
  }

  call(): Result<AnalyticsUserAnswer> {
    const input = block(this.toString());
    return read<AnalyticsUserAnswer>(input, analytics_user(input), false);
  }
}

// @ts-ignore: decorator
@external("extism:host/user", "notify_send")
declare function notify_send(input: u64): u64;

/** What `NotifySend` answers. */
export class NotifySendAnswer {
  /** The notification's. */
  id: string;

  constructor(json: Json) {
    this.id = json.member("id").text;
  }
}

/**
 * Leaves a notification for the user, in the plugin's name.
 *
 * A plugin keeps at most 100 notifications for a user; they are kept for 90 days.
 *
 * Needs `modify:ui`.
 *
 * May also fail with `data-quota-exceeded`.
 */
export class NotifySend {
  private input: JsonObject = new JsonObject();

  /** `title`: one line of at most 200 characters. */
  constructor(title: string) {
    this.input.text("title", title);
  }

  /** At most 2,000 characters. */
  body(body: string): NotifySend {
    this.input.text("body", body);
    return this;
  }

  /** A path of the product, such as `/stories/7`, or an https address. */
  link(link: string): NotifySend {
    this.input.text("link", link);
    return this;
  }

  /** `info` (usual), `success`, `warning` or `error`. */
  level(level: string): NotifySend {
    this.input.text("level", level);
    return this;
  }

  /** Another user than the call's; only when the key that triggered the call has `users: any`. */
  userId(userId: string): NotifySend {
    this.input.text("user_id", userId);
    return this;
  }

  toString(): string {
    return this.input.toString();
  }

  call(): Result<NotifySendAnswer> {
    const input = block(this.toString());
    return read<NotifySendAnswer>(input, notify_send(input), false);
  }
}

// @ts-ignore: decorator
@external("extism:host/user", "notify_toast")
declare function notify_toast(input: u64): u64;

/** What `NotifyToast` answers. */
export class NotifyToastAnswer {
  /** True. */
  accepted: bool;

  constructor(json: Json) {
    this.accepted = json.member("accepted").boolean;
  }
}

/**
 * Shows the user a message for a moment, if the user looks.
 *
 * Needs `modify:ui`.
 *
 * May also fail with `data-quota-exceeded`.
 */
export class NotifyToast {
  private input: JsonObject = new JsonObject();

  /** `text`: one line of at most 200 characters. */
  constructor(text: string) {
    this.input.text("text", text);
  }

  /** `info` (usual), `success`, `warning` or `error`. */
  level(level: string): NotifyToast {
    this.input.text("level", level);
    return this;
  }

  /** Another user than the call's; only when the key that triggered the call has `users: any`. */
  userId(userId: string): NotifyToast {
    this.input.text("user_id", userId);
    return this;
  }

  toString(): string {
    return this.input.toString();
  }

  call(): Result<NotifyToastAnswer> {
    const input = block(this.toString());
    return read<NotifyToastAnswer>(input, notify_toast(input), false);
  }
}

// @ts-ignore: decorator
@external("extism:host/user", "live_send")
declare function live_send(input: u64): u64;

/** What `LiveSend` answers. */
export class LiveSendAnswer {
  /** As the page sees it in `id`. */
  messageId: string;

  constructor(json: Json) {
    this.messageId = json.member("message_id").text;
  }
}

/**
 * Sends a message to the user's open pages, on whichever process they are connected.
 *
 * Whether a page is open is not known, and who connects later does not get it: what must arrive is a notification.
 *
 * Needs `modify:ui`.
 */
export class LiveSend {
  private input: JsonObject = new JsonObject();

  /** `payload`: any JSON, at most 16 KiB. */
  constructor(payload: string) {
    this.input.json("payload", payload);
  }

  /** What it is about; `[a-z0-9][a-z0-9_.:-]{0,99}`. */
  channel(channel: string): LiveSend {
    this.input.text("channel", channel);
    return this;
  }

  /** Another user than the call's; only when the key that triggered the call has `users: any`. */
  userId(userId: string): LiveSend {
    this.input.text("user_id", userId);
    return this;
  }

  toString(): string {
    return this.input.toString();
  }

  call(): Result<LiveSendAnswer> {
    const input = block(this.toString());
    return read<LiveSendAnswer>(input, live_send(input), false);
  }
}

// @ts-ignore: decorator
@external("extism:host/user", "live_broadcast")
declare function live_broadcast(input: u64): u64;

/** What `LiveBroadcast` answers. */
export class LiveBroadcastAnswer {
  /** As pages see it in `id`. */
  messageId: string;

  constructor(json: Json) {
    this.messageId = json.member("message_id").text;
  }
}

/**
 * Sends a message to the open pages of everybody in the tenant who listens to a channel.
 *
 * Needs `modify:ui`.
 */
export class LiveBroadcast {
  private input: JsonObject = new JsonObject();

  /**
   * `channel`: one of those that user tokens name; `[a-z0-9][a-z0-9_.:-]{0,99}`.
   *
   * `payload`: any JSON, at most 16 KiB.
   */
  constructor(channel: string, payload: string) {
    this.input.text("channel", channel);
    this.input.json("payload", payload);
  }

  toString(): string {
    return this.input.toString();
  }

  call(): Result<LiveBroadcastAnswer> {
    const input = block(this.toString());
    return read<LiveBroadcastAnswer>(input, live_broadcast(input), false);
  }
}
