import { input, output } from "./host";
import { Json, JsonObject } from "./json";

/** The input of every handler of a hook: `const call = HookCall.read()`. */
export class HookCall {
  readonly context: Context;

  private constructor(private json: Json) {
    this.context = new Context(json.member("context"));
  }

  static read(): HookCall {
    return new HookCall(Json.of(input()));
  }

  get hookName(): string {
    return this.json.member("hook_name").text;
  }

  /** `before`, `after`, `replace` or `filter`. */
  get type(): string {
    return this.json.member("type").text;
  }

  get target(): string | null {
    return this.json.member("target").textOrNull;
  }

  get args(): Json {
    return this.json.member("args");
  }

  get kwargs(): Json {
    return this.json.member("kwargs");
  }

  get result(): Json {
    return this.json.member("result");
  }
}

/** For whom and when. */
export class Context {
  constructor(private json: Json) {}

  /** Nobody when the call is not about a user. */
  get userId(): string | null {
    return this.json.member("user_id").textOrNull;
  }

  get sessionId(): string | null {
    return this.json.member("session_id").textOrNull;
  }

  get moduleName(): string | null {
    return this.json.member("module_name").textOrNull;
  }

  get requestData(): Json {
    return this.json.member("request_data");
  }

  get pluginId(): string {
    return this.json.member("plugin_id").text;
  }

  get tenant(): string {
    return this.json.member("tenant").text;
  }

  /** What the operator configured, with the defaults of the manifest. */
  get config(): Json {
    return this.json.member("config");
  }

  /** When the platform called, RFC 3339. */
  get timestamp(): string {
    return this.json.member("timestamp").text;
  }

  get invocationId(): string {
    return this.json.member("invocation_id").text;
  }

  /** Only of an event, which may come more than once: always the same then. */
  get eventId(): string | null {
    return this.json.member("event_id").textOrNull;
  }
}

/** What a before handler answers: `return Before.unchanged()`. */
export class Before {
  static unchanged(): i32 {
    return output("{}");
  }

  /** Both are JSON: an array and an object. */
  static changed(args: string, kwargs: string): i32 {
    return output(new JsonObject().json("args", args).json("kwargs", kwargs).toString());
  }

  /** The product shall not do what it was about to do. */
  static stop(reason: string): i32 {
    return output(new JsonObject().text("stop", reason).toString());
  }
}

/** What a replace handler answers. */
export class Replace {
  static result(json: string): i32 {
    return output(new JsonObject().json("result", json).toString());
  }

  /** The next handler shall answer. */
  static pass(): i32 {
    return output('{"pass":true}');
  }
}

/** What a filter handler answers. */
export class Filter {
  static unchanged(): i32 {
    return output("{}");
  }

  static result(json: string): i32 {
    return output(new JsonObject().json("result", json).toString());
  }
}

/** What an after handler answers: nothing. */
export class After {
  static done(): i32 {
    return 0;
  }
}
