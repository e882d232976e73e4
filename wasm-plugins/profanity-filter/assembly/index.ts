import "./abort";
import { Host, Memory } from "@extism/as-pdk";
import { error_set } from "@extism/as-pdk/lib/env";
import { Bytes } from "./bytes";
import { afterSpace, afterValue, member } from "./json";
import { Masker } from "./mask";
import { listedWords, maskCharacter } from "./settings";
import { Text } from "./text";

/** The filter hook: masks the listed words in every string of the result, and answers `{}` when there are none. */
export function filter_story(): i32 {
  const input = Host.input();
  const end = input.dataStart + input.length;
  const call = afterSpace(input.dataStart, end);
  if (call == end || load<u8>(call) != 0x7b) return refused("the input is not a JSON object");
  const result = member(call, end, "result");
  if (result == 0) return unchanged();
  const resultEnd = afterValue(result, end);
  if (resultEnd == 0) return refused("the result is cut short");

  const config = member(member(call, end, "context"), end, "config");
  const out = new Bytes(<i32>(resultEnd - result) + 64);
  const masker = new Masker(listedWords(config, end), maskCharacter(config, end), out);
  out.ascii('{"result":');
  masker.maskValue(result, resultEnd);
  out.byte(0x7d);
  if (!masker.changed) return unchanged();
  Host.output(out.written());
  return 0;
}

/** Plain text in, masked text out: to try the plugin's config by hand. */
export function mask_text(): i32 {
  const input = Host.input();
  const out = new Bytes(input.length + 64);
  const masker = new Masker(listedWords(0, 0), maskCharacter(0, 0), out);
  masker.maskText(new Text(input.dataStart, input.dataStart + input.length, false));
  Host.output(out.written());
  return 0;
}

function unchanged(): i32 {
  Host.output(Uint8Array.wrap(String.UTF8.encode("{}")));
  return 0;
}

function refused(reason: string): i32 {
  error_set(Memory.allocateString(reason).offset);
  return 1;
}
