import { free, takeText } from "./host";
import { Json } from "./json";

/** Why the platform did not do what it was asked. */
export class Problem {
  constructor(
    /** One of `Code`, or `Problem.ANSWER_UNREADABLE`. */
    public code: string,
    public message: string
  ) {}

  /** What came back is not what this SDK was made for. */
  static ANSWER_UNREADABLE: string = "answer-unreadable";

  toString(): string {
    return this.code + ": " + this.message;
  }
}

/** An answer or a problem. Both are null when the platform found nothing, where a function says that this may be. */
export class Result<T> {
  constructor(
    public answer: T | null,
    public problem: Problem | null
  ) {}

  /** Whether the problem is the one with this code. */
  failedWith(code: string): bool {
    const problem = this.problem;
    return problem != null && problem.code == code;
  }
}

/** Reads an answer of the platform. Both blocks are given back. */
export function read<T>(input: u64, answer: u64, nullable: bool): Result<T> {
  free(input);
  const text = takeText(answer);
  const json = Json.of(text);
  const ok = json.member("ok");
  if (ok.isObject) return new Result<T>(instantiate<T>(ok), null);
  if (nullable && ok.exists && ok.isNull) return new Result<T>(null, null);
  const error = json.member("error");
  if (!error.isObject) return new Result<T>(null, new Problem(Problem.ANSWER_UNREADABLE, text));
  return new Result<T>(null, new Problem(error.member("code").text, error.member("message").text));
}

/** Every element of an array as an answer's part. */
export function list<T>(array: Json): T[] {
  const elements = array.elements;
  const read: T[] = [];
  for (let i = 0; i < elements.length; i++) read.push(instantiate<T>(elements[i]));
  return read;
}
