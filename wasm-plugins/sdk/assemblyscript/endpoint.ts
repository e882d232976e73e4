import { input, output } from "./host";
import { Json, JsonObject } from "./json";

/** The input of an endpoint's handler: `const request = Request.read()`. */
export class Request {
  private constructor(private json: Json) {}

  static read(): Request {
    return new Request(Json.of(input()));
  }

  get method(): string {
    return this.json.member("method").text;
  }

  get path(): string {
    return this.json.member("path").text;
  }

  pathParam(name: string): string | null {
    return this.json.member("path_params").member(name).textOrNull;
  }

  /** The first value of a parameter of the query. */
  parameter(name: string): string | null {
    const values = this.json.member("query").member(name).texts;
    return values.length > 0 ? values[0] : null;
  }

  /** Those the platform lets through, by names in small letters. */
  header(name: string): string | null {
    return this.json.member("headers").member(name).textOrNull;
  }

  get body(): string | null {
    return this.json.member("body").textOrNull;
  }

  /** A body that is not text, in base64. */
  get bodyBase64(): string | null {
    return this.json.member("body_base64").textOrNull;
  }

  get userId(): string | null {
    return this.json.member("user_id").textOrNull;
  }
}

/** The answer of an endpoint's handler: `return Response.json(200, new JsonObject().toString())`. */
export class Response {
  static json(status: i32, body: string): i32 {
    return Response.text(status, "application/json", body);
  }

  static text(status: i32, contentType: string, body: string): i32 {
    const headers = new JsonObject().text("content-type", contentType).toString();
    return output(new JsonObject().integer("status", status).json("headers", headers).text("body", body).toString());
  }
}
